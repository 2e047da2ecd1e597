package org.rebill.intake;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.rebill.platform.Refusal;

/**
 * Takes a FreeSWITCH record out of base 64: mod_json_cdr and mod_xml_cdr with {@code encode=base64} put it into their
 * form's field so, without encoding its plus signs for the form, which then arrive as blanks.
 */
final class Encoded {
    private static final int LOOKED_AT = 8;

    private Encoded() {}

    /** The field's content, decoded where it is base 64 of a JSON object or of XML. */
    static InputStream plain(InputStream field) throws IOException {
        BufferedInputStream content = new BufferedInputStream(field);
        content.mark(LOOKED_AT);
        byte[] first = content.readNBytes(LOOKED_AT);
        content.reset();
        return begins(first) ? new Decoded(Base64.getDecoder().wrap(new Pluses(content))) : content;
    }

    /** JSON and XML begin with other characters than their base 64 does. */
    private static boolean begins(byte[] first) {
        if (first.length < LOOKED_AT) {
            return false;
        }
        for (byte b : first) {
            boolean letter = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
            if (!letter && b != '+' && b != '/' && b != ' ') {
                return false;
            }
        }
        byte[] decoded = Base64.getDecoder().decode(new String(first, StandardCharsets.US_ASCII).replace(' ', '+'));
        return decoded[0] == '{' || decoded[0] == '<';
    }

    private static final class Pluses extends FilterInputStream {
        Pluses(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            return next == ' ' ? '+' : next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            for (int i = offset; i < offset + count; i++) {
                into[i] = into[i] == ' ' ? (byte) '+' : into[i];
            }
            return count;
        }
    }

    /** Says what is wrong when it is no base 64 after all. */
    private static final class Decoded extends FilterInputStream {
        Decoded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (IOException e) {
                throw new Refusal.Invalid(
                        "cdr",
                        "form.base64",
                        "The field 'cdr' begins as base 64 but does not go on so (" + e.getMessage()
                                + "). Set encode to true in json_cdr.conf.xml or xml_cdr.conf.xml.");
            }
        }
    }
}
