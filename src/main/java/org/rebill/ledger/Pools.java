package org.rebill.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.rebill.agreement.AgreementIndex;
import org.rebill.platform.Json;
import org.rebill.platform.Sql;
import org.rebill.rating.PooledRating;
import org.rebill.rating.Rated;
import org.rebill.rating.RoundingScope;
import org.rebill.rating.Terms;

/**
 * Charges whose time is rounded together (DOMAIN.md D2, C3): whenever one of them comes, goes or changes, the whole is
 * rounded anew and spread over those that are not issued. On the connection of the running transaction.
 */
final class Pools {
    /** A call is opened and answered within this of each other. */
    private static final Duration LONGEST_CALL = Duration.ofDays(7);

    private static final Instant EVER = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.parse("2200-01-01T00:00:00Z");

    private final Sql sql;
    private final UUID firm;
    private final AgreementIndex agreements;
    private final ZoneId zone;

    /** @param zone the firm's: whose days are meant */
    Pools(Connection connection, UUID firm, AgreementIndex agreements, ZoneId zone) {
        this.sql = Sql.on(connection);
        this.firm = firm;
        this.agreements = agreements;
        this.zone = zone;
    }

    /**
     * Charges that may be rounded together: a client's by one version, of a day or of a statement.
     *
     * @param day null where a statement's are rounded together
     * @param statementId the statement, null for what is on none; null where a day's are
     */
    record Pool(UUID clientId, UUID versionId, LocalDate day, UUID statementId) {}

    /** The pools in which charges of these calls are now. */
    Set<Pool> of(Collection<CallFacts> calls) throws SQLException {
        Set<Pool> found = new LinkedHashSet<>();
        if (!agreements.roundsTogether() || calls.isEmpty()) {
            return found;
        }
        Instant first =
                calls.stream().map(CallFacts::openedAt).min(Instant::compareTo).orElseThrow();
        Instant last =
                calls.stream().map(CallFacts::openedAt).max(Instant::compareTo).orElseThrow();
        found.addAll(read(calls.stream().map(CallFacts::callId).toList(), first, last));
        found.remove(null);
        return found;
    }

    private List<Pool> read(List<UUID> calls, Instant first, Instant last) throws SQLException {
        return sql.query(
                "select client_id, agreement_version_id, answered_at, statement_id from charge where firm_id = ? "
                        + "and opened_at between ? and ? and call_id = any (?) and state = 'RATED'",
                this::pool,
                firm,
                first,
                last,
                calls.toArray(UUID[]::new));
    }

    private Pool pool(ResultSet row) throws SQLException {
        UUID version = Sql.uuid(row, "agreement_version_id");
        RoundingScope scope = scope(version);
        return switch (scope) {
            case PER_CALL -> null;
            case PER_CLIENT_DAY, BALANCED ->
                new Pool(
                        Sql.uuid(row, "client_id"),
                        version,
                        Sql.instant(row, "answered_at").atZone(zone).toLocalDate(),
                        null);
            case PER_CLIENT_STATEMENT ->
                new Pool(Sql.uuid(row, "client_id"), version, null, Sql.uuid(row, "statement_id"));
        };
    }

    private RoundingScope scope(UUID version) {
        return agreements.terms(version).map(Terms::scope).orElse(RoundingScope.PER_CALL);
    }

    /** The pools of calls that went onto a draft or off it: the draft's and those that are on none. */
    Set<Pool> moved(List<UUID> calls, UUID draft) throws SQLException {
        Set<Pool> found = new LinkedHashSet<>();
        if (agreements.roundsTogether()) {
            for (Pool pool : read(calls, EVER, NEVER)) {
                if (pool != null && pool.day() == null) {
                    found.add(new Pool(pool.clientId(), pool.versionId(), null, draft));
                    found.add(new Pool(pool.clientId(), pool.versionId(), null, null));
                }
            }
        }
        return found;
    }

    /** Rounds these pools anew and writes what their charges come to. */
    void spread(Collection<Pool> pools) throws SQLException {
        for (Pool pool : pools) {
            List<Member> members = members(pool);
            for (List<Member> together : groups(scope(pool.versionId()), members)) {
                spread(together);
            }
        }
    }

    /** A charge in a pool. */
    record Member(
            Instant openedAt,
            UUID callId,
            int no,
            UUID personId,
            Instant answeredAt,
            int talkSeconds,
            boolean issued,
            int billedSeconds,
            BigDecimal quantity,
            Terms terms) {}

