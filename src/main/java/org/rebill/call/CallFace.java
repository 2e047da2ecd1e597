package org.rebill.call;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * What people compare of a call when it is read again.
 *
 * @param party the other side: E.164 where it can be told, else the digits; empty when withheld
 * @param personId whose telephone it was first, or null
 * @param talkSeconds whole seconds
 * @param code as it stands; empty for none
 * @param amount billed, in {@code currency}; both null when it has no price
 */
public record CallFace(
        Instant startedAt,
        Direction direction,
        String party,
        UUID personId,
        String extension,
        int talkSeconds,
        String code,
        UUID clientId,
        CallState state,
        BigDecimal amount,
        String currency) {
    static CallFace of(CallRow call, Price price) {
        return new CallFace(
                call.startedAt(),
                call.direction(),
                call.party(),
                call.personId(),
                call.extension(),
                call.talkSeconds(),
                call.code(),
                call.clientId(),
                call.state(),
                price == null ? null : price.amount(),
                price == null ? null : price.currency());
    }

    /** What a call's charges come to. */
    record Price(BigDecimal amount, String currency) {}
}
