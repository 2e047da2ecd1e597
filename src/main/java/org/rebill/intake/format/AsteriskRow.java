package org.rebill.intake.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.rebill.call.DialString;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Quarantined;

/**
 * Understands one record of Asterisk. Columns of cdr_csv (cdr_csv.c): accountcode, src, dst, dcontext, clid, channel,
 * dstchannel, lastapp, lastdata, start, answer, end, duration, billsec, disposition, amaflags; then uniqueid where
 * {@code loguniqueid}, userfield where {@code loguserfield}, and peeraccount, linkedid, sequence where
 * {@code newcdrcolumns}. Other files have the same columns by name ({@link AsteriskColumns}), perhaps not all of them,
 * and times written in other ways ({@link AsteriskTimes}).
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
 * <p>Where the channels are missing, the numbers tell who is a telephone of the firm and who is outside.
 *
 * <p>Text is UTF-8, or else Latin-1, decided for each record; a character cut in the middle, as Asterisk cuts names, is
 * shown as U+FFFD. Not for several threads.
 */
final class AsteriskRow implements DelimitedReader.Row {
    private static final byte[] ANSWERED = ascii("ANSWERED");
    private static final byte[] DIAL = ascii("Dial");
    private static final String[] DISPOSITIONS = {
        "ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION", "CANCEL", "UNKNOWN"
    };
    private static final byte[] LOCAL = ascii("Local/");
    private static final byte[][] NAMED_ONCE = {ascii("PJSIP/"), ascii("SIP/"), ascii("IAX2/")};
    private static final String CODE_MARK = "code:";

    private static final AsteriskColumns CDR_CSV = AsteriskColumns.ofCdrCsv();
    private static final String OUTSIDE = "outside";
    private static final Set<String> CONNECTS = Set.of("Dial", "Queue", "AppDial", "AppQueue", "Transferred Call");

    private final AsteriskColumns columns;
    private final NumberPlan plan;
    private final AsteriskTimes times;
    private final Fingerprint fingerprint;

    // Places of the optional columns in the record at hand, or -1.
    private int uniqueId;
    private int userField;
    private int linkedId;
    private int sequence;

    AsteriskRow(SourceSettings source) {
        this(source, CDR_CSV);
    }

