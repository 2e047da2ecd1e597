package org.rebill.intake.format;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of Mitel's SMDR, and where its columns are. Durations with four digits of hours tell extended digit length
 * (parties of seven digits), a start with seconds tells Extended Reporting Level 2, and where the system identifier
 * stands tells Level 1.
 *
 * <p>Lines whose system identifier is blank, or which lost blanks on their way, are read by what stands behind the called
 * party: a mark and the third party, then the account code.
 */
final class MitelLine {
    private static final Pattern START = Pattern.compile("[ %+-]([0-9]{2})/([0-9]{2}) ([0-9]{2}):([0-9]{2})"
            + "(?::([0-9]{2}))?([ Pp]) (?:([0-9]{2}|[0-9]{4}):([0-9]{2}):([0-9]{2})| {8})(?: .*|$)");
    private static final Pattern AFTERNOON =
            Pattern.compile("(?m)^[ %+-]?[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?[Pp] ");
    private static final Pattern UNANSWERED = Pattern.compile("\\*{3,5}");
    private static final Pattern SECONDS = Pattern.compile("\\*? *([0-9]{0,4})");
    private static final Pattern CALL_ID = Pattern.compile("[A-Za-z][0-9]{3}[A-Za-z0-9]{4}");
    private static final Pattern TOKEN = Pattern.compile("[^ ]+");
    private static final Pattern MARKED = Pattern.compile("([TXCUIR])([0-9]*)");
    private static final int METER_DIGITS = 5;
    private static final int CODE_DIGITS = 12;
    private static final int SYSTEM_DIGITS = 3;
    private static final int NOON = 12;
    private static final int LETTERS = 26;

    private final FixedLine line;
    private final Matcher start;

    // Where columns begin, by index.
    private final int party;
    private final int partyWidth;
    private final int called;
    private final int code;
    private final int caller;
    private final int callerWidth;
    private final int id;
    private final int sequence;
    private final boolean levelOne;
    private String mark = "";
    private String thirdParty = "";
    private String accountCode = "";

    private MitelLine(FixedLine line, Matcher start) {
        this.line = line;
        this.start = start;
        boolean seconds = start.group(5) != null;
        boolean extended = start.group(7) == null ? seconds : start.group(7).length() == 4;
        int shift = seconds ? 3 : 0;
        partyWidth = extended ? 7 : 4;
        party = shift + (extended ? 25 : 23);
        called = shift + (extended ? 66 : 61);
        boolean plain = isSystemId(called + (extended ? 30 : 24));
        levelOne = extended && (seconds || (!plain && isSystemId(called + 38)));
        int markAt = called + (levelOne ? 15 : partyWidth);
        code = markAt + partyWidth + 3;
        caller = code + CODE_DIGITS + 1 + SYSTEM_DIGITS + 3;
        callerWidth = levelOne ? 20 : 10;
        id = dialled() + (levelOne ? 19 : extended ? 8 : 11);
        sequence = id + (levelOne ? 9 : 8);
        if (plain || levelOne) {
            mark = line.text(markAt, markAt + 1);
            thirdParty = line.text(markAt + 2, code - 1);
            accountCode = line.text(code, code + CODE_DIGITS);
        } else {
            readTail(markAt);
        }
    }

    /** A record, or empty when the line does not begin as one. */
    static Optional<MitelLine> of(String line) {
        boolean cut = !line.isEmpty() && line.charAt(0) >= '0' && line.charAt(0) <= '9';
        String text = cut ? " " + line : line;
        Matcher start = START.matcher(text);
        return start.matches() ? Optional.of(new MitelLine(new FixedLine(text), start)) : Optional.empty();
    }

    /** Whether some time in the beginning of a file is marked as in the afternoon. */
    static boolean isTwelveHours(byte[] head) {
        return AFTERNOON
                .matcher(new String(head, StandardCharsets.ISO_8859_1).replace('\r', '\n'))
                .find();
    }

    private boolean isSystemId(int at) {
        char route = line.at(at - 1);
        return line.isDigits(at, at + SYSTEM_DIGITS)
                && (route == ' ' || route == 'r' || route == 'R')
                && line.isBlank(at + SYSTEM_DIGITS, at + SYSTEM_DIGITS + 3);
    }

    private void readTail(int from) {
        if (from >= line.length()) {
            return;
        }
        Matcher tokens = TOKEN.matcher(line.whole());
        tokens.region(from, Math.min(line.length(), code + CODE_DIGITS));
        while (tokens.find()) {
            Matcher marked = MARKED.matcher(tokens.group());
            if (mark.isEmpty() && thirdParty.isEmpty() && marked.matches()) {
                mark = marked.group(1);
                thirdParty = marked.group(2);
            } else if (thirdParty.isEmpty() && (!mark.isEmpty() || tokens.start() < code - 1)) {
                thirdParty = tokens.group();
            } else if (tokens.start() >= code - 1 && accountCode.isEmpty()) {
                accountCode = tokens.group();
            }
        }
    }

