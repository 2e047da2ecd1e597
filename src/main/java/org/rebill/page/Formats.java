package org.rebill.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Currency;
import java.util.HexFormat;
import java.util.Locale;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.platform.PhoneNumbers;

/**
 * Numbers, money and times as the current firm writes them: its locale, zone and currency (DESIGN-SYSTEM, Formats).
 * What is missing is a dash.
 */
@Named("fmt")
@RequestScoped
public class Formats {
    private static final String NONE = "–";
    private static final char MINUS = '\u2212';
    private static final int SECONDS_PER_HOUR = 3600;

    private final Firms firms;
    private final Clock clock;
    private FirmProfile profile;

    @Inject
    Formats(Firms firms, Clock clock) {
        this.firms = firms;
        this.clock = clock;
    }

    private FirmProfile firm() {
        if (profile == null) {
            profile = firms.current().profile();
        }
        return profile;
    }

    private Locale locale() {
        return firm().javaLocale();
    }

    /** The zone in which this firm's days begin. */
    public ZoneId zone() {
        return firm().zoneId();
    }

    /** The zone for people, such as "Central Time"; said once on a page. */
    public String zoneName() {
        return zone().getDisplayName(TextStyle.FULL, locale());
    }

    /** Today, at the firm. */
    public LocalDate today() {
        return LocalDate.now(clock.withZone(zone()));
    }

    /** An amount with its currency and all its minor digits. */
    public String money(BigDecimal amount, String currency) {
        if (amount == null || currency == null) {
            return NONE;
        }
        Currency unit = Currency.getInstance(currency);
        int digits = Math.max(unit.getDefaultFractionDigits(), 0);
        return money(amount, unit, digits, Math.max(digits, 0));
    }

    /** A rate: the minor digits, and more where the rate has more. */
    public String rate(BigDecimal amount, String currency) {
        if (amount == null || currency == null) {
            return NONE;
        }
        Currency unit = Currency.getInstance(currency);
        return money(amount, unit, Math.max(unit.getDefaultFractionDigits(), 0), 6);
    }

    private String money(BigDecimal amount, Currency unit, int least, int most) {
        DecimalFormat format = minus((DecimalFormat) NumberFormat.getCurrencyInstance(locale()));
        format.setCurrency(unit);
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(amount);
    }

    private static DecimalFormat minus(DecimalFormat format) {
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        symbols.setMinusSign(MINUS);
        format.setDecimalFormatSymbols(symbols);
        return format;
    }

    /** A number as it is, with the locale's marks. */
    public String decimal(BigDecimal number) {
        return number == null ? NONE : decimal(number, 0, Math.max(number.scale(), 0));
    }

    private String decimal(BigDecimal number, int least, int most) {
        DecimalFormat format = minus((DecimalFormat) NumberFormat.getNumberInstance(locale()));
        format.setMinimumFractionDigits(least);
        format.setMaximumFractionDigits(most);
        return format.format(number);
    }

    /** How many. */
    public String count(long number) {
        return decimal(BigDecimal.valueOf(number), 0, 0);
    }

