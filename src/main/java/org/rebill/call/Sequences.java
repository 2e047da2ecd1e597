package org.rebill.call;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rebill.call.Wiring.Node;
import org.rebill.call.Wiring.Role;
import org.rebill.call.Wiring.Span;

/**
 * Finds what can't have happened in the records of one call (DOMAIN.md C22). Nothing is changed for it: what the phone
 * system counted stands, and the call is marked. What needs a look at other calls is {@link Overlaps}'s.
 */
final class Sequences {
    /** No telephone call lasts longer, in hours. */
    static final int LONGEST_HOURS = 12;

    private static final long SLACK = 2;
    /** An outside party that is passed on may be left holding, or in a menu, for this long without a fault. */
    private static final long LEFT_ALONE = 60;

    private Sequences() {}

    /**
     * By each record alone, and by how long the call was.
     *
     * @param legs records, not events
     */
    static Set<CallFlag> of(List<Leg> legs, Instant started, Instant ended) {
        Set<CallFlag> found = EnumSet.noneOf(CallFlag.class);
        for (Leg leg : legs) {
            long passed = leg.endedAt().getEpochSecond() - leg.startedAt().getEpochSecond();
            if (Math.abs(passed - leg.durationSeconds()) > SLACK) {
                found.add(CallFlag.CLOCK_MOVED);
            } else if (leg.answeredAt() != null && leg.talkSeconds() > most(leg) + SLACK) {
                found.add(CallFlag.LEG_LONGER);
            }
        }
        if (Duration.between(started, ended).compareTo(Duration.ofHours(LONGEST_HOURS)) > 0) {
            found.add(CallFlag.TOO_LONG);
        }
        return found;
    }

    /** The most seconds that a record's talk can have by its own stamps. */
    private static long most(Leg leg) {
        // Of segments that all carry the call's start, and where the answer is not recorded, only the duration tells.
        boolean stamped = leg.application().isEmpty() || leg.application().charAt(0) != '(';
        return stamped ? leg.endedAt().getEpochSecond() - leg.answeredAt().getEpochSecond() : leg.durationSeconds();
    }

    /**
     * Whether the call was passed on, and the record of the telephone that had it last ends long before the outside
     * party was gone: MikoPBX writes 23 s of 1,143 so after an attended transfer.
     *
     * @param talked the talks of the firm's telephones with the outside
     */
    static boolean isClosedEarly(Wiring wiring, List<Leg> legs, List<Span> talked) {
        if (legs.size() < 2 || talked.size() < 2) {
            return false;
        }
        Span last = talked.get(0);
        Set<String> phones = new HashSet<>();
        for (Span span : talked) {
            if (!span.isBetween(Role.PHONE, Role.OUTSIDE)) {
                return false;
            }
            phones.add(span.end(Role.PHONE).extension());
            last = span.to() > last.to() ? span : last;
        }
        if (phones.size() < 2) {
            return false;
        }
        Node outside = last.end(Role.OUTSIDE);
        long gone = last.to();
        for (Leg leg : legs) {
            boolean holds = wiring.node(leg.fromSide()) == outside
                    || (!leg.toSide().isEmpty() && wiring.node(leg.toSide()) == outside);
            if (holds && leg.answeredAt() != null) {
                gone = Math.max(gone, leg.endedAt().getEpochSecond());
            }
        }
        long missing = gone - last.to();
        return missing > LEFT_ALONE && missing > last.to() - last.from();
    }
}
