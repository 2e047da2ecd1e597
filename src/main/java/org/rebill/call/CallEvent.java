package org.rebill.call;

import java.time.Instant;
import java.util.UUID;

/**
 * One event of a call, such as Asterisk's channel event logging (CEL) writes beside the call records: to the microsecond,
 * which channel did what. It is kept as a {@link Leg} of its call, as evidence and so that the call can be put together
 * again.
 *
 * @param name as the phone system writes it, such as {@code BRIDGE_ENTER}; one that {@link Kind} does not know is kept
 *     and tells nothing
 * @param micros epoch microseconds
 * @param channel its name
 * @param channelId its unique id; the name when empty
 * @param peers names of the other channels in the same bridge, with commas; may be empty
 * @param caller number of the channel's party, which is the number called where the channel was called; may be empty
 * @param called dialled extension; may be empty
 * @param application what the channel ran; may be empty
 * @param arguments of that
 * @param code account code; empty when none
 * @param mark of a bridge's event the bridge's id, with {@link #HOLDING} before it where those in it do not hear each
 *     other; of a hangup its cause; else empty
 */
public record CallEvent(
        String name,
        long micros,
        String channel,
        String channelId,
        String peers,
        String caller,
        String called,
        String application,
        String arguments,
        String code,
        String mark) {
    /** Before the id of a bridge that only holds its channels, such as a parking lot. */
    public static final String HOLDING = "holding:";

    private static final long SECOND = 1_000_000;
    private static final String NONE = "-";

    /** What the events tell that a call is put together of, in the words of Asterisk. */
    enum Kind {
        CHAN_START,
        APP_START,
        ANSWER,
        BRIDGE_ENTER,
        BRIDGE_EXIT,
        HANGUP,
        CHAN_END,
        LINKEDID_END,
        OTHER;

        private static Kind of(String name) {
            for (Kind kind : values()) {
                if (kind.name().equals(name)) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /**
     * As it is kept.
     *
     * @param id of the event
     * @param callId of the call
     */
    public Leg leg(UUID id, UUID callId) {
        Instant second = Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
        return new Leg(
                id,
                callId,
                second,
                null,
                second,
                name,
                caller,
                called,
                channel,
                peers,
                Leg.EVENT,
                word(channelId) + " " + word(mark) + " " + application
                        + (arguments.isEmpty() ? "" : "(" + arguments + ")"),
                0,
                0,
                code,
                Math.floorMod(micros, SECOND));
    }

    private static String word(String text) {
        return text.isEmpty() ? NONE : text.replace(' ', '_');
    }

    /** Out of a leg that {@link Leg#isEvent}. */
    static CallEvent of(Leg leg) {
        String data = leg.applicationData();
        int first = data.indexOf(' ');
        int second = data.indexOf(' ', first + 1);
        String run = second < 0 ? "" : data.substring(second + 1);
        int open = run.indexOf('(');
        return new CallEvent(
                leg.disposition(),
                leg.startedAt().getEpochSecond() * SECOND + Math.max(0, Math.min(SECOND - 1, leg.sequence())),
                leg.fromSide(),
                first < 0 ? "" : read(data.substring(0, first)),
                leg.toSide(),
                leg.caller(),
                leg.called(),
                open < 0 ? run : run.substring(0, open),
                open < 0 ? "" : run.substring(open + 1, Math.max(open + 1, run.length() - 1)),
                leg.code(),
                second < 0 ? "" : read(data.substring(first + 1, second)));
    }

    private static String read(String word) {
        return word.equals(NONE) ? "" : word;
    }

    Kind kind() {
        return Kind.of(name);
    }
}
