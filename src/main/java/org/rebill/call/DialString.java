package org.rebill.call;

/**
 * What somebody dialled, with the account code taken out (DOMAIN.md B22). Known forms: {@code *72*CODE*NUMBER} with any
 * feature code of one to three digits, {@code *CODE*NUMBER} with a code of three digits or more and a number of seven or
 * more, {@code CODE**NUMBER}, and {@code NUMBER*CODE} with a number of seven digits or more.
 *
 * @param code digits as dialled; empty when none of the forms
 * @param number what is left; all of it when none of the forms
 */
public record DialString(String code, String number) {
    private static final int LEAST_NUMBER = 7;

    /** Takes a dial string apart. */
    public static DialString of(String dialled) {
        int star = dialled.indexOf('*');
        if (star < 0) {
            return new DialString("", dialled);
        }
        int second = dialled.indexOf('*', star + 1);
        int third = second < 0 ? -1 : dialled.indexOf('*', second + 1);
        String first = second < 0 ? "" : dialled.substring(star + 1, second);
        if (star == 0 && third > 0 && dialled.indexOf('*', third + 1) < 0) {
            String code = dialled.substring(second + 1, third);
            String number = dialled.substring(third + 1);
            if (isDigits(first) && first.length() <= 3 && isDigits(code) && isNumber(number)) {
                return new DialString(code, number);
            }
        } else if (star == 0 && second > 0 && third < 0) {
            String number = dialled.substring(second + 1);
            if (isDigits(first) && first.length() >= 3 && isNumber(number) && number.length() >= LEAST_NUMBER) {
                return new DialString(first, number);
            }
        } else if (star > 0 && second == star + 1 && third < 0) {
            String code = dialled.substring(0, star);
            String number = dialled.substring(second + 1);
            if (isDigits(code) && isNumber(number)) {
                return new DialString(code, number);
            }
        } else if (star >= LEAST_NUMBER && second < 0) {
            String number = dialled.substring(0, star);
            String code = dialled.substring(star + 1);
            if (isNumber(number) && isDigits(code)) {
                return new DialString(code, number);
            }
        }
        return new DialString("", dialled);
    }

    private static boolean isNumber(String text) {
        return isDigits(text.startsWith("+") ? text.substring(1) : text);
    }

    /** ASCII digits, at least one, and nothing else. */
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
