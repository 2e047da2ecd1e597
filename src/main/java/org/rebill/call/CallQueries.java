package org.rebill.call;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;

/** Finds calls with what they cost, as set work: filters, order, pieces and sums are the database's. */
final class CallQueries {
    private static final String BILLED =
            " left join lateral (select sum(h.billed_seconds)::int as billed_seconds, sum(h.quantity) as quantity, "
                    + "case when count(distinct h.unit) = 1 then min(h.unit) end as unit, sum(h.amount) as amount, "
                    + "min(h.currency) as currency from charge h where h.firm_id = c.firm_id "
                    + "and h.opened_at = c.opened_at and h.call_id = c.id and h.state = 'RATED' having count(*) > 0) b "
                    + "on true ";
    private static final String COLUMNS = "c.id, c.started_at, c.answered_at, c.ended_at, c.direction, c.party, "
            + "c.person_id, c.extension, c.talk_seconds, c.leg_count, c.code, c.code_origin, c.client_id, c.matter_id, "
            + "c.state, c.flags, c.source_id, c.file_id, b.billed_seconds, b.quantity, b.unit, b.amount, b.currency";

    private final Sql sql;
    private final UUID firm;

    CallQueries(Connection connection, UUID firm) {
        this.sql = Sql.on(connection);
        this.firm = firm;
    }

    /**
     * A filter as the database needs it.
     *
     * @param from first instant, or null
     * @param to instant behind the last, or null
     * @param ownerId whose calls the caller may see; null for all
     * @param clients those whose name has the filter's text
     */
    record Scope(CallFilter filter, Instant from, Instant to, UUID ownerId, List<UUID> clients) {
        Scope anyGroup() {
            return new Scope(filter.anyGroup(), from, to, ownerId, clients);
        }
    }

    /** Conditions of ours with the values bound to them. */
    private static final class Where {
        private final StringBuilder conditions = new StringBuilder(" where c.firm_id = ?");
        private final List<Object> values = new ArrayList<>();

        private Where(UUID firm) {
            values.add(firm);
        }

        private Where and(String condition, Object... bound) {
            conditions.append(" and ").append(condition);
            values.addAll(Arrays.asList(bound));
            return this;
        }

        private Object[] values(Object... more) {
            List<Object> all = new ArrayList<>(values);
            all.addAll(Arrays.asList(more));
            return all.toArray();
        }
    }

    private Where where(Scope scope) {
        CallFilter filter = scope.filter();
        Where where = new Where(firm);
        // Calls lie in the month of the leg that was seen first, which may not be the first leg.
        if (scope.from() != null) {
            where.and("c.started_at >= ?", scope.from())
                    .and("c.opened_at >= ?", scope.from().minus(CallWork.LONGEST_CALL));
        }
        if (scope.to() != null) {
            where.and("c.started_at < ?", scope.to())
                    .and("c.opened_at < ?", scope.to().plus(CallWork.LONGEST_CALL));
        }
        if (scope.ownerId() != null) {
            of(where, scope.ownerId());
        }
        if (filter.personId() != null) {
            of(where, filter.personId());
        }
        if (filter.clientId() != null) {
            where.and("c.client_id = ?", filter.clientId());
        }
        if (filter.group() != null) {
            where.and("c.state = any (?)", (Object) names(filter.group()));
        }
        if (filter.code() != null) {
            where.and("c.code = ?", filter.code());
        }
        if (filter.sourceId() != null) {
            where.and("c.source_id = ?", filter.sourceId());
        }
        if (filter.fileId() != null) {
            where.and(
                    "(c.file_id = ? or exists (select 1 from leg l where l.firm_id = c.firm_id and l.call_id = c.id "
                            + "and l.file_id = ?))",
                    filter.fileId(),
                    filter.fileId());
        }
        if (!filter.flags().isEmpty()) {
            if (filter.flags().stream().allMatch(CallFlag::isImpossible)) {
                // As the index of few calls has it.
                where.and("c.flags ~ '(leg-longer-than-call|too-long|closed-early|overlap|clock-moved)'");
            }
            where.and("string_to_array(c.flags, ' ') && ?", (Object)
                    filter.flags().stream().map(CallFlag::code).toArray(String[]::new));
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            text(where, filter.text().strip(), scope.clients());
        }
        return where;
    }

    private static void of(Where where, UUID person) {
        where.and(
                "(c.person_id = ? or c.talks @> jsonb_build_array(jsonb_build_object('personId', ?::text)))",
                person,
                person.toString());
    }

    private static void text(Where where, String text, List<UUID> clients) {
        String digits = text.replaceAll("[^0-9]", "");
        boolean number = text.matches("[0-9+() ./-]+") && digits.length() >= 3;
        where.and(
                "(c.code = ? or c.extension = ? or c.client_id = any (?)" + (number ? " or c.party like ?)" : ")"),
                number
                        ? new Object[] {text, text, clients.toArray(UUID[]::new), "%" + digits + "%"}
                        : new Object[] {text, text, clients.toArray(UUID[]::new)});
    }

