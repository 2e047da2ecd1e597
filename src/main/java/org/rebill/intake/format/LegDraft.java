package org.rebill.intake.format;

import java.time.Instant;
import java.util.UUID;
import org.rebill.call.Leg;

/**
 * A leg as a format finds it, piece by piece; checked when it is done. For formats that are read as text; Asterisk's
 * {@code cdr_csv}, of which millions come at once, is read as bytes ({@link AsteriskRow}).
 */
final class LegDraft {
    private static final int LONGEST_TEXT = 2_000;

    private final Fingerprint fingerprint;
    private UUID id;
    private UUID callId;
    private Instant started;
    private Instant answered;
    private Instant ended;
    private String disposition = Leg.ANSWERED;
    private String caller = "";
    private String called = "";
    private String fromSide = "";
    private String toSide = "";
    private String application = "";
    private String applicationData = "";
    private int talkSeconds;
    private int countedSeconds = -1;
    private String code = "";
    private long sequence;

    LegDraft(Fingerprint fingerprint) {
        this.fingerprint = fingerprint;
    }

    /**
     * What this record is known by, and no other of the source (DOMAIN.md D9). Call before {@link #group}.
     *
     * @param kind keeps ids of different make apart
     */
    LegDraft id(char kind, String... parts) {
        id = hash(kind, parts);
        callId = id;
        return this;
    }

    /** What all records of the call share (DOMAIN.md D10); without, the leg is a call of its own. */
    LegDraft group(char kind, String... parts) {
        callId = hash(kind, parts);
        return this;
    }

    private UUID hash(char kind, String... parts) {
        fingerprint.begin(kind);
        for (String part : parts) {
            fingerprint.add(part);
        }
        return fingerprint.id();
    }

    /** @param answered null when not answered */
    LegDraft times(Instant started, Instant answered, Instant ended) {
        this.started = started;
        this.answered = answered;
        this.ended = ended;
        return this;
    }

    /** Whole seconds of talk, as the phone system counted. */
    LegDraft talk(int seconds) {
        talkSeconds = seconds;
        return this;
    }

    /**
     * Whole seconds from start to end, as the phone system counted: kept where it differs from what the stamps say
     * (DOMAIN.md D6). Without, the stamps tell.
     */
    LegDraft counted(int seconds) {
        countedSeconds = seconds;
        return this;
    }

    /** How a call ended that was not answered, in the phone system's word. */
    LegDraft notAnswered(String how) {
        disposition = how;
        answered = null;
        return this;
    }

    /** Numbers as written; the caller's empty when withheld. */
    LegDraft numbers(String caller, String called) {
        this.caller = caller;
        this.called = called;
        return this;
    }

    /** Both ends, each a {@link org.rebill.call.Side} or a channel; the called one empty when nobody was rung. */
    LegDraft sides(String from, String to) {
        fromSide = from;
        toSide = to;
        return this;
    }

    LegDraft application(String name, String data) {
        application = name;
        applicationData = data;
        return this;
    }

    /** The account code as written; empty when none. */
    LegDraft code(String text) {
        code = text.strip();
        return this;
    }

    LegDraft sequence(long number) {
        sequence = number;
        return this;
    }

    /** @throws Unreadable when the times are not in order, or the talk is longer than the call */
    Leg leg() throws Unreadable {
        if (id == null || started == null || ended == null) {
            throw new IllegalStateException("A format gave a leg without identity or times");
        }
        boolean outside = answered != null && (answered.isBefore(started) || answered.isAfter(ended));
        if (ended.isBefore(started) || outside) {
            throw Unreadable.because(
                    "time.order",
                    "Start, answer and end are not in this order: " + started + ", "
                            + (answered == null ? "no answer" : answered) + ", " + ended
                            + " (UTC). The phone system's clock may have been set back during the call.");
        }
        long passed = ended.getEpochSecond() - started.getEpochSecond();
        long duration = countedSeconds < 0 ? passed : countedSeconds;
        if (talkSeconds > duration + 1) {
            throw Unreadable.because(
                    "talk.longer",
                    "The record says " + talkSeconds + " s of talk in a call that lasted " + duration + " s.");
        }
        if (duration > Integer.MAX_VALUE) {
            throw Unreadable.because("time.order", "The record's start and end are " + duration + " s apart.");
        }
        return new Leg(
                id,
                callId,
                started,
                answered,
                ended,
                disposition,
                cut(caller),
                cut(called),
                cut(fromSide),
                cut(toSide),
                application,
                cut(applicationData),
                (int) duration,
                talkSeconds,
                cut(code),
                sequence);
    }

    /** What is longer than any number or name is a fault of the record; the bytes keep all of it. */
    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
