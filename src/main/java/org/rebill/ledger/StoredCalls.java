package org.rebill.ledger;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The calls that charges are for, as they stand. Told by the feature that keeps them. */
public interface StoredCalls {
    /**
     * Which calls are meant.
     *
     * @param from first moment a call may have started at
     * @param before half-open end of that
     * @param clientId only those that are this client's now, or null
     * @param matterId only those that are for this matter now, or null
     * @param personId only those in which this person talked, or null
     */
    record Scope(Instant from, Instant before, UUID clientId, UUID matterId, UUID personId) {}

    /**
     * A piece of the calls that could be charged for, issued ones among them, in the order of their keys.
     *
     * @param afterOpenedAt partition key of the last call of the piece before, or null for the first piece
     * @param afterId that call's key, or null
     * @param limit most calls of the piece
     */
    List<CallFacts> facts(Scope scope, Instant afterOpenedAt, UUID afterId, int limit);
}
