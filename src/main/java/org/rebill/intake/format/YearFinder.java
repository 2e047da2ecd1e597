package org.rebill.intake.format;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Finds the year of records that tell month and day only: the one that puts the record nearest before the file came in,
 * or before the day that the source was told. A file that is read again gives the same years; nothing of other records
 * is used, so that a reader may begin anywhere, and a file may hold December before January.
 *
 * <p>The same records in another file that comes in a year or more later are taken for later ones: what has no year
 * can't be told apart.
 */
final class YearFinder {
    /** The day of the newest record, for files that are sent long after they were written. */
    static final FormatOption NEWEST = new FormatOption(
            "newest",
            "Day of the newest record",
            "This phone system writes no year. Leave this empty when records are sent within a year: each is of the year"
                    + " that puts it nearest before the day on which its file came in. To send an old file, enter the"
                    + " day of its last record, such as 2025-03-31, and take it out again afterwards.",
            List.of(),
            "");

    /** The phone system's clock may be ahead, and its zone too. */
    private static final int AHEAD_DAYS = 1;

    /** The 29th of February comes again after eight years at most. */
    private static final int YEARS_BACK = 8;

    private final LocalDateTime latest;

    YearFinder(FileStart from, SourceSettings source) {
        String newest = source.option(NEWEST);
        latest = newest.isEmpty()
                ? LocalDateTime.ofInstant(from.receivedAt(), source.zone()).plusDays(AHEAD_DAYS)
                : LocalDate.parse(newest).plusDays(1).atStartOfDay();
    }

    /** What is wrong with a value of {@link #NEWEST}. */
    static Optional<String> problem(String value) {
        try {
            LocalDate.parse(value);
            return Optional.empty();
        } catch (DateTimeException e) {
            return Optional.of("Enter a day as year-month-day, such as 2025-03-31, or nothing.");
        }
    }

    /** Empty when there is no such day or time. */
    Optional<LocalDateTime> local(int month, int day, int hour, int minute, int second) {
        for (int year = latest.getYear(); year >= latest.getYear() - YEARS_BACK; year--) {
            Optional<LocalDateTime> local = ClockText.local(year, month, day, hour, minute, second);
            if (local.isPresent() && local.get().isBefore(latest)) {
                return local;
            }
        }
        return Optional.empty();
    }
}