    /** @param columns sufficient ones, see {@link AsteriskColumns#suffice} */
    AsteriskRow(SourceSettings source, AsteriskColumns columns) {
        this.columns = columns;
        plan = source.plan();
        times = new AsteriskTimes(source, columns);
        fingerprint = new Fingerprint(source.sourceId());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a single line has the shape of a record of cdr_csv: as many columns, stamps and seconds at their places. */
    static boolean isWhole(CsvFields fields) {
        return isWhole(fields, CDR_CSV);
    }

    /** As above, for columns in any order. */
    static boolean isWhole(CsvFields fields, AsteriskColumns columns) {
        return fields.count() >= columns.least()
                && fields.count() <= columns.most()
                && AsteriskTimes.isStamp(fields, columns.start, columns)
                && (columns.end < 0 || AsteriskTimes.isStamp(fields, columns.end, columns))
                && (columns.duration < 0 || AsteriskTimes.isCount(fields, columns.duration, columns))
                && (columns.billsec < 0 || AsteriskTimes.isCount(fields, columns.billsec, columns));
    }

    @Override
    public Content read(CsvFields fields, byte[] buffer, int start, int end) {
        boolean ascii = true;
        for (int i = start; i < end; i++) {
            byte b = buffer[i];
            if (b <= 0) {
                if (b == 0) {
                    return nul();
                }
                ascii = false;
            }
        }
        if (fields.isMisquoted()) {
            return misquoted();
        }
        if (columns.areNamed() && isHeader(fields)) {
            return header();
        }
        if (fields.count() < columns.least() || fields.count() > columns.most()) {
            return wrongCount(fields.count());
        }
        Charset charset = ascii ? StandardCharsets.ISO_8859_1 : RecordText.charset(buffer, start, end);
        findOptionalColumns(fields);
        String disposition = disposition(fields, charset);
        Content problem = times.read(fields, charset, disposition, madeAt(fields));
        if (problem != null) {
            return isHeader(fields) ? header() : problem;
        }
        if (sequence >= 0 && !fields.isNumber(sequence)) {
            return new Quarantined(
                    "sequence",
                    "Column " + (sequence + 1) + " (sequence) holds " + shown(fields, sequence, charset)
                            + "; a whole number belongs there. Columns may have moved: send the file as the phone system"
                            + " wrote it.");
        }
        String called = text(fields, columns.dst, charset);
        String caller = text(fields, columns.src, charset);
        boolean dial = columns.application >= 0 && fields.is(columns.application, DIAL);
        Leg leg = new Leg(
                legId(fields),
                callId(fields),
                Instant.ofEpochSecond(times.start()),
                times.answer() == LocalStamps.NONE ? null : Instant.ofEpochSecond(times.answer()),
                Instant.ofEpochSecond(times.end()),
                disposition,
                caller,
                called,
                columns.channel >= 0 ? text(fields, columns.channel, charset) : callingSide(caller),
                columns.dstChannel >= 0
                        ? text(fields, columns.dstChannel, charset)
                        : calledSide(fields, called, charset),
                dial ? "Dial" : text(fields, columns.application, charset),
                text(fields, columns.data, charset),
                times.duration(),
                times.talk(),
                code(fields, called, charset),
                sequence < 0 ? 0 : fields.number(sequence));
        return new ReadRecord.Part(leg, fingerprint.of(buffer, start, end));
    }

    static Quarantined nul() {
        return new Quarantined(
                "nul",
                "The record holds NUL bytes, which a disk writes that lost power. Send the record again if the phone"
                        + " system still has it.");
    }

    static Quarantined misquoted() {
        return new Quarantined(
                "quote.wrong",
                "A quote (\") stands inside of a field without being doubled: one is missing, or two lines ran into one."
                        + " Put it right and send the record again.");
    }

    private boolean isHeader(CsvFields fields) {
        return fields.isIgnoringCase(0, columns.name(0))
                && fields.count() > 1
                && fields.isIgnoringCase(1, columns.name(1));
    }

    private static Content header() {
        return new ReadRecord.Ignored("header", "A line with the names of the columns.");
    }

    private Quarantined wrongCount(int count) {
        String has = "The record has " + count + (count == 1 ? " column" : " columns") + "; ";
        return new Quarantined(
                "columns",
                columns.areNamed()
                        ? has + columns.most()
                                + " are named, at the top of the file or in the source's settings. A line was"
                                + " cut, or the order of the columns was changed on the phone system."
                        : has + "cdr_csv writes " + columns.least() + " to " + columns.most()
                                + ". Send Master.csv of cdr_csv"
                                + " as it is; a file of cdr_custom has columns of its own.");
    }

    /** Empty where there is no such column, or no value in it. */
    private String text(CsvFields fields, int column, Charset charset) {
        return isEmpty(fields, column) ? "" : fields.text(column, charset);
    }

    private boolean isEmpty(CsvFields fields, int column) {
        return column < 0
                || column >= fields.count()
                || fields.isEmpty(column)
                || (columns.areNamed() && AsteriskTimes.isNull(fields, column));
    }

    private String callingSide(String caller) {
        return isPhone(caller) ? Side.phone(caller) : Side.line(OUTSIDE, "from");
    }

    private String calledSide(CsvFields fields, String called, Charset charset) {
        String application = text(fields, columns.application, charset);
        if (!application.isEmpty() && !CONNECTS.contains(application)) {
            return "";
        }
        String number = DialString.of(called).number();
        return isPhone(number) ? Side.phone(number) : Side.line(OUTSIDE, "to " + number);
    }

    /** Shorter numbers may be services of the telephone company, such as 911. */
    private boolean isPhone(String number) {
        return number.length() == plan.extensionDigits() && plan.isExtension(number);
    }

    private String shown(CsvFields fields, int field, Charset charset) {
        return RecordText.shown(fields.text(field, charset));
    }

    /** Upper case, or null when it is none. */
    private String disposition(CsvFields fields, Charset charset) {
        if (fields.is(columns.disposition, ANSWERED)) {
            return DISPOSITIONS[0];
        }
        String text = fields.text(columns.disposition, charset).strip().toUpperCase(Locale.ROOT);
        for (String known : DISPOSITIONS) {
            if (known.equals(text)) {
                return known;
            }
        }
        return null;
    }

    private void findOptionalColumns(CsvFields fields) {
        if (columns.areNamed()) {
            uniqueId = isEmpty(fields, columns.uniqueId) ? -1 : columns.uniqueId;
            userField = isEmpty(fields, columns.userField) ? -1 : columns.userField;
            linkedId = isEmpty(fields, columns.linkedId) ? -1 : columns.linkedId;
            sequence = isEmpty(fields, columns.sequence) ? -1 : columns.sequence;
            return;
        }
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
            fingerprint.begin('s').add(fields, id).add(fields, sequence);
            return add(fields, columns.start).id();
        }
        if (id >= 0) {
            fingerprint.begin('u').add(fields, id);
            add(fields, columns.channel, columns.dstChannel, columns.start, columns.end, columns.application);
            boolean allThere =
                    columns.channel >= 0 && columns.dstChannel >= 0 && columns.end >= 0 && columns.application >= 0;
            return allThere
                    ? fingerprint.id()
                    : add(fields, columns.dst, columns.duration, columns.billsec, columns.disposition)
                            .id();
        }
        fingerprint.begin('n');
        add(fields, isEmpty(fields, columns.answer) ? columns.start : columns.answer);
        add(fields, columns.src, columns.dst, columns.channel, columns.dstChannel, columns.start, columns.end);
        return add(fields, columns.duration, columns.application).id();
    }

