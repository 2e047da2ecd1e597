package org.rebill.agreement;

/** Where a version of an agreement stands at a moment (DESIGN-SYSTEM.md, State colours). */
public enum AgreementState {
    /** Waits for the client. Nothing is billed by it. */
    OFFERED,
    /** Taken back before it was accepted. */
    WITHDRAWN,
    /** Accepted; its first day is still to come. */
    ACCEPTED,
    /** Calls are rated by it. */
    IN_FORCE,
    /** A later version took its place. */
    SUPERSEDED,
    /** Its last day is over. */
    ENDED
}
