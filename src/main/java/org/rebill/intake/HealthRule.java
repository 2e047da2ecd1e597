package org.rebill.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Tells a silence by what the same hours of other weeks had, on the clock of the source's place: nights, weekends and
 * whatever else is always quiet alarm nobody. Pure.
 */
final class HealthRule {
    /** Weeks that an hour is compared with. */
    static final int WEEKS = 4;
    /** Hours that are shown: seven days. */
    static final int SHOWN = 168;
    /** Silent hours that somebody is told of where nothing is set and records come by machine. */
    static final int USUAL_LIMIT = 8;
    /** Before there is a week to compare with, only a silence as long as this is one, weekends included. */
    private static final long LONG_SILENCE_HOURS = 72;

    private static final int DAY = 24;
    /** A day with fewer than a quarter of what is usual is quiet, where at least this many are usual. */
    private static final long ENOUGH_A_DAY = 20;

    private static final int QUARTER = 4;

    private final ZoneId zone;
    private final Map<Instant, Long> records;
    private final Instant first;

    /**
     * Of one source.
     *
     * @param zone of its place
     * @param records how many began in each hour, by when that began; hours without any may be missing
     */
    HealthRule(ZoneId zone, Map<Instant, Long> records) {
        this.zone = zone;
        this.records = records;
        this.first = records.keySet().stream().min(Instant::compareTo).orElse(null);
    }

    /**
     * How it is doing.
     *
     * @param lastAt start of the latest record, or null
     * @param limit silent hours that somebody is told of; 0 for none
     */
    Health at(Instant now, Instant lastAt, int limit) {
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        List<Health.Hour> hours = new ArrayList<>(SHOWN);
        for (int back = SHOWN - 1; back >= 0; back--) {
            Instant at = hour.minus(Duration.ofHours(back));
            hours.add(new Health.Hour(at, records.getOrDefault(at, 0L), usual(at)));
        }
        int silent = lastAt == null ? 0 : silentHours(lastAt, hour);
        Health told = new Health(Health.State.OK, lastAt, silent, limit, hours);
        return new Health(state(told, now), lastAt, silent, limit, hours);
    }

    private Health.State state(Health health, Instant now) {
        if (health.lastAt() == null) {
            return Health.State.NEVER;
        }
        if (health.limit() == 0) {
            return Health.State.OK;
        }
        boolean comparable = first != null && !first.isAfter(now.minus(Duration.ofDays(7)));
        if (!comparable) {
            long hours = Duration.between(health.lastAt(), now).toHours();
            return hours >= Math.max(LONG_SILENCE_HOURS, health.limit()) ? Health.State.SILENT : Health.State.OK;
        }
        if (health.silentHours() >= health.limit()) {
            return Health.State.SILENT;
        }
        long usual = health.usual(DAY);
        boolean few = usual >= ENOUGH_A_DAY && health.records(DAY) < usual / QUARTER;
        return health.silentHours() > 0 || few ? Health.State.QUIET : Health.State.OK;
    }

    /** Full hours after the last record's, before the one that runs, in which there usually are records. */
    private int silentHours(Instant lastAt, Instant hour) {
        int silent = 0;
        Instant at = lastAt.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));
        Instant oldest = hour.minus(Duration.ofDays(7L * (WEEKS + 1)));
        for (at = at.isBefore(oldest) ? oldest : at; at.isBefore(hour); at = at.plus(Duration.ofHours(1))) {
            if (usual(at) > 0) {
                silent++;
            }
        }
        return silent;
    }

    private long usual(Instant hour) {
        List<Long> weeks = new ArrayList<>(WEEKS);
        for (int week = 1; week <= WEEKS; week++) {
            Instant then = hour.atZone(zone).minusWeeks(week).toInstant();
            if (first != null && !then.isBefore(first)) {
                weeks.add(records.getOrDefault(then, 0L));
            }
        }
        if (weeks.isEmpty()) {
            return 0;
        }
        Collections.sort(weeks);
        return weeks.get((weeks.size() - 1) / 2);
    }
}
