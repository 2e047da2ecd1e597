package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.platform.Refusal;

/** The {@link StatementLife lives} of issued statements, for the work of other services here. */
@ApplicationScoped
class Lives {
    private final EntityManager entities;

    @Inject
    Lives(EntityManager entities) {
        this.entities = entities;
    }

    /** Begins with the issue. */
    @Transactional(Transactional.TxType.MANDATORY)
    void begin(Statement issued) {
        entities.persist(new StatementLife(issued));
    }

    /**
     * Kept from everybody else until the transaction ends. Drafts have none.
     *
     * @throws Refusal.NotFound when there is no such issued statement
     */
    @Transactional(Transactional.TxType.MANDATORY)
    StatementLife locked(UUID statement) {
        StatementLife life = statement == null
                ? null
                : entities.find(StatementLife.class, statement, LockModeType.PESSIMISTIC_WRITE);
        if (life == null) {
            throw new Refusal.NotFound("issued statement");
        }
        // Read before the lock, it may be older than what is locked now.
        entities.refresh(life);
        return life;
    }

    /** As it stands; null for a draft. */
    @Transactional(Transactional.TxType.MANDATORY)
    StatementLife of(UUID statement) {
        return entities.find(StatementLife.class, statement);
    }

    /** As they stand, by statement; drafts have none. */
    @Transactional(Transactional.TxType.MANDATORY)
    Map<UUID, StatementLife> of(Collection<UUID> statements) {
        List<UUID> asked = List.copyOf(statements);
        if (asked.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("from StatementLife where statementId in (:ids)", StatementLife.class)
                .setParameter("ids", asked)
                .getResultStream()
                .collect(Collectors.toMap(StatementLife::statementId, Function.identity()));
    }
}
