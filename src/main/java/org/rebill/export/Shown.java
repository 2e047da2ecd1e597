package org.rebill.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Values for people, in a language's formats. Not shared by threads. */
public final class Shown {
    private final NumberFormat numbers;
    private final DateTimeFormatter days;
    private final DateTimeFormatter times;

    /** For a reader of this language and country. */
    public Shown(Locale locale) {
        this.numbers = NumberFormat.getNumberInstance(locale);
        this.days = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
        this.times = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale);
    }

    /** A value of this kind; empty for null. */
    public String of(Kind kind, Object value) {
        if (value == null) {
            return "";
        }
        return switch (kind) {
            case SECONDS -> value instanceof Number number ? seconds(number.longValue()) : value.toString();
            case MONEY, QUANTITY -> value instanceof BigDecimal decimal ? decimal(decimal) : value.toString();
            case COUNT -> value instanceof Number ? numbers.format(value) : value.toString();
            case PERCENT -> value instanceof BigDecimal decimal ? decimal(decimal) + "\u00a0%" : value.toString();
            case DATE -> value instanceof LocalDate day ? days.format(day) : value.toString();
            case TIME -> value instanceof ZonedDateTime time ? plain(times.format(time)) : value.toString();
            case TEXT -> value.toString();
        };
    }

    private static String plain(String text) {
        return text.replace('\u202f', '\u00a0');
    }

    private String decimal(BigDecimal value) {
        int decimals = Math.max(0, value.scale());
        numbers.setMinimumFractionDigits(decimals);
        numbers.setMaximumFractionDigits(decimals);
        numbers.setRoundingMode(RoundingMode.HALF_UP);
        String written = numbers.format(value);
        numbers.setMinimumFractionDigits(0);
        return written;
    }

    /** Hours, minutes and seconds. */
    private String seconds(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds % 3600 / 60, seconds % 60);
    }

    /** A text as XML and HTML write it. */
    public static String escaped(String text) {
        return XmlFile.escaped(text);
    }
}