    FixedLine line() {
        return line;
    }

    /** When it started, by the clock on the wall. */
    LocalDateTime started(YearFinder years, boolean twelveHours) throws Unreadable {
        int month = Integer.parseInt(start.group(1));
        int day = Integer.parseInt(start.group(2));
        int hour = Integer.parseInt(start.group(3));
        boolean afternoon = !start.group(6).isBlank();
        if (afternoon && hour < NOON) {
            hour += NOON;
        } else if (twelveHours && !afternoon && hour == NOON) {
            hour = 0;
        }
        int minute = Integer.parseInt(start.group(4));
        int second = start.group(5) == null ? 0 : Integer.parseInt(start.group(5));
        return years.local(month, day, hour, minute, second)
                .orElseThrow(() -> Unreadable.because(
                        "stamp.start",
                        line.says("date and time", 1, start.end(6))
                                + "; month/day and time belong there, such as 09/01 14:02. Set the system's clock."));
    }

    /** Seconds; 0 when blank. */
    int duration() throws Unreadable {
        if (start.group(7) == null) {
            return 0;
        }
        int seconds = ClockText.seconds(start.group(7) + ":" + start.group(8) + ":" + start.group(9));
        if (seconds < 0) {
            throw Unreadable.because(
                    "seconds",
                    line.says("duration", start.start(7), start.end(9))
                            + "; hours, minutes and seconds belong there. The system writes 99:99:99 when it lost count.");
        }
        return seconds;
    }

    String callingParty() {
        return line.text(party, party + partyWidth);
    }

    String calledParty() {
        return line.text(called, called + partyWidth);
    }

    private String answerText() {
        return line.text(party + partyWidth, party + partyWidth + 5);
    }

    boolean isUnanswered() {
        return UNANSWERED.matcher(answerText()).matches();
    }

    /** Seconds from seizing the line to the answer; -1 when not told or not answered. */
    int secondsToAnswer() throws Unreadable {
        if (isUnanswered()) {
            return -1;
        }
        Matcher seconds = SECONDS.matcher(answerText());
        if (!seconds.matches()) {
            int from = party + partyWidth;
            throw Unreadable.because(
                    "answer",
                    line.says("time to answer", from, from + 5)
                            + "; seconds, **** or nothing belongs there. Blanks of the line may have been lost on its"
                            + " way: send the record as the system wrote it.");
        }
        return seconds.group(1).isEmpty() ? -1 : Integer.parseInt(seconds.group(1));
    }

    /** What was dialled; of what a caller from outside dialled, the first of several. */
    String digits() {
        int to = called - 2;
        boolean meter = line.isDigits(to - METER_DIGITS, to) && line.at(to - METER_DIGITS - 1) == ' ';
        String text = line.text(party + partyWidth + 5, meter ? to - METER_DIGITS : to);
        int blank = text.indexOf(' ');
        if (blank < 0) {
            return text;
        }
        // Network format: the calling party stands before what it dialled.
        String first = text.substring(0, blank);
        return first.equals(callingParty()) ? text.substring(blank).strip() : first;
    }

    /** How the call was completed: a letter, or a blank. */
    char completion() {
        return line.at(called - 2);
    }

    boolean isConference() {
        return mark.equals("C");
    }

    boolean isPassedOn() {
        return !thirdParty.isEmpty() && !isConference();
    }

    /** Who it was passed on to, or who joined; may be empty. */
    String thirdParty() {
        return thirdParty;
    }

    String accountCode() {
        return accountCode;
    }

    /** Of an incoming call, as the telephone company gave it; may be empty. */
    String callerNumber() {
        return line.text(caller, caller + callerWidth);
    }

    private int dialled() {
        return caller + callerWidth + 1;
    }

    /** What the caller from outside dialled; may be empty. */
    String calledNumber() {
        int from = dialled();
        return line.text(from, from + (levelOne || partyWidth == 4 ? 10 : 7));
    }

    /** Of the call; empty when the system does not write it. */
    String callId() {
        return callId(id);
    }

    /** Of the call that this one belongs to; empty when to none. */
    String associatedId() {
        return callId(sequence + 2);
    }

    private String callId(int at) {
        String text = line.text(at, at + 8);
        return CALL_ID.matcher(text).matches() ? text : "";
    }

    /** Order among the records of a call, those of an associated one last; 0 when not told. */
    long sequence() {
        char letter = line.at(sequence);
        int place = callId().isEmpty() || letter < 'A' || letter > 'Z' ? 0 : letter - 'A';
        return associatedId().isEmpty() ? place : place + LETTERS;
    }
}
