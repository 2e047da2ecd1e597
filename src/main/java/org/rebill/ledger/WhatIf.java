package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.agreement.Agreements;
import org.rebill.agreement.OfferDraft;
import org.rebill.agreement.Proposal;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;
import org.rebill.rating.PooledRating;
import org.rebill.rating.RateRule;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.RoundingScope;

/**
 * What the priced calls of a client in a period would have cost under other terms, beside what they cost (DOMAIN.md C19):
 * the same rules as real pricing, and nothing is stored. Calls that are held have no price and take no part.
 */
@ApplicationScoped
public class WhatIf {
    private static final int MOST_YEARS = 2;

    private final EntityManager entities;
    private final Firms firms;
    private final Agreements agreements;

    @Inject
    WhatIf(EntityManager entities, Firms firms, Agreements agreements) {
        this.entities = entities;
        this.firms = firms;
        this.agreements = agreements;
    }

    /**
     * What calls came to, and would have.
     *
     * @param billedSeconds as it was; {@code billedSecondsThen} under the other terms
     * @param difference then less as it was
     */
    public record Sum(
            long calls,
            long talkSeconds,
            long billedSeconds,
            BigDecimal amount,
            long billedSecondsThen,
            BigDecimal amountThen,
            BigDecimal difference) {}

    /** A month's part. */
    public record Month(YearMonth month, Sum sum) {}

    /** A person's part; the key is null for telephones that are nobody's. */
    public record ByPerson(UUID personId, Sum sum) {}

    /**
     * A period under other terms.
     *
     * @param otherCurrency priced calls in another currency than the terms', which take no part
     */
    public record Result(
            UUID clientId,
            LocalDate from,
            LocalDate to,
            String currency,
            Sum sum,
            List<Month> months,
            List<ByPerson> people,
            long otherCurrency) {
        public Result {
            months = List.copyOf(months);
            people = List.copyOf(people);
        }
    }

    private record Charged(Pools.Member member, UUID statementId, YearMonth month, LocalDate day, BigDecimal amount) {}

    private record Then(Charged charged, Rated rated) {}

