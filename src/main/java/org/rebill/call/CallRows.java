package org.rebill.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.rebill.ledger.StoredCalls;
import org.rebill.platform.Copy;
import org.rebill.platform.Json;
import org.rebill.platform.Sql;

/** Reads and writes calls as set work, on one connection, in the running transaction of one firm. */
final class CallRows {
    private static final Instant EVER = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant NEVER = Instant.parse("2200-01-01T00:00:00Z");
    private static final String COLUMNS = "opened_at, id, source_id, file_id, started_at, answered_at, ended_at, "
            + "direction, party, person_id, extension, talk_seconds, talks, emergency, leg_count, pbx_code, code, "
            + "code_origin, client_id, matter_id, state, flags";
    private static final TypeReference<List<PersonTalk>> TALKS = new TypeReference<>() {};

    private final Connection connection;
    private final Sql sql;
    private final UUID firm;

    CallRows(Connection connection, UUID firm) {
        this.connection = connection;
        this.sql = Sql.on(connection);
        this.firm = firm;
    }

    /** Locks stored calls and gives them as they are, in the order of their keys. */
    List<CallRow> lock(Collection<UUID> ids) throws SQLException {
        return lock(ids, EVER, NEVER);
    }

    /**
     * As {@link #lock(Collection)}, of the calls opened in a span of time, which spares the look at other months.
     * What they cost is locked first: runs of statements lock in that order too, so that neither waits for the other
     * in a circle.
     */
    List<CallRow> lock(Collection<UUID> ids, Instant from, Instant to) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        UUID[] keys = ids.toArray(UUID[]::new);
        sql.query(
                "select 1 from charge where firm_id = ? and call_id = any (?) and opened_at between ? and ? "
                        + "order by opened_at, call_id, no for no key update",
                row -> 1,
                firm,
                keys,
                from,
                to);
        return sql.query(
                "select " + COLUMNS + " from call where firm_id = ? and id = any (?) and opened_at between ? and ? "
                        + "order by opened_at, id for no key update",
                CallRows::read,
                firm,
                keys,
                from,
                to);
    }

    /** Keys of unissued calls with this code, in order, after the given one. */
    List<CallKey> withCode(String code, CallKey after, int limit) throws SQLException {
        return unissued("code <> '' and code = ?", code, after, limit);
    }

    /** Keys of unissued calls with one of these codes, in order, after the given one. */
    List<CallKey> withCodes(String[] codes, CallKey after, int limit) throws SQLException {
        return unissued("code <> '' and code = any (?)", codes, after, limit);
    }

    /** Keys of unissued calls of this client, in order, after the given one. */
    List<CallKey> ofClient(UUID client, CallKey after, int limit) throws SQLException {
        return unissued("client_id = ?", client, after, limit);
    }

    private List<CallKey> unissued(String condition, Object value, CallKey after, int limit) throws SQLException {
        return sql.query(
                "select opened_at, id from call where firm_id = ? and " + condition + " and (opened_at, id) > (?, ?) "
                        + "and state not in ('NO_ANSWER', 'INTERNAL', 'BILLED') order by opened_at, id limit ?",
                row -> new CallKey(Sql.instant(row, "opened_at"), Sql.uuid(row, "id")),
                firm,
                value,
                after == null ? EVER : after.openedAt(),
                after == null ? new UUID(0, 0) : after.id(),
                limit);
    }

    /** Calls that could be charged for, issued ones among them, in the order of their keys, after the given one. */
    List<CallRow> inScope(StoredCalls.Scope scope, CallKey after, int limit) throws SQLException {
        return sql.query(
                "select " + COLUMNS + " from call where firm_id = ? and started_at >= ? and started_at < ? "
                        + "and opened_at between ? and ? and state not in ('NO_ANSWER', 'INTERNAL') "
                        + "and (cast(? as uuid) is null or client_id = ?) and (cast(? as uuid) is null or matter_id = ?) "
                        + "and (cast(? as text) is null or talks @> jsonb_build_array("
                        + "jsonb_build_object('personId', cast(? as text)))) and (opened_at, id) > (?, ?) "
                        + "order by opened_at, id limit ?",
                CallRows::read,
                firm,
                scope.from(),
                scope.before(),
                scope.from().minus(CallWork.LONGEST_CALL),
                scope.before().plus(CallWork.LONGEST_CALL),
                scope.clientId(),
                scope.clientId(),
                scope.matterId(),
                scope.matterId(),
                text(scope.personId()),
                text(scope.personId()),
                after == null ? EVER : after.openedAt(),
                after == null ? new UUID(0, 0) : after.id(),
                limit);
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }

    /** Writes calls as given, new ones and those that are there. */
    void write(Collection<CallRow> calls) throws SQLException {
        stage(calls);
        sql.update(
                "insert into call (firm_id, " + COLUMNS + ") select ?, " + COLUMNS
                        + " from call_stage order by opened_at, id on conflict (firm_id, opened_at, id) do update set "
                        + "started_at = excluded.started_at, answered_at = excluded.answered_at, "
                        + "ended_at = excluded.ended_at, direction = excluded.direction, party = excluded.party, "
                        + "person_id = excluded.person_id, extension = excluded.extension, "
                        + "talk_seconds = excluded.talk_seconds, talks = excluded.talks, "
                        + "emergency = excluded.emergency, leg_count = excluded.leg_count, "
                        + "pbx_code = excluded.pbx_code, code = excluded.code, code_origin = excluded.code_origin, "
                        + "client_id = excluded.client_id, matter_id = excluded.matter_id, state = excluded.state, "
                        + "flags = excluded.flags",
                firm);
    }

    private void stage(Collection<CallRow> calls) throws SQLException {
        sql.run("create temp table if not exists call_stage (opened_at timestamptz, id uuid, source_id uuid, "
                + "file_id uuid, started_at timestamptz, answered_at timestamptz, ended_at timestamptz, "
                + "direction text, party text, person_id uuid, extension text, talk_seconds int, talks jsonb, "
                + "emergency boolean, leg_count int, pbx_code text, code text, code_origin text, client_id uuid, "
                + "matter_id uuid, state text, flags text) on commit delete rows");
        sql.run("delete from call_stage");
        try (Copy copy = Copy.into(connection, "call_stage", COLUMNS)) {
            for (CallRow call : calls) {
                copy.row()
                        .instant(call.openedAt())
                        .uuid(call.id())
                        .uuid(call.sourceId())
                        .uuid(call.fileId())
                        .instant(call.startedAt())
                        .instant(call.answeredAt())
                        .instant(call.endedAt())
                        .text(call.direction().name())
                        .text(call.party())
                        .uuid(call.personId())
                        .text(call.extension())
                        .number(call.talkSeconds())
                        .json(Json.write(call.talks()))
                        .flag(call.emergency())
                        .number(call.legCount())
                        .text(call.pbxCode())
                        .text(call.code())
                        .text(call.codeOrigin().name())
                        .uuid(call.clientId())
                        .uuid(call.matterId())
                        .text(call.state().name())
                        .text(call.flags());
            }
        }
    }

    /** Takes calls away that have no record any more. */
    void delete(Collection<CallRow> calls) throws SQLException {
        sql.update(
                "delete from call c using unnest(?, ?) as k (opened_at, id) where c.firm_id = ? "
                        + "and c.opened_at = k.opened_at and c.id = k.id",
                calls.stream().map(CallRow::openedAt).toArray(Instant[]::new),
                calls.stream().map(CallRow::id).toArray(UUID[]::new),
                firm);
    }

    /** Sets the state of calls whose charges are on a statement now. */
    void state(Collection<UUID> ids, CallState state) throws SQLException {
        sql.update(
                "update call set state = ? where firm_id = ? and id = any (?)",
                state.name(),
                firm,
                ids.toArray(UUID[]::new));
    }

    private static CallRow read(ResultSet row) throws SQLException {
        return new CallRow(
                Sql.uuid(row, "id"),
                Sql.instant(row, "opened_at"),
                Sql.uuid(row, "source_id"),
                Sql.uuid(row, "file_id"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "answered_at"),
                Sql.instant(row, "ended_at"),
                Direction.valueOf(row.getString("direction")),
                row.getString("party"),
                Sql.uuid(row, "person_id"),
                row.getString("extension"),
                row.getInt("talk_seconds"),
                talks(row.getString("talks")),
                row.getBoolean("emergency"),
                row.getInt("leg_count"),
                row.getString("pbx_code"),
                row.getString("code"),
                CodeOrigin.valueOf(row.getString("code_origin")),
                Sql.uuid(row, "client_id"),
                Sql.uuid(row, "matter_id"),
                CallState.valueOf(row.getString("state")),
                row.getString("flags"));
    }

    static List<PersonTalk> talks(String json) {
        try {
            return Json.mapper().readValue(json, TALKS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Talks of a call can't be read", e);
        }
    }
}
