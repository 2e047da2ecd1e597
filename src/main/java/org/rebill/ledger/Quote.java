package org.rebill.ledger;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * What a call would come to.
 *
 * @param amount in {@code currency}; both null when no talk of it has a price
 */
public record Quote(Settlement settlement, BigDecimal amount, String currency) {
    static Quote of(PricedCall call) {
        List<PricedTalk> priced =
                call.talks().stream().filter(talk -> talk.rated() != null).toList();
        return new Quote(
                call.settlement(Billing.Standing.OPEN),
                priced.isEmpty()
                        ? null
                        : priced.stream().map(talk -> talk.rated().amount()).reduce(BigDecimal.ZERO, BigDecimal::add),
                priced.isEmpty() ? null : priced.get(0).currency());
    }

    /** Whose it is. */
    public UUID callId() {
        return settlement.callId();
    }
}
