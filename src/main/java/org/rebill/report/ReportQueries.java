package org.rebill.report;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.rebill.ledger.LostAdvice;
import org.rebill.platform.Sql;

/** The one query behind each report: sums of talks, grouped by the database. */
final class ReportQueries {
    /** Calls lie in the month of the leg that was seen first, which may be another one than that of their start. */
    private static final Period SLACK = Period.ofDays(8);

    private static final String CALLS = "count(distinct h.call_id) as calls, ";
    private static final String TALK = "coalesce(sum(h.talk_seconds), 0) as talk, ";
    private static final String MONEY =
            "coalesce(sum(h.billed_seconds) filter (where h.state = 'RATED'), 0) as billed, "
                    + "coalesce(sum(h.amount) filter (where h.state = 'RATED' and h.currency = ?), 0) as amount ";

    private final Sql sql;
    private final UUID firm;
    private final Scope scope;

    ReportQueries(Connection connection, UUID firm, Scope scope) {
        this.sql = Sql.on(connection);
        this.firm = firm;
        this.scope = scope;
    }

    /**
     * Which talks.
     *
     * @param from first instant
     * @param before half-open
     * @param ownerId whose talks the caller may see; null for all
     * @param zone IANA name of the firm's
     * @param currency of the money
     */
    record Scope(
            Instant from,
            Instant before,
            UUID clientId,
            UUID personId,
            UUID ownerId,
            UUID sourceId,
            String zone,
            String currency) {
        /** The same, of the 24 months to the end of this one. */
        Scope twoYears(YearMonth last) {
            ZoneId at = ZoneId.of(zone);
            return new Scope(
                    last.minusMonths(23).atDay(1).atStartOfDay(at).toInstant(),
                    last.plusMonths(1).atDay(1).atStartOfDay(at).toInstant(),
                    clientId,
                    personId,
                    ownerId,
                    sourceId,
                    zone,
                    currency);
        }
    }

    private List<Object> values(Object... first) {
        List<Object> values = new ArrayList<>(Arrays.asList(first));
        values.addAll(List.of(
                firm,
                scope.from(),
                scope.before(),
                scope.from().minus(SLACK),
                scope.before().plus(SLACK)));
        for (UUID id : Arrays.asList(scope.clientId(), scope.personId(), scope.ownerId(), scope.sourceId())) {
            if (id != null) {
                values.add(id);
            }
        }
        return values;
    }

    private String from() {
        return from("");
    }

    private String from(String joined) {
        return "from charge h " + joined + " where h.firm_id = ? and h.started_at >= ? and h.started_at < ? "
                + "and h.opened_at >= ? and h.opened_at < ?"
                + (scope.clientId() == null ? "" : " and h.client_id = ?")
                + (scope.personId() == null ? "" : " and h.person_id = ?")
                + (scope.ownerId() == null ? "" : " and h.person_id = ?")
                + (scope.sourceId() == null
                        ? ""
                        : " and exists (select 1 from call c where c.firm_id = h.firm_id and c.opened_at = h.opened_at "
                                + "and c.id = h.call_id and c.source_id = ?)");
    }

    private <T> List<T> read(String statement, Sql.Reader<T> reader, Object... first) throws SQLException {
        return sql.query(statement, reader, values(first).toArray());
    }

    /**
     * Sums of something.
     *
     * @param key what it is the sum of; null where it is nobody's
     */
    record Sum<K>(K key, long calls, long talk, long billed, BigDecimal amount) {}

    private <K> List<Sum<K>> sums(String group, Sql.Reader<K> key, String order, Object... first) throws SQLException {
        List<Object> bound = new ArrayList<>(Arrays.asList(first));
        bound.add(scope.currency());
        return read(
                "select " + group + " as key, " + CALLS + TALK + MONEY + from() + " group by 1 order by " + order,
                row -> new Sum<>(
                        key.read(row),
                        row.getLong("calls"),
                        row.getLong("talk"),
                        row.getLong("billed"),
                        row.getBigDecimal("amount")),
                bound.toArray());
    }

    List<Sum<UUID>> clients() throws SQLException {
        return sums("h.client_id", row -> Sql.uuid(row, "key"), "talk desc, 1");
    }

    List<Sum<UUID>> people() throws SQLException {
        return sums("h.person_id", row -> Sql.uuid(row, "key"), "talk desc, 1");
    }

    List<Sum<Boolean>> directions() throws SQLException {
        return sums("h.outbound", row -> row.getBoolean("key"), "1");
    }

    List<Sum<String>> numbers(int most) throws SQLException {
        return sums("h.party", row -> row.getString("key"), "talk desc, 1").stream()
                .filter(sum -> !sum.key().isEmpty())
                .limit(most)
                .toList();
    }

    List<Sum<LocalDate>> days() throws SQLException {
        return sums(
                "(h.started_at at time zone ?)::date", row -> row.getObject("key", LocalDate.class), "1", scope.zone());
    }

