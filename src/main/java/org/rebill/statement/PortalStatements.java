package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Json;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** What a client's user sees: the statements issued to the own client, and nothing else. */
@ApplicationScoped
public class PortalStatements {
    private final EntityManager entities;
    private final Lives lives;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    PortalStatements(EntityManager entities, Lives lives, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.lives = lives;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Newest first.
     *
     * @param after the last statement of the piece before, or null
     * @param limit 1 to 500
     */
    @Allow(Role.CLIENT)
    @Transactional
    public Page<Statement> list(UUID after, int limit) {
        TypedQuery<Statement> rows = entities.createQuery(
                        "from Statement s where s.clientId = :client and s.state = :issued"
                                + (after == null ? "" : " and (s.issuedAt < :at or s.issuedAt = :at and s.id < :after)")
                                + " order by s.issuedAt desc, s.id desc",
                        Statement.class)
                .setParameter("client", own())
                .setParameter("issued", StatementState.ISSUED);
        if (after != null) {
            rows.setParameter("at", found(after).issuedAt()).setParameter("after", after);
        }
        return Page.of(rows.setMaxResults(limit + 1).getResultList(), limit, row -> row.id()
                .toString());
    }

    /** One of them. */
    @Allow(Role.CLIENT)
    @Transactional
    public Statement get(UUID id) {
        return found(id);
    }

    /** What became of it. */
    @Allow(Role.CLIENT)
    @Transactional
    public StatementLife life(UUID id) {
        found(id);
        return lives.of(id);
    }

    /** What became of them, by statement. */
    @Allow(Role.CLIENT)
    @Transactional
    public Map<UUID, StatementLife> lives(List<Statement> own) {
        UUID client = own();
        return lives.of(own.stream()
                .filter(statement -> statement.clientId().equals(client))
                .map(Statement::id)
                .toList());
    }

    /** All that was printed on one. The first time is noted for the firm. */
    @Allow(Role.CLIENT)
    @Transactional
    public StatementDocument document(UUID id) {
        Statement statement = found(id);
        viewed(statement);
        return Json.read(entities.find(IssuedPaper.class, id).document(), StatementDocument.class);
    }

    /** The stored bytes of one. The first time is noted for the firm. */
    @Allow(Role.CLIENT)
    @Transactional
    public Pdf pdf(UUID id) {
        Statement statement = found(id);
        viewed(statement);
        return Pdf.issued(statement, entities.find(IssuedPaper.class, id));
    }

    private UUID own() {
        UUID client = Caller.current().clientId();
        if (client == null) {
            throw new Refusal.NotFound("client");
        }
        return client;
    }

    /** Drafts and other clients' statements sound like missing ones. */
    private Statement found(UUID id) {
        Statement statement = id == null ? null : entities.find(Statement.class, id);
        if (statement == null || statement.isDraft() || !statement.clientId().equals(own())) {
            throw new Refusal.NotFound("statement");
        }
        return statement;
    }

    private void viewed(Statement statement) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int first = entities.createNativeQuery("insert into statement_view (firm_id, statement_id, at, viewer) "
                        + "values (:firm, :statement, :at, :viewer) on conflict do nothing")
                .setParameter("firm", Tenant.current())
                .setParameter("statement", statement.id())
                .setParameter("at", now)
                .setParameter("viewer", Caller.current().name())
                .executeUpdate();
        if (first == 1) {
            audit.lock();
            lives.locked(statement.id()).viewed(now);
            audit.note("statement.viewed", "statement", statement.id(), null, Map.of("number", statement.number()));
        }
    }
}
