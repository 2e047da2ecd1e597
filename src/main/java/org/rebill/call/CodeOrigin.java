package org.rebill.call;

/** Where a call's code came from. */
public enum CodeOrigin {
    NONE,
    /** The phone system wrote it. */
    PBX,
    /** Somebody gave it after the call. */
    WEB
}
