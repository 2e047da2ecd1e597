package org.rebill.intake.format;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of a bill as text: told by what they hold, since every company prints its own columns. */
final class BillText {
    private static final String DATE = "([0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{2,4})?|[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "|(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\\.? +[0-9]{1,2}(?:,? +[0-9]{4})?)";
    private static final String TIME = "([0-9]{1,2}:?[0-9]{2}(?::[0-9]{2})? ?(?:[AP]M?)?)";
    private static final String NUMBER =
            "(\\+?(?:1[ -])?\\(?[0-9]{3}\\)?[ .-]?[0-9]{3}[ .-]?[0-9]{4}|[0-9]{7,15}|[0-9]{3}-[0-9]{4}|011[0-9 ]{7,16})";
    private static final Pattern CALL = Pattern.compile(
            "^(.*?)\\b" + DATE + " +" + TIME
                    + " +(.*) +([0-9]+(?:[.:][0-9]+)?|\\.[0-9]+) +\\$?([0-9,]*\\.[0-9]{2,4}) *$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBERS = Pattern.compile("(?<![0-9])" + NUMBER + "(?![0-9])");
    private static final Pattern HEADING = Pattern.compile(
            "^\\W*(?:ACCOUNT|ACCT|AUTH(?:ORIZATION)?|PROJECT) *CODE *(?:NO|NUMBER|#)?\\.? *[:#=-]? *([0-9*#]{1,16})\\b.*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern TOTAL = Pattern.compile(
            "^.*?\\b((?:SUB|GRAND )?TOTAL)S?\\b(.*?)([0-9,]+(?:[.:][0-9]+)?|\\.[0-9]+)(?: *MIN[A-Z]*)? +\\$?([0-9,]*\\.[0-9]{2,4}) *$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern CODE =
            Pattern.compile("CODE\\W*([0-9*#]{1,16})|^\\W*([0-9*#]{1,16})\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern LAST_CODE = Pattern.compile("(?:^| )([0-9*#]{1,16}) *$");

    private BillText() {}

    static boolean isHeading(String line) {
        return HEADING.matcher(line).matches() && !line.toLowerCase(Locale.ROOT).contains("total");
    }

    static boolean isCall(String line) {
        return line(line).kind() == BillLine.Kind.CALL;
    }

    /** The code of a heading; empty when it is none. */
    static String headingCode(String line) {
        Matcher heading = HEADING.matcher(line);
        return heading.matches() ? heading.group(1) : "";
    }

    static BillLine line(String line) {
        Matcher total = TOTAL.matcher(line);
        if (total.matches()) {
            Matcher code = CODE.matcher(line.substring(0, total.start(3)));
            boolean grand = total.group(1).toLowerCase(Locale.ROOT).startsWith("grand");
            String found = grand || !code.find() ? "" : code.group(1) == null ? code.group(2) : code.group(1);
            return new BillLine(
                    BillLine.Kind.TOTAL,
                    found,
                    "",
                    "",
                    "",
                    "",
                    BillLine.minutes(total.group(3)),
                    BillLine.amount(total.group(4)));
        }
        if (isHeading(line)) {
            return BillLine.of(BillLine.Kind.HEADING, headingCode(line));
        }
        Matcher call = CALL.matcher(line);
        if (!call.matches()) {
            return BillLine.of(BillLine.Kind.OTHER, "");
        }
        Matcher numbers = NUMBERS.matcher(call.group(4));
        String from = "";
        String to = "";
        while (numbers.find()) {
            from = to;
            to = numbers.group(1);
        }
        if (to.isEmpty()) {
            return BillLine.of(BillLine.Kind.OTHER, "");
        }
        Matcher code = LAST_CODE.matcher(call.group(1));
        return new BillLine(
                BillLine.Kind.CALL,
                code.find() ? code.group(1) : "",
                call.group(2),
                call.group(3),
                from,
                to,
                BillLine.minutes(call.group(5)),
                BillLine.amount(call.group(6)));
    }
}