    private Fingerprint add(CsvFields fields, int... places) {
        for (int place : places) {
            if (place >= 0 && place < fields.count()) {
                fingerprint.add(fields, place);
            }
        }
        return fingerprint;
    }

    private UUID callId(CsvFields fields) {
        int id = linkedId >= 0 ? linkedId : uniqueId;
        if (id >= 0) {
            return fingerprint.begin('g').add(fields, id).id();
        }
        if (columns.channel < 0 || columns.dstChannel < 0) {
            return legId(fields);
        }
        byte[] bytes = fields.bytes();
        int day = fields.from(columns.start);
        int dayEnd = Math.min(day + 10, fields.to(columns.start));
        int local = isLocalHalf(fields, columns.dstChannel)
                ? columns.dstChannel
                : isLocalHalf(fields, columns.channel) ? columns.channel : -1;
        if (local >= 0) {
            return fingerprint
                    .begin('l')
                    .add(bytes, day, dayEnd)
                    .add(bytes, fields.from(local), fields.to(local) - 2)
                    .id();
        }
        boolean once = false;
        for (byte[] technology : NAMED_ONCE) {
            once |= fields.startsWith(columns.channel, technology);
        }
        return fingerprint
                .begin('c')
                .add(bytes, day, once ? dayEnd : fields.to(columns.start))
                .add(fields, columns.channel)
                .add(fields, columns.src)
                .add(fields, columns.dst)
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

    private String code(CsvFields fields, String called, Charset charset) {
        String account = text(fields, columns.account, charset).strip();
        boolean further = account.isEmpty() && userField >= 0 && !fields.isEmpty(userField);
        return code(account, further ? fields.text(userField, charset).strip() : "", called);
    }

    /** The account code, else what the user field holds when that is a code, else the code in the dial string. */
    static String code(String account, String user, String called) {
        if (!account.isEmpty()) {
            return account;
        }
        if (user.regionMatches(true, 0, CODE_MARK, 0, CODE_MARK.length())) {
            return user.substring(CODE_MARK.length()).strip();
        }
        if (user.length() <= 9 && isDigits(user)) {
            return user;
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
