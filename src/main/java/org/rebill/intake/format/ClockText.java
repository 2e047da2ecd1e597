package org.rebill.intake.format;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times and durations in the ways phone systems write them. */
final class ClockText {
    private static final Pattern COUNT = Pattern.compile("([0-9]{1,9})(?:\\.[0-9]+)?");
    private static final Pattern CLOCK =
            Pattern.compile("(?:([0-9]{1,5}):)?([0-9]{1,2})[:']([0-9]{2})(?:[.,][0-9]+)?\"?");
    private static final Pattern STAMP = Pattern.compile("([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})[ T]+"
            + "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?");
    private static final int FIRST_YEAR = 1991;
    private static final int LAST_YEAR = 2099;

    private ClockText() {}

    /**
     * A duration: a count of seconds (a fraction is dropped, as phone systems do), {@code h:mm:ss}, {@code m:ss},
     * {@code h:mm'ss"} or {@code m'ss}.
     *
     * @return whole seconds, or -1 when it is none
     */
    static int seconds(String text) {
        Matcher count = COUNT.matcher(text);
        if (count.matches()) {
            return Integer.parseInt(count.group(1));
        }
        Matcher clock = CLOCK.matcher(text);
        if (!clock.matches()) {
            return -1;
        }
        int hours = clock.group(1) == null ? 0 : Integer.parseInt(clock.group(1));
        int minutes = Integer.parseInt(clock.group(2));
        int seconds = Integer.parseInt(clock.group(3));
        return seconds > 59 || (minutes > 59 && clock.group(1) != null) ? -1 : (hours * 60 + minutes) * 60 + seconds;
    }

    /** A local time with the year first: {@code 2026-09-01 09:02:11}, {@code 2026/9/1 9:02}; a fraction is dropped. */
    static Optional<LocalDateTime> local(String text) {
        Matcher stamp = STAMP.matcher(text);
        if (!stamp.matches()) {
            return Optional.empty();
        }
        String second = stamp.group(6);
        return local(
                Integer.parseInt(stamp.group(1)),
                Integer.parseInt(stamp.group(2)),
                Integer.parseInt(stamp.group(3)),
                Integer.parseInt(stamp.group(4)),
                Integer.parseInt(stamp.group(5)),
                second == null ? 0 : Integer.parseInt(second));
    }

    /** Empty when there is no such time, or it is not of the years 1991 to 2099. */
    static Optional<LocalDateTime> local(int year, int month, int day, int hour, int minute, int second) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.of(LocalDate.of(year, month, day), LocalTime.of(hour, minute, second)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** An instant in ISO 8601 with an offset or Z, such as {@code 2026-09-01T14:02:11.250Z}; a fraction is dropped. */
    static Optional<Instant> instant(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            return Optional.of(Instant.ofEpochSecond(instant.getEpochSecond()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
