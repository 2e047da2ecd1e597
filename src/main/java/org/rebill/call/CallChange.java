package org.rebill.call;

import java.util.UUID;

/**
 * What becomes of a call when the records it is made of are read again.
 *
 * @param before null when it is new
 * @param after null when it goes
 */
public record CallChange(Kind kind, UUID callId, CallFace before, CallFace after) {
    /** What becomes of it. */
    public enum Kind {
        ADDED,
        CHANGED,
        GONE,
        /** It is on an issued statement and stays as it is: {@code after} is what it would be. */
        CORRECTION
    }
}
