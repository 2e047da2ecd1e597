package org.rebill.call;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.rebill.platform.Copy;
import org.rebill.platform.Sql;

/** Reads and writes legs as set work, on one connection, in the running transaction of one firm. */
final class LegRows {
    private static final String COLUMNS = "started_at, id, record_no, line_no, byte_offset, byte_length, content_hash, "
            + "call_id, answered_at, ended_at, disposition, caller, called, from_side, to_side, application, "
            + "application_data, duration_seconds, talk_seconds, code, sequence";
    private static final String QUALIFIED = "l.file_id, l." + COLUMNS.replace(", ", ", l.");

    private final Connection connection;
    private final Sql sql;
    private final UUID firm;

    LegRows(Connection connection, UUID firm) {
        this.connection = connection;
        this.sql = Sql.on(connection);
        this.firm = firm;
    }

    /** A stored leg. */
    record Stored(
            Leg leg, UUID fileId, long recordNo, long lineNo, long byteOffset, int byteLength, UUID contentHash) {}

    /**
     * Writes the legs that are not there yet, in the order of their keys, so that two imports of the same records
     * wait for each other instead of locking each other out.
     *
     * @return how many were not there
     */
    int insert(LegBatch batch) throws SQLException {
        ensureMonths(batch.legs());
        stage(batch.legs());
        return sql.update(
                "insert into leg (firm_id, source_id, file_id, " + COLUMNS + ") select ?, ?, ?, " + COLUMNS
                        + " from leg_stage order by started_at, id, record_no "
                        + "on conflict (firm_id, started_at, id) do nothing",
                firm,
                batch.sourceId(),
                batch.fileId());
    }

    private void ensureMonths(Collection<IncomingLeg> legs) throws SQLException {
        TreeSet<LocalDate> months = new TreeSet<>();
        for (IncomingLeg leg : legs) {
            months.add(
                    LocalDate.ofInstant(leg.leg().startedAt(), ZoneOffset.UTC).withDayOfMonth(1));
        }
        for (LocalDate month : months) {
            sql.query("select app_ensure_month(?)", row -> month, month);
        }
    }

    private void stage(Collection<IncomingLeg> legs) throws SQLException {
        // PostgreSQL refuses COPY into a table with row security, hence the way through a session's own table.
        sql.run("create temp table if not exists leg_stage (started_at timestamptz, id uuid, record_no bigint, "
                + "line_no bigint, byte_offset bigint, byte_length int, content_hash uuid, call_id uuid, "
                + "answered_at timestamptz, ended_at timestamptz, disposition text, caller text, called text, "
                + "from_side text, to_side text, application text, application_data text, duration_seconds int, "
                + "talk_seconds int, code text, sequence bigint) on commit delete rows");
        sql.run("delete from leg_stage");
        try (Copy copy = Copy.into(connection, "leg_stage", COLUMNS)) {
            for (IncomingLeg incoming : legs) {
                Leg leg = incoming.leg();
                copy.row()
                        .instant(leg.startedAt())
                        .uuid(leg.id())
                        .big(incoming.recordNo())
                        .big(incoming.lineNo())
                        .big(incoming.byteOffset())
                        .number(incoming.byteLength())
                        .uuid(incoming.contentHash())
                        .uuid(leg.callId())
                        .instant(leg.answeredAt())
                        .instant(leg.endedAt())
                        .text(leg.disposition())
                        .text(leg.caller())
                        .text(leg.called())
                        .text(leg.fromSide())
                        .text(leg.toSide())
                        .text(leg.application())
                        .text(leg.applicationData())
                        .number(leg.durationSeconds())
                        .number(leg.talkSeconds())
                        .text(leg.code())
                        .big(leg.sequence());
            }
        }
    }

