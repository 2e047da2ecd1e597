package org.rebill.call;

/** Seen from the firm. */
public enum Direction {
    IN,
    OUT,
    INTERNAL
}
