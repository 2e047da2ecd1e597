package org.rebill.ledger;

import java.util.List;
import java.util.UUID;

/**
 * Happened, in the running transaction: charges of these calls went onto a draft, off it, or were issued.
 *
 * @param standing what they are now
 */
public record Billing(List<UUID> callIds, Standing standing) {
    /** Where charges are. */
    public enum Standing {
        OPEN,
        ON_DRAFT,
        ISSUED
    }

    public Billing {
        callIds = List.copyOf(callIds);
    }
}
