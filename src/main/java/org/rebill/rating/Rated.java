package org.rebill.rating;

import java.math.BigDecimal;
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
        BLOCK
    }

    /**
     * One step of the explanation.
     *
     * @param rule what was done, such as {@code MINIMUM}
     * @param value the rule's own figure, such as the minimum's 360 seconds; null where it has none
     * @param result what stood after it: seconds, units or money
     */
    public record Step(Rule rule, BigDecimal value, BigDecimal result) {}

    /** The steps, in the order of DOMAIN.md D1, then D3, then D4. */
    public enum Rule {
        TALK,
        NOT_ANSWERED,
        GRACE,
        MINIMUM,
        INITIAL,
        INCREMENT,
        MAXIMUM,
        QUANTITY,
        RATE,
        AMOUNT
    }

    public Rated {
        explanation = List.copyOf(explanation);
    }
}
