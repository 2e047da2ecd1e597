package org.rebill.intake;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.rebill.platform.Refusal;

/**
 * The decoded bytes of one field of a form in {@code application/x-www-form-urlencoded}, as they stream by. Decoded as
 * bytes, not as text: what came is kept whatever its encoding.
 */
final class FormField extends InputStream {
    private static final int LONGEST_NAME = 256;

    private final InputStream form;
    private boolean ended;

    private FormField(InputStream form) {
        this.form = form;
    }

    /**
     * Goes to a field.
     *
     * @throws Refusal.Invalid when the form has no such field
     */
    static InputStream of(InputStream body, String name) throws IOException {
        InputStream form = new BufferedInputStream(body);
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        int end = '&';
        while (end == '&') {
            byte[] found = new byte[LONGEST_NAME];
            int length = 0;
            int next = form.read();
            while (next != '=' && next != '&' && next >= 0) {
                if (length < LONGEST_NAME) {
                    found[length++] = (byte) next;
                }
                next = form.read();
            }
            if (next == '=' && Arrays.equals(found, 0, length, wanted, 0, wanted.length)) {
                return new FormField(form);
            }
            while (next != '&' && next >= 0) {
                next = form.read();
            }
            end = next;
        }
        throw new Refusal.Invalid(name, "form.field", "The form has no field '" + name + "' with the records.");
    }

    @Override
    public int read() throws IOException {
        int next = ended ? -1 : form.read();
        if (next < 0 || next == '&') {
            ended = true;
            return -1;
        }
        if (next == '%') {
            return 16 * digit() + digit();
        }
        return next == '+' ? ' ' : next;
    }

    private int digit() throws IOException {
        int digit = Character.digit(form.read(), 16);
        if (digit < 0) {
            throw new Refusal.Invalid(
                    "cdr",
                    "form.encoding",
                    "The form is not encoded as such: after a % two hexadecimal digits follow.");
        }
        return digit;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int next = read();
            if (next < 0) {
                break;
            }
            into[offset + count++] = (byte) next;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
        form.close();
    }
}