    List<Sum<LocalDate>> months() throws SQLException {
        return sums(
                "date_trunc('month', h.started_at at time zone ?)::date",
                row -> row.getObject("key", LocalDate.class),
                "1",
                scope.zone());
    }

    /** Where talks stand, by the code. */
    List<Sum<String>> coded() throws SQLException {
        return sums(
                "case when h.client_id is not null then 'CLIENT' when h.state = 'HOUSE' then 'HOUSE' else h.reason end",
                row -> row.getString("key"),
                "talk desc, 1");
    }

    /** A weekday, 1 for Monday, and an hour, 0 to 23, in the firm's zone. */
    record Hour(int weekday, int hour) {}

    List<Sum<Hour>> hours() throws SQLException {
        // One number, so that it is one column to group by.
        return sums(
                        "(extract(isodow from h.started_at at time zone ?) * 100 "
                                + "+ extract(hour from h.started_at at time zone ?))::int",
                        row -> row.getInt("key"),
                        "1",
                        scope.zone(),
                        scope.zone())
                .stream()
                .map(sum -> new Sum<>(
                        new Hour(sum.key() / 100, sum.key() % 100),
                        sum.calls(),
                        sum.talk(),
                        sum.billed(),
                        sum.amount()))
                .toList();
    }

    /** The account-code report's line. */
    record Code(
            String code, UUID clientId, long calls, long in, long out, long talk, long longest, BigDecimal amount) {}

    List<Code> codes() throws SQLException {
        return read(
                "select h.code, h.client_id, " + CALLS
                        + "count(distinct h.call_id) filter (where not h.outbound) as calls_in, "
                        + "count(distinct h.call_id) filter (where h.outbound) as calls_out, " + TALK
                        + "max(h.talk_seconds) as longest, " + MONEY + from()
                        + " group by h.code, h.client_id order by talk desc, h.code, h.client_id",
                row -> new Code(
                        row.getString("code"),
                        Sql.uuid(row, "client_id"),
                        row.getLong("calls"),
                        row.getLong("calls_in"),
                        row.getLong("calls_out"),
                        row.getLong("talk"),
                        row.getLong("longest"),
                        row.getBigDecimal("amount")),
                scope.currency());
    }

    /**
     * A month's money.
     *
     * @param unbilled priced, on no issued statement
     * @param lostSeconds talk that nobody is asked to pay for
     * @param lost what that is worth, in the firm's currency
     */
    record MonthMoney(LocalDate month, BigDecimal billed, BigDecimal unbilled, long lostSeconds, BigDecimal lost) {}

    /**
     * Billed, unbilled and lost by month.
     *
     * @param digits of the firm's currency
     */
    List<MonthMoney> money(int digits) throws SQLException {
        return read(
                "select date_trunc('month', h.started_at at time zone ?)::date as month, "
                        + "coalesce(sum(h.amount) filter (where h.state = 'RATED' and h.issued and h.currency = ?), 0) "
                        + "as billed, coalesce(sum(h.amount) filter (where h.state = 'RATED' and not h.issued "
                        + "and h.currency = ?), 0) as unbilled, "
                        + "coalesce(sum(h.talk_seconds) filter (where " + LostAdvice.LOST + "), 0) as lost_seconds, "
                        + "coalesce(sum(" + LostAdvice.VALUE + ") filter (where " + LostAdvice.LOST + "), 0) as lost "
                        + from(LostAdvice.PERSON) + " group by 1 order by 1",
                row -> new MonthMoney(
                        row.getObject("month", LocalDate.class),
                        row.getBigDecimal("billed"),
                        row.getBigDecimal("unbilled"),
                        row.getLong("lost_seconds"),
                        row.getBigDecimal("lost")),
                scope.zone(),
                scope.currency(),
                scope.currency(),
                digits);
    }

    /** Of one person's or client's talks: how much is done. */
    record Part(UUID key, long calls, long talk, BigDecimal whole, BigDecimal done, long covered, long uncovered) {}

    List<Part> parts(boolean byPerson) throws SQLException {
        return read(
                "select " + (byPerson ? "h.person_id" : "h.client_id") + " as key, " + CALLS + TALK
                        + "coalesce(sum(h.amount) filter (where h.state = 'RATED' and h.currency = ?), 0) as whole, "
                        + "coalesce(sum(h.amount) filter (where h.state = 'RATED' and h.issued and h.currency = ?), 0) "
                        + "as done, coalesce(sum(h.talk_seconds) filter (where h.state = 'RATED'), 0) as covered, "
                        + "coalesce(sum(h.talk_seconds) filter (where h.reason = 'NOT_AGREED'), 0) as uncovered "
                        + from() + (byPerson ? "" : " and h.client_id is not null")
                        + " group by 1 order by talk desc, 1",
                row -> new Part(
                        Sql.uuid(row, "key"),
                        row.getLong("calls"),
                        row.getLong("talk"),
                        row.getBigDecimal("whole"),
                        row.getBigDecimal("done"),
                        row.getLong("covered"),
                        row.getLong("uncovered")),
                scope.currency(),
                scope.currency());
    }
}
