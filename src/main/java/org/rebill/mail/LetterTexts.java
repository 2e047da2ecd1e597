package org.rebill.mail;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.ResourceBundle;
import org.rebill.firm.FirmProfile;

/** Words, money and dates of a firm's letters: in its language (English, German, Spanish), locale and zone. */
final class LetterTexts {
    private static final char NARROW_NO_BREAK_SPACE = '\u202f';
    private static final char NO_BREAK_SPACE = '\u00a0';

    private final Locale locale;
    private final ZoneId zone;
    private final ResourceBundle words;

    LetterTexts(FirmProfile firm) {
        locale = firm.javaLocale();
        zone = firm.zoneId();
        words = ResourceBundle.getBundle(
                "org.rebill.mail.letters",
                locale,
                LetterTexts.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    Locale locale() {
        return locale;
    }

    /** The text of a key, its places filled. */
    String say(String key, Object... values) {
        return new MessageFormat(words.getString(key), locale).format(values);
    }

    /** An amount with its currency and all its minor digits. */
    String money(BigDecimal amount, String currency) {
        Currency unit = Currency.getInstance(currency);
        DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(unit);
        int digits = Math.max(unit.getDefaultFractionDigits(), 0);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(amount).replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE);
    }

    String date(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(date);
    }

    /** A period of whole days: a month by its name, else from day to day. */
    String period(LocalDate from, LocalDate last) {
        YearMonth month = YearMonth.from(from);
        return from.equals(month.atDay(1)) && last.equals(month.atEndOfMonth())
                ? DateTimeFormatter.ofPattern("LLLL yyyy", locale).format(month)
                : date(from) + " – " + date(last);
    }

    /** How the letter begins, by the name where there is one. */
    String greeting(String name) {
        return name == null || name.isBlank() ? say("greeting.none") : say("greeting", name);
    }

    String dateTime(Instant at) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(locale)
                .format(at.atZone(zone))
                .replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE);
    }

    /** The day of an instant. */
    LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    String count(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    /** m:ss, and h:mm:ss from one hour on. */
    static String talk(long seconds) {
        long hours = seconds / 3600;
        long minutes = seconds % 3600 / 60;
        return hours == 0
                ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, seconds % 60);
    }
}