    /**
     * A piece of a list.
     *
     * @param after the piece before's {@code next}, or null
     */
    Page<CallLine> list(Scope scope, CallOrder order, String after, int limit) throws SQLException {
        Where where = where(scope);
        String key =
                switch (order.by()) {
                    case TIME -> "c.started_at";
                    case TALK -> "c.talk_seconds";
                    case AMOUNT -> "coalesce(b.amount, -1)";
                };
        if (after != null) {
            Cursor cursor = Cursor.parse(after, order.by());
            where.and(
                    "(" + key + ", c.id) " + (order.ascending() ? ">" : "<") + " (?, ?)", cursor.value(), cursor.id());
        }
        String direction = order.ascending() ? "" : " desc";
        List<CallLine> found = sql.query(
                "select " + COLUMNS + " from call c" + BILLED + where.conditions + " order by " + key + direction
                        + ", c.id" + direction + " limit ?",
                CallQueries::line,
                where.values(limit + 1));
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<CallLine> items = found.subList(0, limit);
        return new Page<>(items, Cursor.of(items.get(limit - 1), order.by()));
    }

    /** Where a piece ends: the sort key's value and the call's. */
    private record Cursor(Object value, UUID id) {
        static String of(CallLine last, CallOrder.Key by) {
            Object value =
                    switch (by) {
                        case TIME -> last.startedAt();
                        case TALK -> last.talkSeconds();
                        case AMOUNT ->
                            last.amount() == null ? -1 : last.amount().toPlainString();
                    };
            return value + "~" + last.id();
        }

