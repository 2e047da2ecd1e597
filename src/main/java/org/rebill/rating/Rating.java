package org.rebill.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rebill.rating.Rated.Rule;
import org.rebill.rating.Rated.Step;

/**
 * Rates a talk: a pure function of its seconds and the terms (DOMAIN.md D1, D3, D4). First the billed time, in whole
 * seconds; then the quantity as it is printed; then the money, as printed quantity x printed rate, rounded once.
 */
public final class Rating {
    /** Rises when a rule changes; charges keep the version they were rated by. */
    public static final int RULE_VERSION = 1;

    /** Decimals of minutes and blocks that no two decimals can tell. */
    private static final int UNIT_DECIMALS = 4;

    private static final int TENTH_OF_HOUR = 360;
    private static final int HUNDREDTH_OF_HOUR = 36;

    private Rating() {}

    /**
     * What a talk costs.
     *
     * @param talkSeconds 0 or more; 0 is "not answered" and free
     */
    public static Rated rate(int talkSeconds, Terms terms) {
        return rate(true, talkSeconds, terms);
    }

    /**
     * What a talk costs.
     *
     * @param answered false is free, whatever the phone system counted
     * @param talkSeconds 0 or more; 0 is free
     */
    public static Rated rate(boolean answered, int talkSeconds, Terms terms) {
        if (talkSeconds < 0) {
            throw new IllegalArgumentException("Talk seconds are 0 or more, not " + talkSeconds);
        }
        List<Step> steps = new ArrayList<>(8);
        steps.add(new Step(Rule.TALK, null, null, BigDecimal.valueOf(talkSeconds)));
        int billed = billedSeconds(answered, talkSeconds, terms, steps);
        BigDecimal quantity = quantity(billed, terms);
        steps.add(new Step(Rule.QUANTITY, BigDecimal.valueOf(terms.unitSeconds()), RoundingMode.HALF_UP, quantity));
        BigDecimal unitRate = terms.unitRate();
        steps.add(rateStep(terms, unitRate));
        BigDecimal amount =
                quantity.multiply(unitRate).setScale(terms.currency().getDefaultFractionDigits(), terms.money());
        steps.add(new Step(Rule.AMOUNT, null, terms.money(), amount));
        return new Rated(billed, quantity, terms.quantity().unit(), unitRate, amount, RULE_VERSION, steps);
    }

    static Step rateStep(Terms terms, BigDecimal unitRate) {
        return new Step(Rule.RATE, terms.hourlyRate(), RoundingMode.HALF_UP, unitRate, terms.rateName());
    }

    /** The billed time of calls that are rounded together: none of them is within the grace. */
    static int pooledSeconds(int talk, Terms terms, List<Step> steps) {
        if (talk == 0) {
            return 0;
        }
        return agreedSeconds(talk, terms, steps);
    }

    /** D1, in its order. */
    private static int billedSeconds(boolean answered, int talk, Terms terms, List<Step> steps) {
        if (!answered || talk == 0) {
            steps.add(new Step(Rule.NOT_ANSWERED, null, null, BigDecimal.ZERO));
            return 0;
        }
        if (terms.graceSeconds() > 0) {
            boolean free = talk <= terms.graceSeconds();
            step(steps, Rule.GRACE, terms.graceSeconds(), free ? 0 : talk);
            if (free) {
                return 0;
            }
        }
        return agreedSeconds(talk, terms, steps);
    }

    private static int agreedSeconds(int talk, Terms terms, List<Step> steps) {
        int billed = talk;
        if (terms.minimumSeconds() > 0) {
            billed = Math.max(billed, terms.minimumSeconds());
            step(steps, Rule.MINIMUM, terms.minimumSeconds(), billed);
        }
        int first = 0;
        if (terms.initialThen()) {
            first = terms.initialSeconds();
            billed = Math.max(billed, first);
            step(steps, Rule.INITIAL, first, billed);
        }
        billed = first
                + toIncrement(
                        billed - first,
                        terms.incrementSeconds(),
                        terms.rounding().mode());
        steps.add(new Step(
                Rule.INCREMENT,
                BigDecimal.valueOf(terms.incrementSeconds()),
                terms.rounding().mode(),
                BigDecimal.valueOf(billed)));
        if (billed < terms.minimumSeconds()) {
            // Rounded down below a minimum that is no multiple of the increment: the minimum was agreed on, so it
            // holds.
            billed = terms.minimumSeconds();
            step(steps, Rule.MINIMUM, terms.minimumSeconds(), billed);
        }
        if (terms.maximumSeconds() != null) {
            billed = Math.min(billed, terms.maximumSeconds());
            step(steps, Rule.MAXIMUM, terms.maximumSeconds(), billed);
        }
        return billed;
    }

    private static void step(List<Step> steps, Rule rule, int value, int result) {
        steps.add(new Step(rule, BigDecimal.valueOf(value), null, BigDecimal.valueOf(result)));
    }

    private static int toIncrement(int seconds, int increment, RoundingMode mode) {
        int over = seconds % increment;
        boolean up = over > 0
                && switch (mode) {
                    case UP -> true;
                    case HALF_UP -> over >= increment - over;
                    default -> false;
                };
        return up ? Math.addExact(seconds - over, increment) : seconds - over;
    }

    /** D3: as it is printed. */
    static BigDecimal quantity(int billed, Terms terms) {
        return switch (terms.quantity()) {
            case HOURS_2 -> hours(billed, terms, 2);
            case HOURS_4 -> hours(billed, terms, 4);
            case MINUTES, BLOCKS -> {
                // The increment's decimals for every line, so that a column of them is even.
                int unit = terms.unitSeconds();
                int decimals = Math.max(decimals(terms.incrementSeconds(), unit), decimals(billed, unit));
                yield units(billed, unit, decimals);
            }
        };
    }

    private static BigDecimal hours(int billed, Terms terms, int decimals) {
        if (terms.incrementSeconds() == TENTH_OF_HOUR && billed % TENTH_OF_HOUR == 0) {
            return BigDecimal.valueOf(billed / TENTH_OF_HOUR, 1);
        }
        if (billed % HUNDREDTH_OF_HOUR == 0) {
            return BigDecimal.valueOf(billed / HUNDREDTH_OF_HOUR, 2);
        }
        return units(billed, Terms.SECONDS_OF_HOUR, decimals);
    }

    private static int decimals(int seconds, int unitSeconds) {
        long scaled = seconds;
        for (int decimals = 0; decimals <= 2; decimals++) {
            if (scaled % unitSeconds == 0) {
                return decimals;
            }
            scaled *= 10;
        }
        return UNIT_DECIMALS;
    }

    private static BigDecimal units(int seconds, int unitSeconds, int decimals) {
        return BigDecimal.valueOf(seconds).divide(BigDecimal.valueOf(unitSeconds), decimals, RoundingMode.HALF_UP);
    }

    /**
     * Computes an explanation again, step by step, from nothing but its own figures.
     *
     * @return the first step that does not follow from those before it, or the last one where steps are missing after
     *     it; empty when all of it holds
     */
    public static Optional<Step> firstBreak(List<Step> explanation) {
        return new Recomputation().firstBreak(explanation);
    }
}
