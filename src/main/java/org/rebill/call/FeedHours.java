package org.rebill.call;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.rebill.platform.Sql;

/**
 * Finds hours of a source without a call, in which other weeks always had many (DOMAIN.md C22): records that did not
 * arrive. An hour is told only when at least {@value #WEEKS} of the four weeks before and behind have calls on that day,
 * with {@value #LEAST} or more in that hour each, and {@value #USUAL} on average: by chance that happens once in
 * 100,000 hours.
 */
final class FeedHours {
    private static final int WEEKS = 3;
    private static final int LEAST = 5;
    private static final int USUAL = 12;
    /** Counting stops there: more says nothing. */
    private static final int COUNTED = 200;

    private static final Duration LONGEST = Duration.ofDays(62);

    private final Sql sql;
    private final UUID firm;

    FeedHours(Connection connection, UUID firm) {
        this.sql = Sql.on(connection);
        this.firm = firm;
    }

    private record Hour(Instant from, int usual) {}

    /**
     * Hours without a call from the last call before the first up to the last.
     *
     * @param zone whose weeks count
     */
    List<MissingHours> missing(UUID source, ZoneId zone, Instant first, Instant last) throws SQLException {
        Instant earliest = last.minus(LONGEST);
        Instant from = before(source, first, earliest);
        List<Hour> hours = sql.query(
                "with hours as (select h from generate_series(date_trunc('hour', ?::timestamptz, ?) + interval '1 hour', "
                        + "?::timestamptz - interval '1 hour', interval '1 hour') h where not exists (select 1 from call c "
                        + "where c.firm_id = ? and c.source_id = ? and c.started_at >= h "
                        + "and c.started_at < h + interval '1 hour' and c.opened_at between ? and ?)), "
                        + "weeks as (select h, (h at time zone ? + make_interval(days => 7 * w)) at time zone ? as at "
                        + "from hours, generate_series(-4, 4) w where w <> 0), "
                        + "counts as (select h, at, (select count(*) from (select 1 from call c where c.firm_id = ? "
                        + "and c.source_id = ? and c.started_at >= at and c.started_at < at + interval '1 hour' limit ?) "
                        + "first_ones) as calls from weeks where exists (select 1 from call c where c.firm_id = ? "
                        + "and c.source_id = ? and c.started_at >= date_trunc('day', at, ?) "
                        + "and c.started_at < date_trunc('day', at, ?) + interval '1 day')) "
                        + "select h, floor(avg(calls))::int as usual from counts group by h "
                        + "having count(*) >= ? and min(calls) >= ? and avg(calls) >= ? order by h",
                row -> new Hour(Sql.instant(row, "h"), row.getInt("usual")),
                from,
                zone.getId(),
                last,
                firm,
                source,
                from.minus(CallWork.LONGEST_CALL),
                last.plus(CallWork.LONGEST_CALL),
                zone.getId(),
                zone.getId(),
                firm,
                source,
                COUNTED,
                firm,
                source,
                zone.getId(),
                zone.getId(),
                WEEKS,
                LEAST,
                USUAL);
        return joined(hours);
    }

    private Instant before(UUID source, Instant first, Instant earliest) throws SQLException {
        if (first.isBefore(earliest)) {
            return earliest;
        }
        List<Instant> before = sql.query(
                "select started_at from call where firm_id = ? and source_id = ? and started_at < ? and started_at >= ? "
                        + "order by started_at desc limit 1",
                row -> Sql.instant(row, "started_at"),
                firm,
                source,
                first,
                earliest);
        return before.isEmpty() ? first : before.get(0);
    }

    private static List<MissingHours> joined(List<Hour> hours) {
        List<MissingHours> ranges = new ArrayList<>();
        for (Hour hour : hours) {
            Instant end = hour.from().plus(1, ChronoUnit.HOURS);
            MissingHours last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.to().equals(hour.from())) {
                ranges.set(ranges.size() - 1, new MissingHours(last.from(), end, Math.min(last.usual(), hour.usual())));
            } else {
                ranges.add(new MissingHours(hour.from(), end, hour.usual()));
            }
        }
        return ranges;
    }
}
