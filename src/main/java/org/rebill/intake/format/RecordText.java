package org.rebill.intake.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes text of a record's bytes: UTF-8, or else Latin-1, decided for each record. */
final class RecordText {
    /** Longest text of a value in a reason. */
    private static final int SHOWN = 40;

    private RecordText() {}

    /** UTF-8 where the record is that, save for characters that were cut; else Latin-1. */
    static Charset charset(byte[] buffer, int start, int end) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(buffer, start, end - start));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return isCutUtf8(buffer, start, end) ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        }
    }

    /** Whether each character that is not whole in UTF-8 is the beginning of one, cut before a quote. */
    private static boolean isCutUtf8(byte[] buffer, int start, int end) {
        int i = start;
        boolean multibyte = false;
        while (i < end) {
            int lead = buffer[i] & 0xff;
            int length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : 4;
            if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4) {
                return false;
            }
            int got = 1;
            while (got < length && i + got < end && (buffer[i + got] & 0xc0) == 0x80) {
                got++;
            }
            if (got < length && (i + got >= end || buffer[i + got] != '"')) {
                return false;
            }
            multibyte |= got == length && length > 1;
            multibyte |= got > 1;
            i += got;
        }
        return multibyte;
    }

    /** A value in a reason: quoted, cut, without control characters; "nothing" when empty. */
    static String shown(String value) {
        String text = value.replaceAll("\\p{Cntrl}", " ");
        if (text.isEmpty()) {
            return "nothing";
        }
        int cut = text.length() > SHOWN && Character.isHighSurrogate(text.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return "'" + (text.length() <= SHOWN ? text : text.substring(0, cut) + "...") + "'";
    }
}
