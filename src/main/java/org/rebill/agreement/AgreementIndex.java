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
     * The terms in force at the answer (DOMAIN.md D5) that were accepted before the call started (B3): the matter's
     * own before the client's, and in them the person's rate before the general one.
     *
     * @param matterId null for none
     * @param personId null when nobody's telephone talked
     * @return empty: not agreed
     */
    Optional<InForce> find(UUID clientId, UUID matterId, UUID personId, Instant startedAt, Instant answeredAt);
}
