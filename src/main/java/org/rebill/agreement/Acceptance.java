package org.rebill.agreement;

import java.time.Instant;

/**
 * How terms were accepted.
 *
 * @param at when, not in the future
 * @param by who, for the client
 * @param from address the click came from; only with PORTAL
 * @param reason what makes the firm say so; only, and always, with STATED
 */
public record Acceptance(How how, Instant at, String by, String from, String reason) {
    /** The ways to accept. */
    public enum How {
        /** The client's user pressed the button in the portal. */
        PORTAL,
        /** The client signed a paper. */
        SIGNED,
        /** Somebody at the firm states it, with a reason. */
        STATED
    }
}
