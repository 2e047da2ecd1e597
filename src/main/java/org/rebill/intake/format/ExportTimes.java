package org.rebill.intake.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the times of exports in the ways that web pages and interfaces write them: ISO 8601 with or without an offset,
 * {@code Tue, 01 Sep 2026 14:02:11 +0000}, {@code 14:02:11 UTC 2026-09-01}, {@code 09/01/2026 09:02:11 AM},
 * {@code Sep 1, 2026, 9:02 AM}, {@code 20260901140211.250}. Not for several threads.
 */
final class ExportTimes {
    /** Which of day and month stands first, where both are numbers and the year stands last. */
    static final FormatOption DATES = new FormatOption(
            "dates",
            "Order of day and month",
            "How the export writes dates with the year at their end: 09/01/2026 for the first of September is month-day."
                    + " Dates that begin with the year are read as they are.",
            List.of("month-day", "day-month"),
            "month-day");

    private static final String TIME =
            "([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?:\\s*([AaPp])\\.?[Mm]\\.?)?";
    private static final Pattern NUMBERS = Pattern.compile(
            "(?:[A-Za-z]{3,9},?\\s+)?([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2}),?[\\s,T]+" + TIME);
    private static final Pattern MONTH_FIRST = Pattern.compile(
            "(?:[A-Za-z]{3,9},?\\s+)?([A-Za-z]{3,9})\\.?\\s+([0-9]{1,2}),?\\s+([0-9]{4}),?\\s+(?:at\\s+)?" + TIME);
    private static final Pattern DAY_FIRST = Pattern.compile(
            "(?:[A-Za-z]{3,9},?\\s+)?([0-9]{1,2})[\\s-]([A-Za-z]{3,9})\\.?[\\s-]([0-9]{4}),?\\s+" + TIME);
    private static final Pattern YEAR_FIRST =
            Pattern.compile("([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2}),?[T\\s]+" + TIME);
    private static final Pattern TIME_FIRST = Pattern.compile("(" + TIME + ")\\s+UTC\\s+([0-9]{4}-[0-9]{2}-[0-9]{2})");
    private static final Pattern DIGITS =
            Pattern.compile("([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})(?:\\.[0-9]+)?");
    private static final Pattern ZONE =
            Pattern.compile("(.*[0-9APMapm.])\\s*(?:Z|GMT|UTC|([+-])([0-9]{2}):?([0-9]{2}))");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private final LocalStamps stamps;
    private final boolean dayFirst;

    /** @param utc what says no zone is UTC; else it is the source's zone */
    ExportTimes(SourceSettings source, boolean utc) {
        stamps = new LocalStamps(source.zone(), utc || source.stampsInUtc());
        dayFirst = source.option(DATES).equals("day-month");
    }

    /** The instant; a fraction of a second is dropped. */
    Optional<Instant> instant(String text) {
        String stamp = text.strip();
        Matcher timeFirst = TIME_FIRST.matcher(stamp);
        if (timeFirst.matches()) {
            return local(timeFirst.group(6) + " " + timeFirst.group(1)).map(local -> local.toInstant(ZoneOffset.UTC));
        }
        Matcher zone = ZONE.matcher(stamp);
        if (zone.matches()) {
            return local(zone.group(1)).map(local -> local.toInstant(offset(zone)));
        }
        return local(stamp).map(stamps::instant);
    }

    /**
     * The instant in the first of several columns that holds something.
     *
     * @throws Unreadable when it is none
     */
    Instant instant(TextRow row, String reason, String... columns) throws Unreadable {
        String text = row.firstOf(columns);
        Optional<Instant> instant = instant(text);
        if (instant.isEmpty()) {
            String[] held = columns;
            for (String column : columns) {
                if (!row.text(column).isEmpty()) {
                    held = new String[] {column};
                    break;
                }
            }
            throw Unreadable.because(
                    reason,
                    row.at(held) + "; a time such as 2026-09-01 09:02:11 belongs there. If the file was saved by a"
                            + " spreadsheet, send it as it was exported.");
        }
        return instant.get();
    }

    private static ZoneOffset offset(Matcher zone) {
        if (zone.group(2) == null) {
            return ZoneOffset.UTC;
        }
        int hours = Integer.parseInt(zone.group(3));
        int minutes = Integer.parseInt(zone.group(4));
        if (hours > 17 || minutes > 59) {
            return ZoneOffset.UTC;
        }
        int sign = zone.group(2).equals("-") ? -1 : 1;
        return ZoneOffset.ofTotalSeconds(sign * (hours * 60 + minutes) * 60);
    }

    private Optional<LocalDateTime> local(String text) {
        Matcher found = YEAR_FIRST.matcher(text);
        if (found.matches()) {
            return at(found, number(found, 1), number(found, 2), number(found, 3));
        }
        found = NUMBERS.matcher(text);
        if (found.matches()) {
            int one = number(found, 1);
            int other = number(found, 2);
            boolean swapped = dayFirst ? other <= 12 : one > 12;
            int year = number(found, 3);
            return at(found, year < 100 ? 2000 + year : year, swapped ? other : one, swapped ? one : other);
        }
        found = MONTH_FIRST.matcher(text);
        if (found.matches()) {
            return at(found, number(found, 3), month(found.group(1)), number(found, 2));
        }
        found = DAY_FIRST.matcher(text);
        if (found.matches()) {
            return at(found, number(found, 3), month(found.group(2)), number(found, 1));
        }
        found = DIGITS.matcher(text);
        return found.matches()
                ? ClockText.local(
                        number(found, 1),
                        number(found, 2),
                        number(found, 3),
                        number(found, 4),
                        number(found, 5),
                        number(found, 6))
                : Optional.empty();
    }

    /** The time of day stands in groups 4 to 7 of each pattern with a date. */
    private static Optional<LocalDateTime> at(Matcher found, int year, int month, int day) {
        int hour = number(found, 4);
        String half = found.group(7);
        if (half != null) {
            if (hour < 1 || hour > 12) {
                return Optional.empty();
            }
            hour = hour % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
        }
        int second = found.group(6) == null ? 0 : number(found, 6);
        return ClockText.local(year, month, day, hour, number(found, 5), second);
    }

    private static int number(Matcher found, int group) {
        return Integer.parseInt(found.group(group));
    }

    /** 1 to 12, or 0 when it is none. */
    private static int month(String name) {
        return name.length() < 3 ? 0 : MONTHS.indexOf(name.substring(0, 3).toLowerCase(Locale.ROOT)) + 1;
    }
}
