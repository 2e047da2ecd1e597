package org.rebill.intake.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.rebill.call.DialString;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Quarantined;

/**
 * Understands one record of Asterisk's cdr_csv. Columns (cdr_csv.c): accountcode, src, dst, dcontext, clid, channel,
 * dstchannel, lastapp, lastdata, start, answer, end, duration, billsec, disposition, amaflags; then uniqueid where
 * {@code loguniqueid}, userfield where {@code loguserfield}, and peeraccount, linkedid, sequence where
 * {@code newcdrcolumns}.
 *
 * <p>Identity of a leg (DOMAIN.md D9): uniqueid, sequence and start. Without a sequence: uniqueid, both channels, start,
 * end and application, since the rows of a ring group share their uniqueid. Without ids: answer second (else start),
 * both numbers, both channels, start, end, duration and application. Two rows without ids that are alike in all of this
 * are one record that was sent twice.
 *
 * <p>Group: linkedid, else uniqueid. Without both, what is sure to be one call: rows of the same day that share a Local
 * channel's two halves, else rows of one channel with the same two numbers, as the rows of a ring group and of the dial
 * plan's own Busy() do. Of channels whose names come again with each call, such as DAHDI/1-1, also the same start.
 *
 * <p>Text is UTF-8, or else Latin-1, decided for each record; a character cut in the middle, as Asterisk cuts names, is
 * shown as U+FFFD. Not for several threads.
 */
final class AsteriskRow implements DelimitedReader.Row {
    static final int ACCOUNT = 0;
    static final int SRC = 1;
    static final int DST = 2;
    static final int CHANNEL = 5;
    static final int DST_CHANNEL = 6;
    static final int APPLICATION = 7;
    static final int DATA = 8;
    static final int START = 9;
    static final int ANSWER = 10;
    static final int END = 11;
    static final int DURATION = 12;
    static final int BILLSEC = 13;
    static final int DISPOSITION = 14;
    private static final int LEAST_COLUMNS = 16;
    private static final int MOST_COLUMNS = 21;

    private static final String[] COLUMNS = {
        "accountcode",
        "src",
        "dst",
        "dcontext",
        "clid",
        "channel",
        "dstchannel",
        "lastapp",
        "lastdata",
        "start",
        "answer",
        "end",
        "duration",
        "billsec",
        "disposition",
        "amaflags"
    };

    private static final byte[] ANSWERED = ascii("ANSWERED");
    private static final byte[] DIAL = ascii("Dial");
    private static final String[] DISPOSITIONS = {
        "ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "CANCEL", "UNKNOWN"
    };
    private static final byte[] LOCAL = ascii("Local/");
    private static final byte[][] NAMED_ONCE = {ascii("PJSIP/"), ascii("SIP/"), ascii("IAX2/")};
    private static final String CODE_MARK = "code:";

    private final LocalStamps stamps;
    private final Fingerprint fingerprint;

    // Places of the optional columns in the record at hand, or -1.
    private int uniqueId;
    private int userField;
    private int linkedId;
    private int sequence;

