package org.rebill.call;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a filter finds, in figures.
 *
 * @param groups calls by group of states, whatever group the filter names; all groups are there
 * @param calls in the filter's group
 * @param talkSeconds of those
 * @param billedSeconds of those that are rated
 * @param amounts of those that are rated, by currency
 */
public record CallSummary(
        Map<CallGroup, Long> groups, long calls, long talkSeconds, long billedSeconds, List<Amount> amounts) {
    /** Money in one currency (ISO 4217). */
    public record Amount(String currency, BigDecimal amount) {}

    public CallSummary {
        groups = Map.copyOf(groups);
        amounts = List.copyOf(amounts);
    }
}
