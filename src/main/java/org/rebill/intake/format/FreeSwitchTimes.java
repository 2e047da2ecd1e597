package org.rebill.intake.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * When a channel began, was answered and ended, by whatever its record has: seconds or microseconds since 1970, else
 * local stamps. A spreadsheet that saved the file took the seconds off the stamps; then FreeSWITCH's own counts of
 * seconds tell the answer and the end from the start.
 *
 * @param answered null when not answered
 * @param duration whole seconds from start to end, as FreeSWITCH counted
 * @param talk whole seconds from answer to end, as FreeSWITCH counted
 */
record FreeSwitchTimes(Instant started, Instant answered, Instant ended, int duration, int talk) {
    private static final long MICROS = 1_000_000;
    private static final long MILLIS = 1_000;

    /** Seconds since 1970 of the years in which there is FreeSWITCH and we are asked. */
    private static final long FIRST = 1_000_000_000L;

    private static final long LAST = 4_102_444_800L;

    static FreeSwitchTimes of(FreeSwitch.Facts facts, LocalStamps stamps) throws Unreadable {
        long start = epoch(facts, "start");
        long answer = epoch(facts, "answer");
        long end = epoch(facts, "end");
        int duration = count(facts, "duration", "mduration");
        int talk = count(facts, "billsec", "billmsec");
        boolean inSeconds = true;
        if (start == LocalStamps.NONE && end == LocalStamps.NONE) {
            Optional<LocalDateTime> from = stamp(facts, "start_stamp");
            Optional<LocalDateTime> up = stamp(facts, "answer_stamp");
            Optional<LocalDateTime> to = stamp(facts, "end_stamp");
            long localAnswer = up.map(LocalStamps::seconds).orElse(LocalStamps.NONE);
            inSeconds = hasSeconds(facts, "start_stamp") && hasSeconds(facts, "end_stamp");
            if (from.isPresent() && to.isPresent() && inSeconds) {
                long localStart = LocalStamps.seconds(from.get());
                long localEnd = LocalStamps.seconds(to.get());
                long counted = duration < 0 ? localEnd - localStart : duration;
                stamps.resolve(localStart, localAnswer, localEnd, counted, Math.max(0, talk), LocalStamps.NONE);
                start = stamps.start();
                answer = stamps.answer();
                end = stamps.end();
            } else {
                start = instant(from, stamps);
                answer = instant(up, stamps);
                end = instant(to, stamps);
            }
        }
        return complete(facts, start, answer, end, duration, talk, inSeconds);
    }

    private static FreeSwitchTimes complete(
            FreeSwitch.Facts facts, long start, long told, long end, int duration, int talk, boolean inSeconds)
            throws Unreadable {
        long answer = told;
        boolean untold = !facts.tells("answer_stamp") && !facts.tells("answer_epoch") && !facts.tells("answer_uepoch");
        if (answer == LocalStamps.NONE && untold && talk > 0 && end != LocalStamps.NONE) {
            answer = end - talk;
        }
        boolean up = answer != LocalStamps.NONE && talk != 0;
        long counted = Math.max(0, duration >= 0 ? duration : talk);
        long from = start;
        if (from == LocalStamps.NONE) {
            from = up ? answer : end == LocalStamps.NONE ? end : end - counted;
        }
        if (from == LocalStamps.NONE) {
            throw Unreadable.because(
                    "stamp.start",
                    facts.at("start_stamp")
                            + "; a time such as 2026-09-01 09:02:11 belongs there. Columns may be others"
                            + " than the source's settings say: enter the template of cdr_csv.conf.xml there.");
        }
        boolean byCount = !inSeconds && duration >= 0;
        long to = end == LocalStamps.NONE || byCount ? from + counted : end;
        long seconds = duration >= 0 ? duration : to - from;
        long spoken = !up ? 0 : talk >= 0 ? talk : to - answer;
        long since = byCount && talk >= 0 ? to - spoken : answer;
        if (seconds < 0 || spoken < 0 || seconds > Integer.MAX_VALUE || spoken > Integer.MAX_VALUE) {
            throw Unreadable.because(
                    "time.order",
                    "Start, answer and end are not in this order: " + Instant.ofEpochSecond(from) + ", "
                            + (up ? Instant.ofEpochSecond(answer) : "no answer") + ", " + Instant.ofEpochSecond(to)
                            + " (UTC). The phone system's clock may have been set back during the call.");
        }
        return new FreeSwitchTimes(
                Instant.ofEpochSecond(from),
                up ? Instant.ofEpochSecond(since) : null,
                Instant.ofEpochSecond(to),
                (int) seconds,
                (int) spoken);
    }

    boolean isAnswered() {
        return answered != null;
    }

    /** Epoch second, by microseconds or seconds; 0 means that it did not happen. */
    private static long epoch(FreeSwitch.Facts facts, String what) throws Unreadable {
        long micros = number(facts, what + "_uepoch");
        long seconds = micros > 0 ? micros / MICROS : number(facts, what + "_epoch");
        if (seconds <= 0) {
            return LocalStamps.NONE;
        }
        if (seconds < FIRST || seconds > LAST) {
            throw Unreadable.because(
                    "stamp." + what,
                    facts.at(what + "_epoch") + "; seconds since 1970 belong there. The phone system's clock may be"
                            + " wrong.");
        }
        return seconds;
    }

    private static long number(FreeSwitch.Facts facts, String name) throws Unreadable {
        String text = facts.text(name);
        if (text.isEmpty()) {
            return -1;
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Unreadable.because("number", facts.at(name) + "; a whole number belongs there.");
        }
        return Long.parseLong(text);
    }

    private static int count(FreeSwitch.Facts facts, String inSeconds, String inMillis) throws Unreadable {
        String text = facts.text(inSeconds);
        if (text.isEmpty()) {
            return (int) Math.min(Integer.MAX_VALUE, Math.floorDiv(number(facts, inMillis), MILLIS));
        }
        int seconds = ClockText.seconds(text);
        if (seconds < 0) {
            throw Unreadable.because(
                    "seconds",
                    facts.at(inSeconds)
                            + "; whole seconds belong there. Columns may be others than the source's settings"
                            + " say: enter the template of cdr_csv.conf.xml there.");
        }
        return seconds;
    }

    private static Optional<LocalDateTime> stamp(FreeSwitch.Facts facts, String name) throws Unreadable {
        String text = facts.text(name);
        Optional<LocalDateTime> stamp = ClockText.local(text);
        if (stamp.isEmpty() && !text.isEmpty()) {
            throw Unreadable.because(
                    "stamp." + name.substring(0, name.indexOf('_')),
                    facts.at(name)
                            + "; a time such as 2026-09-01 09:02:11 belongs there. If a spreadsheet saved the file,"
                            + " send it as FreeSWITCH wrote it; if columns are others than the source's settings say, enter"
                            + " the template of cdr_csv.conf.xml there.");
        }
        return stamp;
    }

    /** Whether a stamp is missing or has seconds: two colons. */
    private static boolean hasSeconds(FreeSwitch.Facts facts, String name) {
        String text = facts.text(name);
        return text.isEmpty() || text.indexOf(':') != text.lastIndexOf(':');
    }

    private static long instant(Optional<LocalDateTime> local, LocalStamps stamps) {
        return local.map(stamps::instant).map(Instant::getEpochSecond).orElse(LocalStamps.NONE);
    }
}
