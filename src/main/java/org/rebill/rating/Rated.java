package org.rebill.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a talk costs and why.
 *
 * @param billedSeconds whole seconds, another value than the talk seconds
 * @param quantity as printed: hours, minutes or blocks
 * @param unit {@code HOUR}, {@code MINUTE} or {@code BLOCK}
 * @param unitRate as printed: the price of one unit
 * @param amount quantity x unit rate, rounded once to the currency's minor digits
 * @param ruleVersion of {@link Rating}; the same version gives the same result for ever
 * @param explanation the steps from talk seconds to amount, as data
 */
public record Rated(
        int billedSeconds,
        BigDecimal quantity,
        Unit unit,
        BigDecimal unitRate,
        BigDecimal amount,
        int ruleVersion,
        List<Step> explanation) {
    /** What quantity counts. */
    public enum Unit {
        HOUR,
        MINUTE,
        /** An increment. */
        BLOCK
    }

    /**
     * One step of the explanation. With the steps before it, it can be computed again: {@link Rating#firstBreak}.
     *
     * @param rule what was done, such as {@code MINIMUM}
     * @param value the rule's own figure: seconds of grace, minimum, first block, increment, maximum or unit; the
     *     hourly rate; null where it has none
     * @param rounding which way was rounded, to the increment or to the decimals of {@code result}; null where not
     * @param result what stood after it: seconds, units or money
     * @param name which rule or person of the agreement the rate is for; null for the general rate and other steps
     */
    public record Step(Rule rule, BigDecimal value, RoundingMode rounding, BigDecimal result, String name) {
        /** A step that names no rate. */
        public Step(Rule rule, BigDecimal value, RoundingMode rounding, BigDecimal result) {
            this(rule, value, rounding, result, null);
        }
    }

    /** The steps, in the order of DOMAIN.md D1, then D3, then D4. */
    public enum Rule {
        /** Raw talk seconds. */
        TALK,
        /** Nobody answered or nothing was said: free, and on to the quantity. */
        NOT_ANSWERED,
        /** Talk up to the value is free, and on to the quantity. */
        GRACE,
        /** Not below the value. */
        MINIMUM,
        /** Not below the first block; the increment then counts above it. */
        INITIAL,
        /** To a whole multiple of the value. */
        INCREMENT,
        /** Not above the value. */
        MAXIMUM,
        /** Seconds as units of so many seconds as the value tells. */
        QUANTITY,
        /** The talk of all calls that are rounded together, in seconds; the steps up to the quantity are of them all. */
        POOL,
        /** Which part of that quantity is this call's, by largest remainder; the value is its own talk seconds. */
        SHARE,
        /** The hourly rate as the price of a unit. */
        RATE,
        /** Quantity x rate. */
        AMOUNT
    }

    public Rated {
        explanation = List.copyOf(explanation);
    }
}
