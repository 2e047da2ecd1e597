package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.Ledger;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** Drafts are looked through, with what deserves a second look, and approved as they are (DOMAIN.md D13). */
@ApplicationScoped
public class Reviews {
    /** A call this many times as long as the client's usual one is unusual. */
    private static final int UNUSUAL = 4;
    /** Calls of a client from which on a usual length can be told. */
    private static final int ENOUGH = 8;
    /** No call shorter than this is unusual. */
    private static final int LONG_SECONDS = 3_600;

    private final EntityManager entities;
    private final Statements statements;
    private final Ledger ledger;
    private final FirmBilling billing;
    private final Firms firms;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    Reviews(
            EntityManager entities,
            Statements statements,
            Ledger ledger,
            FirmBilling billing,
            Firms firms,
            AuditLog audit,
            Clock clock) {
        this.entities = entities;
        this.statements = statements;
        this.ledger = ledger;
        this.billing = billing;
        this.firms = firms;
        this.audit = audit;
        this.clock = clock;
    }

    /** What deserves a second look. */
    public enum Warning {
        /** Calls of the period that wait for somebody, and so would miss the statement. */
        HELD,
        /** Calls of earlier periods. */
        LATE,
        /** A person talks for two clients at once. */
        OVERLAP,
        /** Far longer than the client's usual call. */
        UNUSUAL
    }

    /**
     * What was found.
     *
     * @param calls how many
     * @param callIds up to 20 of them, to be opened; empty for held ones
     */
    public record Found(Warning warning, long calls, List<UUID> callIds) {
        public Found {
            callIds = List.copyOf(callIds);
        }
    }

    /** What deserves a second look on a draft; nothing on an issued statement. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Found> warnings(UUID id) {
        Statement draft = statements.get(id);
        List<Found> found = new ArrayList<>();
        if (!draft.isDraft()) {
            return found;
        }
        ZoneId zone = firms.current().profile().zoneId();
        Instant from = draft.period().start(zone);
        long held = ledger.held(from, draft.period().end(zone)).stream()
                .filter(each -> draft.clientId().equals(each.clientId()))
                .mapToLong(Ledger.Held::calls)
                .sum();
        if (held > 0) {
            found.add(new Found(Warning.HELD, held, List.of()));
        }
        add(found, Warning.LATE, calls("c.started_at < :from", id, Map.of("from", from)));
        add(
                found,
                Warning.OVERLAP,
                calls(
                        "c.person_id is not null and exists (select 1 from charge o where o.firm_id = c.firm_id "
                                + "and o.person_id = c.person_id and o.call_id <> c.call_id and o.state = 'RATED' "
                                + "and o.client_id <> c.client_id "
                                + "and o.answered_at < c.answered_at + make_interval(secs => c.talk_seconds) "
                                + "and o.answered_at + make_interval(secs => o.talk_seconds) > c.answered_at)",
                        id,
                        Map.of()));
        add(
                found,
                Warning.UNUSUAL,
                calls(
                        "c.talk_seconds >= :long and c.talk_seconds > :times * (select percentile_cont(0.5) within group "
                                + "(order by u.talk_seconds) from charge u where u.firm_id = c.firm_id "
                                + "and u.client_id = c.client_id and u.state = 'RATED' having count(*) >= :enough)",
                        id,
                        Map.of("long", LONG_SECONDS, "times", UNUSUAL, "enough", ENOUGH)));
        return found;
    }

    private static void add(List<Found> found, Warning warning, List<UUID> calls) {
        if (!calls.isEmpty()) {
            found.add(new Found(warning, calls.size(), calls.subList(0, Math.min(calls.size(), 20))));
        }
    }

    private List<UUID> calls(String condition, UUID statement, Map<String, Object> values) {
        var query = entities.createNativeQuery("select distinct c.call_id from charge c where c.firm_id = :firm "
                        + "and c.statement_id = :statement and " + condition)
                .setParameter("firm", Tenant.current())
                .setParameter("statement", statement);
        values.forEach(query::setParameter);
        List<?> rows = query.getResultList();
        return rows.stream().map(UUID.class::cast).toList();
    }

    /** Somebody looks it through: the others see that. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Statement begin(UUID id) {
        return set(id, StatementStage.IN_REVIEW, null);
    }

    /**
     * It is right as it is.
     *
     * @param seen the total that was looked at; refused when it is another now. Null for whatever it is
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Statement approve(UUID id, BigDecimal seen) {
        billing.refuseClerk();
        return set(id, StatementStage.APPROVED, seen);
    }

    /** Not yet: review and approval are taken back. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Statement reopen(UUID id) {
        return set(id, null, null);
    }

    private Statement set(UUID id, StatementStage stage, BigDecimal seen) {
        audit.lock();
        Statement draft = statements.lockedDraft(id);
        BigDecimal total = statements.document(id).total();
        if (seen != null && seen.compareTo(total) != 0) {
            throw new Refusal.Conflict(
                    "total",
                    "statement.changed",
                    "Calls on this draft were priced anew: it is " + total + " " + draft.currency() + " now, not "
                            + seen + ". Look at it again.");
        }
        draft.review(
                stage,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Caller.current().name(),
                total);
        audit.note(
                stage == null
                        ? "statement.reopened"
                        : stage == StatementStage.APPROVED ? "statement.approved" : "statement.in-review",
                "statement",
                id,
                null,
                Map.of("total", total, "currency", draft.currency()));
        return draft;
    }
}
