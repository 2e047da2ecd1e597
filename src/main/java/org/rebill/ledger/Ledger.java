package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.agreement.AgreementIndex;
import org.rebill.agreement.Agreements;
import org.rebill.code.Codes;
import org.rebill.firm.Firms;
import org.rebill.platform.Tenant;
import org.rebill.policy.CodePolicies;

/** Keeps the charges of calls: computed anew whenever what they rest on changes, never once they are issued. */
@ApplicationScoped
public class Ledger {
    /** Calls with a charge that is still held wait as a whole: a call is on one statement only. */
    private static final String TO_BILL = "c.firm_id = :firm and c.state = 'RATED' and c.statement_id is null "
            + "and c.started_at < :before and (c.deferred_to is null or c.deferred_to <= :day) "
            + "and not exists (select 1 from charge h where h.firm_id = c.firm_id and h.opened_at = c.opened_at "
            + "and h.call_id = c.call_id and h.state = 'HELD')";

    private final EntityManager entities;
    private final Firms firms;
    private final CodePolicies policies;
    private final Codes codes;
    private final Agreements agreements;
    private final Event<Billing> news;

    @Inject
    Ledger(
            EntityManager entities,
            Firms firms,
            CodePolicies policies,
            Codes codes,
            Agreements agreements,
            Event<Billing> news) {
        this.entities = entities;
        this.firms = firms;
        this.policies = policies;
        this.codes = codes;
        this.agreements = agreements;
        this.news = news;
    }

    /**
     * Writes the charges of these calls anew, as set work in the running transaction. Charges on a draft stay on it
     * while they are priced for the same client in the same currency. Calls with a charge on an issued statement are
     * left as they are and not in the result.
     *
     * @param calls each once
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<UUID, Settlement> settle(Collection<CallFacts> calls) {
        if (calls.isEmpty()) {
            return Map.of();
        }
        // What the caller changed must be in the database before the indexes are read from there.
        entities.flush();
        AgreementIndex terms = agreements.index();
        List<PricedCall> priced = price(calls, terms);
        UUID firm = Tenant.current();
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            Pools pools = new Pools(connection, firm, terms, zone());
            Set<Pools.Pool> touched = pools.of(calls);
            Map<UUID, Settlement> settled = new ChargeWriter(connection, firm).write(priced);
            touched.addAll(pools.of(calls));
            pools.spread(touched);
            return settled;
        });
    }

    private ZoneId zone() {
        return firms.current().profile().zoneId();
    }

    /** What calls cost by codes, policies and agreements as they stand in this transaction; writes nothing. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<PricedCall> trial(Collection<CallFacts> calls) {
        return tried(calls);
    }

    private List<PricedCall> tried(Collection<CallFacts> calls) {
        AgreementIndex terms = agreements.index();
        List<PricedCall> priced = price(calls, terms);
        return terms.roundsTogether()
                ? entities.unwrap(Session.class)
                        .doReturningWork(
                                connection -> new PooledTrial(connection, Tenant.current(), terms, zone()).of(priced))
                : priced;
    }

    private List<PricedCall> price(Collection<CallFacts> calls, AgreementIndex terms) {
        Pricing pricing = new Pricing(policies.index(), codes.index(), terms);
        return calls.stream().map(pricing::price).toList();
    }

    /** What calls would come to as things stand now, by call; nothing is written. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<UUID, Quote> quote(Collection<CallFacts> calls) {
        return calls.isEmpty()
                ? Map.of()
                : tried(calls).stream().map(Quote::of).collect(Collectors.toMap(Quote::callId, Function.identity()));
    }

    /** A call's charges as they stand, in its order. The caller answers for who may see the call. */
    @Transactional
    public List<Charge> charges(UUID callId) {
        return entities.createQuery("from Charge where callId = :call order by no", Charge.class)
                .setParameter("call", callId)
                .getResultList();
    }

    /** What a client owes that is on no statement yet. */
    public record Unbilled(UUID clientId, String currency, long calls, BigDecimal amount) {}

    /**
     * Priced calls that are on no statement and started before an instant, by client.
     *
     * @param day first day of the period they would be billed in: leaves out what was put off beyond it
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Unbilled> unbilled(Instant before, LocalDate day) {
        List<?> rows = entities.createNativeQuery(
                        "select c.client_id, c.currency, count(distinct c.call_id), sum(c.amount) "
                                + "from charge c where " + TO_BILL
                                + " group by c.client_id, c.currency order by c.client_id, c.currency")
                .setParameter("firm", Tenant.current())
                .setParameter("before", before)
                .setParameter("day", day)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> new Unbilled(
                        (UUID) row[0], row[1].toString(), ((Number) row[2]).longValue(), (BigDecimal) row[3]))
                .toList();
    }

    /**
     * Puts a client's priced calls in one currency that are on no statement onto a draft.
     *
     * @param before the end of the draft's period
     * @param day the first day of the draft's period
     * @return how many calls
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int putOn(UUID draft, UUID clientId, String currency, Instant before, LocalDate day) {
        return moved(
                draft,
                entities.createNativeQuery("update charge as c set statement_id = :draft where " + TO_BILL
                                + " and c.client_id = :client and c.currency = :currency returning c.call_id")
                        .setParameter("draft", draft)
                        .setParameter("firm", Tenant.current())
                        .setParameter("before", before)
                        .setParameter("day", day)
                        .setParameter("client", clientId)
                        .setParameter("currency", currency),
                Billing.Standing.ON_DRAFT);
    }

    /**
     * Takes everything off a draft.
     *
     * @return how many calls
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int takeOff(UUID draft) {
        return moved(
                draft,
                entities.createNativeQuery("update charge set statement_id = null "
                                + "where firm_id = :firm and statement_id = :draft and not issued returning call_id")
                        .setParameter("firm", Tenant.current())
                        .setParameter("draft", draft),
                Billing.Standing.OPEN);
    }

    /**
     * Takes one call off a draft and puts it off.
     *
     * @param until first day of the period that it waits for
     * @return false when the call was not on that draft
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean putOff(UUID draft, UUID callId, LocalDate until) {
        return moved(
                        draft,
                        entities.createNativeQuery("update charge set statement_id = null, deferred_to = :until "
                                        + "where firm_id = :firm and call_id = :call and statement_id = :draft "
                                        + "and not issued returning call_id")
                                .setParameter("until", until)
                                .setParameter("firm", Tenant.current())
                                .setParameter("call", callId)
                                .setParameter("draft", draft),
                        Billing.Standing.OPEN)
                > 0;
    }

    /**
     * What the charges of a statement come to.
     *
     * @param hours billed time as printed; of charges in minutes or blocks, to two decimals
     * @param first when the earliest call started
     */
    public record Sum(long calls, long talkSeconds, BigDecimal hours, BigDecimal amount, Instant first) {}

