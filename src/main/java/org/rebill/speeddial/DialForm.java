package org.rebill.speeddial;

import java.util.regex.Pattern;
import org.rebill.platform.Refusal;

/**
 * How a code is dialled with a number on the firm's phone system (DOMAIN.md B22, B23): {@code CODE} and {@code NUMBER}
 * once each, digits, star and hash around them, a comma for a pause. Such as {@code *72*CODE*NUMBER}, {@code 9NUMBER,,CODE}.
 */
record DialForm(String text) {
    /** What is dialled where nobody said otherwise. */
    static final DialForm USUAL = new DialForm("*CODE*NUMBER");

    private static final Pattern FORM =
            Pattern.compile("[0-9*#,]{0,12}(CODE[0-9*#,]{0,12}NUMBER|NUMBER[0-9*#,]{1,12}CODE)[0-9*#,]{0,12}");

    /** Reads what somebody typed; empty is the usual form. Refused (422) when it is none. */
    static DialForm of(String typed) {
        String text = typed == null ? "" : typed.strip();
        if (text.isEmpty()) {
            return USUAL;
        }
        if (!FORM.matcher(text).matches()) {
            throw new Refusal.Invalid(
                    "form",
                    "form.form",
                    "Write CODE and NUMBER once each, with digits, *, # and commas (pauses) around them, such as "
                            + "*72*CODE*NUMBER.");
        }
        return new DialForm(text);
    }

    /** The whole to dial, a comma for a pause. */
    String dial(String code, String number) {
        return text.replace("NUMBER", number).replace("CODE", code);
    }
}
