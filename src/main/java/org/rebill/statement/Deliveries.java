package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Caller;
import org.rebill.platform.Ids;
import org.rebill.platform.Tenant;

/** When and to whom statements were sent, told by whoever sends them. */
@ApplicationScoped
public class Deliveries {
    private final EntityManager entities;
    private final Lives lives;
    private final AuditLog audit;

    @Inject
    Deliveries(EntityManager entities, Lives lives, AuditLog audit) {
        this.entities = entities;
        this.lives = lives;
        this.audit = audit;
    }

    /**
     * Notes that an issued statement or credit note went out, in the running transaction.
     *
     * @param recipient such as an e-mail address
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void markSent(UUID statement, String recipient, Instant at) {
        audit.lock();
        lives.locked(statement).sent(at);
        entities.createNativeQuery("insert into statement_sending (firm_id, statement_id, id, at, recipient, sent_by) "
                        + "values (:firm, :statement, :id, :at, :recipient, :by)")
                .setParameter("firm", Tenant.current())
                .setParameter("statement", statement)
                .setParameter("id", Ids.next())
                .setParameter("at", at)
                .setParameter("recipient", recipient)
                .setParameter("by", Caller.current().name())
                .executeUpdate();
        audit.note("statement.sent", "statement", statement, null, Map.of("recipient", recipient));
    }
}
