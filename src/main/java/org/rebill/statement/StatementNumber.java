package org.rebill.statement;

import java.util.Locale;

/** How a statement's number is written. */
final class StatementNumber {
    private StatementNumber() {}

    /**
     * Such as {@code HO-2026-0001}.
     *
     * @param prefix the firm's, may be empty
     * @param count from 1; written with four digits or more
     */
    static String of(String prefix, int year, int count) {
        String tail = String.format(Locale.ROOT, "%d-%04d", year, count);
        return prefix.isBlank() ? tail : prefix.strip() + "-" + tail;
    }
}
