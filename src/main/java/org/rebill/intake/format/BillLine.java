package org.rebill.intake.format;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A line of a telephone company's bill, as text.
 *
 * @param kind what it is
 * @param code account code as printed; empty when none, or when a heading above tells it
 * @param from number that called; may be empty
 * @param minutes as printed, null when not to be read
 * @param amount as printed, null when none
 */
record BillLine(
        Kind kind,
        String code,
        String date,
        String time,
        String from,
        String to,
        BigDecimal minutes,
        BigDecimal amount) {
    enum Kind {
        CALL,
        /** A code, for the calls below. */
        HEADING,
        TOTAL,
        /** Names of columns, addresses, page numbers. */
        OTHER
    }

    static BillLine of(Kind kind, String code) {
        return new BillLine(kind, code, "", "", "", "", null, null);
    }

    /** Decimal minutes of {@code 12.4}, {@code 13} or {@code 12:24}; null when it is none. */
    static BigDecimal minutes(String text) {
        String plain = text.replace(",", "");
        if (plain.matches("[0-9]{1,6}(?:\\.[0-9]{1,3})?|\\.[0-9]{1,3}")) {
            return new BigDecimal(plain);
        }
        int seconds = plain.contains(":") ? ClockText.seconds(plain) : -1;
        return seconds < 0 ? null : new BigDecimal(seconds).divide(new BigDecimal(60), 6, RoundingMode.HALF_UP);
    }

    /** An amount without its currency sign; null when it is none. */
    static BigDecimal amount(String text) {
        String plain = text.replaceAll("[$,\\s]", "");
        return plain.matches("-?[0-9]{0,9}\\.?[0-9]{1,6}") ? new BigDecimal(plain) : null;
    }
}
