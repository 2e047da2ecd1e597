package org.rebill.policy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Locale;

/** A number that somebody typed to try a call out. */
final class TrialNumber {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private TrialNumber() {}

    /** E.164 where it can be told, else the digits. */
    static String of(String country, String typed) {
        try {
            var parsed = NUMBERS.parse(typed, country.toUpperCase(Locale.ROOT));
            if (NUMBERS.isPossibleNumber(parsed)) {
                return NUMBERS.format(parsed, PhoneNumberFormat.E164);
            }
        } catch (NumberParseException e) {
            // What is no number stays what it is.
            return typed.replaceAll("[^0-9]", "");
        }
        return typed.replaceAll("[^0-9]", "");
    }
}
