package org.rebill.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * What was agreed on the price of talk time.
 *
 * @param hourlyRate in the currency's own unit, above 0, at most 6 decimals
 * @param initialThen the first block is {@code initialSeconds}, every further one {@code incrementSeconds} (30/6)
 * @param incrementSeconds 1 to 3,600; 1 is exact
 * @param initialSeconds 0 to 86,400; only with {@code initialThen}
 * @param minimumSeconds 0 to 86,400
 * @param graceSeconds talk up to this is free, 0 to 86,400
 * @param maximumSeconds never more than this is billed; null for no maximum
 * @param money HALF_UP or HALF_EVEN
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
        RoundingMode money) {}
