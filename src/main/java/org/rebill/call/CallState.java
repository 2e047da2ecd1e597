package org.rebill.call;

/** Where a call stands, as its badge says (DESIGN-SYSTEM.md, State colours). */
public enum CallState {
    NO_ANSWER,
    INTERNAL,
    /** Needs a code, or could have one. */
    NO_CODE,
    UNKNOWN_CODE,
    MALFORMED_CODE,
    RETIRED_CODE,
    /** Held: no agreement was accepted and in force when it was answered. */
    NOT_AGREED,
    HOUSE,
    RATED,
    ON_DRAFT,
    BILLED
}
