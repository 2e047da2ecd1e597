package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.ledger.Charge;
import org.rebill.ledger.Ledger;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** The firm's statements in lists, with what they come to; a professional's own clients' issued ones only. */
@ApplicationScoped
public class StatementList {
    private final EntityManager entities;
    private final Ledger ledger;
    private final Lives lives;
    private final BillingTerms billing;
    private final Firms firms;

    @Inject
    StatementList(EntityManager entities, Ledger ledger, Lives lives, BillingTerms billing, Firms firms) {
        this.entities = entities;
        this.ledger = ledger;
        this.lives = lives;
        this.billing = billing;
        this.firms = firms;
    }

    /**
     * Which ones.
     *
     * @param within those whose period begins in it; null for all
     * @param clientId null for all
     * @param state null for all
     * @param stage of issued ones; null for all
     * @param overdue only those with something open whose due day is before this one; null for all
     */
    public record Filter(Period within, UUID clientId, StatementState state, StatementStage stage, LocalDate overdue) {
        /** By state only. */
        public Filter(Period within, UUID clientId, StatementState state) {
            this(within, clientId, state, null, null);
        }

        /** The same, whatever the state. */
        public Filter anyState() {
            return new Filter(within, clientId, null);
        }
    }

    /**
     * One in a list.
     *
     * @param late has calls of earlier periods; told of drafts only
     * @param life what became of it; null for a draft
     */
    public record Row(
            Statement statement,
            String client,
            long calls,
            long talkSeconds,
            BigDecimal hours,
            BigDecimal total,
            boolean late,
            StatementLife life) {
        /** Where it stands in its whole life. */
        public StatementStage stage() {
            return life == null ? statement.draftStage() : life.stage();
        }
    }

    /** What all of one state and currency come to, less what credit notes took back. */
    public record Total(
            StatementState state, String currency, long statements, long calls, BigDecimal hours, BigDecimal amount) {}

    /**
     * Newest period first, then by client.
     *
     * @param after the last statement of the piece before, or null
     * @param limit 1 to 500
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Page<Row> list(Filter filter, UUID after, int limit) {
        StatementScope scope = StatementScope.ofCaller();
        StringBuilder query = new StringBuilder(
                        "select s, c.name from Statement s join Client c on c.id = s.clientId where ")
                .append(where(filter, scope));
        if (after != null) {
            query.append(" and (s.periodFrom < :from or s.periodFrom = :from and (lower(c.name) > lower(:name) "
                    + "or lower(c.name) = lower(:name) and s.id > :after))");
        }
        TypedQuery<Object[]> rows =
                entities.createQuery(query + " order by s.periodFrom desc, lower(c.name), s.id", Object[].class);
        bind(rows, filter, scope);
        if (after != null) {
            Object[] last = scope.bind(entities.createQuery(
                                    "select s.periodFrom, c.name from Statement s join Client c on c.id = s.clientId "
                                            + "where s.id = :after and " + scope.condition(),
                                    Object[].class)
                            .setParameter("after", after))
                    .getResultStream()
                    .findFirst()
                    .orElseThrow(() -> new Refusal.NotFound("statement to go on after"));
            rows.setParameter("from", last[0]).setParameter("name", last[1]).setParameter("after", after);
        }
        List<Object[]> read = rows.setMaxResults(limit + 1).getResultList();
        Map<UUID, Ledger.Sum> sums = ledger.sums(read.stream()
                .map(row -> (Statement) row[0])
                .filter(Statement::isDraft)
                .map(Statement::id)
                .toList());
        Map<UUID, StatementLife> found =
                lives.of(read.stream().map(row -> ((Statement) row[0]).id()).toList());
        ZoneId zone = firms.current().profile().zoneId();
        BillingTerms.Terms terms = billing.today();
        return Page.of(
                read.stream()
                        .map(row -> row((Statement) row[0], (String) row[1], sums, found, zone, terms))
                        .toList(),
                limit,
                row -> row.statement().id().toString());
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Row get(UUID id) {
        StatementScope scope = StatementScope.ofCaller();
        Object[] found = scope.bind(entities.createQuery(
                                "select s, c.name from Statement s join Client c on c.id = s.clientId "
                                        + "where s.id = :id and " + scope.condition(),
                                Object[].class)
                        .setParameter("id", id))
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound("statement"));
        Statement statement = (Statement) found[0];
        return row(
                statement,
                (String) found[1],
                statement.isDraft() ? ledger.sums(List.of(id)) : Map.of(),
                lives.of(List.of(id)),
                firms.current().profile().zoneId(),
                billing.today());
    }

    private Row row(
            Statement statement,
            String client,
            Map<UUID, Ledger.Sum> sums,
            Map<UUID, StatementLife> found,
            ZoneId zone,
            BillingTerms.Terms terms) {
        if (!statement.isDraft()) {
            return new Row(
                    statement,
                    client,
                    statement.calls(),
                    statement.talkSeconds(),
                    statement.hours(),
                    statement.total(),
                    false,
                    found.get(statement.id()));
        }
        Ledger.Sum sum = sums.get(statement.id());
        return sum == null
                ? new Row(statement, client, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, false, null)
                : new Row(
                        statement,
                        client,
                        sum.calls(),
                        sum.talkSeconds(),
                        sum.hours(),
                        owed(statement.id(), statement.clientId(), statement.currency(), sum.amount(), terms),
                        sum.first().isBefore(statement.period().start(zone)),
                        null);
    }

    /** What a draft's lines come to with discount and tax. */
    private BigDecimal owed(UUID draft, UUID client, String currency, BigDecimal fees, BillingTerms.Terms terms) {
        int digits = Math.max(Currency.getInstance(currency).getDefaultFractionDigits(), 0);
        // Only where each line is rounded do the lines matter.
        List<BigDecimal> lines = terms.needsLines(client)
                ? ledger.on(draft).stream().map(Charge::amount).toList()
                : List.of(fees.setScale(digits, RoundingMode.UNNECESSARY));
        StatementDocument.Sums sums = terms.sums(client, lines, digits);
        return sums == null ? fees : Totals.total(sums);
    }