    /** The stored legs with the same keys. */
    List<Stored> sameAs(List<IncomingLeg> legs) throws SQLException {
        Instant[] starts = new Instant[legs.size()];
        UUID[] ids = new UUID[legs.size()];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = legs.get(i).leg().startedAt();
            ids[i] = legs.get(i).leg().id();
        }
        return sql.query(
                "select distinct " + QUALIFIED + " from unnest(?, ?) as k (started_at, id) join leg l "
                        + "on l.firm_id = ? and l.started_at = k.started_at and l.id = k.id",
                LegRows::stored,
                starts,
                ids,
                firm);
    }

    /** The stored legs of the source with the same identity that start at another instant, no more than that apart. */
    List<Stored> restamped(LegBatch batch, Duration apart) throws SQLException {
        Map<UUID, Instant> starts = new HashMap<>();
        Instant first = batch.legs().get(0).leg().startedAt();
        Instant last = first;
        for (IncomingLeg incoming : batch.legs()) {
            Instant start = incoming.leg().startedAt();
            starts.put(incoming.leg().id(), start);
            first = start.isBefore(first) ? start : first;
            last = start.isAfter(last) ? start : last;
        }
        List<Stored> same = sql.query(
                "select " + QUALIFIED + " from leg l where l.firm_id = ? and l.source_id = ? and l.id = any (?) "
                        + "and l.started_at between ? and ?",
                LegRows::stored,
                firm,
                batch.sourceId(),
                starts.keySet().toArray(UUID[]::new),
                first.minus(apart),
                last.plus(apart));
        return same.stream()
                .filter(stored ->
                        !stored.leg().startedAt().equals(starts.get(stored.leg().id())))
                .toList();
    }

    /** Is told a stored leg and whether its call is issued. */
    @FunctionalInterface
    interface OfReading {
        void accept(Stored leg, boolean issued);
    }

    /** The stored legs of a piece of a file that {@link Rereading} looks at. */
    void inReading(UUID file, long fromByte, long toByte, OfReading told) throws SQLException {
        sql.query(
                "select s.issued, " + QUALIFIED + " from reread_stored s join leg l on l.firm_id = ? "
                        + "and l.started_at = s.started_at and l.id = s.id "
                        + "where s.file_id = ? and s.byte_offset >= ? and s.byte_offset < ?",
                row -> {
                    told.accept(stored(row), row.getBoolean("issued"));
                    return 1;
                },
                firm,
                file,
                fromByte,
                toByte);
    }

    /** All legs of the calls that started in a span of time. */
    List<Stored> ofCalls(Collection<UUID> calls, Instant from, Instant to) throws SQLException {
        return sql.query(
                "select " + QUALIFIED + " from leg l where l.firm_id = ? and l.call_id = any (?) "
                        + "and l.started_at between ? and ?",
                LegRows::stored,
                firm,
                calls.toArray(UUID[]::new),
                from,
                to);
    }

    /** Legs of a source over lines that phone systems told, which started in a span of time. */
    List<Leg> overLines(UUID source, Instant from, Instant to) throws SQLException {
        return sql.query(
                "select " + QUALIFIED + " from leg l where l.firm_id = ? and l.source_id = ? "
                        + "and l.started_at between ? and ? "
                        + "and (starts_with(l.from_side, ?) or starts_with(l.to_side, ?))",
                row -> stored(row).leg(),
                firm,
                source,
                from,
                to,
                Side.LINE,
                Side.LINE);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        Leg leg = new Leg(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "call_id"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "answered_at"),
                Sql.instant(row, "ended_at"),
                row.getString("disposition"),
                row.getString("caller"),
                row.getString("called"),
                row.getString("from_side"),
                row.getString("to_side"),
                row.getString("application"),
                row.getString("application_data"),
                row.getInt("duration_seconds"),
                row.getInt("talk_seconds"),
                row.getString("code"),
                row.getLong("sequence"));
        return new Stored(
                leg,
                Sql.uuid(row, "file_id"),
                row.getLong("record_no"),
                row.getLong("line_no"),
                row.getLong("byte_offset"),
                row.getInt("byte_length"),
                Sql.uuid(row, "content_hash"));
    }
}
