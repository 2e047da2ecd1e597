package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Cuts a stream of bytes into documents, one record each, and knows to the byte where each lies. A document may be
 * {@value #MAX_RECORD} bytes long; of a longer one only the length is known, so that memory stays bounded whatever comes.
 *
 * <p>Blanks and separators before a document belong to its record, and those behind it up to the end of its line. All of
 * this depends on the bytes from the record's start on and on nothing before, so that a reader that starts between two
 * records cuts the same.
 */
abstract class DocumentCutter {
    static final int MAX_RECORD = 4 * 1024 * 1024;

    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int MOST_BLANKS_KEPT = 1024;
    private static final int MOST_BLANKS_BEHIND = 64;

    /** What a record is, before it is understood. */
    enum Kind {
        DOCUMENT,
        /** Blanks and separators only. */
        BLANK,
        /** Not the beginning of a document. */
        OTHER,
        /** A document that is not closed. */
        CUT,
        LONG
    }

    private final InputStream in;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int base;
    private int at;
    private int limit;
    private boolean ended;

    private Kind kind = Kind.BLANK;
    private int contentFrom;
    private int contentTo;
    private boolean tooLong;
    private long offset;
    private long dropped;
    private long length;
    private long line;
    private long lineEnds;

    /** @param from where the stream begins in the file */
    DocumentCutter(InputStream in, FileStart from) {
        this.in = in;
        this.offset = from.byteOffset();
        this.line = from.lineNo();
    }

    /** Steps over one record and tells what it is; there is at least one more byte. */
    abstract Kind scan() throws IOException;

    /** Whether a byte outside of documents means nothing. */
    abstract boolean isSeparator(int b);

    /** Cuts the next record; false when there is none. */
    final boolean cut() throws IOException {
        offset += length;
        line += lineEnds;
        lineEnds = 0;
        dropped = 0;
        base = at;
        tooLong = false;
        length = 0;
        if (look(0) < 0) {
            return false;
        }
        contentFrom = 0;
        contentTo = 0;
        if (offset == 0 && startsWith("\u00ef\u00bb\u00bf")) {
            step(3);
        }
        while (isSeparator(look(0))) {
            step(1);
            if (at - base > MOST_BLANKS_KEPT) {
                forget();
            }
        }
        kind = Kind.BLANK;
        if (look(0) >= 0) {
            contentFrom = at - base;
            kind = scan();
            contentTo = at - base;
            stepOverBlanks();
        }
        kind = tooLong ? Kind.LONG : kind;
        length = dropped + at - base;
        return true;
    }

    private void stepOverBlanks() throws IOException {
        for (int i = 0; i < MOST_BLANKS_BEHIND && isSeparator(look(0)); i++) {
            int b = look(0);
            boolean ends = b == '\n' || (b == '\r' && look(1) != '\n');
            step(1);
            if (ends) {
                return;
            }
        }
    }

    /** A byte ahead, 0 to 255, or -1 behind the file's end. */
    final int look(int ahead) throws IOException {
        while (at + ahead >= limit && !ended) {
            fill();
        }
        return at + ahead < limit ? buffer[at + ahead] & 0xff : -1;
    }

    /** Whether these bytes, each a character of Latin-1, come next. */
    final boolean startsWith(String bytes) throws IOException {
        for (int i = 0; i < bytes.length(); i++) {
            if (look(i) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The byte before, or a line feed at the record's start. */
    final int behind() {
        return at == base ? '\n' : buffer[at - 1] & 0xff;
    }

    /** Goes on; not behind the file's end. */
    final void step(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            int b = look(0);
            boolean endsLine = b == '\n' || (b == '\r' && look(1) != '\n');
            lineEnds += endsLine ? 1 : 0;
            at++;
        }
    }

    private void forget() {
        dropped += at - base;
        base = at;
    }

    private void fill() throws IOException {
        if (limit == buffer.length) {
            if (base == 0 && buffer.length >= MAX_RECORD) {
                tooLong = true;
                // The byte before stays, to tell the beginning of a line.
                dropped += at - 1;
                base = at - 1;
            }
            if (base > 0) {
                System.arraycopy(buffer, base, buffer, 0, limit - base);
                at -= base;
                limit -= base;
                base = 0;
            } else {
                byte[] larger = new byte[2 * buffer.length];
                System.arraycopy(buffer, 0, larger, 0, limit);
                buffer = larger;
            }
        }
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            ended = true;
        } else {
            limit += read;
        }
    }

    final Kind kind() {
        return kind;
    }

    /** The record is too long to be kept: only its end is looked for. */
    final boolean isTooLong() {
        return tooLong;
    }

    final byte[] buffer() {
        return buffer;
    }

    /** Index of the document's first byte in the buffer; not of a {@link Kind#LONG} one. */
    final int start() {
        return base + contentFrom;
    }

    /** Index behind its last byte. */
    final int end() {
        return base + contentTo;
    }

    /** The document's bytes as text. */
    final String text() {
        return new String(buffer, start(), end() - start(), RecordText.charset(buffer, start(), end()));
    }

    /** The first bytes of the document as characters of Latin-1. */
    final String beginning() {
        return new String(buffer, start(), Math.min(end() - start(), 40), StandardCharsets.ISO_8859_1);
    }

    final long offset() {
        return offset;
    }

    /** In bytes. */
    final long length() {
        return length;
    }

    final long line() {
        return line;
    }

    final long lines() {
        return Math.max(1, lineEnds);
    }
}
