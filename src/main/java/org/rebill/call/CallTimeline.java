package org.rebill.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.rebill.rating.Wording;

/**
 * The legs of a call on a line of time, for a drawing {@value #WIDTH} wide: one lane for each leg, one for the codes.
 *
 * @param height of the drawing
 * @param codeY where the lane of codes is
 */
public record CallTimeline(int height, List<Lane> lanes, List<Bar> bars, List<Tick> ticks, int codeY) {
    /** Width of the drawing. */
    public static final int WIDTH = 400;

    private static final int LEFT = 76;
    private static final int RIGHT = 393;
    private static final int LANE = 28;
    private static final int LANES = 8;
    private static final int MOST_TICKS = 5;
    /** A bar this wide has room for its words. */
    private static final int ROOMY = 64;

    private static final int[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200};

    /** Whose leg it is. */
    public record Lane(String label, int y) {}

    /**
     * A piece of a leg.
     *
     * @param look {@code ring}, {@code talk} for what counts as a person's talk, {@code other} for other answered time
     * @param text drawn in the bar, or beside it when that is too narrow; may be empty
     */
    public record Bar(int x, int y, int width, String look, String text, boolean inside) {
        /** Where the words begin. */
        public int textX() {
            return inside ? x + 6 : x + width + 5;
        }

        /** The baseline of the words. */
        public int textY() {
            return y + 11;
        }
    }

    /** A point of time, in seconds after the start. */
    public record Tick(int x, long seconds) {}

    public CallTimeline {
        lanes = List.copyOf(lanes);
        bars = List.copyOf(bars);
        ticks = List.copyOf(ticks);
    }

    /**
     * The drawing.
     *
     * @param labels who a leg belongs to
     */
    static CallTimeline of(
            Instant start, Instant end, List<Leg> legs, List<PersonTalk> talks, Function<Leg, String> labels) {
        long span = Math.max(1, Duration.between(start, end).toSeconds());
        List<Lane> lanes = new ArrayList<>();
        List<Bar> bars = new ArrayList<>();
        for (Leg leg : legs.subList(0, Math.min(LANES, legs.size()))) {
            int y = 14 + lanes.size() * LANE;
            lanes.add(new Lane(labels.apply(leg), y));
            Instant ringEnd = leg.answeredAt() == null ? leg.endedAt() : leg.answeredAt();
            int from = x(start, leg.startedAt(), span);
            int answered = x(start, ringEnd, span);
            boolean rang = ringEnd.isAfter(leg.startedAt());
            if (rang) {
                String text =
                        leg.answeredAt() == null ? "rang " + Wording.duration(seconds(leg.startedAt(), ringEnd)) : "";
                bars.add(bar(from, y, answered, "ring", text));
            }
            if (leg.answeredAt() != null) {
                boolean talk = talks.stream().anyMatch(one -> begins(one, leg));
                String ring = rang ? ", rang " + Wording.duration(seconds(leg.startedAt(), ringEnd)) : "";
                bars.add(bar(
                        answered,
                        y,
                        x(start, leg.endedAt(), span),
                        talk ? "talk" : "other",
                        (talk ? "talk " : "answered ") + Wording.duration(leg.talkSeconds()) + ring));
            }
        }
        int codeY = 20 + lanes.size() * LANE;
        return new CallTimeline(codeY + 56, lanes, bars, ticks(span), codeY);
    }

    /**
     * What is drawn: as the events of the phone system tell it where they tell all or there is nothing else, else its
     * records.
     */
    static List<Leg> drawn(List<Leg> legs) {
        List<Leg> events = legs.stream().filter(Leg::isEvent).toList();
        List<Leg> records = legs.stream().filter(leg -> !leg.isEvent()).toList();
        if (events.isEmpty()) {
            return records;
        }
        EventTale tale = new EventTale(events);
        return tale.isWhole() || records.isEmpty() ? tale.legs() : records;
    }

    /** A talk began with this leg: when it was answered, or within a second, which connecting takes. */
    static boolean begins(PersonTalk talk, Leg leg) {
        return leg.answeredAt() != null && Math.abs(seconds(leg.answeredAt(), talk.answeredAt())) <= 1;
    }

    private static Bar bar(int from, int y, int to, String look, String text) {
        int width = Math.max(2, to - from);
        boolean inside = width >= Math.max(ROOMY, text.length() * 5 + 12);
        boolean beside = !inside && from + width + 5 + text.length() * 5 <= WIDTH;
        return new Bar(from, y, width, look, inside || beside ? text : "", inside);
    }

    private static long seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private static int x(Instant start, Instant at, long span) {
        long seconds = Math.min(span, Math.max(0, seconds(start, at)));
        return (int) (LEFT + seconds * (RIGHT - LEFT) / span);
    }

    private static List<Tick> ticks(long span) {
        long step = STEPS[STEPS.length - 1];
        for (int candidate : STEPS) {
            if (span / candidate <= MOST_TICKS) {
                step = candidate;
                break;
            }
        }
        List<Tick> ticks = new ArrayList<>();
        for (long at = 0; at <= span && ticks.size() <= MOST_TICKS; at += step) {
            ticks.add(new Tick((int) (LEFT + at * (RIGHT - LEFT) / span), at));
        }
        return ticks;
    }
}
