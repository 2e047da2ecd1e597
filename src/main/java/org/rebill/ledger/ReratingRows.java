package org.rebill.ledger;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.ledger.ReratingItem.Side;
import org.rebill.platform.Copy;
import org.rebill.platform.Sql;

/** Reads and writes the differences of a re-rating as set work, on the connection of the running transaction. */
final class ReratingRows {
    private static final String COLUMNS = "opened_at, call_id, no, started_at, person_id, talk_seconds, issued, "
            + "statement_id, client_before, client_after, state_before, state_after, reason_before, reason_after, "
            + "version_before, version_after, billed_before, billed_after, currency_before, currency_after, "
            + "amount_before, amount_after";

    private static final String STAGE = "create temporary table if not exists rerating_stage (opened_at timestamptz, "
            + "call_id uuid, no int, started_at timestamptz, person_id uuid, talk_seconds int, issued boolean, "
            + "statement_id uuid, client_before uuid, client_after uuid, state_before text, state_after text, "
            + "reason_before text, reason_after text, version_before uuid, version_after uuid, billed_before int, "
            + "billed_after int, currency_before text, currency_after text, amount_before numeric, "
            + "amount_after numeric) on commit delete rows";

    private final Connection connection;
    private final Sql sql;
    private final UUID firm;

    ReratingRows(Connection connection, UUID firm) {
        this.connection = connection;
        this.sql = Sql.on(connection);
        this.firm = firm;
    }

    /** A charge as it stands. */
    record Standing(
            int no, Instant startedAt, UUID personId, int talkSeconds, boolean issued, UUID statementId, Side side) {}

    /** The charges of calls that were opened in a span of time, by call and number. */
    Map<UUID, Map<Integer, Standing>> standing(Collection<UUID> calls, Instant first, Instant last)
            throws SQLException {
        Map<UUID, Map<Integer, Standing>> found = new HashMap<>();
        sql.query(
                "select call_id, no, started_at, person_id, talk_seconds, issued, statement_id, client_id, state, "
                        + "reason, agreement_version_id, billed_seconds, currency, amount from charge "
                        + "where firm_id = ? and opened_at between ? and ? and call_id = any (?)",
                row -> found.computeIfAbsent(Sql.uuid(row, "call_id"), call -> new HashMap<>())
                        .put(row.getInt("no"), read(row)),
                firm,
                first,
                last,
                calls.toArray(UUID[]::new));
        return found;
    }

    private static Standing read(ResultSet row) throws SQLException {
        return new Standing(
                row.getInt("no"),
                Sql.instant(row, "started_at"),
                Sql.uuid(row, "person_id"),
                row.getInt("talk_seconds"),
                row.getBoolean("issued"),
                Sql.uuid(row, "statement_id"),
                new Side(
                        Sql.uuid(row, "client_id"),
                        ChargeState.valueOf(row.getString("state")),
                        row.getString("reason"),
                        Sql.uuid(row, "agreement_version_id"),
                        row.getObject("billed_seconds", Integer.class),
                        row.getString("currency"),
                        row.getBigDecimal("amount")));
    }

    /** Keeps differences. Those that are kept already stay: a piece that is done twice counts once. */
    void keep(UUID rerating, Collection<ReratingItem> items) throws SQLException {
        if (items.isEmpty()) {
            return;
        }
        sql.run(STAGE);
        sql.run("delete from rerating_stage");
        try (Copy copy = Copy.into(connection, "rerating_stage", COLUMNS)) {
            for (ReratingItem item : items) {
                write(copy.row(), item);
            }
        }
        sql.update(
                "insert into rerating_item (firm_id, rerating_id, " + COLUMNS + ") select ?, ?, " + COLUMNS
                        + " from rerating_stage order by opened_at, call_id, no on conflict do nothing",
                firm,
                rerating);
    }

    private static void write(Copy row, ReratingItem item) {
        Side before = item.before();
        Side after = item.after();
        row.instant(item.openedAt())
                .uuid(item.callId())
                .number(item.no())
                .instant(item.startedAt())
                .uuid(item.personId())
                .number(item.talkSeconds())
                .flag(item.issued())
                .uuid(item.statementId())
                .uuid(before == null ? null : before.clientId())
                .uuid(after == null ? null : after.clientId())
                .text(before == null ? null : before.state().name())
                .text(after == null ? null : after.state().name())
                .text(before == null ? null : before.reason())
                .text(after == null ? null : after.reason())
                .uuid(before == null ? null : before.versionId())
                .uuid(after == null ? null : after.versionId())
                .number(before == null ? null : before.billedSeconds())
                .number(after == null ? null : after.billedSeconds())
                .text(before == null ? null : before.currency())
                .text(after == null ? null : after.currency())
                .decimal(before == null ? null : before.amount())
                .decimal(after == null ? null : after.amount());
    }

    /** Key of a call with a difference. */
    record Key(Instant openedAt, UUID callId) {}