    private List<Member> members(Pool pool) throws SQLException {
        String which = "select opened_at, call_id, no, person_id, answered_at, talk_seconds, issued, billed_seconds, "
                + "quantity, explanation, agreement_version_id from charge where firm_id = ? "
                + "and client_id = ? and agreement_version_id = ? and state = 'RATED' ";
        String order = " order by opened_at, call_id, no for no key update";
        if (pool.day() != null) {
            Instant from = pool.day().atStartOfDay(zone).toInstant();
            Instant to = pool.day().plusDays(1).atStartOfDay(zone).toInstant();
            return sql.query(
                    which + "and opened_at between ? and ? and answered_at >= ? and answered_at < ?" + order,
                    this::member,
                    firm,
                    pool.clientId(),
                    pool.versionId(),
                    from.minus(LONGEST_CALL),
                    to.plus(LONGEST_CALL),
                    from,
                    to);
        }
        return pool.statementId() == null
                ? sql.query(
                        which + "and statement_id is null" + order,
                        this::member,
                        firm,
                        pool.clientId(),
                        pool.versionId())
                : sql.query(
                        which + "and statement_id = ?" + order,
                        this::member,
                        firm,
                        pool.clientId(),
                        pool.versionId(),
                        pool.statementId());
    }

    /** The rate stands in the explanation: it stays what it was, whatever a person is at the firm by now. */
    private Member member(ResultSet row) throws SQLException {
        Rated.Step rate = List.of(Json.read(row.getString("explanation"), Rated.Step[].class)).stream()
                .filter(step -> step.rule() == Rated.Rule.RATE)
                .findFirst()
                .orElseThrow();
        Terms terms = agreements.terms(Sql.uuid(row, "agreement_version_id")).orElseThrow();
        return new Member(
                Sql.instant(row, "opened_at"),
                Sql.uuid(row, "call_id"),
                row.getInt("no"),
                Sql.uuid(row, "person_id"),
                Sql.instant(row, "answered_at"),
                row.getInt("talk_seconds"),
                row.getBoolean("issued"),
                row.getInt("billed_seconds"),
                row.getBigDecimal("quantity"),
                terms.at(rate.value(), rate.name()));
    }

    /** Which members of a pool are rounded together: all, or, balanced, those that begin in one step of a person. */
    static List<List<Member>> groups(RoundingScope scope, List<Member> members) {
        if (scope != RoundingScope.BALANCED) {
            return members.isEmpty() ? List.of() : List.of(members);
        }
        Map<UUID, List<Member>> open = new LinkedHashMap<>();
        List<List<Member>> groups = new ArrayList<>();
        members.stream()
                .sorted((one, other) -> {
                    int byAnswer = one.answeredAt().compareTo(other.answeredAt());
                    return byAnswer != 0 ? byAnswer : one.callId().compareTo(other.callId());
                })
                .forEach(member -> {
                    UUID person = Objects.requireNonNullElseGet(member.personId(), () -> new UUID(0, 0));
                    List<Member> group = open.get(person);
                    if (group == null || !begins(group.get(0), member)) {
                        group = new ArrayList<>();
                        open.put(person, group);
                        groups.add(group);
                    }
                    group.add(member);
                });
        return groups;
    }

    private static boolean begins(Member first, Member next) {
        return next.answeredAt()
                .isBefore(first.answeredAt().plusSeconds(first.terms().incrementSeconds()));
    }

    private void spread(List<Member> together) throws SQLException {
        List<Member> open = together.stream().filter(member -> !member.issued()).toList();
        List<Rated> rated = PooledRating.rate(
                open.stream()
                        .map(member -> new PooledRating.Talk(member.talkSeconds(), member.terms()))
                        .toList(),
                issued(together));
        for (int i = 0; i < open.size(); i++) {
            write(open.get(i), rated.get(i));
        }
    }

    private static PooledRating.Issued issued(List<Member> together) {
        long talk = 0;
        long billed = 0;
        BigDecimal quantity = BigDecimal.ZERO;
        for (Member member : together) {
            if (member.issued() && member.talkSeconds() > member.terms().graceSeconds()) {
                talk += member.talkSeconds();
                billed += member.billedSeconds();
                quantity = quantity.add(member.quantity());
            }
        }
        return new PooledRating.Issued(talk, billed, quantity);
    }

    private void write(Member member, Rated rated) throws SQLException {
        sql.update(
                "update charge set billed_seconds = ?, quantity = ?, unit = ?, unit_rate = ?, amount = ?, "
                        + "rule_version = ?, explanation = cast(? as jsonb) where firm_id = ? and opened_at = ? "
                        + "and call_id = ? and no = ? and not issued",
                rated.billedSeconds(),
                rated.quantity(),
                rated.unit().name(),
                rated.unitRate(),
                rated.amount(),
                rated.ruleVersion(),
                Json.write(rated.explanation()),
                firm,
                member.openedAt(),
                member.callId(),
                member.no());
    }
}
