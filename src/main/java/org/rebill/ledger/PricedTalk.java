package org.rebill.ledger;

import java.util.UUID;
import org.rebill.ledger.CallFacts.TalkFacts;
import org.rebill.rating.Rated;

/**
 * What one talk came to.
 *
 * @param no its position in the call, from 1
 * @param reason null when RATED or HOUSE
 * @param versionId the terms it was priced by, only when RATED; so are currency and rated
 */
record PricedTalk(
        int no, TalkFacts talk, ChargeState state, Reason reason, UUID versionId, String currency, Rated rated) {
    static PricedTalk unpriced(int no, TalkFacts talk, ChargeState state, Reason reason) {
        return new PricedTalk(no, talk, state, reason, null, null, null);
    }
}
