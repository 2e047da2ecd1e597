package org.rebill.intake.format;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads stamps in a pattern of {@code java.time} ({@code DateTimeFormatter}), or seconds ({@code epoch}) or milliseconds
 * ({@code epoch-ms}) since 1970. Days that do not exist are none; half-days may be written A, AM or a.m.; a fraction of a
 * second is dropped.
 */
final class StampText {
    static final String EPOCH = "epoch";
    static final String EPOCH_MS = "epoch-ms";

    private static final int LONGEST = 60;
    private static final int FIRST_YEAR = 1991;
    private static final int LAST_YEAR = 2099;
    private static final Pattern NOTHING = Pattern.compile("[0 :./T-]*");
    private static final Pattern COUNT = Pattern.compile("([0-9]{1,13})(?:[.,][0-9]+)?");
    private static final Pattern HALF_DAY = Pattern.compile("(?<=[0-9 ])([AaPp])(?:\\. ?)?(?:[Mm]\\.?)?(?=$| )");
    private static final ZonedDateTime SOME_TIME = ZonedDateTime.of(2026, 9, 21, 14, 52, 33, 0, ZoneOffset.UTC);

    /**
     * A stamp as far as it tells.
     *
     * @param instant when it tells the zone; else null
     * @param date local; null when it has none, or no year
     * @param month 0 when there is none
     * @param day 0 when there is none
     * @param time local; midnight when it has none
     */
    private record Told(Instant instant, LocalDate date, int month, int day, LocalTime time) {}

    /**
     * A moment: exactly one of the two.
     *
     * @param local by the clock on the wall
     */
    record Stamp(LocalDateTime local, Instant instant) {}

    private final DateTimeFormatter formatter;
    private final int scale;
    private final boolean halfDays;
    private final boolean seconds;

