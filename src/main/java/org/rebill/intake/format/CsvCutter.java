package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/**
 * Cuts a stream of bytes into delimited records (commas, semicolons, tabs) and knows to the byte where each lies. Works on bytes, since the
 * proof of a call is a place in a file; in constant memory, whatever comes.
 *
 * <p>Rules:
 * <ul>
 *   <li>Lines end by LF, CR LF or CR, mixed at will; the last may lack its end.
 *   <li>A quoted field may hold line ends. But when the line that follows is a whole record by itself, then a quote is
 *       missing before it: the record ends there, open ({@link Kind#OPEN}), and the next one is read as what it is. The
 *       same when the field is not closed within {@value #MAX_MORE_LINES} more lines, within {@value #MAX_RECORD} bytes
 *       or by the end of the file: then the record is its first line only.
 *   <li>A line of more than {@value #MAX_RECORD} bytes is one record, {@link Kind#LONG}, of which only the length is
 *       known.
 *   <li>A line of blanks is a record of its own, {@link Kind#BLANK}; {@value #BLANK_RUN} or more empty lines in a row
 *       are one.
 * </ul>
 * All of this depends on the bytes from the record's start on and on nothing before, so that a reader that starts
 * between two records cuts the same.
 */
final class CsvCutter {
    static final int MAX_RECORD = 64 * 1024;
    static final int MAX_MORE_LINES = 16;
    static final int BLANK_RUN = 16;

    /** A record, and the line behind it that may have to be looked at, fit in with room. */
    private static final int AHEAD = 2 * MAX_RECORD + 16;

    private static final int OPEN_FIELD = -1;
    private static final byte NONE = 0;

    /** What a record is, before its fields are understood. */
    enum Kind {
        FIELDS,
        BLANK,
        /** A quoted field is not closed. */
        OPEN,
        /** The file ends inside of a quoted field, in its last line. */
        CUT,
        LONG
    }

    private final InputStream in;
    private final byte separator;
    private final byte quote;
    private final Predicate<CsvFields> whole;
    private final byte[] buffer = new byte[512 * 1024];
    private final CsvFields fields = new CsvFields();
    private final CsvFields ahead = new CsvFields();
    private int limit;
    private int next;
    private boolean ended;

    private Kind kind = Kind.BLANK;
    private int start;
    private int end;
    private long offset;
    private long length;
    private long line;
    private long lines;

    /**
     * For records of fields, which may be quoted.
     *
     * @param from where the stream begins in the file
     * @param separator between fields, such as a comma; never a quote, blank or line end, save for a tab
     * @param whole whether the fields of a single line are a whole record
     */
    CsvCutter(InputStream in, FileStart from, byte separator, Predicate<CsvFields> whole) {
        this(in, from, separator, (byte) '"', whole);
    }

    private CsvCutter(InputStream in, FileStart from, byte separator, byte quote, Predicate<CsvFields> whole) {
        this.in = in;
        this.separator = separator;
        this.quote = quote;
        this.whole = whole;
        this.offset = from.byteOffset();
        this.line = from.lineNo();
    }

    /** For records of one line without fields, in which quotes mean nothing. A line that holds NUL may be cut anyhow. */
    static CsvCutter lines(InputStream in, FileStart from) {
        return new CsvCutter(in, from, NONE, NONE, fields -> true);
    }

    Kind kind() {
        return kind;
    }

