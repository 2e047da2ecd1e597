package org.rebill.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.ledger.CallFacts.TalkFacts;
import org.rebill.policy.PolicyIndex;
import org.rebill.rating.Rating;

/**
 * Decides what the talks of a call cost: first what the code says under the policy in force for the talk (DOMAIN.md D7),
 * then what was agreed in advance (B3, D5), then the rating. Pure.
 *
 * <p>An unknown code is held as wrong where codes are checked, and waits to be given to a client where they are not:
 * either way it has no terms and no price until somebody says whose it is.
 */
final class Pricing {
    private final PolicyIndex policies;
    private final CodeIndex codes;
    private final AgreementIndex agreements;

    Pricing(PolicyIndex policies, CodeIndex codes, AgreementIndex agreements) {
        this.policies = policies;
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
                PricedTalk.unpriced(
                        no,
                        talk,
                        policy(call, talk).forced() ? ChargeState.HELD : ChargeState.UNBILLED,
                        Reason.MISSING);
            case UNKNOWN ->
                PricedTalk.unpriced(
                        no, talk, ChargeState.HELD, policy(call, talk).verified() ? Reason.UNKNOWN : Reason.UNMAPPED);
            case MALFORMED -> PricedTalk.unpriced(no, talk, ChargeState.HELD, Reason.MALFORMED);
            case RETIRED -> PricedTalk.unpriced(no, talk, ChargeState.HELD, Reason.RETIRED);
            case HOUSE -> PricedTalk.unpriced(no, talk, ChargeState.HOUSE, null);
            case OK -> agreed(call, no, talk, meaning);
        };
    }

    private PolicyIndex.Switches policy(CallFacts call, TalkFacts talk) {
        return policies.find(call.sourceId(), talk.personId(), talk.extension(), call.party(), call.startedAt());
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
