package org.rebill.firm;

import java.util.UUID;

/**
 * Happened, in the running transaction: the firm was founded or changed, or something was added to it.
 *
 * @param action verb in the past, dotted; {@link #FOUNDED} is a firm's first
 * @param kind kind of the subject, such as {@code site}
 * @param id the subject's key
 * @param before what it was; null for what is new
 * @param after what it is now; null for what is gone
 */
public record FirmChanged(String action, String kind, UUID id, Object before, Object after) {
    /** The action that begins a firm. */
    public static final String FOUNDED = "firm.founded";

    /** Of something new. */
    static FirmChanged added(String action, String kind, UUID id, Object after) {
        return new FirmChanged(action, kind, id, null, after);
    }
}
