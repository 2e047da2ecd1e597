package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.call.IncomingLeg;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** Counts the records of sources by the hour in which they began; kept with the records, in the same transaction. */
@ApplicationScoped
class SourceHours {
    /** A clock may be this much ahead; what is further is a wrong one, and does not make its source look well. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private final EntityManager entities;
    private final Clock clock;

    @Inject
    SourceHours(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /** Counts records that were taken in. The caller holds the source. */
    @Transactional(Transactional.TxType.MANDATORY)
    void add(UUID sourceId, Collection<IncomingLeg> fresh) {
        Map<Instant, Long> hours = new TreeMap<>();
        Instant most = clock.instant().plus(AHEAD);
        Instant last = null;
        for (IncomingLeg leg : fresh) {
            Instant start = leg.leg().startedAt();
            hours.merge(start.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
            if (!start.isAfter(most) && (last == null || start.isAfter(last))) {
                last = start;
            }
        }
        if (hours.isEmpty()) {
            return;
        }
        UUID firm = Tenant.current();
        Instant latest = last;
        entities.unwrap(Session.class).doWork(connection -> {
            Sql sql = Sql.on(connection);
            sql.update(
                    "insert into source_hour as h (firm_id, source_id, hour, records) select ?, ?, n.hour, n.records "
                            + "from unnest(?, ?) as n (hour, records) order by n.hour "
                            + "on conflict (firm_id, source_id, hour) do update set records = h.records + excluded.records",
                    firm,
                    sourceId,
                    hours.keySet().toArray(Instant[]::new),
                    hours.values().toArray(Long[]::new));
            seen(sql, firm, sourceId, latest);
        });
    }

    private void seen(Sql sql, UUID firm, UUID sourceId, Instant last) throws SQLException {
        if (last == null) {
            return;
        }
        // A silence ends when the source is looked at, so that its end is noted and told.
        sql.update(
                "insert into source_watch as w (firm_id, source_id, state, since, last_at) values (?, ?, 'OK', ?, ?) "
                        + "on conflict (firm_id, source_id) do update set last_at = greatest(w.last_at, excluded.last_at), "
                        + "state = case w.state when 'NEVER' then 'OK' else w.state end, "
                        + "since = case w.state when 'NEVER' then excluded.since else w.since end",
                firm,
                sourceId,
                clock.instant(),
                last);
    }

    /** Counts anew what began in a span of time, after records were read again. The caller holds the source. */
    @Transactional(Transactional.TxType.MANDATORY)
    void recount(UUID sourceId, Instant from, Instant to) {
        UUID firm = Tenant.current();
        Instant begin = from.truncatedTo(ChronoUnit.HOURS);
        Instant end = to.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        entities.unwrap(Session.class).doWork(connection -> {
            Sql sql = Sql.on(connection);
            sql.update(
                    "delete from source_hour where firm_id = ? and source_id = ? and hour >= ? and hour < ?",
                    firm,
                    sourceId,
                    begin,
                    end);
            sql.update(
                    "insert into source_hour (firm_id, source_id, hour, records) select firm_id, source_id, "
                            + "date_trunc('hour', started_at, 'UTC'), count(*) from leg where firm_id = ? and source_id = ? "
                            + "and started_at >= ? and started_at < ? group by 1, 2, 3",
                    firm,
                    sourceId,
                    begin,
                    end);
        });
    }

    /** How many records began in each hour since then. */
    @Transactional
    Map<Instant, Long> since(UUID sourceId, Instant from) {
        UUID firm = Tenant.current();
        Map<Instant, Long> hours = new HashMap<>();
        entities.unwrap(Session.class).doWork(connection -> Sql.on(connection)
                .query(
                        "select hour, records from source_hour where firm_id = ? and source_id = ? and hour >= ?",
                        row -> hours.put(Sql.instant(row, "hour"), row.getLong("records")),
                        firm,
                        sourceId,
                        from));
        return hours;
    }
}
