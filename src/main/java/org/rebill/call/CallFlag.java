package org.rebill.call;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Why the records of a call could not tell everything, or what should be known before it is billed. */
public enum CallFlag {
    /** A prompt, menu or queue answered before the person did: the talk may hold its time and the ringing. */
    PROMPT_IN_TALK("prompt-in-talk"),
    /** As above, but the moment of the person's answer is known from the other telephones, which then stopped ringing. */
    ANSWER_INFERRED("answer-inferred"),
    /** Passed on to another telephone or number, whose ringing may be in the talk. */
    TRANSFERRED("transferred"),
    /** The phone system rang the firm's telephone first: the ringing at the other side is in the talk. */
    CLICK_TO_CALL("click-to-call"),
    /** The phone system does not record the moment of the answer: the talk may begin with ringing (DOMAIN.md D11). */
    ANSWER_NOT_MARKED("answer-not-marked"),
    /** In a conference room: the time may hold waiting for others. */
    CONFERENCE("conference"),
    /** The firm's telephone was forwarded to a number outside; who talked there is not known. */
    FORWARDED("forwarded"),
    /** Somebody outside talked, but the records name no telephone of the firm. */
    PHONE_UNKNOWN("phone-unknown"),
    /** Telephones of two or more people of the firm talked with the outside at the same time. */
    TWO_TIMEKEEPERS("two-timekeepers"),
    /** Different codes in one call; the last one counts. */
    CODES_DIFFER("codes-differ"),
    /** Nobody talked; a prompt, announcement or menu of the phone system took the call. */
    ANSWERED_BY_SYSTEM("answered-by-system"),
    /** Nobody talked; the call went to voicemail. */
    VOICEMAIL("voicemail"),
    /** The record of one half of an inner (Local) channel is missing; talk may be counted on what is left. */
    HALF_MISSING("half-missing"),
    /** Of this call there are events but no record, and they do not tell all: nobody's talk is known (yet). */
    EVENTS_INCOMPLETE("events-incomplete"),
    /** Stamps and duration differ by more than 2 s; the phone system's duration is kept (DOMAIN.md D6). */
    CLOCK_MOVED("clock-moved"),
    /** A record has more talk than there was between its answer and its end (DOMAIN.md C22). */
    LEG_LONGER("leg-longer-than-call"),
    /** Lasted longer than {@value Sequences#LONGEST_HOURS} hours (DOMAIN.md C22). */
    TOO_LONG("too-long"),
    /** Passed on to another telephone, whose record ends long before the outside party was gone (DOMAIN.md C22). */
    CLOSED_EARLY("closed-early"),
    /** Its telephone talked in another call at the same time (DOMAIN.md C22). */
    OVERLAP("overlap"),
    /** A record came after the call was on an issued statement: what was billed stays as it was. */
    LATE_LEG("late-leg-after-issue");

    private final String code;

    CallFlag(String code) {
        this.code = code;
    }

    /** Stable, as stored with the call. */
    public String code() {
        return code;
    }

    /** Whether the talk time, the person, the code or the bill may be other than the records say. */
    public boolean isDoubt() {
        return switch (this) {
            case ANSWER_INFERRED, FORWARDED, ANSWERED_BY_SYSTEM, VOICEMAIL -> false;
            default -> true;
        };
    }

    /** Whether the records tell what can't have happened (DOMAIN.md C22). */
    public boolean isImpossible() {
        return switch (this) {
            case CLOCK_MOVED, LEG_LONGER, TOO_LONG, CLOSED_EARLY, OVERLAP -> true;
            default -> false;
        };
    }

    /** Those that {@link #isImpossible() can't be}. */
    public static List<CallFlag> impossible() {
        return Arrays.stream(values()).filter(CallFlag::isImpossible).toList();
    }

    /** In a few words, for lists. */
    public String shortText(Locale locale) {
        return ResourceBundle.getBundle("org.rebill.call.flags", locale).getString(code + ".short");
    }

    /** A sentence for people. */
    public String text(Locale locale) {
        return ResourceBundle.getBundle("org.rebill.call.flags", locale).getString(code);
    }

    /** By its code. */
    public static Optional<CallFlag> of(String code) {
        for (CallFlag flag : values()) {
            if (flag.code.equals(code)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }
}
