package org.rebill.ledger;

/** Why a charge is held, or not billed (DOMAIN.md D7, B3). */
public enum Reason {
    /** No code. Held where the firm forces codes, else not billed. */
    MISSING,
    /** A code that the firm does not have, dialled where codes are checked. */
    UNKNOWN,
    /** A code that the firm does not have, dialled where nobody checks: waits to be given to a client. */
    UNMAPPED,
    /** Not 1 to 9 digits. */
    MALFORMED,
    /** A code that was not valid when the call started. */
    RETIRED,
    /** No agreement was accepted before the call and in force when it was answered. */
    NOT_AGREED,
    /** Inside the firm, or an emergency: never billed. */
    INSIDE,
    /** Nobody talked. */
    NOT_ANSWERED
}
