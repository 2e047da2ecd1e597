package org.rebill.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.ledger.CallFacts.TalkFacts;
import org.rebill.rating.Rating;

/**
 * Decides what the talks of a call cost: first what the code says under the firm's policy (DOMAIN.md D7), then what was
 * agreed in advance (B3, D5), then the rating. Pure.
 *
 * <p>Whether codes are verified changes nothing here. An unknown code is held where they are, and waits to be mapped to
 * a client where they are not: either way it has no client yet, no terms and no price, and somebody must say whose it
 * is.
 */
final class Pricing {
    private final boolean codeForced;
    private final CodeIndex codes;
    private final AgreementIndex agreements;

    /**
     * @param codeForced a call to or from the outside needs a code
     */
    Pricing(boolean codeForced, CodeIndex codes, AgreementIndex agreements) {
        this.codeForced = codeForced;
        this.codes = codes;
        this.agreements = agreements;
    }

    /** What the call's talks cost. A talk of no seconds gets no charge, but keeps its number. */
    PricedCall price(CallFacts call) {
        if (!call.outside()) {
            return PricedCall.without(call, Reason.INSIDE);
        }
        CodeIndex.Meaning meaning = codes.find(call.code(), call.startedAt());
        List<PricedTalk> talks = new ArrayList<>(call.talks().size());
        int no = 0;
        for (TalkFacts talk : call.talks()) {
            no++;
            if (talk.seconds() > 0) {
                talks.add(price(call, no, talk, meaning));
            }
        }
        if (talks.isEmpty()) {
            return PricedCall.without(call, Reason.NOT_ANSWERED);
        }
        return new PricedCall(call, meaning.clientId(), meaning.matterId(), talks);
    }

    private PricedTalk price(CallFacts call, int no, TalkFacts talk, CodeIndex.Meaning meaning) {
        return switch (meaning.standing()) {
            case NONE ->
                PricedTalk.unpriced(no, talk, codeForced ? ChargeState.HELD : ChargeState.UNBILLED, Reason.MISSING);
            case UNKNOWN -> PricedTalk.unpriced(no, talk, ChargeState.HELD, Reason.UNKNOWN);
            case MALFORMED -> PricedTalk.unpriced(no, talk, ChargeState.HELD, Reason.MALFORMED);
            case RETIRED -> PricedTalk.unpriced(no, talk, ChargeState.HELD, Reason.RETIRED);
            case HOUSE -> PricedTalk.unpriced(no, talk, ChargeState.HOUSE, null);
            case OK -> agreed(call, no, talk, meaning);
        };
    }

    private PricedTalk agreed(CallFacts call, int no, TalkFacts talk, CodeIndex.Meaning meaning) {
        Optional<AgreementIndex.InForce> inForce = agreements.find(
                meaning.clientId(), meaning.matterId(), talk.personId(), call.startedAt(), talk.answeredAt());
        if (inForce.isEmpty()) {
            return PricedTalk.unpriced(no, talk, ChargeState.HELD, Reason.NOT_AGREED);
        }
        AgreementIndex.InForce terms = inForce.get();
        return new PricedTalk(
                no,
                talk,
                ChargeState.RATED,
                null,
                terms.versionId(),
                terms.terms().currency().getCurrencyCode(),
                Rating.rate(talk.seconds(), terms.terms()));
    }
}
