package org.rebill.live;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.rebill.call.NumberPlan;
import org.rebill.code.CodeIndex;
import org.rebill.policy.PolicyIndex;

/**
 * All of a firm that an answer rests on, in memory: pure, for many threads.
 *
 * @param places by source
 * @param failOpen whether a code that is not in here is let through while the database does not answer
 * @param mark rises with each act of the firm
 */
record LiveView(CodeIndex codes, PolicyIndex policies, Map<UUID, Place> places, boolean failOpen, long mark) {
    /**
     * A phone system.
     *
     * @param people whose telephone an extension is
     */
    record Place(NumberPlan plan, Map<String, UUID> people) {
        Place {
            people = Map.copyOf(people);
        }
    }

    LiveView {
        places = Map.copyOf(places);
    }

    /**
     * What a phone system is told.
     *
     * @param current this is what the firm has now; else the database does not answer
     */
    LiveAnswer answer(UUID sourceId, LiveQuestion question, Instant now, boolean current) {
        Place place = places.get(sourceId);
        if (place == null) {
            return missing(question);
        }
        NumberPlan plan = place.plan();
        if (!question.number().isEmpty()
                && (plan.isEmergency(question.number()) || plan.isExtension(question.number()))) {
            return LiveAnswer.NOT_NEEDED;
        }
        PolicyIndex.Switches asked = policies.find(
                sourceId,
                place.people().get(question.extension()),
                question.extension(),
                plan.party(question.number()),
                now);
        return switch (codes.find(question.code(), now).standing()) {
            case NONE -> asked.forced() ? LiveAnswer.ASK_AGAIN : LiveAnswer.NOT_NEEDED;
            case MALFORMED -> LiveAnswer.ASK_AGAIN;
            case OK, HOUSE -> LiveAnswer.OK;
            case UNKNOWN, RETIRED -> asked.verified() && (current || !failOpen) ? LiveAnswer.UNKNOWN : LiveAnswer.OK;
        };
    }

    /** Nothing is known: no call is held up. */
    static LiveAnswer missing(LiveQuestion question) {
        return question.code().isEmpty() ? LiveAnswer.NOT_NEEDED : LiveAnswer.OK;
    }
}
