package org.rebill.call;

/**
 * How the numbers of one source are read (DOMAIN.md D12).
 *
 * @param country ISO 3166 alpha-2
 * @param areaCode of numbers dialled without one; may be empty
 * @param outsidePrefix dialled to get a line; may be empty
 * @param extensionDigits length of internal numbers, 2 to 8
 */
public record NumberPlan(String country, String areaCode, String outsidePrefix, int extensionDigits) {
    /** Whether a number is a telephone's of the firm: ASCII digits, no more than internal numbers have. */
    public boolean isExtension(String number) {
        return number.length() <= extensionDigits && DialString.isDigits(number);
    }

    /** A number as dialled: E.164 where it can be told, else the digits; empty for none. */
    public String party(String dialled) {
        return PhoneNumbers.dialled(this, "", dialled).text();
    }

    /** Whether a number, as dialled, is an emergency number of the country. */
    public boolean isEmergency(String dialled) {
        return PhoneNumbers.dialled(this, "", dialled).emergency();
    }
}
