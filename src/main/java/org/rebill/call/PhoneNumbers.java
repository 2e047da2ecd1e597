package org.rebill.call;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.google.i18n.phonenumbers.ShortNumberInfo;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Makes E.164 numbers of what phone systems write (DOMAIN.md D12). libphonenumber does 90,000 a second, so results are
 * remembered in a table of fixed size; a number that falls on another's place takes it.
 */
final class PhoneNumbers {
    /**
     * A number as understood.
     *
     * @param text E.164, else digits as written, else empty
     * @param emergency an emergency number of the country
     */
    record Known(String text, boolean emergency) {}

    private enum Kind {
        CALLER,
        DIALLED
    }

    private record Remembered(NumberPlan plan, Kind kind, String first, String second, Known known) {}

    private static final int PLACES = 1 << 16;
    private static final int LEAST_AFTER_PREFIX = 3;
    private static final AtomicReferenceArray<Remembered> MEMORY = new AtomicReferenceArray<>(PLACES);
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final ShortNumberInfo SHORT = ShortNumberInfo.getInstance();

    private PhoneNumbers() {}

    /** A caller's number as the telephone company gave it; empty text for a withheld one. */
    static Known caller(NumberPlan plan, String written) {
        return remembered(plan, Kind.CALLER, written, "");
    }

    /**
     * A number that was called.
     *
     * @param sent what went out to the telephone company; empty when not known
     * @param dialled what somebody dialled, an outside prefix or code dial string included
     */
    static Known dialled(NumberPlan plan, String sent, String dialled) {
        return remembered(plan, Kind.DIALLED, sent, dialled);
    }

    private static Known remembered(NumberPlan plan, Kind kind, String first, String second) {
        int hash = (first.hashCode() * 31 + second.hashCode()) * 31
                + plan.country().hashCode()
                + (kind == Kind.CALLER ? 1 : 0);
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        Remembered there = MEMORY.get(place);
        if (there != null
                && there.kind == kind
                && there.first.equals(first)
                && there.second.equals(second)
                && there.plan.equals(plan)) {
            return there.known;
        }
        Known known = kind == Kind.CALLER ? findCaller(plan, first) : findDialled(plan, first, second);
        MEMORY.set(place, new Remembered(plan, kind, first, second, known));
        return known;
    }

    private static Known findCaller(NumberPlan plan, String written) {
        String number = digits(written);
        if (number.isEmpty()) {
            return new Known("", false);
        }
        String withPlus = number.startsWith("+") || number.length() < 11 ? "" : "+" + number;
        String local = isNorthAmerica(plan) ? withArea(plan, number) : "";
        String found = best(plan, local, number, withPlus, stripped(plan, number));
        return new Known(found.isEmpty() ? number : found, false);
    }

    private static Known findDialled(NumberPlan plan, String sent, String dialled) {
        String out = digits(sent);
        String in = digits(DialString.of(dialled).number());
        // What was sent to the telephone company seldom lacks its area code, save for seven digits in North America.
        String outLocal = isNorthAmerica(plan) ? withArea(plan, out) : "";
        String behindPrefix = stripped(plan, in);
        String[] choices = {
            outLocal, out, stripped(plan, out), withArea(plan, behindPrefix), behindPrefix, withArea(plan, in), in
        };
        for (String choice : choices) {
            if (!choice.isEmpty() && isEmergency(plan, choice)) {
                return new Known(choice, true);
            }
        }
        String found = best(plan, choices);
        if (!found.isEmpty()) {
            return new Known(found, false);
        }
        return new Known(out.isEmpty() ? in : out, false);
    }

    private static boolean isEmergency(NumberPlan plan, String number) {
        return number.length() <= 6 && SHORT.isEmergencyNumber(number, region(plan));
    }

    private static String region(NumberPlan plan) {
        return plan.country().toUpperCase(Locale.ROOT);
    }

    /** Digits with a leading plus, punctuation dropped; empty when it is a name or holds none. */
    private static String digits(String written) {
        StringBuilder digits = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            } else if (c == '+' && digits.isEmpty()) {
                digits.append(c);
            } else if (c == '#') {
                // A carrier's technical prefix ends here.
                digits.setLength(0);
            } else if (" -.()/*".indexOf(c) < 0) {
                return "";
            }
        }
        return digits.length() == 1 && digits.charAt(0) == '+' ? "" : digits.toString();
    }

    private static String stripped(NumberPlan plan, String number) {
        String prefix = plan.outsidePrefix();
        return !prefix.isEmpty() && number.startsWith(prefix) && number.length() >= prefix.length() + LEAST_AFTER_PREFIX
                ? number.substring(prefix.length())
                : "";
    }

    /** The first choice that is a valid number, else the first that could be one, else empty. */
    private static String best(NumberPlan plan, String... choices) {
        String possible = "";
        for (String choice : choices) {
            if (choice.isEmpty()) {
                continue;
            }
            PhoneNumber number = parse(choice, plan);
            if (number == null) {
                continue;
            }
            if (NUMBERS.isValidNumber(number)) {
                return NUMBERS.format(number, PhoneNumberFormat.E164);
            }
            if (possible.isEmpty() && NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE) {
                possible = NUMBERS.format(number, PhoneNumberFormat.E164);
            }
        }
        return possible;
    }

    private static boolean isNorthAmerica(NumberPlan plan) {
        return NUMBERS.getCountryCodeForRegion(region(plan)) == 1;
    }

    /** The number behind its area code, where it may have been dialled without one; else empty. */
    private static String withArea(NumberPlan plan, String number) {
        if (plan.areaCode().isEmpty() || number.isEmpty() || number.startsWith("+")) {
            return "";
        }
        if (isNorthAmerica(plan)) {
            return number.length() == 7 ? plan.areaCode() + number : "";
        }
        String trunk = NUMBERS.getNddPrefixForRegion(region(plan), true);
        return trunk == null || trunk.isEmpty() || number.startsWith(trunk) ? "" : plan.areaCode() + number;
    }

    private static PhoneNumber parse(String number, NumberPlan plan) {
        try {
            return NUMBERS.parse(number, region(plan));
        } catch (NumberParseException e) {
            return null;
        }
    }
}
