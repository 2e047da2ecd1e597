package org.rebill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.StoredCalls;
import org.rebill.platform.Tenant;

/** Gives the ledger calls as they stand, to price them anew. */
@ApplicationScoped
class CallsForPricing implements StoredCalls {
    private final EntityManager entities;

    @Inject
    CallsForPricing(EntityManager entities) {
        this.entities = entities;
    }

    @Override
    @Transactional(Transactional.TxType.MANDATORY)
    public List<CallFacts> facts(Scope scope, Instant afterOpenedAt, UUID afterId, int limit) {
        CallKey after = afterOpenedAt == null ? null : new CallKey(afterOpenedAt, afterId);
        return entities.unwrap(Session.class).doReturningWork(connection -> new CallRows(connection, Tenant.current())
                .inScope(scope, after, limit).stream().map(CallRow::facts).toList());
    }
}
