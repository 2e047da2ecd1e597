package org.rebill.statement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.rebill.platform.Refusal;

/**
 * Whole days that are billed together, in the firm's zone.
 *
 * @param from first day
 * @param to the day after the last one (half-open)
 */
public record Period(LocalDate from, LocalDate to) {
    private static final int LONGEST_DAYS = 366;

    public Period {
        if (!to.isAfter(from)) {
            throw new Refusal.Invalid(
                    "to", "period.order", "The period ends before it begins: choose a last day from " + from + " on.");
        }
        if (to.isAfter(from.plusDays(LONGEST_DAYS))) {
            throw new Refusal.Invalid("to", "period.long", "A period has at most a year: choose an earlier last day.");
        }
    }

    /** A month. */
    public static Period of(YearMonth month) {
        return new Period(month.atDay(1), month.plusMonths(1).atDay(1));
    }

    /** Days from the first to the last, both in it. */
    public static Period days(LocalDate first, LocalDate last) {
        return new Period(first, last.plusDays(1));
    }

    /** The last day. */
    public LocalDate last() {
        return to.minusDays(1);
    }

    /** When its first day begins. */
    public Instant start(ZoneId zone) {
        return from.atStartOfDay(zone).toInstant();
    }

    /** When its last day is over. */
    public Instant end(ZoneId zone) {
        return to.atStartOfDay(zone).toInstant();
    }
}
