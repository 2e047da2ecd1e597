package org.rebill.platform;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes numbers as people of a country write them: national at home, else international. */
public final class PhoneNumbers {
    private static final int KEPT = 10_000;
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /** Formatting costs some 10 microseconds a number, and a page shows the same ones again and again. */
    private static final Map<String, String> WRITTEN =
            Collections.synchronizedMap(new LinkedHashMap<>(256, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > KEPT;
                }
            });

    private PhoneNumbers() {}

    /**
     * A number for reading.
     *
     * @param number E.164, or digits as dialled, which stay as they are
     * @param country ISO 3166 alpha-2 of the reader
     */
    public static String write(String number, String country) {
        if (!number.startsWith("+")) {
            return number;
        }
        return WRITTEN.computeIfAbsent(country + number, key -> format(number, country));
    }

    private static String format(String number, String country) {
        try {
            PhoneNumber parsed = NUMBERS.parse(number, country);
            boolean home = parsed.getCountryCode() == NUMBERS.getCountryCodeForRegion(country);
            return NUMBERS.format(parsed, home ? PhoneNumberFormat.NATIONAL : PhoneNumberFormat.INTERNATIONAL);
        } catch (NumberParseException e) {
            return number;
        }
    }
}
