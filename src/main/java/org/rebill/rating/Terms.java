package org.rebill.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/**
 * What was agreed on the price of talk time.
 *
 * @param currency one with minor digits: a currency that people pay in
 * @param hourlyRate in the currency's own unit, above 0, below 1,000,000,000, at most 6 decimals; kept with at least
 *     the currency's minor digits, without further zeros
 * @param initialThen the first block is {@code initialSeconds}, every further one {@code incrementSeconds} (30/6);
 *     always rounds up
 * @param incrementSeconds 1 to 3,600; 1 is exact
 * @param initialSeconds 0 to 86,400; only with {@code initialThen}
 * @param minimumSeconds 0 to 86,400; UP takes one that is no multiple of the increment to the next multiple, DOWN and
 *     NEAREST never go below it
 * @param graceSeconds talk up to this is free, 0 to 86,400
 * @param maximumSeconds never more than this is billed, whatever the other figures say; 1 or more, null for none
 * @param money HALF_UP or HALF_EVEN
 * @param scope over what time is rounded
 * @param rateName which rule or person the rate is for, for explanations; null for the general rate
 */
public record Terms(
        Currency currency,
        BigDecimal hourlyRate,
        boolean initialThen,
        int incrementSeconds,
        int initialSeconds,
        int minimumSeconds,
        Rounding rounding,
        int graceSeconds,
        Integer maximumSeconds,
        Quantity quantity,
        RoundingMode money,
        RoundingScope scope,
        String rateName) {
    /** Decimals of a rate, hourly or of a unit. */
    static final int RATE_DECIMALS = 6;

    static final int SECONDS_OF_HOUR = 3600;
    private static final int SECONDS_OF_DAY = 86_400;
    private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(1_000_000_000);
    /** The longest increment that reviewers of bills take without a question (DOMAIN.md D2). */
    private static final int LONG_INCREMENT = 900;
    /** Less than half of a hundredth of an hour. */
    private static final int PRINTS_AS_NOTHING = 18;

    /**
     * Checks all of it.
     *
     * @throws InvalidTerms with everything that is wrong
     */
    public Terms {
        List<Problem> problems = new ArrayList<>(0);
        checkCurrency(currency, problems);
        checkRate(hourlyRate, problems);
        checkSeconds(initialThen, incrementSeconds, initialSeconds, minimumSeconds, problems);
        checkRounding(initialThen, rounding, problems);
        checkScope(initialThen, scope, problems);
        range("graceSeconds", "grace.range", "grace", graceSeconds, problems);
        if (maximumSeconds != null && maximumSeconds < 1) {
            problems.add(new Problem(
                    "maximumSeconds", "maximum.range", "The maximum is 1 second or more; leave it out for none."));
        }
        if (quantity == null) {
            problems.add(new Problem(
                    "quantity", "quantity.missing", "Say what is billed: HOURS_2, HOURS_4, MINUTES or BLOCKS."));
        }
        if (money != RoundingMode.HALF_UP && money != RoundingMode.HALF_EVEN) {
            problems.add(new Problem("money", "money.rounding", "Money is rounded HALF_UP or HALF_EVEN."));
        }
        if (problems.isEmpty()) {
            hourlyRate = printed(hourlyRate, currency);
            if (unitRate(hourlyRate, unitSeconds(quantity, incrementSeconds), currency)
                            .signum()
                    == 0) {
                problems.add(new Problem(
                        "hourlyRate",
                        "rate.unit",
                        "At this rate a " + (quantity == Quantity.MINUTES ? "minute" : "block")
                                + " costs less than 0.000001. Bill in hours."));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidTerms(problems);
        }
    }

    /** Rounded for each call by itself, at the general rate. */
    public Terms(
            Currency currency,
            BigDecimal hourlyRate,
            boolean initialThen,
            int incrementSeconds,
            int initialSeconds,
            int minimumSeconds,
            Rounding rounding,
            int graceSeconds,
            Integer maximumSeconds,
            Quantity quantity,
            RoundingMode money) {
        this(
                currency,
                hourlyRate,
                initialThen,
                incrementSeconds,
                initialSeconds,
                minimumSeconds,
                rounding,
                graceSeconds,
                maximumSeconds,
                quantity,
                money,
                RoundingScope.PER_CALL,
                null);
    }

    /**
     * The same at another rate.
     *
     * @param name which rule or person it is for; null for the general rate
     */
    public Terms at(BigDecimal rate, String name) {
        return new Terms(
                currency,
                rate,
                initialThen,
                incrementSeconds,
                initialSeconds,
                minimumSeconds,
                rounding,
                graceSeconds,
                maximumSeconds,
                quantity,
                money,
                scope,
                name);
    }

    private static void checkScope(boolean initialThen, RoundingScope scope, List<Problem> problems) {
        if (scope == null) {
            problems.add(new Problem(
                    "scope",
                    "scope.missing",
                    "Say over what time is rounded: PER_CALL, PER_CLIENT_DAY, PER_CLIENT_STATEMENT or BALANCED."));
        } else if (initialThen && scope != RoundingScope.PER_CALL) {
            problems.add(new Problem(
                    "scope", "scope.initial", "A first block is of a call, so it goes with PER_CALL only."));
        }
    }

    private static void checkCurrency(Currency currency, List<Problem> problems) {
        if (currency == null) {
            problems.add(new Problem("currency", "currency.missing", "Name the currency, such as USD."));
        } else if (currency.getDefaultFractionDigits() < 0) {
            problems.add(new Problem("currency", "currency.unpayable", "Nobody pays in " + currency + "."));
        }
    }

    private static void checkRate(BigDecimal rate, List<Problem> problems) {
        if (rate == null) {
            problems.add(new Problem("hourlyRate", "rate.missing", "Give the rate of an hour."));
        } else if (rate.signum() <= 0) {
            problems.add(new Problem("hourlyRate", "rate.range", "The hourly rate is above 0."));
        } else if (rate.compareTo(TOO_MUCH) >= 0) {
            problems.add(new Problem("hourlyRate", "rate.range", "The hourly rate is below 1,000,000,000."));
        } else if (rate.stripTrailingZeros().scale() > RATE_DECIMALS) {
            problems.add(new Problem("hourlyRate", "rate.decimals", "The hourly rate has at most 6 decimals."));
        }
    }

    private static void checkSeconds(
            boolean initialThen, int increment, int initial, int minimum, List<Problem> problems) {
        if (increment < 1 || increment > SECONDS_OF_HOUR) {
            problems.add(new Problem(
                    "incrementSeconds", "increment.range", "The increment is 1 to 3,600 seconds; 1 bills exactly."));
        }
        range("initialSeconds", "initial.range", "first block", initial, problems);
        if (!initialThen && initial > 0) {
            problems.add(new Problem(
                    "initialSeconds",
                    "initial.mode",
                    "A first block goes with initialThen only. Set initialThen, or leave the first block out."));
        }
        range("minimumSeconds", "minimum.range", "minimum", minimum, problems);
    }

    private static void checkRounding(boolean initialThen, Rounding rounding, List<Problem> problems) {
        if (rounding == null) {
            problems.add(new Problem("rounding", "rounding.missing", "Say how time is rounded: UP, NEAREST or DOWN."));
        } else if (initialThen && rounding != Rounding.UP) {
            problems.add(new Problem(
                    "rounding", "rounding.initial", "A first block and further ones are begun, so they round UP."));
        }
    }

    private static void range(String field, String code, String what, int seconds, List<Problem> problems) {
        if (seconds < 0 || seconds > SECONDS_OF_DAY) {
            problems.add(new Problem(field, code, "The " + what + " is 0 to 86,400 seconds."));
        }
    }

    /** What may be agreed on but deserves a second look (DOMAIN.md D2); empty when nothing does. */
    public List<Problem> cautions() {
        List<Problem> cautions = new ArrayList<>();
        if (incrementSeconds > LONG_INCREMENT) {
            cautions.add(new Problem(
                    "incrementSeconds",
                    "increment.long",
                    "Increments above 15 minutes are hard to defend; tenths and quarters of an hour are usual."));
        }
        if (minimumSeconds > incrementSeconds) {
            cautions.add(new Problem(
                    "minimumSeconds",
                    "minimum.long",
                    "The minimum is longer than the increment: short calls cost more than their rounded time."));
        }
        if (maximumSeconds != null && maximumSeconds < Math.max(minimumSeconds, initialSeconds)) {
            cautions.add(new Problem(
                    "maximumSeconds",
                    "maximum.short",
                    "The maximum is below the minimum, so every call bills just the maximum."));
        }
        int shortest = Math.max(incrementSeconds, Math.max(minimumSeconds, initialSeconds));
        if (quantity == Quantity.HOURS_2 && shortest < PRINTS_AS_NOTHING) {
            cautions.add(
                    new Problem(
                            "quantity",
                            "quantity.nothing",
                            "Calls under 18 seconds are 0.00 hours and free. Bill with four decimals, in minutes or in blocks."));
        }
        return List.copyOf(cautions);
    }

    /** Seconds of one unit of the quantity. */
    int unitSeconds() {
        return unitSeconds(quantity, incrementSeconds);
    }

    private static int unitSeconds(Quantity quantity, int incrementSeconds) {
        return switch (quantity) {
            case HOURS_2, HOURS_4 -> SECONDS_OF_HOUR;
            case MINUTES -> 60;
            case BLOCKS -> incrementSeconds;
        };
    }

    /** The price of one unit as printed: at most 6 decimals, half up. */
    BigDecimal unitRate() {
        return unitRate(hourlyRate, unitSeconds(), currency);
    }

    private static BigDecimal unitRate(BigDecimal hourlyRate, int unitSeconds, Currency currency) {
        if (unitSeconds == SECONDS_OF_HOUR) {
            return hourlyRate;
        }
        BigDecimal exact = hourlyRate.multiply(BigDecimal.valueOf(unitSeconds));
        return printed(
                exact.divide(BigDecimal.valueOf(SECONDS_OF_HOUR), RATE_DECIMALS, RoundingMode.HALF_UP), currency);
    }

    /** The same value with the currency's minor digits, and more only where they are not zero. */
    private static BigDecimal printed(BigDecimal rate, Currency currency) {
        BigDecimal stripped = rate.stripTrailingZeros();
        return stripped.setScale(Math.max(stripped.scale(), currency.getDefaultFractionDigits()));
    }
}
