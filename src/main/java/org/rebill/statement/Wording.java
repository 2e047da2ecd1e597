package org.rebill.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Words, numbers and dates as one statement writes them: by the locale, zone and currency that it was frozen with,
 * whatever the machine's own are (DESIGN-SYSTEM, Formats).
 */
final class Wording {
    private static final char MINUS = '\u2212';
    private static final char NO_BREAK_SPACE = '\u00a0';
    /** Newer JDKs set it before AM and PM; the same text is wanted from all. */
    private static final char NARROW_NO_BREAK_SPACE = '\u202f';

    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private final Locale locale;
    private final ZoneId zone;
    private final Currency currency;
    private final int minorDigits;
    private final ResourceBundle words;

    Wording(StatementDocument document) {
        locale = Locale.forLanguageTag(document.locale());
        zone = ZoneId.of(document.zone());
        currency = Currency.getInstance(document.currency());
        minorDigits = Math.max(currency.getDefaultFractionDigits(), 0);
        words = ResourceBundle.getBundle(
                "org.rebill.statement.paper",
                locale,
                Wording.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    ResourceBundle words() {
        return words;
    }

    Locale locale() {
        return locale;
    }

    String say(String key, Object... values) {
        String pattern = words.getString(key);
        return values.length == 0 ? pattern : new MessageFormat(pattern, locale).format(values);
    }

    /** What the bundle says for a value of a closed list, or the value itself where the list has grown. */
    String sayOr(String key, String otherwise) {
        return words.containsKey(key) ? words.getString(key) : otherwise;
    }

    /** With the currency: $1,104.00. */
    String money(BigDecimal amount) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        // A code instead of a sign needs a space beside it, which Java does not set.
        return exact(format, amount, minorDigits, minorDigits)
                .replaceAll("(?<=\\p{L})(?=\\d)|(?<=\\d)(?=\\p{L})", String.valueOf(NO_BREAK_SPACE));
    }

    /** Under a head that names the currency: 1,104.00. */
    String amount(BigDecimal amount) {
        return number(amount, minorDigits, minorDigits);
    }

    /** The minor digits, and more where the rate has more. */
    String rate(BigDecimal rate) {
        return number(rate, minorDigits, Math.max(minorDigits, scale(rate)));
    }

    String count(int count) {
        return number(BigDecimal.valueOf(count), 0, 0);
    }

    /** At least so many decimals, and all it has. */
    String decimal(BigDecimal number, int decimals) {
        return number(number, decimals, Math.max(decimals, scale(number)));
    }

    private String number(BigDecimal number, int least, int most) {
        return exact((DecimalFormat) NumberFormat.getNumberInstance(locale), number, least, most);
    }

    /** What is printed is what was computed: digits that do not fit are an error, not a rounding. */
    private static String exact(DecimalFormat format, BigDecimal number, int least, int most) {
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        symbols.setMinusSign(MINUS);
        format.setDecimalFormatSymbols(symbols);
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        format.setRoundingMode(RoundingMode.UNNECESSARY);
        return format.format(number).replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE);
    }

    /** Decimals that a number needs. */
    static int scale(BigDecimal number) {
        return Math.max(number.stripTrailingZeros().scale(), 0);
    }

    /** m:ss, and h:mm:ss from one hour on. */
    static String talk(long seconds) {
        long hours = seconds / SECONDS_PER_HOUR;
        long minutes = seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE;
        long rest = seconds % SECONDS_PER_MINUTE;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, rest)
                : String.format(Locale.ROOT, "%d:%02d", minutes, rest);
    }

    LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    /** 4:42 PM, on one line. */
    String time(Instant at) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT)
                .withLocale(locale)
                .format(at.atZone(zone))
                .replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE)
                .replace(' ', NO_BREAK_SPACE);
    }

    /** November 30, 2026. */
    String longDate(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(date);
    }

    /** Nov 30, or Nov 30, 2026. */
    String shortDate(LocalDate date, boolean year) {
        return year
                ? DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                        .withLocale(locale)
                        .format(date)
                : withoutYear(date, FormatStyle.MEDIUM);
    }

    /** Both days included: October 1 to October 31, 2026. */
    String period(LocalDate from, LocalDate to) {
        if (from.equals(to)) {
            return longDate(from);
        }
        String first = from.getYear() == to.getYear() ? withoutYear(from, FormatStyle.LONG) : longDate(from);
        return say("period.days", first, longDate(to));
    }

    /** Java 17 knows localized patterns for whole dates only, so the year and its marks are taken out of one. */
    private String withoutYear(LocalDate date, FormatStyle style) {
        String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                        style, null, IsoChronology.INSTANCE, locale)
                .replaceAll("^y+('[^']*'|[^Md'])*", "")
                .replaceAll("[\\s,/-]*('[^']*'\\s*)?y+.*$", "");
        // Where the year stands amid the words, the whole date is written.
        return pattern.contains("d") && pattern.contains("M")
                ? DateTimeFormatter.ofPattern(pattern, locale).format(date)
                : DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).format(date);
    }

    /** Central Time (America/Chicago). */
    String zone() {
        return say("zone", zone.getDisplayName(TextStyle.FULL, locale), zone.getId());
    }

    String currencyCode() {
        return currency.getCurrencyCode();
    }
}