    AsteriskRow(SourceSettings source) {
        stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        fingerprint = new Fingerprint(source.sourceId());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a single line has the shape of a record: as many columns, stamps and seconds at their places. */
    static boolean isWhole(CsvFields fields) {
        return fields.count() >= LEAST_COLUMNS
                && fields.count() <= MOST_COLUMNS
                && isStamp(fields, START)
                && isStamp(fields, END)
                && fields.isNumber(DURATION)
                && fields.isNumber(BILLSEC);
    }

    static boolean isStamp(CsvFields fields, int field) {
        return LocalStamps.parse(fields.bytes(), fields.from(field), fields.to(field)) != LocalStamps.NONE;
    }

    @Override
    public Content read(CsvFields fields, byte[] buffer, int start, int end) {
        boolean ascii = true;
        for (int i = start; i < end; i++) {
            byte b = buffer[i];
            if (b <= 0) {
                if (b == 0) {
                    return new Quarantined(
                            "nul",
                            "The record holds NUL bytes, which a disk writes that lost power. Send the record again if"
                                    + " the phone system still has it.");
                }
                ascii = false;
            }
        }
        if (fields.isMisquoted()) {
            return new Quarantined(
                    "quote.wrong",
                    "A quote (\") stands inside of a field without being doubled: one is missing, or two lines ran into"
                            + " one. Put it right and send the record again.");
        }
        if (fields.count() < LEAST_COLUMNS || fields.count() > MOST_COLUMNS) {
            return new Quarantined(
                    "columns",
                    "The record has " + fields.count() + (fields.count() == 1 ? " column" : " columns")
                            + "; cdr_csv writes "
                            + LEAST_COLUMNS + " to " + MOST_COLUMNS + ". Send Master.csv of cdr_csv as it is; a file of"
                            + " cdr_custom has columns of its own.");
        }
        Charset charset = ascii ? StandardCharsets.ISO_8859_1 : RecordText.charset(buffer, start, end);
        Content problem = times(fields, charset);
        if (problem != null) {
            return problem;
        }
        if (sequence >= 0 && !fields.isNumber(sequence)) {
            return new Quarantined(
                    "sequence",
                    "Column " + (sequence + 1) + " (sequence) holds " + shown(fields, sequence, charset)
                            + "; a whole number belongs there. Columns may have moved: send the file as the phone system"
                            + " wrote it.");
        }
        String called = fields.text(DST, charset);
        Leg leg = new Leg(
                legId(fields),
                callId(fields),
                Instant.ofEpochSecond(stamps.start()),
                stamps.answer() == LocalStamps.NONE ? null : Instant.ofEpochSecond(stamps.answer()),
                Instant.ofEpochSecond(stamps.end()),
                disposition(fields, charset),
                fields.text(SRC, charset),
                called,
                fields.text(CHANNEL, charset),
                fields.text(DST_CHANNEL, charset),
                fields.is(APPLICATION, DIAL) ? "Dial" : fields.text(APPLICATION, charset),
                fields.text(DATA, charset),
                (int) fields.number(DURATION),
                (int) fields.number(BILLSEC),
                code(fields, called, charset),
                sequence < 0 ? 0 : fields.number(sequence));
        return new ReadRecord.Part(leg, fingerprint.of(buffer, start, end));
    }

    /** Checks stamps, seconds and disposition, and resolves the stamps; null when all is well. */
    private Content times(CsvFields fields, Charset charset) {
        byte[] bytes = fields.bytes();
        long start = LocalStamps.parse(bytes, fields.from(START), fields.to(START));
        long answer = LocalStamps.parse(bytes, fields.from(ANSWER), fields.to(ANSWER));
        long end = LocalStamps.parse(bytes, fields.from(END), fields.to(END));
        if (start == LocalStamps.NONE) {
            if (fields.isIgnoringCase(ACCOUNT, COLUMNS[ACCOUNT]) && fields.isIgnoringCase(SRC, COLUMNS[SRC])) {
                return new ReadRecord.Ignored("header", "A line with the names of the columns.");
            }
            return wrongStamp("stamp.start", fields, START, charset);
        }
        if (answer == LocalStamps.NONE && !fields.isEmpty(ANSWER)) {
            return wrongStamp("stamp.answer", fields, ANSWER, charset);
        }
        if (end == LocalStamps.NONE) {
            return wrongStamp("stamp.end", fields, END, charset);
        }
        if (!isSeconds(fields, DURATION)) {
            return wrongSeconds("seconds.duration", fields, DURATION, charset);
        }
        if (!isSeconds(fields, BILLSEC)) {
            return wrongSeconds("seconds.talk", fields, BILLSEC, charset);
        }
        String disposition = disposition(fields, charset);
        if (disposition == null) {
            return new Quarantined(
                    "disposition",
                    "Column 15 (disposition) holds " + shown(fields, DISPOSITION, charset)
                            + "; known are ANSWERED, NO ANSWER, BUSY, FAILED, CONGESTION, CANCEL. Columns may have moved:"
                            + " send the file as the phone system wrote it.");
        }
        long duration = fields.number(DURATION);
        long talk = fields.number(BILLSEC);
        if (talk > duration) {
            return new Quarantined(
                    "talk.longer",
                    "Column 14 (billsec) says " + talk + " s of talk in a call that lasted " + duration
                            + " s (column 13, duration).");
        }
        if (talk > 0 && answer == LocalStamps.NONE) {
            return new Quarantined(
                    "answer.missing",
                    "Column 14 (billsec) says " + talk + " s of talk, but column 11 (answer) is empty.");
        }
        findOptionalColumns(fields);
        stamps.resolve(start, answer, end, duration, talk, madeAt(fields));
        boolean answerOutside =
                answer != LocalStamps.NONE && (stamps.answer() < stamps.start() || stamps.answer() > stamps.end());
        if (stamps.end() < stamps.start() || answerOutside) {
            return new Quarantined(
                    "time.order",
                    "Start " + shown(fields, START, charset) + ", answer " + shown(fields, ANSWER, charset)
                            + " and end "
                            + shown(fields, END, charset) + " are not in this order. The phone system's clock may have"
                            + " been set back during the call.");
        }
        return null;
    }

    private static boolean isSeconds(CsvFields fields, int field) {
        return fields.isNumber(field) && fields.number(field) <= Integer.MAX_VALUE;
    }

    private Quarantined wrongStamp(String reason, CsvFields fields, int field, Charset charset) {
        return new Quarantined(
                reason,
                "Column " + (field + 1) + " (" + COLUMNS[field] + ") holds " + shown(fields, field, charset)
                        + "; a time such as 2026-09-01 09:02:11 belongs there, of the years 1991 to 2099. If the file was"
                        + " saved by a spreadsheet, send it as the phone system wrote it; if the phone system's clock was"
                        + " wrong, set it.");
    }

    private Quarantined wrongSeconds(String reason, CsvFields fields, int field, Charset charset) {
        return new Quarantined(
                reason,
                "Column " + (field + 1) + " (" + COLUMNS[field] + ") holds " + shown(fields, field, charset)
                        + "; whole seconds, 0 or more, belong there.");
    }

    private static String shown(CsvFields fields, int field, Charset charset) {
        return RecordText.shown(fields.text(field, charset));
    }

    /** Upper case, or null when it is none. */
    private static String disposition(CsvFields fields, Charset charset) {
        if (fields.is(DISPOSITION, ANSWERED)) {
            return DISPOSITIONS[0];
        }
        String text = fields.text(DISPOSITION, charset).strip().toUpperCase(Locale.ROOT);
        for (String known : DISPOSITIONS) {
            if (known.equals(text)) {
                return known;
            }
        }
        return null;
    }

    private void findOptionalColumns(CsvFields fields) {
        int count = fields.count();
        boolean newColumns = count >= 19;
        int own = newColumns ? count - 3 : count;
        uniqueId = -1;
        userField = -1;
        if (own == 18) {
            uniqueId = 16;
            userField = 17;
        } else if (own == 17) {
            // Either of the two: a unique id can be told by its form.
            if (epochOf(fields, 16) != LocalStamps.NONE) {
                uniqueId = 16;
            } else {
                userField = 16;
            }
        }
        linkedId = newColumns ? count - 2 : -1;
        sequence = newColumns ? count - 1 : -1;
        if (uniqueId >= 0 && fields.isEmpty(uniqueId)) {
            uniqueId = -1;
        }
        if (linkedId >= 0 && fields.isEmpty(linkedId)) {
            linkedId = -1;
        }
    }

    private long madeAt(CsvFields fields) {
        return uniqueId < 0 ? LocalStamps.NONE : epochOf(fields, uniqueId);
    }

    /** Epoch second in a unique id such as {@code chi1-1793516357.12}: when the channel was made. */
    private static long epochOf(CsvFields fields, int field) {
        byte[] bytes = fields.bytes();
        int dot = fields.to(field) - 1;
        while (dot >= fields.from(field) && isDigit(bytes[dot])) {
            dot--;
        }
        if (dot < fields.from(field) || bytes[dot] != '.' || dot == fields.to(field) - 1) {
            return LocalStamps.NONE;
        }
        int first = dot;
        while (first > fields.from(field) && isDigit(bytes[first - 1])) {
            first--;
        }
        boolean named = first > fields.from(field);
        if (dot - first < 9 || dot - first > 11 || (named && bytes[first - 1] != '-')) {
            return LocalStamps.NONE;
        }
        long epoch = 0;
        for (int i = first; i < dot; i++) {
            epoch = epoch * 10 + (bytes[i] - '0');
        }
        return epoch;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private UUID legId(CsvFields fields) {
        int id = uniqueId >= 0 ? uniqueId : linkedId;
        if (id >= 0 && sequence >= 0) {
            return fingerprint
                    .begin('s')
                    .add(fields, id)
                    .add(fields, sequence)
                    .add(fields, START)
                    .id();
        }
        if (id >= 0) {
            return fingerprint
                    .begin('u')
                    .add(fields, id)
                    .add(fields, CHANNEL)
                    .add(fields, DST_CHANNEL)
                    .add(fields, START)
                    .add(fields, END)
                    .add(fields, APPLICATION)
                    .id();
        }
        return fingerprint
                .begin('n')
                .add(fields, fields.isEmpty(ANSWER) ? START : ANSWER)
                .add(fields, SRC)
                .add(fields, DST)
                .add(fields, CHANNEL)
                .add(fields, DST_CHANNEL)
                .add(fields, START)
                .add(fields, END)
                .add(fields, DURATION)
                .add(fields, APPLICATION)
                .id();
    }

    private UUID callId(CsvFields fields) {
        int id = linkedId >= 0 ? linkedId : uniqueId;
        if (id >= 0) {
            return fingerprint.begin('g').add(fields, id).id();
        }
        byte[] bytes = fields.bytes();
        int day = fields.from(START);
        int local = isLocalHalf(fields, DST_CHANNEL) ? DST_CHANNEL : isLocalHalf(fields, CHANNEL) ? CHANNEL : -1;
        if (local >= 0) {
            return fingerprint
                    .begin('l')
                    .add(bytes, day, day + 10)
                    .add(bytes, fields.from(local), fields.to(local) - 2)
                    .id();
        }
        boolean once = false;
        for (byte[] technology : NAMED_ONCE) {
            once |= fields.startsWith(CHANNEL, technology);
        }
        return fingerprint
                .begin('c')
                .add(bytes, day, once ? day + 10 : fields.to(START))
                .add(fields, CHANNEL)
                .add(fields, SRC)
                .add(fields, DST)
                .id();
    }

    private static boolean isLocalHalf(CsvFields fields, int field) {
        byte[] bytes = fields.bytes();
        int to = fields.to(field);
        if (!fields.startsWith(field, LOCAL) || fields.length(field) <= LOCAL.length + 2) {
            return false;
        }
        return (bytes[to - 2] == ';' || bytes[to - 2] == ',') && (bytes[to - 1] == '1' || bytes[to - 1] == '2');
    }

    /** The account code column, else the user field when it holds a code, else the code in the dial string. */
    private String code(CsvFields fields, String called, Charset charset) {
        if (!fields.isEmpty(ACCOUNT)) {
            String account = fields.text(ACCOUNT, charset).strip();
            if (!account.isEmpty()) {
                return account;
            }
        }
        if (userField >= 0 && !fields.isEmpty(userField)) {
            String user = fields.text(userField, charset).strip();
            if (user.regionMatches(true, 0, CODE_MARK, 0, CODE_MARK.length())) {
                return user.substring(CODE_MARK.length()).strip();
            }
            if (user.length() <= 9 && isDigits(user)) {
                return user;
            }
        }
        return called.indexOf('*') < 0 ? "" : DialString.of(called).code();
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