    /** What they come to, by state and currency. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<Total> totals(Filter filter) {
        StatementScope scope = StatementScope.ofCaller();
        TypedQuery<Object[]> query = entities.createQuery(
                "select s.id, s.state, s.currency, s.calls, s.hours, s.total, s.kind, s.clientId from Statement s where "
                        + where(filter, scope),
                Object[].class);
        bind(query, filter, scope);
        List<Object[]> rows = query.getResultList();
        Map<UUID, Ledger.Sum> sums = ledger.sums(rows.stream()
                .filter(row -> row[1] == StatementState.DRAFT)
                .map(row -> (UUID) row[0])
                .toList());
        BillingTerms.Terms terms = billing.today();
        Map<String, Total> totals = new TreeMap<>();
        for (Object[] row : rows) {
            Total one = total(row, sums.get(row[0]), terms);
            totals.merge(one.state() + one.currency(), one, StatementList::add);
        }
        return new ArrayList<>(totals.values());
    }

    private Total total(Object[] row, Ledger.Sum sum, BillingTerms.Terms terms) {
        StatementState state = (StatementState) row[1];
        String currency = (String) row[2];
        if (state == StatementState.ISSUED) {
            // A credit note takes money and time back; its calls were counted with its statement.
            int calls = row[6] == Statement.Kind.CREDIT_NOTE ? 0 : (Integer) row[3];
            return new Total(state, currency, 1, calls, (BigDecimal) row[4], (BigDecimal) row[5]);
        }
        return sum == null
                ? new Total(state, currency, 1, 0, BigDecimal.ZERO, BigDecimal.ZERO)
                : new Total(
                        state,
                        currency,
                        1,
                        sum.calls(),
                        sum.hours(),
                        owed((UUID) row[0], (UUID) row[7], currency, sum.amount(), terms));
    }

    static Total add(Total a, Total b) {
        return new Total(
                a.state(),
                a.currency(),
                a.statements() + b.statements(),
                a.calls() + b.calls(),
                a.hours().add(b.hours()),
                a.amount().add(b.amount()));
    }

    private static String where(Filter filter, StatementScope scope) {
        List<String> conditions = new ArrayList<>(List.of(scope.condition()));
        if (filter.within() != null) {
            conditions.add("s.periodFrom >= :periodFrom and s.periodFrom < :periodTo");
        }
        if (filter.clientId() != null) {
            conditions.add("s.clientId = :client");
        }
        if (filter.state() != null) {
            conditions.add("s.state = :state");
        }
        if (filter.stage() != null) {
            conditions.add("exists (select 1 from StatementLife l where l.statementId = s.id and l.stageNow = :stage)");
        }
        if (filter.overdue() != null) {
            conditions.add("exists (select 1 from StatementLife l where l.statementId = s.id and l.openNow > 0 "
                    + "and l.dueOn < :overdue)");
        }
        return String.join(" and ", conditions);
    }

    private static void bind(TypedQuery<?> query, Filter filter, StatementScope scope) {
        scope.bind(query);
        if (filter.within() != null) {
            query.setParameter("periodFrom", filter.within().from());
            query.setParameter("periodTo", filter.within().to());
        }
        if (filter.clientId() != null) {
            query.setParameter("client", filter.clientId());
        }
        if (filter.state() != null) {
            query.setParameter("state", filter.state());
        }
        if (filter.stage() != null) {
            query.setParameter("stage", filter.stage());
        }
        if (filter.overdue() != null) {
            query.setParameter("overdue", filter.overdue());
        }
    }

    /** Months that have statements, newest first. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<Period> periods() {
        StatementScope scope = StatementScope.ofCaller();
        return scope.bind(entities.createQuery(
                        "select distinct s.periodFrom, s.periodTo from Statement s where " + scope.condition(),
                        Period.class))
                .getResultStream()
                .sorted(Comparator.comparing(Period::from)
                        .thenComparing(Period::to)
                        .reversed())
                .toList();
    }

    /** What of a period can't be billed yet because somebody must do something first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Ledger.Held> held(Period period) {
        ZoneId zone = firms.current().profile().zoneId();
        return ledger.held(period.start(zone), period.end(zone));
    }
}
