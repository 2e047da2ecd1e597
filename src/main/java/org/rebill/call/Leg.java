package org.rebill.call;

import java.time.Instant;
import java.util.UUID;

/**
 * One record of a phone system, as a format understood it. All that {@link Assembly} needs is in here and is stored,
 * so that a call can be put together again when a leg comes late.
 *
 * @param id first 16 bytes of the SHA-256 over source and native identity (DOMAIN.md D9): the duplicate key
 * @param callId first 16 bytes of the SHA-256 over source and native group: legs with the same are one call; where the
 *     phone system has none, the id, until the leg is found to be of another call ({@link LooseLegs})
 * @param answeredAt null when this leg was not answered
 * @param disposition {@link #ANSWERED}, else how it ended, in the phone system's word, upper case
 * @param caller calling number as written; empty when withheld
 * @param called called or dialled number as written
 * @param fromSide calling channel as Asterisk names it, else a {@link Side}
 * @param toSide called channel or {@link Side}; empty when there was none
 * @param application what the phone system ran last, such as {@code Dial}; or {@link #SEGMENT}, {@link #NO_ANSWER_MARK},
 *     {@link #EVENT}
 * @param applicationData that application's arguments
 * @param durationSeconds whole seconds from start to end, as the phone system counted
 * @param talkSeconds whole seconds as the phone system counted, prompts included; never changed
 * @param code as written, blanks stripped; may be malformed; empty when none
 * @param sequence order among the records of a call, where the phone system numbers them; else 0
 */
public record Leg(
        UUID id,
        UUID callId,
        Instant startedAt,
        Instant answeredAt,
        Instant endedAt,
        String disposition,
        String caller,
        String called,
        String fromSide,
        String toSide,
        String application,
        String applicationData,
        int durationSeconds,
        int talkSeconds,
        String code,
        long sequence) {
    /** Disposition of a leg that was answered. */
    public static final String ANSWERED = "ANSWERED";

    /**
     * Application of one of several legs that follow each other and all carry the start of the whole call: each begins
     * where the one before ends, in the order of their sequence.
     */
    public static final String SEGMENT = "(segment)";

    /**
     * Application of a leg whose record has no answer: its talk may begin with ringing (DOMAIN.md D11). The record's
     * start, or where its ringing is known to end, stands for the answer.
     */
    public static final String NO_ANSWER_MARK = "(no answer mark)";

    /**
     * Begins the application data of a leg that was passed on to another telephone while it lasted, when the record does
     * not tell the moment: all its talk stands with the first telephone. The other one's number follows.
     */
    public static final String PASSED_ON = "(passed on) ";

    /**
     * Application of a leg that tells the whole talk of its caller, with one party or with several one after the other,
     * of which the phone system may write legs of their own as well. Where it does (another leg of the call has a called
     * side), those count, and of this one only the last part: the application data is the epoch second at which that
     * began, a blank, and its called side; or empty, when nothing is known that the other legs do not tell.
     */
    public static final String SUMMARY = "(summary)";

    /**
     * Application data of a leg after which the call went on at another telephone, in a leg of its own, though the phone
     * system gives the two nothing in common.
     */
    public static final String GOES_ON = "(goes on)";

    /** Application data of a leg in which a call came from another telephone: the counterpart of {@link #GOES_ON}. */
    public static final String CAME_ON = "(came on)";

    /** The same as a leg of another call. */
    Leg inCall(UUID call) {
        return new Leg(
                id,
                call,
                startedAt,
                answeredAt,
                endedAt,
                disposition,
                caller,
                called,
                fromSide,
                toSide,
                application,
                applicationData,
                durationSeconds,
                talkSeconds,
                code,
                sequence);
    }

    /**
     * Application of what is no record of a call but one event of it ({@link CallEvent}), such as that a channel entered
     * a bridge: it begins and ends at the same second and has no talk of its own.
     */
    public static final String EVENT = "(event)";

    /** Whether it is an event of a call, not a record. */
    public boolean isEvent() {
        return application.equals(EVENT);
    }
}
