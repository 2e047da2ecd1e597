package org.rebill.intake.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how long something was, in the unit that a mapping says. */
final class LengthText {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}(?:[.,][0-9]{1,9})?");
    private static final Pattern HOURS = Pattern.compile("([0-9]{1,4}):([0-5][0-9])");
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    /** Units by the words of a mapping. */
    enum Unit {
        /** A count, or a clock with seconds. */
        SECONDS,
        /** A decimal count, as telephone companies bill, or a clock with seconds. */
        MINUTES,
        MILLISECONDS,
        /** Hours and minutes with a colon. */
        HOURS;

        static Optional<Unit> of(String word) {
            return Arrays.stream(values())
                    .filter(unit -> unit.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }

    private LengthText() {}

    /** Whole seconds, a fraction dropped; -1 when it is no length in that unit. */
    static int seconds(String text, Unit unit) {
        return switch (unit) {
            case SECONDS -> ClockText.seconds(text);
            case MINUTES ->
                DECIMAL.matcher(text).matches()
                        ? whole(decimal(text).multiply(BigDecimal.valueOf(60)))
                        : ClockText.seconds(text);
            case MILLISECONDS ->
                DECIMAL.matcher(text).matches() ? whole(decimal(text).movePointLeft(3)) : -1;
            case HOURS -> {
                Matcher hours = HOURS.matcher(text);
                yield hours.matches()
                        ? (Integer.parseInt(hours.group(1)) * 60 + Integer.parseInt(hours.group(2))) * 60
                        : -1;
            }
        };
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text.replace(',', '.'));
    }

    private static int whole(BigDecimal seconds) {
        return seconds.compareTo(MOST) > 0
                ? -1
                : seconds.setScale(0, RoundingMode.DOWN).intValueExact();
    }
}
