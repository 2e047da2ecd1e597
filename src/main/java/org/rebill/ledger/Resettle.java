package org.rebill.ledger;

import java.util.List;
import java.util.UUID;

/** Asked for, in the running transaction: these calls are to be settled again. Issued ones stay as they are. */
public record Resettle(List<UUID> callIds) {
    public Resettle {
        callIds = List.copyOf(callIds);
    }
}
