package org.rebill.ledger;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a call came to.
 *
 * @param clientId null unless the code names one
 * @param talks those that get a charge; may be empty
 */
record PricedCall(
        CallFacts call, ChargeState state, Reason reason, UUID clientId, UUID matterId, List<PricedTalk> talks) {
    PricedCall {
        talks = List.copyOf(talks);
    }

    /** A call with charges: as its worst talk stands. */
    PricedCall(CallFacts call, UUID clientId, UUID matterId, List<PricedTalk> talks) {
        this(call, worst(talks).state(), worst(talks).reason(), clientId, matterId, talks);
    }

    /** A call that is never charged. */
    static PricedCall without(CallFacts call, Reason reason) {
        return new PricedCall(call, ChargeState.UNBILLED, reason, null, null, List.of());
    }

    private static PricedTalk worst(List<PricedTalk> talks) {
        return Stream.of(ChargeState.HELD, ChargeState.RATED, ChargeState.HOUSE, ChargeState.UNBILLED)
                .flatMap(state -> talks.stream().filter(talk -> talk.state() == state))
                .findFirst()
                .orElseThrow();
    }

    Settlement settlement(Billing.Standing standing) {
        return new Settlement(call.callId(), state, reason == null ? "" : reason.name(), clientId, matterId, standing);
    }
}
