package org.rebill.intake;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import org.rebill.call.IncomingLeg;
import org.rebill.call.Leg;

/**
 * Looks at the records of a file as they follow each other, for a clock that was set (DOMAIN.md C22). Phone systems
 * write in order of start or of end: when both go back for good, to a time between what had been written before, the
 * clock was set back. Files that were sorted by something else, or put together of others, are not in order, go back by
 * more, or go back often, and tell nothing. The hour that comes twice in autumn is none of this.
 *
 * <p>When reading goes on after a stop, a watch begins anew: only a clock set back in those very seconds is missed.
 */
final class FeedWatch {
    private static final long NONE = Long.MIN_VALUE / 2;
    private static final long SLACK = 120;
    private static final long MOST_BACK = 6 * 3600;
    private static final int ORDERED_BEFORE = 20;
    private static final int BACK_FOR_GOOD = 3;
    private static final int MOST_TIMES = 2;
    private static final long AHEAD = 15 * 60;
    private static final long AROUND_CHANGE = 3 * 3600;

    /**
     * What was found.
     *
     * @param lineNo first line of the record that shows it; null of what is not in the file
     * @param usual calls of each missing hour in other weeks, at least; or null
     */
    record Found(FeedFinding.Kind kind, Instant from, Instant to, Long lineNo, Integer usual) {}

    private final ZoneId zone;
    private final long received;
    private final List<Found> setBack = new ArrayList<>();
    private long firstStart = Long.MAX_VALUE;
    private long lastStart = NONE;
    private long lastEnd = NONE;
    private int ordered;
    private int back;
    private Found turn;
    private long backStart;
    private long backEnd;
    private boolean disordered;
    private long latest = NONE;
    private long latestLine;

    /**
     * @param zone of the phone system's clock
     * @param received when the file came
     */
    FeedWatch(ZoneId zone, Instant received) {
        this.zone = zone;
        this.received = received.getEpochSecond();
    }

    void see(List<IncomingLeg> legs) {
        for (IncomingLeg leg : legs) {
            if (!leg.leg().isEvent()) {
                see(leg.leg(), leg.lineNo());
            }
        }
    }

    private void see(Leg leg, long line) {
        long start = leg.startedAt().getEpochSecond();
        long end = leg.endedAt().getEpochSecond();
        if (end > received + AHEAD && end > latest) {
            latestLine = latest == NONE ? line : latestLine;
            latest = end;
        }
        boolean goesBack = start < lastStart - SLACK && end < lastEnd - SLACK;
        if (!goesBack) {
            disordered |= back > 0 && back < BACK_FOR_GOOD;
            back = 0;
            ordered++;
            firstStart = Math.min(firstStart, start);
            lastStart = Math.max(lastStart, start);
            lastEnd = Math.max(lastEnd, end);
            return;
        }
        if (back == 0) {
            disordered |= ordered < ORDERED_BEFORE || start <= firstStart || lastEnd - end > MOST_BACK;
            turn = new Found(
                    FeedFinding.Kind.CLOCK_SET_BACK,
                    Instant.ofEpochSecond(end),
                    Instant.ofEpochSecond(lastEnd),
                    line,
                    null);
            backStart = start;
            backEnd = end;
        } else if (start < backStart - SLACK && end < backEnd - SLACK) {
            disordered = true;
        }
        backStart = Math.max(backStart, start);
        backEnd = Math.max(backEnd, end);
        if (++back == BACK_FOR_GOOD) {
            if (!isChangeOfSeason(turn)) {
                setBack.add(turn);
            }
            // From here on the clock shows what it shows now.
            lastStart = backStart;
            lastEnd = backEnd;
            ordered = back;
            back = 0;
        }
    }

    private boolean isChangeOfSeason(Found found) {
        ZoneOffsetTransition next = zone.getRules().nextTransition(found.from().minusSeconds(AROUND_CHANGE));
        return next != null && next.getInstant().isBefore(found.to().plusSeconds(AROUND_CHANGE));
    }

    /** What all the records showed. */
    List<Found> found() {
        List<Found> found = new ArrayList<>();
        if (!disordered && setBack.size() <= MOST_TIMES) {
            found.addAll(setBack);
        }
        if (latest != NONE) {
            found.add(new Found(
                    FeedFinding.Kind.CLOCK_AHEAD,
                    Instant.ofEpochSecond(received),
                    Instant.ofEpochSecond(latest),
                    latestLine,
                    null));
        }
        return found;
    }
}