    /** Sums by statement; those without a charge are left out. */
    @Transactional(Transactional.TxType.MANDATORY)
    public Map<UUID, Sum> sums(Collection<UUID> statements) {
        if (statements.isEmpty()) {
            return Map.of();
        }
        List<?> rows = entities.createNativeQuery(
                        "select c.statement_id, count(distinct c.call_id), sum(c.talk_seconds), "
                                + "coalesce(sum(c.quantity) filter (where c.unit = 'HOUR'), 0) "
                                + "+ round(coalesce(sum(c.billed_seconds) filter (where c.unit <> 'HOUR'), 0) / 3600.0, 2), "
                                + "sum(c.amount), min(c.started_at) from charge c "
                                + "where c.firm_id = :firm and c.statement_id in (:statements) group by c.statement_id")
                .setParameter("firm", Tenant.current())
                .setParameter("statements", statements)
                .getResultList();
        return rows.stream().map(Object[].class::cast).collect(Collectors.toMap(row -> (UUID) row[0], Ledger::sum));
    }

    private static Sum sum(Object[] row) {
        return new Sum(
                ((Number) row[1]).longValue(),
                ((Number) row[2]).longValue(),
                ((BigDecimal) row[3]).stripTrailingZeros(),
                (BigDecimal) row[4],
                (Instant) row[5]);
    }

    /** What waits for somebody: held calls by client (null where the code names none) and reason. */
    public record Held(UUID clientId, String reason, long calls, long talkSeconds) {}

    /** Held calls that started in a time, most calls first. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Held> held(Instant from, Instant before) {
        return entities.createQuery(
                        "select c.clientId, c.reason, count(distinct c.callId), sum(c.talkSeconds) from Charge c "
                                + "where c.state = :held and c.startedAt >= :from and c.startedAt < :before "
                                + "group by c.clientId, c.reason order by 3 desc, 2",
                        Object[].class)
                .setParameter("held", ChargeState.HELD)
                .setParameter("from", from)
                .setParameter("before", before)
                .getResultStream()
                .map(row -> new Held((UUID) row[0], (String) row[1], (Long) row[2], (Long) row[3]))
                .toList();
    }

    /** The charges of a statement, locked until the transaction ends so that none changes meanwhile; oldest first. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Charge> lock(UUID statement) {
        entities.createNativeQuery("select c.no from charge c where c.firm_id = :firm and c.statement_id = :statement "
                        + "order by c.opened_at, c.call_id, c.no for no key update")
                .setParameter("firm", Tenant.current())
                .setParameter("statement", statement)
                .getResultList();
        return on(statement);
    }

    /** The charges of a statement as they stand, oldest first. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Charge> on(UUID statement) {
        return entities.createQuery(
                        "from Charge where statementId = :statement order by answeredAt, callId, no", Charge.class)
                .setParameter("statement", statement)
                .getResultList();
    }

    /**
     * The charges of a statement are issued: nothing of them changes from now on.
     *
     * @return how many calls
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int issue(UUID statement) {
        return moved(
                null,
                entities.createNativeQuery("update charge set issued = true "
                                + "where firm_id = :firm and statement_id = :statement returning call_id")
                        .setParameter("firm", Tenant.current())
                        .setParameter("statement", statement),
                Billing.Standing.ISSUED);
    }

    /**
     * The charges of calls on an issued statement are taken back by a credit note: they are open again, priced anew by
     * what is agreed now, and can be billed again.
     *
     * @return how many calls
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public int release(UUID statement, Collection<UUID> callIds) {
        return moved(
                null,
                entities.createNativeQuery("update charge set issued = false, statement_id = null "
                                + "where firm_id = :firm and statement_id = :statement and call_id in (:calls) "
                                + "and issued returning call_id")
                        .setParameter("firm", Tenant.current())
                        .setParameter("statement", statement)
                        .setParameter("calls", callIds),
                Billing.Standing.OPEN);
    }

    /**
     * @param draft they went onto, or off; its calls may be rounded together. Null where that changes nothing
     */
    private int moved(UUID draft, Query update, Billing.Standing standing) {
        List<?> rows = update.getResultList();
        List<UUID> calls = rows.stream().map(UUID.class::cast).distinct().toList();
        if (!calls.isEmpty()) {
            if (draft != null) {
                AgreementIndex terms = agreements.index();
                entities.unwrap(Session.class).doWork(connection -> {
                    Pools pools = new Pools(connection, Tenant.current(), terms, zone());
                    pools.spread(pools.moved(calls, draft));
                });
            }
            news.fire(new Billing(calls, standing));
        }
        return calls.size();
    }
}