    /** @throws IllegalArgumentException when it is no pattern, with what is wrong for people */
    StampText(String pattern, Locale locale) {
        scale = pattern.equals(EPOCH) ? 1 : pattern.equals(EPOCH_MS) ? 1000 : 0;
        if (scale > 0) {
            formatter = DateTimeFormatter.ISO_INSTANT;
            halfDays = false;
            seconds = true;
            return;
        }
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("A pattern of dates has at most " + LONGEST + " characters.");
        }
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        StringBuilder piece = new StringBuilder();
        boolean quoted = false;
        boolean half = false;
        boolean told = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            told |= !quoted && (c == 's' || c == 'S');
            if (c == 'a' && !quoted) {
                appendPattern(builder, piece.toString(), pattern);
                piece.setLength(0);
                builder.appendText(ChronoField.AMPM_OF_DAY, Map.of(0L, "AM", 1L, "PM"));
                half = true;
            } else {
                // Years are those of the calendar: there is no era to be told.
                piece.append(c == 'y' && !quoted ? 'u' : c);
            }
        }
        appendPattern(builder, piece.toString(), pattern);
        formatter = builder.toFormatter(locale).withResolverStyle(ResolverStyle.STRICT);
        halfDays = half;
        seconds = told;
    }

    private static void appendPattern(DateTimeFormatterBuilder builder, String piece, String whole) {
        if (piece.isEmpty()) {
            return;
        }
        try {
            builder.appendPattern(piece);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + whole + "' is no pattern of dates such as yyyy-MM-dd HH:mm:ss: " + e.getMessage() + ".", e);
        }
    }

    /** Refuses a pattern by which a meaning can't be read. */
    static void check(String pattern, Locale locale, Meaning meaning) {
        StampText text = new StampText(pattern, locale);
        if (text.scale > 0) {
            return;
        }
        Optional<Told> told;
        try {
            told = text.told(text.formatter.format(SOME_TIME));
        } catch (DateTimeException e) {
            told = Optional.empty();
        }
        boolean time =
                pattern.matches(".*[Hhk].*") || told.map(t -> t.instant != null).orElse(false);
        boolean day = told.map(t -> t.instant != null || t.date != null || (t.month > 0 && t.day > 0))
                .orElse(false);
        if (told.isEmpty() || !time || (meaning == Meaning.START && !day)) {
            throw new IllegalArgumentException("'" + pattern + "' can't tell the " + meaning.word() + ": "
                    + (meaning == Meaning.START
                            ? "it needs day, month and hour, such as yyyy-MM-dd HH:mm:ss."
                            : "it needs an hour, such as HH:mm:ss."));
        }
    }

    /** Whether seconds are written. */
    boolean hasSeconds() {
        return seconds;
    }

    /**
     * Reads a stamp.
     *
     * @param years for one without a year
     * @param after the moment before, for a stamp without a day: it is on the same day, or else the next
     * @return empty when it is none in this pattern, or not of the years 1991 to 2099
     */
    Optional<Stamp> read(String text, YearFinder years, Optional<Stamp> after) {
        Optional<Told> read = told(text);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Told told = read.get();
        if (told.instant != null) {
            int year = told.instant.atOffset(ZoneOffset.UTC).getYear();
            return isKnown(year) ? Optional.of(new Stamp(null, told.instant)) : Optional.empty();
        }
        LocalTime time = told.time;
        if (told.date != null) {
            return isKnown(told.date.getYear())
                    ? Optional.of(new Stamp(told.date.atTime(time), null))
                    : Optional.empty();
        }
        if (told.month > 0 && told.day > 0) {
            return years.local(told.month, told.day, time.getHour(), time.getMinute(), time.getSecond())
                    .map(local -> new Stamp(local, null));
        }
        return after.map(Stamp::local).map(before -> {
            LocalDateTime same = before.toLocalDate().atTime(time);
            return new Stamp(same.isBefore(before) ? same.plusDays(1) : same, null);
        });
    }

    /** Whether a text says that there is no such moment: empty, or zeros. */
    static boolean isNone(String text) {
        return NOTHING.matcher(text).matches();
    }

    /** Seconds from a stamp of this pattern to one of another, by their clocks; 0 when they can't be compared. */
    long seconds(String from, String to, StampText other) {
        Optional<Told> start = told(from);
        Optional<Told> end = other.told(to);
        if (start.isEmpty() || end.isEmpty()) {
            return 0;
        }
        Told one = start.get();
        Told two = end.get();
        if (one.instant != null && two.instant != null) {
            return two.instant.getEpochSecond() - one.instant.getEpochSecond();
        }
        return one.date == null || two.date == null
                ? 0
                : Duration.between(one.date.atTime(one.time), two.date.atTime(two.time))
                        .toSeconds();
    }

    /** Whether a text is a stamp in this pattern. */
    boolean fits(String text) {
        return told(text)
                .filter(told -> told.instant == null
                        || isKnown(told.instant.atOffset(ZoneOffset.UTC).getYear()))
                .filter(told -> told.date == null || isKnown(told.date.getYear()))
                .isPresent();
    }

    private static boolean isKnown(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    private Optional<Told> told(String text) {
        if (scale > 0) {
            var count = COUNT.matcher(text);
            return count.matches()
                    ? Optional.of(
                            new Told(Instant.ofEpochSecond(Long.parseLong(count.group(1)) / scale), null, 0, 0, null))
                    : Optional.empty();
        }
        try {
            String written = halfDays ? HALF_DAY.matcher(text).replaceAll("$1M") : text;
            return Optional.of(told(formatter.parse(written)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Told told(TemporalAccessor parsed) {
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            Instant instant = Instant.ofEpochSecond(parsed.getLong(ChronoField.INSTANT_SECONDS));
            return new Told(instant, null, 0, 0, null);
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        return new Told(
                null,
                parsed.query(TemporalQueries.localDate()),
                parsed.isSupported(ChronoField.MONTH_OF_YEAR) ? parsed.get(ChronoField.MONTH_OF_YEAR) : 0,
                parsed.isSupported(ChronoField.DAY_OF_MONTH) ? parsed.get(ChronoField.DAY_OF_MONTH) : 0,
                time == null ? LocalTime.MIDNIGHT : time.withNano(0));
    }
}
