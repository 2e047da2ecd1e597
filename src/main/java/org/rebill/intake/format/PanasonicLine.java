package org.rebill.intake.format;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of Panasonic's SMDR. Extension, line and dialled number stand at fixed places; what follows is found from the
 * duration on, which no other column looks like, so that the three patterns need no setting.
 */
final class PanasonicLine {
    /** Whose call it was. */
    enum Kind {
        INCOMING,
        OUTGOING,
        INNER
    }

    private static final Pattern BEGIN = Pattern.compile(
            "([0-9]{2})[/.-]([0-9]{2})[/.-]([0-9]{2}) +([0-9]{1,2}):([0-9]{2})([AP]M)?(?: .*|$)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile("(?<![0-9])([0-9]{2}:[0-9]{2}['’][0-9]{2})\"?(?= |$)");
    private static final Pattern RING = Pattern.compile("(?<=^| )([0-9]{1,2}['’][0-9]{2})\"? *$");
    private static final Pattern PAGE = Pattern.compile("(?i) *Date +Time +Ext.*|[-=_ ]{10,}|-?SMDR|Enter Password.*");
    private static final Pattern TOKEN = Pattern.compile("[^ ]+");
    private static final Pattern LINE = Pattern.compile("[0-9]{1,4}");
    private static final Pattern DIALLED = Pattern.compile("[0-9*#+]+");
    private static final Pattern PAUSED = Pattern.compile("([0-9*#+]{7,})P");
    private static final Pattern LAST_DIGITS = Pattern.compile("\\+?[0-9]+$");
    private static final Set<String> STEPS = Set.of("RC", "AN", "VR", "VA");

    /** Extensions begin before this index. */
    private static final int BEHIND_EXTENSION = 22;

    /** Lines end before this one. */
    private static final int BEHIND_LINE = 28;

    /** Where the duration stands in 80 columns with charges and in 120 columns; between them in 80 without. */
    private static final int WITH_CHARGES = 52;

    private static final int WIDE = 75;
    private static final int CHARGE_DIGITS = 11;
    private static final int NOON = 12;

    private final String line;
    private final Matcher begin;
    private String extension = "";
    private String co = "";
    private String dial = "";
    private int ring;
    private int duration;
    private String accountCode = "";
    private String condition = "";

    private PanasonicLine(String line, Matcher begin) {
        this.line = line;
        this.begin = begin;
    }

    static boolean isRecord(String line) {
        return BEGIN.matcher(line.strip()).matches();
    }

    /** A heading, or what a terminal program saw when it signed in. */
    static boolean isPage(String line) {
        return PAGE.matcher(line.strip()).matches() || PAGE.matcher(line).matches();
    }

    /** @throws Unreadable when it is none */
    static PanasonicLine of(String written) throws Unreadable {
        String line = written.stripTrailing();
        if (isPage(line)) {
            throw Unreadable.ignored("page.heading", "A page's heading.");
        }
        Matcher begin = BEGIN.matcher(line);
        if (!begin.matches()) {
            throw Unreadable.because(
                    "record.unknown",
                    "The line does not begin with date and time as Panasonic's SMDR records do: "
                            + RecordText.shown(line)
                            + ". If its beginning was lost on the way, send the record again.");
        }
        PanasonicLine record = new PanasonicLine(line, begin);
        record.take();
        return record;
    }

    private void take() throws Unreadable {
        int from = begin.group(6) == null ? begin.end(5) : begin.end(6);
        Matcher tokens = TOKEN.matcher(line);
        tokens.region(from, line.length());
        boolean more = tokens.find();
        if (more && tokens.start() < BEHIND_EXTENSION) {
            extension = tokens.group();
            from = tokens.end();
            more = tokens.find();
        }
        if (more && tokens.end() <= BEHIND_LINE && LINE.matcher(tokens.group()).matches()) {
            co = tokens.group();
            from = tokens.end();
        }
        Matcher found = DURATION.matcher(line);
        found.region(from, line.length());
        if (!found.find()) {
            if (isEvent(line.substring(from).strip())) {
                throw Unreadable.ignored("event", "A telephone's state, not a call.");
            }
            throw Unreadable.because(
                    "duration",
                    "The record has no duration such as 00:12'21: "
                            + RecordText.shown(line.substring(from).strip())
                            + ". The line may have been cut or wrapped: set the receiving program to lines of 120"
                            + " characters and send the record again.");
        }
        duration = seconds(found.group(1));
        String before = line.substring(from, found.start());
        Matcher rang = RING.matcher(before);
        boolean hasRing = rang.find();
        ring = hasRing ? seconds(rang.group(1)) : 0;
        dial = (hasRing ? before.substring(0, rang.start()) : before).strip();
        takeTail(found.start(), found.end());
        if (STEPS.contains(condition) && duration == 0) {
            throw Unreadable.ignored("call.step", "A step of a call that has a record of its own when it ends.");
        }
    }

    /** Log-in, absence, check-in, alarm: words, without a line. */
    private boolean isEvent(String rest) {
        return co.isEmpty() && !rest.isEmpty() && Character.isLetter(rest.charAt(0)) && !rest.startsWith("EXT");
    }

    private void takeTail(int durationAt, int from) {
        boolean charges = durationAt < WITH_CHARGES || durationAt > WIDE;
        Matcher tokens = TOKEN.matcher(line);
        tokens.region(from, line.length());
        while (tokens.find()) {
            boolean charge = charges && tokens.start() - from < CHARGE_DIGITS;
            if (charge) {
                continue;
            }
            if (Character.isLetter(tokens.group().charAt(0))) {
                condition = tokens.group().toUpperCase(Locale.ROOT);
            } else if (accountCode.isEmpty()) {
                accountCode = tokens.group();
            }
        }
    }

    private static int seconds(String clock) throws Unreadable {
        int seconds = ClockText.seconds(clock.replace('’', '\''));
        if (seconds < 0) {
            throw Unreadable.because(
                    "seconds", "The record holds " + RecordText.shown(clock) + ", which is no time span.");
        }
        return seconds;
    }

    /** All of it, without blanks at its end. */
    String whole() {
        return line;
    }

    /** Three numbers, in the order of the system's setting. */
    int[] date() {
        return new int[] {
            Integer.parseInt(begin.group(1)), Integer.parseInt(begin.group(2)), Integer.parseInt(begin.group(3))
        };
    }

    int hour() {
        int hour = Integer.parseInt(begin.group(4));
        if (begin.group(6) == null || hour > NOON) {
            return hour;
        }
        boolean afternoon = begin.group(6).equalsIgnoreCase("PM");
        return hour % NOON + (afternoon ? NOON : 0);
    }

    int minute() {
        return Integer.parseInt(begin.group(5));
    }

    /** Date and time as written, quoted. */
    String stamp() {
        return RecordText.shown(line.substring(0, begin.group(6) == null ? begin.end(5) : begin.end(6)));
    }

    String extension() {
        return extension;
    }

    /** The line's number; empty when none. */
    String line() {
        return co;
    }

    Kind kind() {
        if (dial.startsWith("EXT")) {
            return Kind.INNER;
        }
        return dial.startsWith("<I>") || dial.startsWith("<D>") || dial.startsWith("<INCOMING>")
                ? Kind.INCOMING
                : Kind.OUTGOING;
    }

    /** The other side's number; empty when withheld or hidden. */
    String number() {
        return switch (kind()) {
            case INNER -> dial.substring(3).strip();
            case INCOMING -> caller();
            case OUTGOING -> dialled();
        };
    }

    /** Behind the last mark stands the caller's name, number, or both. */
    private String caller() {
        int mark = dial.lastIndexOf("<I");
        if (mark < 0) {
            return "";
        }
        Matcher digits =
                LAST_DIGITS.matcher(dial.substring(dial.indexOf('>', mark) + 1).strip());
        return digits.find() ? digits.group() : "";
    }

    /**
     * Without pauses, hook flashes, access codes' marks, and what is hidden or was dialled to the other side, after a
     * pause behind the number or after a transfer.
     */
    private String dialled() {
        int later = dial.indexOf('-');
        String number = (later < 0 ? dial : dial.substring(0, later)).replaceAll("[F=, ]", "");
        Matcher paused = PAUSED.matcher(number);
        number = (paused.lookingAt() ? paused.group(1) : number).replace("P", "");
        Matcher digits = DIALLED.matcher(number);
        if (digits.lookingAt()) {
            return digits.group();
        }
        Matcher last = LAST_DIGITS.matcher(number);
        return last.find() ? last.group() : "";
    }

    int ring() {
        return ring;
    }

    int duration() {
        return duration;
    }

    String accountCode() {
        return accountCode;
    }

    /** TR, FW, NA and others; empty when none. */
    String condition() {
        return condition;
    }
}
