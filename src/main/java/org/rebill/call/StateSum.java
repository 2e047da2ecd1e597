package org.rebill.call;

import java.math.BigDecimal;

/**
 * What the calls of one state come to.
 *
 * @param currency ISO 4217; null where there is no price
 * @param billedSeconds of those that are rated
 * @param amount null where there is no price
 */
public record StateSum(
        CallState state, String currency, long calls, long talkSeconds, long billedSeconds, BigDecimal amount) {}
