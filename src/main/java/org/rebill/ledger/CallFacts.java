package org.rebill.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What the ledger must know of a call to settle it.
 *
 * @param openedAt the call's partition key
 * @param sourceId the phone system that wrote it
 * @param outside talked with somebody outside of the firm, and not with an emergency number
 * @param outbound the firm called
 * @param party the other side: E.164 where it can be told, else the digits; empty when withheld
 * @param code as it stands; empty for none
 * @param talks in the call's order; empty when nobody answered
 */
public record CallFacts(
        UUID callId,
        Instant openedAt,
        Instant startedAt,
        UUID sourceId,
        boolean outside,
        boolean outbound,
        String party,
        String code,
        List<TalkFacts> talks) {
    public CallFacts {
        talks = List.copyOf(talks);
    }

    /**
     * One telephone's talk.
     *
     * @param personId whose telephone it is, or null
     * @param seconds whole talk seconds
     */
    public record TalkFacts(UUID personId, String extension, Instant answeredAt, int seconds) {}
}
