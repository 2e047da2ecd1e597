package org.rebill.call;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the calls of a day came to.
 *
 * @param date in the firm's zone
 * @param calls that started on it
 * @param billedSeconds of those that are rated
 * @param amounts of those that are rated, by currency
 */
public record CallDay(LocalDate date, long calls, long billedSeconds, List<CallSummary.Amount> amounts) {
    public CallDay {
        amounts = List.copyOf(amounts);
    }

    /** The same day with more calls of it. */
    CallDay plus(CallDay more) {
        return new CallDay(
                date,
                calls + more.calls,
                billedSeconds + more.billedSeconds,
                Stream.concat(amounts.stream(), more.amounts.stream()).toList());
    }
}
