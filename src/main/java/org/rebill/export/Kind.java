package org.rebill.export;

/** What the values of a column are. Their Java type is in brackets. */
public enum Kind {
    /** Words, codes, numbers of telephones (String). */
    TEXT,
    /** How many (Long). */
    COUNT,
    /** Time in whole seconds (Long). */
    SECONDS,
    /** Hours, minutes or blocks (BigDecimal). */
    QUANTITY,
    /** An amount in the row's currency, or the sheet's (BigDecimal). */
    MONEY,
    /** A share in per cent (BigDecimal). */
    PERCENT,
    /** A day (LocalDate). */
    DATE,
    /** A point of time (ZonedDateTime, in the firm's zone). */
    TIME;

    /** Written as a number. */
    boolean isNumber() {
        return this == COUNT || this == SECONDS || this == QUANTITY || this == MONEY || this == PERCENT;
    }
}