    /** Of a record of {@link Kind#FIELDS}; valid until the next is cut. */
    CsvFields fields() {
        return fields;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Index of the record's first byte in the buffer, behind a byte order mark; not of a {@link Kind#LONG} one. */
    int start() {
        return start;
    }

    /** Index behind its last byte, before its line end. */
    int end() {
        return end;
    }

    long offset() {
        return offset;
    }

    /** In bytes, with its line end. */
    long length() {
        return length;
    }

    long line() {
        return line;
    }

    long lines() {
        return lines;
    }

    /** Cuts the next record; false when there is none. */
    boolean cut() throws IOException {
        offset += length;
        line += lines;
        length = 0;
        lines = 0;
        fill();
        if (next == limit) {
            return false;
        }
        start = next;
        if (offset == 0 && hasByteOrderMark()) {
            start += 3;
        }
        if (cutBlank()) {
            return true;
        }
        int bound = Math.min(limit, start + MAX_RECORD + 1);
        int stop = scan(fields, start, bound, false);
        boolean fits = stop != OPEN_FIELD && (stop < bound || (ended && bound == limit && stop - start <= MAX_RECORD));
        if (fits) {
            kind = Kind.FIELDS;
            end = stop;
            close(stop);
            return true;
        }
        int firstLine = lineEnd(start, bound);
        if (firstLine < bound) {
            kind = Kind.OPEN;
            lines = 0;
            end = firstLine;
            close(firstLine);
        } else if (ended && bound == limit && bound - start <= MAX_RECORD) {
            kind = Kind.CUT;
            end = bound;
            close(bound);
        } else {
            kind = Kind.LONG;
            skipLine(bound);
        }
        return true;
    }

    private boolean hasByteOrderMark() {
        return limit - next >= 3
                && buffer[next] == (byte) 0xEF
                && buffer[next + 1] == (byte) 0xBB
                && buffer[next + 2] == (byte) 0xBF;
    }

    private boolean cutBlank() {
        int i = start;
        int bound = Math.min(limit, start + MAX_RECORD);
        while (i < bound && (buffer[i] == ' ' || (buffer[i] == '\t' && separator != '\t'))) {
            i++;
        }
        if (i < bound && !isLineEnd(buffer[i])) {
            return false;
        }
        if (i == bound && (!ended || bound != limit)) {
            return false;
        }
        kind = Kind.BLANK;
        end = i;
        int stop = behindLineEnd(i);
        int run = 1;
        while (stop < bound && isLineEnd(buffer[stop])) {
            stop = behindLineEnd(stop);
            run++;
        }
        if (run >= BLANK_RUN) {
            next = consumed(stop);
            lines = run;
        } else {
            close(i);
        }
        return true;
    }

    /** Ends the record at a line end, or at the end of the file. */
    private void close(int at) {
        next = consumed(behindLineEnd(at));
        lines++;
    }

    private int consumed(int upTo) {
        length += upTo - next;
        return upTo;
    }

    /**
     * Finds the fields of the record at an index.
     *
     * @param alone whether to take a single line only
     * @return the index of the line end that closes it, or the bound; {@link #OPEN_FIELD} when a quote is missing
     */
    private int scan(CsvFields found, int at, int bound, boolean alone) {
        byte[] bytes = buffer;
        found.begin(bytes);
        int i = at;
        int more = 0;
        while (true) {
            if (i < bound && bytes[i] == quote) {
                i++;
                int from = i;
                boolean doubled = false;
                while (true) {
                    if (i >= bound) {
                        return OPEN_FIELD;
                    }
                    byte b = bytes[i];
                    if (b == quote) {
                        byte behind = i + 1 < bound ? bytes[i + 1] : separator;
                        if (behind == quote) {
                            doubled = true;
                            i += 2;
                        } else if (behind == separator || isLineEnd(behind)) {
                            found.add(from, i, doubled);
                            i++;
                            break;
                        } else {
                            found.misquoted();
                            i++;
                        }
                    } else if (isLineEnd(b)) {
                        int follows = behindLineEnd(i);
                        if (alone || ++more > MAX_MORE_LINES || isWhole(follows)) {
                            return OPEN_FIELD;
                        }
                        i = follows;
                    } else {
                        i++;
                    }
                }
            } else {
                int from = i;
                while (i < bound && bytes[i] != separator && !isLineEnd(bytes[i])) {
                    if (bytes[i] == quote) {
                        found.misquoted();
                    }
                    i++;
                }
                found.add(from, i, false);
            }
            if (i >= bound || bytes[i] != separator) {
                if (!alone) {
                    lines = more;
                }
                return i;
            }
            i++;
        }
    }

    private boolean isWhole(int at) {
        int stop = scan(ahead, at, Math.min(limit, at + MAX_RECORD), true);
        return stop != OPEN_FIELD && !ahead.isMisquoted() && whole.test(ahead);
    }

    private int lineEnd(int at, int bound) {
        int i = at;
        while (i < bound && !isLineEnd(buffer[i])) {
            i++;
        }
        return i;
    }

    private int behindLineEnd(int at) {
        if (at >= limit) {
            return at;
        }
        return buffer[at] == '\r' && at + 1 < limit && buffer[at + 1] == '\n' ? at + 2 : at + 1;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }

    /** Passes over the rest of a line that is too long to be kept. */
    private void skipLine(int from) throws IOException {
        int i = lineEnd(from, limit);
        while (i == limit && !ended) {
            next = consumed(limit);
            fill();
            i = lineEnd(next, limit);
        }
        if (i == limit - 1 && !ended) {
            // A CR at the end of what was read: its LF may be the next byte.
            next = consumed(i);
            fill();
            i = next;
        }
        close(i);
    }

    /** Makes sure that a record and the line behind it are in the buffer, or all there is. */
    private void fill() throws IOException {
        if (ended || limit - next >= AHEAD) {
            return;
        }
        System.arraycopy(buffer, next, buffer, 0, limit - next);
        limit -= next;
        next = 0;
        while (limit < buffer.length) {
            int read = in.read(buffer, limit, buffer.length - limit);
            if (read < 0) {
                ended = true;
                return;
            }
            limit += read;
        }
    }
}
