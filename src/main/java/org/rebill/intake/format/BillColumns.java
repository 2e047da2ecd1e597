package org.rebill.intake.format;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Columns of a bill as CSV, by the names in its first line. */
final class BillColumns {
    private static final byte[] SEPARATORS = {',', ';', '\t'};
    private static final String[] CODE = {
        "Account Code", "Acct Code", "AccountCode", "Acct", "Authorization Code", "Auth Code", "Project Code", "Code"
    };
    private static final String[] DATE = {"Date", "Call Date", "Connect Date", "Start Date"};
    private static final String[] TIME = {"Time", "Call Time", "Connect Time", "Start Time"};
    private static final String[] FROM = {
        "From", "From Number", "Originating Number", "Orig Number", "Calling Number", "Billing Number", "BTN", "ANI"
    };
    private static final String[] TO = {
        "To",
        "To Number",
        "Terminating Number",
        "Term Number",
        "Called Number",
        "Number Called",
        "Dialed Number",
        "Dialled Number"
    };
    private static final String[] MINUTES = {"Minutes", "Mins", "Min", "Duration", "Length", "Billed Minutes", "Usage"};
    private static final String[] AMOUNT = {"Amount", "Charge", "Cost", "Price", "Total Charge"};

    private final ColumnNames names;
    private final byte separator;

    private BillColumns(ColumnNames names, byte separator) {
        this.names = names;
        this.separator = separator;
    }

    /** Of a file whose first line names a code, date, number called, minutes and amount; else empty. */
    static Optional<BillColumns> of(byte[] head) {
        for (byte separator : SEPARATORS) {
            ColumnNames names = FirstLines.of(head, separator).header();
            boolean all =
                    names.has(CODE) && names.has(DATE) && names.has(TO) && names.has(MINUTES) && names.has(AMOUNT);
            if (all && ClockText.seconds(names.names().get(0)) < 0) {
                return Optional.of(new BillColumns(names, separator));
            }
        }
        return Optional.empty();
    }

    ColumnNames names() {
        return names;
    }

    byte separator() {
        return separator;
    }

    BillLine line(TextRow row) {
        List<String> values = row.values();
        if (names.areThose(values)) {
            return BillLine.of(BillLine.Kind.OTHER, "");
        }
        boolean total = values.stream().anyMatch(value -> isTotal(value.strip()));
        BigDecimal minutes = BillLine.minutes(row.text(MINUTES));
        BigDecimal amount = BillLine.amount(row.text(AMOUNT));
        if (total) {
            return new BillLine(BillLine.Kind.TOTAL, row.text(CODE), "", "", "", "", minutes, amount);
        }
        if (row.text(DATE).isEmpty() && row.text(TO).isEmpty()) {
            String code = row.text(CODE).isEmpty() ? BillText.headingCode(String.join(" ", values)) : row.text(CODE);
            return BillLine.of(code.isEmpty() ? BillLine.Kind.OTHER : BillLine.Kind.HEADING, code);
        }
        return new BillLine(
                BillLine.Kind.CALL,
                row.text(CODE),
                row.text(DATE),
                row.text(TIME),
                row.text(FROM),
                row.text(TO),
                minutes,
                amount);
    }

    static boolean isTotal(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith("total") || lower.startsWith("subtotal") || lower.startsWith("grand total");
    }
}
