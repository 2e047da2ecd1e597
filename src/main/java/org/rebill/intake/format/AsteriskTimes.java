package org.rebill.intake.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Quarantined;

/**
 * Start, answer, end, duration and talk of one record of Asterisk. {@code cdr_csv} writes local stamps and whole seconds.
 * Where columns are named, times may also be epoch seconds with a fraction ({@code CDR(start,f)}) or ISO 8601 with an
 * offset, and a table may lack the end or the answer: then the others tell them. Fractions of a second are dropped, as
 * Asterisk does in {@code cdr_csv}. Not for several threads.
 */
final class AsteriskTimes {
    private static final Pattern EPOCH = Pattern.compile("([0-9]{9,10})(?:\\.[0-9]+)?");
    private static final Pattern OFFSET = Pattern.compile("(.*[0-9])([+-][0-9]{2})([0-9]{2})");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,9})(?:\\.[0-9]+)?");
    private static final Pattern NO_TIME = Pattern.compile("0(?:\\.0+)?|0000-00-00 .*|1970-01-01 .*");
    private static final long FIRST_EPOCH = 662_688_000; // 1991
    private static final int[] NONE_OF_TABLES = {'N', 'U', 'L', 'L'};

    private final AsteriskColumns columns;
    private final LocalStamps stamps;
    private boolean absolute;
    private long start;
    private long answer;
    private long end;
    private int duration;
    private int talk;

    AsteriskTimes(SourceSettings source, AsteriskColumns columns) {
        this.columns = columns;
        stamps = new LocalStamps(source.zone(), source.stampsInUtc());
    }

    static boolean isStamp(CsvFields fields, int column, AsteriskColumns columns) {
        return LocalStamps.parse(fields.bytes(), fields.from(column), fields.to(column)) != LocalStamps.NONE
                || (columns.areNamed() && !other(ascii(fields, column)).isEmpty());
    }

    /** Whether it is a time in any of the ways. */
    static boolean isTime(String text) {
        return !other(text).isEmpty();
    }

    static boolean isCount(CsvFields fields, int column, AsteriskColumns columns) {
        return fields.isNumber(column)
                || (columns.areNamed() && SECONDS.matcher(ascii(fields, column)).matches());
    }

    /** {@code NULL} or {@code \N}, as tables are written out. */
    static boolean isNull(CsvFields fields, int column) {
        int length = fields.length(column);
        int from = fields.from(column);
        byte[] bytes = fields.bytes();
        if (length == 2) {
            return bytes[from] == '\\' && bytes[from + 1] == 'N';
        }
        if (length != NONE_OF_TABLES.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != NONE_OF_TABLES[i]) {
                return false;
            }
        }
        return true;
    }

    /** Epoch second. */
    long start() {
        return start;
    }

    /** Epoch second, or {@link LocalStamps#NONE}. */
    long answer() {
        return answer;
    }

    /** Epoch second. */
    long end() {
        return end;
    }

    /** Whole seconds. */
    int duration() {
        return duration;
    }

    /** Whole seconds. */
    int talk() {
        return talk;
    }

    /**
     * Reads and checks a record's times.
     *
     * @param disposition upper case, or null when it is none
     * @param madeAt epoch second at which the channel was made, or {@link LocalStamps#NONE}
     * @return what is wrong; null when nothing is
     */
    Content read(CsvFields fields, Charset charset, String disposition, long madeAt) {
        absolute = false;
        start = time(fields, columns.start);
        boolean startIsAbsolute = absolute;
        answer = hasTime(fields, columns.answer) ? time(fields, columns.answer) : LocalStamps.NONE;
        boolean answerDiffers = answer != LocalStamps.NONE && absolute != startIsAbsolute;
        end = columns.end < 0 ? LocalStamps.NONE : time(fields, columns.end);
        boolean endDiffers = end != LocalStamps.NONE && absolute != startIsAbsolute;
        absolute = startIsAbsolute;
        if (start == LocalStamps.NONE) {
            return wrongStamp("stamp.start", fields, columns.start, charset);
        }
        if (answerDiffers || (answer == LocalStamps.NONE && hasTime(fields, columns.answer))) {
            return wrongStamp("stamp.answer", fields, columns.answer, charset);
        }
        if (endDiffers || (end == LocalStamps.NONE && columns.end >= 0)) {
            return wrongStamp("stamp.end", fields, columns.end, charset);
        }
        long lasted = seconds(fields, columns.duration);
        long talked = seconds(fields, columns.billsec);
        if (columns.duration >= 0 && lasted < 0) {
            return wrongSeconds("seconds.duration", fields, columns.duration, charset);
        }
        if (columns.billsec >= 0 && talked < 0) {
            return wrongSeconds("seconds.talk", fields, columns.billsec, charset);
        }
        if (disposition == null) {
            return new Quarantined(
                    "disposition",
                    place(columns.disposition) + " holds " + shown(fields, columns.disposition, charset)
                            + "; known are ANSWERED, NO ANSWER, BUSY, FAILED, CONGESTION, CANCEL. Columns may have moved:"
                            + " send the file as the phone system wrote it.");
        }
        if (columns.duration >= 0 && columns.billsec >= 0 && talked > lasted) {
            return new Quarantined(
                    "talk.longer",
                    place(columns.billsec) + " says " + talked + " s of talk in a call that lasted " + lasted + " s ("
                            + placeInText(columns.duration) + ").");
        }
        if (talked > 0 && answer == LocalStamps.NONE && columns.answer >= 0) {
            return new Quarantined(
                    "answer.missing",
                    place(columns.billsec) + " says " + talked + " s of talk, but " + emptyPlace(columns.answer)
                            + " is empty.");
        }
        return resolve(fields, charset, lasted, talked, disposition, madeAt);
    }

    private Content resolve(
            CsvFields fields, Charset charset, long lasted, long talked, String disposition, long madeAt) {
        if (end == LocalStamps.NONE) {
            startAlone(lasted, talked, madeAt);
        } else if (!absolute) {
            long whole = columns.duration >= 0 ? lasted : end - start;
            long spoken = columns.billsec >= 0 ? talked : answer == LocalStamps.NONE ? 0 : end - answer;
            stamps.resolve(start, answer, end, whole, spoken, madeAt);
            start = stamps.start();
            answer = stamps.answer();
            end = stamps.end();
        }
        if (columns.answer < 0) {
            boolean answered = disposition.equals(Leg.ANSWERED) || talked > 0;
            answer = answered ? end - talked : LocalStamps.NONE;
        }
        boolean answerOutside = answer != LocalStamps.NONE && (answer < start || answer > end);
        if (end < start || answerOutside) {
            return new Quarantined(
                    "time.order",
                    "Start " + shown(fields, columns.start, charset) + ", answer "
                            + shown(fields, columns.answer, charset)
                            + " and end " + shown(fields, columns.end, charset)
                            + " are not in this order. The phone system's clock may have been set back during the call.");
        }
        long whole = columns.duration >= 0 ? lasted : end - start;
        long spoken = columns.billsec >= 0 ? talked : answer == LocalStamps.NONE ? 0 : end - answer;
        if (whole > Integer.MAX_VALUE) {
            return new Quarantined("time.order", "The record's start and end are " + whole + " s apart.");
        }
        duration = (int) whole;
        talk = (int) spoken;
        return null;
    }

    /** The end is as long after the start as the call lasted. */
    private void startAlone(long lasted, long talked, long madeAt) {
        long localAnswer = answer;
        long localStart = start;
        if (!absolute) {
            stamps.resolve(start, LocalStamps.NONE, start, 0, 0, madeAt);
            start = stamps.start();
        }
        end = start + lasted;
        if (localAnswer != LocalStamps.NONE) {
            // Between start and end, whatever the clock on the wall did meanwhile.
            long later = localAnswer - localStart;
            answer = later >= 0 && later <= lasted ? start + later : end - Math.max(0, talked);
        }
    }

    /** A local or absolute time, as the flag then tells; {@link LocalStamps#NONE} when it is neither. */
    private long time(CsvFields fields, int column) {
        long local = LocalStamps.parse(fields.bytes(), fields.from(column), fields.to(column));
        absolute = false;
        if (local != LocalStamps.NONE || !columns.areNamed()) {
            return local;
        }
        Optional<Object> other = other(ascii(fields, column));
        if (other.isEmpty()) {
            return LocalStamps.NONE;
        }
        if (other.get() instanceof Instant instant) {
            absolute = true;
            return instant.getEpochSecond();
        }
        return LocalStamps.seconds((LocalDateTime) other.get());
    }

    /** An instant or a local time in one of the ways that tables and mappings write them. */
    private static Optional<Object> other(String text) {
        Matcher epoch = EPOCH.matcher(text);
        if (epoch.matches()) {
            long second = Long.parseLong(epoch.group(1));
            return second < FIRST_EPOCH ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
        }
        Optional<LocalDateTime> local = ClockText.local(text);
        if (local.isPresent()) {
            return Optional.of(local.get());
        }
        Matcher offset = OFFSET.matcher(text);
        return ClockText.instant(offset.matches() ? offset.group(1) + offset.group(2) + ":" + offset.group(3) : text)
                .map(instant -> instant);
    }

    private boolean hasTime(CsvFields fields, int column) {
        if (column < 0 || column >= fields.count() || fields.isEmpty(column)) {
            return false;
        }
        return !columns.areNamed()
                || !(isNull(fields, column)
                        || NO_TIME.matcher(ascii(fields, column)).matches());
    }

    /** Whole seconds, or -1 when they are none or there is no such column. */
    private long seconds(CsvFields fields, int column) {
        if (column < 0) {
            return -1;
        }
        if (fields.isNumber(column)) {
            long seconds = fields.number(column);
            return seconds <= Integer.MAX_VALUE ? seconds : -1;
        }
        if (!columns.areNamed()) {
            return -1;
        }
        Matcher seconds = SECONDS.matcher(ascii(fields, column));
        return seconds.matches() ? Long.parseLong(seconds.group(1)) : -1;
    }

    private static String ascii(CsvFields fields, int column) {
        return column >= fields.count() || fields.length(column) > 64
                ? ""
                : fields.text(column, StandardCharsets.ISO_8859_1).strip();
    }

    private String place(int column) {
        return "Column " + (column + 1) + " (" + columns.name(column) + ")";
    }

    private String placeInText(int column) {
        return "column " + (column + 1) + ", " + columns.name(column);
    }

    private String emptyPlace(int column) {
        return "column " + (column + 1) + " (" + columns.name(column) + ")";
    }

    private Quarantined wrongStamp(String reason, CsvFields fields, int field, Charset charset) {
        return new Quarantined(
                reason,
                place(field) + " holds " + shown(fields, field, charset)
                        + "; a time such as 2026-09-01 09:02:11 belongs there, of the years 1991 to 2099. If the file was"
                        + " saved by a spreadsheet, send it as the phone system wrote it; if the phone system's clock was"
                        + " wrong, set it.");
    }

    private Quarantined wrongSeconds(String reason, CsvFields fields, int field, Charset charset) {
        return new Quarantined(
                reason,
                place(field) + " holds " + shown(fields, field, charset) + "; whole seconds, 0 or more, belong there.");
    }

    private static String shown(CsvFields fields, int field, Charset charset) {
        return RecordText.shown(field < 0 || field >= fields.count() ? "" : fields.text(field, charset));
    }
}
