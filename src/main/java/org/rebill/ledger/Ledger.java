package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** Keeps the charges of calls: computed anew whenever what they rest on changes, never once they are issued. */
@ApplicationScoped
public class Ledger {
    /**
     * Writes the charges of these calls anew, as set work in the running transaction. Calls with a charge on an
     * issued statement are left as they are and not in the result.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<UUID, Settlement> settle(Collection<CallFacts> calls) {
        throw new UnsupportedOperationException();
    }
}
