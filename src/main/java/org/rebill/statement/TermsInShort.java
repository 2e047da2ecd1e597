package org.rebill.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.rebill.rating.Terms;

/** How terms count time, in a few words under the agreement's number; rates stand on the lines. */
final class TermsInShort {
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

    private TermsInShort() {}

    static String of(Terms terms) {
        List<String> sentences = new ArrayList<>();
        sentences.add(steps(terms));
        if (terms.minimumSeconds() > 0) {
            sentences.add("At least " + duration(terms.minimumSeconds()) + " " + scope(terms) + ".");
        }
        if (terms.maximumSeconds() != null) {
            sentences.add("At most " + duration(terms.maximumSeconds()) + " " + scope(terms) + ".");
        }
        if (terms.graceSeconds() > 0) {
            sentences.add("Calls of up to " + duration(terms.graceSeconds()) + " are free.");
        }
        return String.join(" ", sentences);
    }

    private static String steps(Terms terms) {
        if (terms.incrementSeconds() == 1 && !terms.initialThen()) {
            return "Time to the second.";
        }
        String first = terms.initialThen()
                ? "The first " + duration(terms.initialSeconds()) + " whole, then steps of "
                : "Time in steps of ";
        return first + duration(terms.incrementSeconds()) + inHours(terms.incrementSeconds()) + ", " + way(terms) + " "
                + scope(terms) + ".";
    }

    /** Over what time is rounded; what calls come to together is spread over their lines. */
    private static String scope(Terms terms) {
        return switch (terms.scope()) {
            case PER_CALL -> "per call";
            case PER_CLIENT_DAY -> "for the calls of a day together";
            case PER_CLIENT_STATEMENT -> "for all calls together";
            case BALANCED -> "for calls of one person within one step together";
        };
    }

    private static String way(Terms terms) {
        return switch (terms.rounding()) {
            case UP -> "rounded up";
            case NEAREST -> "rounded to the nearest";
            case DOWN -> "rounded down";
        };
    }

    /** Tenths and other short decimals of an hour are what people know these steps by. */
    private static String inHours(int seconds) {
        BigDecimal hours = BigDecimal.valueOf(seconds).divide(HOUR, 4, RoundingMode.HALF_UP);
        BigDecimal shortHours = hours.setScale(2, RoundingMode.HALF_UP);
        boolean exact = shortHours.multiply(HOUR).compareTo(BigDecimal.valueOf(seconds)) == 0;
        return exact ? " (" + shortHours.stripTrailingZeros().toPlainString() + " h)" : "";
    }

    static String duration(int seconds) {
        List<String> parts = new ArrayList<>();
        part(seconds / 3600, "hour", parts);
        part(seconds % 3600 / 60, "minute", parts);
        part(seconds % 60, "second", parts);
        return String.join(" ", parts);
    }

    private static void part(int count, String unit, List<String> parts) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }
}
