package org.rebill.intake.format;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells by its first bytes what a file is that holds no text records. */
final class FileHead {
    /** First bytes, as characters of Latin-1. */
    private record Mark(String bytes, String what) {}

    private static final Mark[] MARKS = {
        new Mark("\u001f\u008b", "a gzip archive. Unpack it (gunzip) and send the text file inside."),
        new Mark("BZh", "a bzip2 archive. Unpack it (bunzip2) and send the text file inside."),
        new Mark("\u00fd7zXZ", "an xz archive. Unpack it (unxz) and send the text file inside."),
        new Mark("7z\u00bc\u00af", "a 7z archive. Unpack it and send the text file inside."),
        new Mark("Rar!", "a rar archive. Unpack it and send the text file inside."),
        new Mark("%PDF", "a PDF. Send the text file that the phone system writes, not a print of it."),
        new Mark(
                "\u00d0\u00cf\u0011\u00e0",
                "an old Excel or Word file. Send the text file that the phone system writes, not a"
                        + " spreadsheet of it."),
        new Mark("{\\rtf", "a word processor's file. Send the text file that the phone system writes."),
        new Mark("SQLite format 3", "an SQLite database. Send the text file that the phone system writes."),
        new Mark("\u0089PNG", "a picture. Send the text file that the phone system writes."),
        new Mark("GIF8", "a picture. Send the text file that the phone system writes."),
        new Mark("\u00ff\u00d8\u00ff", "a picture. Send the text file that the phone system writes."),
        new Mark("\u007fELF", "a program. Send the text file that the phone system writes."),
    };

    private FileHead() {}

    /**
     * What a file is if it cannot hold text records.
     *
     * @param head its first bytes
     * @return a sentence's rest, after "This is": what it is and what to send instead; empty for text
     */
    static Optional<String> notText(byte[] head) {
        for (Mark mark : MARKS) {
            if (startsWith(head, mark.bytes)) {
                return Optional.of(mark.what);
            }
        }
        if (startsWith(head, "PK\u0003\u0004") || startsWith(head, "PK\u0005\u0006")) {
            boolean office = contains(head, "[Content_Types].xml") || contains(head, "mimetype");
            return Optional.of(
                    office
                            ? "an Excel, LibreOffice or Word file. Send the text file that the phone system writes, not a"
                                    + " spreadsheet of it."
                            : "a zip archive. Unpack it and send the text file inside.");
        }
        if (startsWith(head, "\u00ff\u00fe") || startsWith(head, "\u00fe\u00ff") || isUtf16(head)) {
            return Optional.of("text in UTF-16, as Windows programs save it. Save it again as UTF-8 (Notepad: Save as,"
                    + " Encoding UTF-8; or: iconv -f UTF-16 -t UTF-8), or send the file as the phone system wrote it.");
        }
        if (head.length > 262 && "ustar".equals(new String(head, 257, 5, StandardCharsets.ISO_8859_1))) {
            return Optional.of("a tar archive. Unpack it and send the text file inside.");
        }
        return isBinary(head)
                ? Optional.of(
                        "not a text file: it is full of control characters. Send the text file that the phone system"
                                + " writes.")
                : Optional.empty();
    }

    private static boolean startsWith(byte[] head, String mark) {
        if (head.length < mark.length()) {
            return false;
        }
        for (int i = 0; i < mark.length(); i++) {
            if ((head[i] & 0xff) != mark.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean contains(byte[] head, String ascii) {
        return new String(head, StandardCharsets.ISO_8859_1).contains(ascii);
    }

    /** Every other byte is NUL, as in western text of two bytes a letter. */
    private static boolean isUtf16(byte[] head) {
        int[] nul = new int[2];
        for (int i = 0; i < head.length; i++) {
            nul[i & 1] += head[i] == 0 ? 1 : 0;
        }
        int half = head.length / 2;
        return half >= 8
                && ((nul[0] > half * 9 / 10 && nul[1] < half / 10) || (nul[1] > half * 9 / 10 && nul[0] < half / 10));
    }

    /** More than one in twenty a control character; NUL aside, since a disk that lost power fills text files with them. */
    private static boolean isBinary(byte[] head) {
        int control = 0;
        for (byte b : head) {
            boolean blank = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1a;
            control += b > 0 && b < 0x20 && !blank ? 1 : 0;
        }
        return control > 2 && control > head.length / 20;
    }
}
