package org.rebill.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The time that one telephone talked, from all that was found of it: nothing twice, never more than passed. */
final class TalkTime {
    /** Stamps are whole seconds: talks that follow each other may seem to overlap by one. */
    private static final long SLACK = 1;

    private record Piece(long from, long to, int seconds, CallFlag doubt) {}

    private final String extension;
    private final List<Piece> pieces = new ArrayList<>();

    private TalkTime(String extension) {
        this.extension = extension;
    }

    static TalkTime of(String extension, List<Wiring.Span> spans) {
        TalkTime time = new TalkTime(extension);
        List<Wiring.Span> ordered = new ArrayList<>(spans);
        // Of two that begin together the one without doubt goes first and settles it.
        ordered.sort(Comparator.comparingLong(Wiring.Span::from)
                .thenComparing(span -> span.doubt() != null)
                .thenComparing(Wiring.Span::to)
                .thenComparing(Wiring.Span::seconds));
        for (Wiring.Span span : ordered) {
            time.add(new Piece(span.from(), span.to(), span.seconds(), span.doubt()));
        }
        return time;
    }

    private void add(Piece next) {
        Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
        if (last == null || (next.from >= last.to - SLACK && next.from > last.from)) {
            pieces.add(next);
            return;
        }
        if (next.from == last.from && next.to == last.to) {
            pieces.set(
                    pieces.size() - 1, new Piece(last.from, last.to, Math.max(last.seconds, next.seconds), last.doubt));
        } else if (next.from == last.from && next.to > last.to) {
            pieces.set(pieces.size() - 1, new Piece(last.from, next.to, next.seconds, last.doubt));
        } else if (next.to > last.to) {
            pieces.set(pieces.size() - 1, new Piece(last.from, next.to, (int) (next.to - last.from), last.doubt));
        }
    }

    /** @param allowance seconds taken off each piece whose beginning may not be the answer */
    Talk talk(int allowance) {
        int seconds = 0;
        for (Piece piece : pieces) {
            seconds += holdsMore(piece.doubt) ? Math.max(0, piece.seconds - allowance) : piece.seconds;
        }
        return new Talk(extension, Instant.ofEpochSecond(pieces.get(0).from), seconds);
    }

    private static boolean holdsMore(CallFlag doubt) {
        return doubt == CallFlag.PROMPT_IN_TALK
                || doubt == CallFlag.TRANSFERRED
                || doubt == CallFlag.CLICK_TO_CALL
                || doubt == CallFlag.ANSWER_NOT_MARKED;
    }

    Set<CallFlag> doubts() {
        Set<CallFlag> doubts = EnumSet.noneOf(CallFlag.class);
        for (Piece piece : pieces) {
            if (piece.doubt != null) {
                doubts.add(piece.doubt);
            }
        }
        return doubts;
    }

    boolean overlaps(TalkTime other) {
        for (Piece piece : pieces) {
            for (Piece theirs : other.pieces) {
                if (Math.min(piece.to, theirs.to) - Math.max(piece.from, theirs.from) > SLACK) {
                    return true;
                }
            }
        }
        return false;
    }
}