    /** Talk time: m:ss, from one hour on h:mm:ss; none is a dash. */
    public String talk(long seconds) {
        if (seconds <= 0) {
            return NONE;
        }
        long minutes = seconds % SECONDS_PER_HOUR / 60;
        return seconds < SECONDS_PER_HOUR
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / SECONDS_PER_HOUR, minutes, seconds % 60);
    }

    /**
     * Billed time as it is multiplied: "0.4 h", "0.25 h", "24 min", "4 units".
     *
     * @param unit {@code HOUR}, {@code MINUTE} or {@code BLOCK}
     */
    public String quantity(BigDecimal quantity, String unit) {
        if (quantity == null || unit == null) {
            return NONE;
        }
        BigDecimal plain = quantity.stripTrailingZeros();
        return switch (unit) {
            case "HOUR" -> hours(plain);
            case "MINUTE" -> decimal(plain, 0, 4) + "\u00a0min";
            default -> decimal(plain, 0, 4) + (plain.compareTo(BigDecimal.ONE) == 0 ? "\u00a0unit" : "\u00a0units");
        };
    }

    /** Hours with one decimal at least, and with two or more where they have them. */
    public String hours(BigDecimal hours) {
        return hours == null ? NONE : decimal(hours, 1, 4) + "\u00a0h";
    }

    /** Seconds as hours with two decimals, for sums over different increments. */
    public String secondsAsHours(long seconds) {
        BigDecimal hours = BigDecimal.valueOf(seconds)
                .divide(BigDecimal.valueOf(SECONDS_PER_HOUR), 2, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return hours(hours);
    }

    /** Date and time in the firm's zone. */
    public String dateTime(Instant instant) {
        return at(instant, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT));
    }

    /** Date and time to the second. */
    public String dateTimeSeconds(Instant instant) {
        return at(instant, DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM));
    }

    /** Time of day in the firm's zone. */
    public String time(Instant instant) {
        return at(instant, DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT));
    }

    /** Time of day to the second. */
    public String timeSeconds(Instant instant) {
        return at(instant, DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM));
    }

    private String at(Instant instant, DateTimeFormatter format) {
        return instant == null
                ? NONE
                : format.withLocale(locale()).format(instant.atZone(zone())).replace('\u202f', '\u00a0');
    }

    /** The time today, the day otherwise: for lists of what happened lately. */
    public String when(Instant instant) {
        if (instant == null) {
            return NONE;
        }
        ZonedDateTime local = instant.atZone(zone());
        LocalDate today = today();
        if (local.toLocalDate().equals(today)) {
            return time(instant);
        }
        return local.getYear() == today.getYear() ? dayMonth(local.toLocalDate()) : date(local.toLocalDate());
    }

    /** The day on which something happened. */
    public LocalDate day(Instant instant) {
        return instant.atZone(zone()).toLocalDate();
    }

    /** "Nov 30, 2026". */
    public String date(LocalDate date) {
        return date == null
                ? NONE
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                        .withLocale(locale())
                        .format(date);
    }

    /** The day of an instant: "Nov 30, 2026". */
    public String dateOf(Instant instant) {
        return instant == null ? NONE : date(day(instant));
    }

    /** "Monday, November 30, 2026". */
    public String longDate(LocalDate date) {
        return date == null
                ? NONE
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                        .withLocale(locale())
                        .format(date);
    }

    /** "Monday, November 30", for the heads of days; other years are named. */
    public String dayHead(LocalDate date) {
        return date.getYear() == today().getYear() ? without(FormatStyle.FULL, date) : longDate(date);
    }

    /** "Nov 30". */
    public String dayMonth(LocalDate date) {
        return date == null ? NONE : without(FormatStyle.MEDIUM, date);
    }

    /** Localized without the year: Java 17 has patterns for whole dates only. */
    private String without(FormatStyle style, LocalDate date) {
        String pattern = DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                        style, null, IsoChronology.INSTANCE, locale())
                .replaceAll("[\\s,./-]*(?:'de' )?y+[\\s,]*$", "")
                .replaceAll("^y+[\\s,./年-]*", "");
        return DateTimeFormatter.ofPattern(pattern, locale()).format(date);
    }

    /** "November 2026". */
    public String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("LLLL yyyy", locale()).format(month);
    }

    /** A period of whole days, both included: "Nov 1 – 30, 2026", or the month's name when it is one. */
    public String period(LocalDate from, LocalDate to) {
        YearMonth month = YearMonth.from(from);
        if (from.equals(month.atDay(1)) && to.equals(month.atEndOfMonth())) {
            return month(month);
        }
        return from.equals(to) ? date(from) : dayMonthOrDate(from, to) + " – " + date(to);
    }

    private String dayMonthOrDate(LocalDate from, LocalDate to) {
        return from.getYear() == to.getYear() ? dayMonth(from) : date(from);
    }

    /** Machine-readable, for {@code <time>}. */
    public String iso(Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    /** Bytes as people count them: "174,592 bytes", "1.4 MB". */
    public String bytes(long size) {
        if (size < 1_000_000) {
            return count(size) + (size == 1 ? " byte" : " bytes");
        }
        return size < 1_000_000_000 ? scaled(size, 1_000_000) + "\u00a0MB" : scaled(size, 1_000_000_000) + "\u00a0GB";
    }

    private String scaled(long size, long unit) {
        return decimal(BigDecimal.valueOf(size).divide(BigDecimal.valueOf(unit), 1, RoundingMode.HALF_UP), 0, 1);
    }

    /** A share of a whole in per cent with one decimal: "7.7 %". */
    public String percent(BigDecimal part, BigDecimal whole) {
        if (part == null || whole == null || whole.signum() == 0) {
            return NONE;
        }
        return decimal(part.movePointRight(2).divide(whole, 1, RoundingMode.HALF_UP), 1, 1) + "\u00a0%";
    }

    /** A telephone number: national inside the firm's country, else international; withheld is said. */
    public String number(String number) {
        if (number == null) {
            return NONE;
        }
        return number.isEmpty() ? "Number withheld" : PhoneNumbers.write(number, firm().country());
    }

    /** A hash, short: the first 8 and the last 4 digits. */
    public String hash(byte[] hash) {
        return hash == null ? NONE : shortHash(hex(hash));
    }

    /** A hash in hexadecimal digits, short. */
    public String shortHash(String hex) {
        return hex == null || hex.length() <= 12 ? hex : hex.substring(0, 8) + "…" + hex.substring(hex.length() - 4);
    }

    /** All digits of a hash. */
    public String hex(byte[] hash) {
        return hash == null ? "" : HexFormat.of().formatHex(hash);
    }

    /** Or a dash. */
    public String text(String text) {
        return text == null || text.isBlank() ? NONE : text;
    }
}
