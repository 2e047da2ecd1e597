package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Tenant;

/** What clients owe that is on no statement yet, summed by the database. */
@ApplicationScoped
public class Waiting {
    private final EntityManager entities;

    @Inject
    Waiting(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Priced calls on no statement.
     *
     * @param matterId null for those that are for the client as a whole
     */
    public record Sum(
            UUID clientId, UUID matterId, String currency, long calls, long billedSeconds, BigDecimal amount) {}

    /** Of these clients, by client, matter and currency. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Sum> of(Collection<UUID> clientIds) {
        if (clientIds.isEmpty()) {
            return List.of();
        }
        List<?> rows = entities.createNativeQuery("""
                        select client_id, matter_id, currency, count(distinct call_id), sum(billed_seconds), sum(amount)
                        from charge
                        where firm_id = :firm and client_id in (:clients) and state = 'RATED' and statement_id is null
                        group by client_id, matter_id, currency
                        order by client_id, matter_id, currency""")
                .setParameter("firm", Tenant.current())
                .setParameter("clients", clientIds)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Sum(
                        (UUID) row[0],
                        (UUID) row[1],
                        row[2].toString(),
                        ((Number) row[3]).longValue(),
                        ((Number) row[4]).longValue(),
                        (BigDecimal) row[5]))
                .toList();
    }
}
