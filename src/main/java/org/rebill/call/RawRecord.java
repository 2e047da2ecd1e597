package org.rebill.call;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A record's bytes for people: nothing is left out, and what can't be printed is shown by its value. */
public final class RawRecord {
    private static final int ROW = 16;

    private RawRecord() {}

    /**
     * As text: UTF-8 where it is, every other byte and control character as {@code \xHH}; tabs and line ends within
     * are shown so too, line ends at the end are left out.
     */
    public static String text(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        StringBuilder text = new StringBuilder(length);
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
        CharBuffer out = CharBuffer.allocate(length + 1);
        while (in.hasRemaining()) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip();
            out.codePoints().forEach(point -> append(text, point));
            out.clear();
            if (result.isError()) {
                for (int i = 0; i < result.length(); i++) {
                    hex(text, in.get() & 0xff);
                }
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int point) {
        int type = Character.getType(point);
        if (type == Character.CONTROL || type == Character.FORMAT || type == Character.UNASSIGNED) {
            for (byte part : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                hex(text, part & 0xff);
            }
        } else {
            text.appendCodePoint(point);
        }
    }

    private static void hex(StringBuilder text, int value) {
        text.append(String.format(Locale.ROOT, "\\x%02x", value));
    }

    /** Whether text shows every byte as it is, but for line ends at the end. */
    public static boolean isPrintable(byte[] bytes) {
        return !text(bytes).contains("\\x");
    }

    /**
     * As a table of hexadecimal values, 16 bytes a line with their place in the file and the ASCII letters beside.
     *
     * @param offset of the first byte in the file
     */
    public static String dump(byte[] bytes, long offset) {
        StringBuilder dump = new StringBuilder();
        for (int row = 0; row < bytes.length; row += ROW) {
            int end = Math.min(row + ROW, bytes.length);
            dump.append(String.format(Locale.ROOT, "%08x ", offset + row));
            StringBuilder letters = new StringBuilder();
            for (int i = row; i < end; i++) {
                int value = bytes[i] & 0xff;
                dump.append(String.format(Locale.ROOT, " %02x", value));
                letters.append(value >= 0x20 && value < 0x7f ? (char) value : '.');
            }
            dump.append("   ".repeat(row + ROW - end))
                    .append("  ")
                    .append(letters)
                    .append('\n');
        }
        return dump.toString();
    }
}
