package org.rebill.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Settles what counts of legs that sum up what others of the call may tell in parts ({@link Leg#SUMMARY}). */
final class SummaryLeg {
    private SummaryLeg() {}

    /** The same legs in the same order, each to be taken as it is. */
    static List<Leg> settled(List<Leg> legs) {
        boolean anySummary = false;
        boolean anyPart = false;
        for (Leg leg : legs) {
            boolean summary = isSummary(leg);
            anySummary |= summary;
            anyPart |= !summary && !leg.toSide().isEmpty();
        }
        if (!anySummary) {
            return legs;
        }
        List<Leg> settled = new ArrayList<>(legs.size());
        for (Leg leg : legs) {
            settled.add(!isSummary(leg) ? leg : anyPart ? lastPart(leg) : whole(leg));
        }
        return settled;
    }

    private static boolean isSummary(Leg leg) {
        return leg.application().equals(Leg.SUMMARY);
    }

    private static Leg whole(Leg leg) {
        String last = lastSide(leg);
        int kind = last.indexOf(':');
        return with(leg, leg.toSide(), last.isEmpty() ? "" : Leg.PASSED_ON + last.substring(kind + 1));
    }

    private static Leg with(Leg leg, String toSide, String applicationData) {
        return new Leg(
                leg.id(),
                leg.callId(),
                leg.startedAt(),
                leg.answeredAt(),
                leg.endedAt(),
                leg.disposition(),
                leg.caller(),
                leg.called(),
                leg.fromSide(),
                toSide,
                "",
                applicationData,
                leg.durationSeconds(),
                leg.talkSeconds(),
                leg.code(),
                leg.sequence());
    }

    /** Without a called side when the other legs tell all. */
    private static Leg lastPart(Leg leg) {
        String side = lastSide(leg);
        if (side.isEmpty() || leg.answeredAt() == null) {
            return with(leg, "", "");
        }
        long ended = leg.endedAt().getEpochSecond();
        long began = Long.parseLong(
                leg.applicationData().substring(0, leg.applicationData().indexOf(' ')));
        long from = Math.max(leg.answeredAt().getEpochSecond(), Math.min(began, ended));
        return new Leg(
                leg.id(),
                leg.callId(),
                leg.startedAt(),
                Instant.ofEpochSecond(from),
                leg.endedAt(),
                leg.disposition(),
                leg.caller(),
                leg.called(),
                leg.fromSide(),
                side,
                "",
                "",
                leg.durationSeconds(),
                (int) Math.min(leg.talkSeconds(), ended - from),
                leg.code(),
                leg.sequence());
    }

    private static String lastSide(Leg leg) {
        int blank = leg.applicationData().indexOf(' ');
        return blank < 0 ? "" : leg.applicationData().substring(blank + 1);
    }
}