    /**
     * Prices a period under other terms.
     *
     * @param from first day on which calls started, in the firm's zone
     * @param to last day, at most two years later
     * @param draft terms, rates and rules; its days don't matter
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Result of(UUID clientId, LocalDate from, LocalDate to, OfferDraft draft) {
        if (from == null
                || to == null
                || to.isBefore(from)
                || from.plusYears(MOST_YEARS).isBefore(to)) {
            throw new Refusal.Invalid(
                    "to", "period.order", "Give a first day and a last one after it, at most two years later.");
        }
        Proposal proposal = agreements.propose(clientId, draft);
        String currency = proposal.terms().currency().getCurrencyCode();
        int digits = proposal.terms().currency().getDefaultFractionDigits();
        List<Charged> charges = read(clientId, from, to, currency, proposal);
        List<Then> then = price(charges, proposal.terms().scope());
        Map<YearMonth, List<Then>> months = new TreeMap<>();
        Map<UUID, List<Then>> people = new LinkedHashMap<>();
        for (Then one : then) {
            months.computeIfAbsent(one.charged().month(), month -> new ArrayList<>())
                    .add(one);
            people.computeIfAbsent(one.charged().member().personId(), person -> new ArrayList<>())
                    .add(one);
        }
        return new Result(
                clientId,
                from,
                to,
                currency,
                sum(then, digits),
                months.entrySet().stream()
                        .map(month -> new Month(month.getKey(), sum(month.getValue(), digits)))
                        .toList(),
                people.entrySet().stream()
                        .map(person -> new ByPerson(person.getKey(), sum(person.getValue(), digits)))
                        .toList(),
                others(clientId, from, to, currency));
    }

    private static Sum sum(List<Then> all, int digits) {
        BigDecimal was = BigDecimal.ZERO.setScale(digits);
        BigDecimal then = was;
        long talk = 0;
        long billed = 0;
        long billedThen = 0;
        for (Then one : all) {
            was = was.add(one.charged().amount());
            then = then.add(one.rated().amount());
            talk += one.charged().member().talkSeconds();
            billed += one.charged().member().billedSeconds();
            billedThen += one.rated().billedSeconds();
        }
        long calls = all.stream()
                .map(one -> one.charged().member().callId())
                .distinct()
                .count();
        return new Sum(calls, talk, billed, was, billedThen, then, then.subtract(was));
    }

    private static List<Then> price(List<Charged> charges, RoundingScope scope) {
        if (scope == RoundingScope.PER_CALL) {
            return charges.stream()
                    .map(one -> new Then(
                            one,
                            Rating.rate(one.member().talkSeconds(), one.member().terms())))
                    .toList();
        }
        Map<Object, List<Charged>> pools = new LinkedHashMap<>();
        for (Charged one : charges) {
            Object pool = scope == RoundingScope.PER_CLIENT_STATEMENT ? String.valueOf(one.statementId()) : one.day();
            pools.computeIfAbsent(pool, key -> new ArrayList<>()).add(one);
        }
        List<Then> priced = new ArrayList<>();
        for (Collection<Charged> pool : pools.values()) {
            Map<Pools.Member, Charged> byMember = new LinkedHashMap<>();
            pool.forEach(one -> byMember.put(one.member(), one));
            for (List<Pools.Member> group : Pools.groups(scope, new ArrayList<>(byMember.keySet()))) {
                List<Rated> rated = PooledRating.rate(
                        group.stream()
                                .map(member -> new PooledRating.Talk(member.talkSeconds(), member.terms()))
                                .toList(),
                        PooledRating.Issued.NOTHING);
                for (int i = 0; i < rated.size(); i++) {
                    priced.add(new Then(byMember.get(group.get(i)), rated.get(i)));
                }
            }
        }
        return priced;
    }

    private List<Charged> read(UUID clientId, LocalDate from, LocalDate to, String currency, Proposal proposal) {
        ZoneId zone = firms.current().profile().zoneId();
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select opened_at, call_id, no, person_id, started_at, answered_at, talk_seconds, "
                                + "billed_seconds, quantity, amount, statement_id from charge "
                                + "where firm_id = ? and client_id = ? and state = 'RATED' and currency = ? "
                                + "and started_at >= ? and started_at < ? order by opened_at, call_id, no",
                        row -> new Charged(
                                new Pools.Member(
                                        Sql.instant(row, "opened_at"),
                                        Sql.uuid(row, "call_id"),
                                        row.getInt("no"),
                                        Sql.uuid(row, "person_id"),
                                        Sql.instant(row, "answered_at"),
                                        row.getInt("talk_seconds"),
                                        false,
                                        row.getInt("billed_seconds"),
                                        row.getBigDecimal("quantity"),
                                        proposal.at(
                                                Sql.uuid(row, "person_id"),
                                                RateRule.CALL,
                                                Sql.instant(row, "answered_at"))),
                                Sql.uuid(row, "statement_id"),
                                YearMonth.from(Sql.instant(row, "started_at").atZone(zone)),
                                Sql.instant(row, "answered_at").atZone(zone).toLocalDate(),
                                row.getBigDecimal("amount")),
                        Tenant.current(),
                        clientId,
                        currency,
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private long others(UUID clientId, LocalDate from, LocalDate to, String currency) {
        ZoneId zone = firms.current().profile().zoneId();
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select count(distinct call_id) as n from charge where firm_id = ? and client_id = ? "
                                + "and state = 'RATED' and currency <> ? and started_at >= ? "
                                + "and started_at < ?",
                        row -> row.getLong("n"),
                        Tenant.current(),
                        clientId,
                        currency,
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant())
                .get(0));
    }
}
