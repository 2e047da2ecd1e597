package org.rebill.agreement;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.rebill.rating.Terms;

/** All accepted terms of the firm as they stand in this transaction, for rating many talks at once. */
public interface AgreementIndex {
    /** Terms that apply to one talk. */
    record InForce(UUID versionId, Terms terms) {}

    /**
     * As {@link #find(UUID, UUID, UUID, Instant, Instant)}, for what is no call.
     *
     * @param activity what a manual entry is for
     */
    default Optional<InForce> find(
            UUID clientId, UUID matterId, UUID personId, String activity, Instant startedAt, Instant answeredAt) {
        return find(clientId, matterId, personId, startedAt, answeredAt);
    }

    /** An accepted version's terms at its general rate; empty for one that is not known here. */
    default Optional<Terms> terms(UUID versionId) {
        return Optional.empty();
    }

    /** Whether any accepted terms round more than single calls. */
    default boolean roundsTogether() {
        return false;
    }

    /**
     * The terms in force at the answer (DOMAIN.md D5) that were accepted before the call started (B3): the matter's
     * own before the client's, and in them the first rule that fits, then the person's rate, then the general one.
     *
     * @param matterId null for none
     * @param personId null when nobody's telephone talked
     * @return empty: not agreed
     */
    Optional<InForce> find(UUID clientId, UUID matterId, UUID personId, Instant startedAt, Instant answeredAt);
}
