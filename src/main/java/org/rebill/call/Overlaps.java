package org.rebill.call;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.rebill.platform.Sql;

/**
 * Finds telephones that talked with the outside in two calls at the same time (DOMAIN.md C22), as set work: the calls of
 * a source and a span of time are marked {@link CallFlag#OVERLAP}, or no longer. A number behind which more than one
 * telephone stands (a group, a fax server) shows itself by how often that happens, and is left out.
 */
final class Overlaps {
    private static final Duration LONGEST = Duration.ofHours(Sequences.LONGEST_HOURS);
    /** Stamps are rounded, and an allowance may be taken off: so many seconds are no overlap. */
    private static final int SLACK = 5;
    /** As above, where one of the two is stamped to the minute. */
    private static final int MINUTE_SLACK = 65;
    /** Talks of one telephone from which on it can be told that it is none. */
    private static final int ENOUGH = 20;

    private static final Duration AT_ONCE = Duration.ofDays(31);

    private final Sql sql;
    private final CallRows rows;
    private final UUID firm;

    Overlaps(Connection connection, UUID firm) {
        this.rows = new CallRows(connection, firm);
        this.sql = Sql.on(connection);
        this.firm = firm;
    }

    /** Marks the calls of a source that began in a span of time, and those that they overlap with. */
    void mark(UUID source, Instant first, Instant last) throws SQLException {
        for (Instant from = first; !from.isAfter(last); from = from.plus(AT_ONCE)) {
            Instant to = from.plus(AT_ONCE);
            markPiece(source, from, to.isAfter(last) ? last : to);
        }
    }

    /** A call whose mark is not as it should be. */
    private record Change(UUID id, boolean hit) {}

    private void markPiece(UUID source, Instant first, Instant last) throws SQLException {
        Instant from = first.minus(LONGEST);
        Instant to = last.plus(LONGEST);
        List<Change> changes = sql.query(
                "with talk as (select c.opened_at, c.id, c.started_at, c.flags, t.extension, t.at as from_at, "
                        + "t.at + make_interval(secs => t.seconds) as to_at, "
                        + "case when extract(second from t.at) = 0 then ? else ? end as slack "
                        + "from call c cross join lateral (select e->>'extension' as extension, "
                        + "(e->>'answeredAt')::timestamptz as at, (e->>'seconds')::int as seconds "
                        + "from jsonb_array_elements(c.talks) e) t where c.firm_id = ? and c.source_id = ? "
                        + "and c.started_at between ? and ? and c.opened_at between ? and ? "
                        + "and c.direction <> 'INTERNAL' and c.talk_seconds > 0 and t.extension <> '' "
                        // A full number has any number of lines.
                        + "and t.extension !~ '^[+]?[0-9]{8,}$' "
                        + "and t.seconds > 0), "
                        + "beside as (select talk.*, max(to_at) over (w rows between unbounded preceding and 1 preceding) "
                        + "as before, lead(from_at) over w as next_from, lead(to_at) over w as next_to, "
                        + "lead(slack) over w as next_slack from talk window w as (partition by extension "
                        + "order by from_at, to_at, id)), "
                        + "hits as (select id, started_at, flags, extension, "
                        + "(before is not null and least(before, to_at) - from_at > make_interval(secs => slack)) "
                        + "or (next_to is not null and least(next_to, to_at) - next_from > make_interval(secs => "
                        + "greatest(slack, next_slack))) as hit from beside), "
                        + "shared as (select extension from hits group by extension having count(*) >= ? "
                        + "and count(*) filter (where hit) * 5 > count(*)), "
                        + "marks as (select id, started_at, flags, bool_or(hit and extension not in (select extension "
                        + "from shared)) as hit from hits group by id, started_at, flags) "
                        + "select m.id, m.hit from marks m where (? = any (string_to_array(m.flags, ' '))) <> m.hit "
                        + "and (m.hit or m.started_at between ? and ?)",
                row -> new Change(Sql.uuid(row, "id"), row.getBoolean("hit")),
                MINUTE_SLACK,
                SLACK,
                firm,
                source,
                from,
                to,
                from.minus(CallWork.LONGEST_CALL),
                to.plus(CallWork.LONGEST_CALL),
                ENOUGH,
                CallFlag.OVERLAP.code(),
                first,
                last);
        write(changes, from.minus(CallWork.LONGEST_CALL), to.plus(CallWork.LONGEST_CALL));
    }

    private void write(List<Change> changes, Instant from, Instant to) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        // In the order in which everybody locks calls.
        rows.lock(changes.stream().map(Change::id).toList(), from, to);
        for (boolean hit : new boolean[] {true, false}) {
            UUID[] ids = changes.stream()
                    .filter(change -> change.hit() == hit)
                    .map(Change::id)
                    .toArray(UUID[]::new);
            String flags = hit
                    ? "ltrim(flags || ' ' || ?)"
                    : "array_to_string(array_remove(string_to_array(flags, ' '), ?), ' ')";
            sql.update(
                    "update call set flags = " + flags + " where firm_id = ? and id = any (?) "
                            + "and opened_at between ? and ?",
                    CallFlag.OVERLAP.code(),
                    firm,
                    ids,
                    from,
                    to);
        }
    }
}