    /** The next calls that are to be written, in order; issued ones are none of them. */
    List<Key> toWrite(UUID rerating, Instant afterOpenedAt, UUID afterCall, int limit) throws SQLException {
        return sql.query(
                "select distinct opened_at, call_id from rerating_item where firm_id = ? and rerating_id = ? "
                        + "and not issued and (opened_at, call_id) > (?, ?) order by opened_at, call_id limit ?",
                row -> new Key(Sql.instant(row, "opened_at"), Sql.uuid(row, "call_id")),
                firm,
                rerating,
                afterOpenedAt == null ? Instant.EPOCH : afterOpenedAt,
                afterCall == null ? new UUID(0, 0) : afterCall,
                limit);
    }

    /** How many charges stand otherwise now than the difference said they would. */
    long otherwise(UUID rerating) throws SQLException {
        return sql.query(
                        "select count(*) as n from rerating_item i left join charge c on c.firm_id = i.firm_id "
                                + "and c.opened_at = i.opened_at and c.call_id = i.call_id and c.no = i.no "
                                + "where i.firm_id = ? and i.rerating_id = ? and not i.issued "
                                + "and (c.state is distinct from i.state_after "
                                + "or c.client_id is distinct from i.client_after "
                                + "or c.currency is distinct from i.currency_after "
                                + "or c.amount is distinct from i.amount_after)",
                        row -> row.getLong("n"),
                        firm,
                        rerating)
                .get(0);
    }

    /** Differences, oldest call first, after the given key. */
    List<ReratingItem> items(UUID rerating, Boolean issued, UUID client, Instant after, UUID call, int no, int limit)
            throws SQLException {
        return sql.query(
                "select " + COLUMNS + " from rerating_item where firm_id = ? and rerating_id = ? "
                        + "and (cast(? as boolean) is null or issued = ?) "
                        + "and (cast(? as uuid) is null or client_before = ? or client_after = ?) "
                        + "and (opened_at, call_id, no) > (?, ?, ?) order by opened_at, call_id, no limit ?",
                ReratingRows::item,
                firm,
                rerating,
                issued,
                issued,
                client,
                client,
                client,
                after == null ? Instant.EPOCH : after,
                call == null ? new UUID(0, 0) : call,
                no,
                limit);
    }

    private static ReratingItem item(ResultSet row) throws SQLException {
        return new ReratingItem(
                Sql.instant(row, "opened_at"),
                Sql.uuid(row, "call_id"),
                row.getInt("no"),
                Sql.instant(row, "started_at"),
                Sql.uuid(row, "person_id"),
                row.getInt("talk_seconds"),
                row.getBoolean("issued"),
                Sql.uuid(row, "statement_id"),
                side(row, "before"),
                side(row, "after"));
    }

    private static Side side(ResultSet row, String which) throws SQLException {
        String state = row.getString("state_" + which);
        return state == null
                ? null
                : new Side(
                        Sql.uuid(row, "client_" + which),
                        ChargeState.valueOf(state),
                        row.getString("reason_" + which),
                        Sql.uuid(row, "version_" + which),
                        row.getObject("billed_" + which, Integer.class),
                        row.getString("currency_" + which),
                        row.getBigDecimal("amount_" + which));
    }

    /** What the differences come to, by client, currency, and issued statement. */
    List<Reratings.Sum> sums(UUID rerating) throws SQLException {
        return sql.query(
                "select client, currency, statement, count(distinct call_id) as calls, sum(was) as was, sum(is_now) "
                        + "as is_now from (select client_before as client, currency_before as currency, "
                        + "case when issued then statement_id end as statement, call_id, amount_before as was, "
                        + "0 as is_now from rerating_item where firm_id = ? and rerating_id = ? "
                        + "and amount_before is not null union all select client_after, currency_after, "
                        + "case when issued then statement_id end, call_id, 0, amount_after from rerating_item "
                        + "where firm_id = ? and rerating_id = ? and amount_after is not null) as sides "
                        + "group by client, currency, statement order by client, currency, statement nulls first",
                row -> {
                    BigDecimal before = row.getBigDecimal("was");
                    BigDecimal after = row.getBigDecimal("is_now");
                    return new Reratings.Sum(
                            Sql.uuid(row, "client"),
                            row.getString("currency"),
                            Sql.uuid(row, "statement"),
                            row.getLong("calls"),
                            before,
                            after,
                            after.subtract(before));
                },
                firm,
                rerating,
                firm,
                rerating);
    }

    /** How many calls have a difference: that can be applied, and that are issued. */
    Reratings.Found found(UUID rerating) throws SQLException {
        return sql.query(
                        "select count(distinct call_id) filter (where not issued) as open, "
                                + "count(distinct call_id) filter (where issued) as issued from rerating_item "
                                + "where firm_id = ? and rerating_id = ?",
                        row -> new Reratings.Found(row.getLong("open"), row.getLong("issued")),
                        firm,
                        rerating)
                .get(0);
    }
}
