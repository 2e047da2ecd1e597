package org.rebill.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rebill.rating.Rated.Rule;
import org.rebill.rating.Rated.Step;

/** Follows an explanation with exact decimals and no knowledge of the terms: a second way to the same amount. */
final class Recomputation {
    private static final BigDecimal HOUR = BigDecimal.valueOf(Terms.SECONDS_OF_HOUR);

    private BigDecimal seconds = BigDecimal.ZERO;
    private BigDecimal firstBlock = BigDecimal.ZERO;
    private BigDecimal unitSeconds = HOUR;
    private BigDecimal quantity = BigDecimal.ZERO;
    private BigDecimal rate = BigDecimal.ZERO;
    private BigDecimal talk = BigDecimal.ZERO;
    private BigDecimal pool;
    private boolean free;
    private boolean rounded;

    Optional<Step> firstBreak(List<Step> explanation) {
        Rule before = null;
        Step last = null;
        for (Step step : explanation) {
            last = step;
            if (!mayFollow(before).contains(step.rule()) || !holds(step)) {
                return Optional.of(step);
            }
            before = step.rule();
        }
        if (last == null) {
            throw new IllegalArgumentException("An explanation has steps");
        }
        return last.rule() == Rule.AMOUNT ? Optional.empty() : Optional.of(last);
    }

    private Set<Rule> mayFollow(Rule before) {
        if (before == null) {
            return EnumSet.of(Rule.TALK);
        }
        if (free && (before == Rule.NOT_ANSWERED || before == Rule.GRACE)) {
            return EnumSet.of(Rule.QUANTITY);
        }
        return switch (before) {
            case TALK ->
                EnumSet.of(Rule.NOT_ANSWERED, Rule.GRACE, Rule.MINIMUM, Rule.INITIAL, Rule.INCREMENT, Rule.POOL);
            case POOL -> EnumSet.of(Rule.MINIMUM, Rule.INCREMENT);
            case SHARE -> EnumSet.of(Rule.RATE);
            case NOT_ANSWERED -> EnumSet.of(Rule.QUANTITY);
            case GRACE -> EnumSet.of(Rule.MINIMUM, Rule.INITIAL, Rule.INCREMENT);
            // It may come a second time, after rounding down.
            case MINIMUM ->
                rounded ? EnumSet.of(Rule.MAXIMUM, Rule.QUANTITY) : EnumSet.of(Rule.INITIAL, Rule.INCREMENT);
            case INITIAL -> EnumSet.of(Rule.INCREMENT);
            case INCREMENT -> EnumSet.of(Rule.MINIMUM, Rule.MAXIMUM, Rule.QUANTITY);
            case MAXIMUM -> EnumSet.of(Rule.QUANTITY);
            case QUANTITY -> pool == null ? EnumSet.of(Rule.RATE) : EnumSet.of(Rule.SHARE);
            case RATE -> EnumSet.of(Rule.AMOUNT);
            case AMOUNT -> EnumSet.noneOf(Rule.class);
        };
    }

    private boolean holds(Step step) {
        BigDecimal value = step.value();
        BigDecimal result = step.result();
        boolean needsValue =
                switch (step.rule()) {
                    case TALK, NOT_ANSWERED, AMOUNT, POOL -> false;
                    default -> true;
                };
        boolean needsRounding =
                switch (step.rule()) {
                    case INCREMENT, QUANTITY, RATE, AMOUNT -> true;
                    default -> false;
                };
        if (result == null || (needsValue && value == null) || (needsRounding && step.rounding() == null)) {
            return false;
        }
        BigDecimal expected =
                switch (step.rule()) {
                    case TALK -> result;
                    case POOL -> result.max(talk);
                    case SHARE -> share(value, result);
                    case NOT_ANSWERED -> BigDecimal.ZERO;
                    case GRACE -> seconds.compareTo(value) <= 0 ? BigDecimal.ZERO : seconds;
                    case MINIMUM, INITIAL -> seconds.max(value);
                    case INCREMENT -> toIncrement(value, step.rounding());
                    case MAXIMUM -> seconds.min(value);
                    case QUANTITY -> positive(value) ? seconds.divide(value, result.scale(), step.rounding()) : null;
                    case RATE -> value.multiply(unitSeconds).divide(HOUR, result.scale(), step.rounding());
                    case AMOUNT -> quantity.multiply(rate).setScale(result.scale(), step.rounding());
                };
        if (expected == null || expected.compareTo(result) != 0) {
            return false;
        }
        goOn(step);
        return true;
    }

    private BigDecimal toIncrement(BigDecimal increment, RoundingMode rounding) {
        if (!positive(increment)) {
            return null;
        }
        BigDecimal blocks = seconds.subtract(firstBlock).divide(increment, 0, rounding);
        return firstBlock.add(blocks.multiply(increment));
    }

    /** A part that is no more than the whole; the other calls of the pool tell whether it is the right one. */
    private BigDecimal share(BigDecimal own, BigDecimal part) {
        boolean within = part.signum() >= 0 && part.compareTo(quantity) <= 0 && own.compareTo(talk) == 0;
        return within ? part : null;
    }

    private static boolean positive(BigDecimal value) {
        return value.signum() > 0;
    }

    private void goOn(Step step) {
        switch (step.rule()) {
            case QUANTITY -> {
                unitSeconds = step.value();
                quantity = step.result();
            }
            case SHARE -> quantity = step.result();
            case RATE -> rate = step.result();
            case AMOUNT -> {}
            case TALK -> {
                talk = step.result();
                seconds = talk;
                free = talk.signum() == 0;
            }
            case POOL -> {
                pool = step.result();
                seconds = pool;
            }
            case INITIAL -> {
                firstBlock = step.value();
                seconds = step.result();
            }
            default -> {
                seconds = step.result();
                free = seconds.signum() == 0;
                rounded = rounded || step.rule() == Rule.INCREMENT;
            }
        }
    }
}