        static Cursor parse(String text, CallOrder.Key by) {
            int tilde = text.indexOf('~');
            try {
                String value = text.substring(0, tilde);
                Object typed =
                        switch (by) {
                            case TIME -> Instant.parse(value);
                            case TALK -> Integer.valueOf(value);
                            case AMOUNT -> new BigDecimal(value);
                        };
                return new Cursor(typed, UUID.fromString(text.substring(tilde + 1)));
            } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
                throw new Refusal.Invalid(
                        "after", "after.unknown", "Send 'next' of the piece before, with the same sort.");
            }
        }
    }

    /** Figures of all that is found. */
    CallSummary summary(Scope scope) throws SQLException {
        Map<CallGroup, Long> groups = new EnumMap<>(CallGroup.class);
        for (CallGroup group : CallGroup.values()) {
            groups.put(group, 0L);
        }
        Where any = where(scope.anyGroup());
        sql.query(
                        "select c.state, count(*) as calls from call c" + any.conditions + " group by c.state",
                        row -> Map.entry(
                                CallState.valueOf(row.getString("state")).group(), row.getLong("calls")),
                        any.values())
                .forEach(state -> groups.merge(state.getKey(), state.getValue(), Long::sum));
        Where where = where(scope);
        long[] talk = sql.query(
                        "select count(*) as calls, coalesce(sum(c.talk_seconds), 0) as talk from call c"
                                + where.conditions,
                        row -> new long[] {row.getLong("calls"), row.getLong("talk")},
                        where.values())
                .get(0);
        List<Billed> billed = sql.query(
                "select h.currency, sum(h.billed_seconds) as billed, sum(h.amount) as amount from call c join charge h "
                        + "on h.firm_id = c.firm_id and h.opened_at = c.opened_at and h.call_id = c.id "
                        + "and h.state = 'RATED'" + where.conditions + " group by h.currency order by h.currency",
                row -> new Billed(row.getLong("billed"), row.getString("currency"), row.getBigDecimal("amount")),
                where.values());
        return new CallSummary(
                groups,
                talk[0],
                talk[1],
                billed.stream().mapToLong(Billed::seconds).sum(),
                billed.stream()
                        .map(sum -> new CallSummary.Amount(sum.currency(), sum.amount()))
                        .toList());
    }

    private record Billed(long seconds, String currency, BigDecimal amount) {}

    /**
     * Sums of each day, in no order.
     *
     * @param zone in which days begin
     */
    List<CallDay> days(Scope scope, ZoneId zone) throws SQLException {
        Where where = where(scope);
        List<Object> values = new ArrayList<>(List.of(zone.getId()));
        values.addAll(where.values);
        Map<LocalDate, CallDay> days = new LinkedHashMap<>();
        // A day with two currencies comes as two rows.
        sql.query(
                        "select (c.started_at at time zone ?)::date as day, count(*) as calls, "
                                + "coalesce(sum(b.billed_seconds), 0) as billed, b.currency, sum(b.amount) as amount "
                                + "from call c" + BILLED + where.conditions + " group by day, b.currency "
                                + "order by day, b.currency",
                        row -> new CallDay(
                                row.getObject("day", LocalDate.class),
                                row.getLong("calls"),
                                row.getLong("billed"),
                                row.getString("currency") == null
                                        ? List.of()
                                        : List.of(new CallSummary.Amount(
                                                row.getString("currency"), row.getBigDecimal("amount")))),
                        values.toArray())
                .forEach(day -> days.merge(day.date(), day, CallDay::plus));
        return List.copyOf(days.values());
    }

    /** Sums of each state and currency. */
    List<StateSum> states(Scope scope) throws SQLException {
        Where where = where(scope);
        return sql.query(
                "select c.state, b.currency, count(*) as calls, coalesce(sum(c.talk_seconds), 0) as talk, "
                        + "coalesce(sum(b.billed_seconds), 0) as billed, sum(b.amount) as amount from call c" + BILLED
                        + where.conditions + " group by c.state, b.currency order by c.state, b.currency",
                row -> new StateSum(
                        CallState.valueOf(row.getString("state")),
                        row.getString("currency"),
                        row.getLong("calls"),
                        row.getLong("talk"),
                        row.getLong("billed"),
                        row.getBigDecimal("amount")),
                where.values());
    }

    /** Sums of each person, those with most time to code first. */
    List<PersonSum> people(Scope scope) throws SQLException {
        Where where = where(scope);
        List<Object> values = new ArrayList<>();
        values.add(names(CallGroup.NO_CODE));
        values.add(names(CallGroup.NO_CODE));
        values.addAll(where.values);
        return sql.query(
                "select c.person_id, count(*) as calls, count(*) filter (where c.state = any (?)) as to_code, "
                        + "coalesce(sum(c.talk_seconds) filter (where c.state = any (?)), 0) as seconds from call c"
                        + where.conditions + " and c.answered_at is not null and c.direction <> 'INTERNAL' "
                        + "group by c.person_id order by seconds desc, c.person_id",
                row -> new PersonSum(
                        Sql.uuid(row, "person_id"),
                        row.getLong("calls"),
                        row.getLong("to_code"),
                        row.getLong("seconds")),
                values.toArray());
    }

    /** How many have each of the filter's flags; those that none has are left out. */
    Map<CallFlag, Long> flags(Scope scope) throws SQLException {
        Where where = where(scope);
        Map<CallFlag, Long> counts = new EnumMap<>(CallFlag.class);
        sql.query(
                        "select f.flag, count(*) as calls from call c cross join lateral "
                                + "unnest(string_to_array(c.flags, ' ')) f(flag)" + where.conditions
                                + " group by f.flag",
                        row -> Map.entry(row.getString("flag"), row.getLong("calls")),
                        where.values())
                .forEach(entry -> CallFlag.of(entry.getKey())
                        .filter(scope.filter().flags()::contains)
                        .ifPresent(flag -> counts.put(flag, entry.getValue())));
        return counts;
    }

    /** How many there are. */
    long count(Scope scope) throws SQLException {
        Where where = where(scope);
        return sql.query(
                        "select count(*) as calls from call c" + where.conditions,
                        row -> row.getLong("calls"),
                        where.values())
                .get(0);
    }

    private static String[] names(CallGroup group) {
        return group.states().stream().map(CallState::name).toArray(String[]::new);
    }

    /** Calls by key, in no order. */
    List<CallLine> byId(Scope scope, List<UUID> ids) throws SQLException {
        Where where = where(scope).and("c.id = any (?)", (Object) ids.toArray(UUID[]::new));
        return sql.query(
                "select " + COLUMNS + " from call c" + BILLED + where.conditions, CallQueries::line, where.values());
    }

    private static CallLine line(ResultSet row) throws SQLException {
        String flags = row.getString("flags");
        return new CallLine(
                Sql.uuid(row, "id"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "answered_at"),
                Sql.instant(row, "ended_at"),
                Direction.valueOf(row.getString("direction")),
                row.getString("party"),
                Sql.uuid(row, "person_id"),
                row.getString("extension"),
                row.getInt("talk_seconds"),
                row.getInt("leg_count"),
                row.getString("code"),
                CodeOrigin.valueOf(row.getString("code_origin")),
                Sql.uuid(row, "client_id"),
                Sql.uuid(row, "matter_id"),
                CallState.valueOf(row.getString("state")),
                flags.isEmpty() ? List.of() : List.of(flags.split(" ")),
                Sql.uuid(row, "source_id"),
                Sql.uuid(row, "file_id"),
                row.getObject("billed_seconds", Integer.class),
                row.getBigDecimal("quantity"),
                row.getString("unit"),
                row.getBigDecimal("amount"),
                row.getString("currency"));
    }
}
