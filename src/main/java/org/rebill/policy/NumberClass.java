package org.rebill.policy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Locale;

/** What kind of number the other side has, seen from a phone system's country and area. Each number is of one class. */
public enum NumberClass {
    /** Of the phone system's own area. */
    LOCAL,
    /** Of another area of the country; in North America mobile numbers too, which can't be told apart there. */
    NATIONAL,
    MOBILE,
    TOLL_FREE,
    SHARED_COST,
    PREMIUM,
    /** Of another country; within North America also of another country there. */
    INTERNATIONAL,
    /** Withheld, a short number of a service, or none that a number plan knows. */
    OTHER;

    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    /**
     * The class of a number. Some 10 microseconds: whoever asks often remembers.
     *
     * @param country ISO 3166 alpha-2
     * @param areaCode with or without the digit dialled before it; may be empty
     * @param party E.164, or anything else, which is OTHER
     */
    static NumberClass of(String country, String areaCode, String party) {
        if (!party.startsWith("+")) {
            return OTHER;
        }
        String region = country.toUpperCase(Locale.ROOT);
        PhoneNumber number;
        try {
            number = NUMBERS.parse(party, region);
        } catch (NumberParseException e) {
            return OTHER;
        }
        PhoneNumberType type = NUMBERS.getNumberType(number);
        if (number.getCountryCode() != NUMBERS.getCountryCodeForRegion(region)) {
            return type == PhoneNumberType.PREMIUM_RATE ? PREMIUM : INTERNATIONAL;
        }
        return switch (type) {
            case TOLL_FREE -> TOLL_FREE;
            case PREMIUM_RATE -> PREMIUM;
            case SHARED_COST -> SHARED_COST;
            case UNKNOWN -> atHome(number, areaCode);
            default -> {
                String its = NUMBERS.getRegionCodeForNumber(number);
                if (its != null && !its.equals(region)) {
                    yield INTERNATIONAL;
                }
                yield type == PhoneNumberType.MOBILE ? MOBILE : atHome(number, areaCode);
            }
        };
    }

    private static NumberClass atHome(PhoneNumber number, String areaCode) {
        String national = NUMBERS.getNationalSignificantNumber(number);
        String area = areaCode.replaceFirst("^0+", "");
        return !areaCode.isEmpty() && (national.startsWith(areaCode) || (!area.isEmpty() && national.startsWith(area)))
                ? LOCAL
                : NATIONAL;
    }
}
