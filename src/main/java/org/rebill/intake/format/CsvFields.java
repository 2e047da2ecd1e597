package org.rebill.intake.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the fields of one delimited record lie in a buffer. Made once and used for each record anew, so that a
 * file of millions of records makes no garbage here.
 */
final class CsvFields {
    /** Fields whose places are kept; more are only counted. The widest known records have about 130. */
    private static final int KEPT = 512;

    private int[] from = new int[32];
    private int[] to = new int[32];
    private boolean[] doubled = new boolean[32];
    private int count;
    private boolean misquoted;
    private byte[] bytes = new byte[0];

    void begin(byte[] buffer) {
        bytes = buffer;
        count = 0;
        misquoted = false;
    }

    void add(int start, int end, boolean doubledQuotes) {
        if (count < KEPT) {
            if (count == from.length) {
                from = Arrays.copyOf(from, 2 * count);
                to = Arrays.copyOf(to, 2 * count);
                doubled = Arrays.copyOf(doubled, 2 * count);
            }
            from[count] = start;
            to[count] = end;
            doubled[count] = doubledQuotes;
        }
        count++;
    }

    void misquoted() {
        misquoted = true;
    }

    /** A quote stands where none may. */
    boolean isMisquoted() {
        return misquoted;
    }

    int count() {
        return count;
    }

    /** Of how many the places are known. */
    int kept() {
        return Math.min(count, KEPT);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Index of a field's first byte, behind its quote. */
    int from(int field) {
        return from[field];
    }

    /** Index behind a field's last byte, before its quote. */
    int to(int field) {
        return to[field];
    }

    int length(int field) {
        return to[field] - from[field];
    }

    boolean isEmpty(int field) {
        return to[field] == from[field];
    }

    /** A field's text, doubled quotes taken back. */
    String text(int field, Charset charset) {
        int length = to[field] - from[field];
        if (length == 0) {
            return "";
        }
        String text = new String(bytes, from[field], length, charset);
        return doubled[field] ? text.replace("\"\"", "\"") : text;
    }

    boolean is(int field, byte[] expected) {
        return Arrays.equals(bytes, from[field], to[field], expected, 0, expected.length);
    }

    boolean startsWith(int field, byte[] prefix) {
        return length(field) >= prefix.length
                && Arrays.equals(bytes, from[field], from[field] + prefix.length, prefix, 0, prefix.length);
    }

    boolean isIgnoringCase(int field, String ascii) {
        return text(field, StandardCharsets.ISO_8859_1).strip().equalsIgnoreCase(ascii);
    }

    /** Up to 18 digits and nothing else. */
    boolean isNumber(int field) {
        int length = length(field);
        if (length == 0 || length > 18) {
            return false;
        }
        for (int i = from[field]; i < to[field]; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** Value of a field that {@link #isNumber}. */
    long number(int field) {
        long value = 0;
        for (int i = from[field]; i < to[field]; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        return value;
    }
}
