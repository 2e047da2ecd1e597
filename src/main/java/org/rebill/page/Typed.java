package org.rebill.page;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.platform.Problems;

/**
 * Reads what people type into forms, as the firm's country writes it. What can't be read is noted at the field; what is
 * empty is null.
 */
public final class Typed {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,6})\\s*([a-z]*)", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Integer> UNITS = Map.ofEntries(
            Map.entry("s", 1),
            Map.entry("sec", 1),
            Map.entry("second", 1),
            Map.entry("seconds", 1),
            Map.entry("m", 60),
            Map.entry("min", 60),
            Map.entry("minute", 60),
            Map.entry("minutes", 60),
            Map.entry("h", 3600),
            Map.entry("hour", 3600),
            Map.entry("hours", 3600));

    private final Problems problems;
    private final Locale locale;
    private final ZoneId zone;

    public Typed(Problems problems, Locale locale, ZoneId zone) {
        this.problems = problems;
        this.locale = locale;
        this.zone = zone;
    }

    /** A number such as 1,234.50, with the country's marks. */
    public BigDecimal decimal(String field, String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        DecimalFormatSymbols marks = DecimalFormatSymbols.getInstance(locale);
        String group = Pattern.quote(String.valueOf(marks.getGroupingSeparator()));
        String point = Pattern.quote(String.valueOf(marks.getDecimalSeparator()));
        String text = typed.strip();
        Pattern written = Pattern.compile("[+-]?([0-9]+|[0-9]{1,3}(" + group + "[0-9]{3})+)(" + point + "[0-9]+)?");
        // A point as decimal mark is understood everywhere, unless it could be a mark of thousands.
        boolean plain = text.matches("[+-]?[0-9]+(\\.[0-9]{1,2}|\\.[0-9]{4,})?");
        if (plain) {
            return new BigDecimal(text);
        }
        if (!written.matcher(text).matches() || text.length() > 40) {
            problems.add(
                    field,
                    "number.form",
                    "'" + text + "' is no number such as 290 or 290" + marks.getDecimalSeparator() + "50.");
            return null;
        }
        return new BigDecimal(text.replaceAll(group, "").replace(marks.getDecimalSeparator(), '.'));
    }

    /** A span of time such as "6 min", "90 s" or "1 h", in seconds; 0 needs no unit. */
    public Integer seconds(String field, String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        Matcher time = TIME.matcher(typed.strip());
        if (!time.matches()) {
            problems.add(field, "time.form", "Write a time such as 6 min, 90 s or 1 h.");
            return null;
        }
        int number = Integer.parseInt(time.group(1));
        Integer unit = number == 0 && time.group(2).isEmpty() ? Integer.valueOf(1) : unit(time.group(2));
        if (unit == null) {
            problems.add(field, "time.unit", "Is that " + number + " min or " + number + " s? Write the unit with it.");
            return null;
        }
        long seconds = (long) number * unit;
        return (int) Math.min(seconds, Integer.MAX_VALUE);
    }

    private static Integer unit(String word) {
        return UNITS.get(word.toLowerCase(Locale.ROOT));
    }

    /** A span of time the way it is typed: "6 min", "90 s". */
    public static String seconds(int seconds) {
        if (seconds == 0) {
            return "0";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** A day as date fields send it, such as 2026-11-30. */
    public LocalDate date(String field, String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeException e) {
            problems.add(field, "date.form", "'" + typed.strip() + "' is no day such as 2026-11-30.");
            return null;
        }
    }

    /** A moment in the firm's zone as date and time fields send it, such as 2026-11-30T14:05. */
    public Instant moment(String field, String typed) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        try {
            return LocalDateTime.parse(typed.strip()).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            problems.add(field, "moment.form", "'" + typed.strip() + "' is no day and time such as 2026-11-30T14:05.");
            return null;
        }
    }
}
