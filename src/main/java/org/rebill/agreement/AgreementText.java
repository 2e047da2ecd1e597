package org.rebill.agreement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.firm.Person;
import org.rebill.rating.RateRule;
import org.rebill.rating.RoundingScope;
import org.rebill.rating.Terms;

/**
 * Terms in plain words: what the client is shown, what is hashed, and what stays stored with the version. The same
 * terms give the same text on every machine.
 *
 * @param words lines separated by line feeds
 */
record AgreementText(String words) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    /**
     * Who agrees on what.
     *
     * @param matter reference and name with the trade's word for it, or null for all that has no agreement of its own
     * @param validTo first day on which they no longer hold, or null
     * @param zone IANA name: whose days are meant
     */
    record Parties(
            String number,
            int versionNo,
            String firm,
            String client,
            String matter,
            LocalDate validFrom,
            LocalDate validTo,
            String zone,
            String note) {}

    /** A person's own rate. */
    record NamedRate(String person, BigDecimal hourlyRate) {}

    /** A rule and the calls it is for. */
    record NamedRule(String words, BigDecimal hourlyRate) {}

    /** Rules in words, in their order. */
    static List<NamedRule> rules(List<RateRule> rules, Map<UUID, Person> people) {
        return rules.stream()
                .map(rule -> new NamedRule(rule.name() + " (" + conditions(rule, people) + ")", rule.hourlyRate()))
                .toList();
    }

    private static String conditions(RateRule rule, Map<UUID, Person> people) {
        List<String> parts = new ArrayList<>();
        if (rule.personId() != null) {
            parts.add("with " + people.get(rule.personId()).name());
        }
        if (rule.grade() != null) {
            parts.add("with anybody who is " + rule.grade());
        }
        if (rule.activity() != null) {
            parts.add("for " + rule.activity());
        }
        if (!rule.days().isEmpty()) {
            parts.add("on "
                    + rule.week().stream()
                            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
                            .collect(Collectors.joining(", ")));
        }
        if (rule.from() != null) {
            parts.add("from " + rule.from() + " to " + rule.to());
        }
        if (Boolean.TRUE.equals(rule.holidays())) {
            parts.add("on holidays");
        }
        return String.join("; ", parts);
    }

    static AgreementText of(
            Parties parties, Terms terms, List<NamedRate> rates, List<NamedRule> rules, List<LocalDate> holidays) {
        List<String> lines = new ArrayList<>();
        lines.add("Agreement " + parties.number() + ", version " + parties.versionNo());
        lines.add("between " + parties.firm() + " and " + parties.client());
        lines.add(
                parties.matter() == null
                        ? "for all calls that no other agreement between them covers."
                        : "for " + parties.matter() + ".");
        lines.add("");
        lines.add(period(parties));
        lines.add("It covers calls that begin after it was accepted, and no earlier ones.");
        lines.add("");
        if (rules.isEmpty()) {
            price(terms, rates, lines);
        } else {
            precedence(terms, rates, rules, holidays, lines);
        }
        lines.add("");
        time(terms, lines);
        lines.add(amount(terms));
        if (parties.note() != null) {
            lines.add("");
            lines.add(parties.note());
        }
        return new AgreementText(String.join("\n", lines));
    }

    private static String period(Parties parties) {
        String end = parties.validTo() == null
                ? ", without an end"
                : " to " + DAY.format(parties.validTo().minusDays(1));
        return "Valid from " + DAY.format(parties.validFrom()) + end + ", by the days of " + parties.zone() + ".";
    }

    private static void price(Terms terms, List<NamedRate> rates, List<String> lines) {
        if (rates.isEmpty()) {
            lines.add("An hour of talk time costs " + money(terms.hourlyRate(), terms) + ".");
            return;
        }
        lines.add("An hour of talk time costs");
        rates.stream()
                .sorted(Comparator.comparing(NamedRate::person))
                .forEach(rate -> lines.add("- with " + rate.person() + ": " + money(rate.hourlyRate(), terms)));
        lines.add("- with anybody else: " + money(terms.hourlyRate(), terms));
    }

    private static void precedence(
            Terms terms, List<NamedRate> rates, List<NamedRule> rules, List<LocalDate> holidays, List<String> lines) {
        lines.add(
                "An hour of talk time costs what the first of these lines says that fits the call when it is answered:");
        int no = 0;
        for (NamedRule rule : rules) {
            lines.add(++no + ". " + rule.words() + ": " + money(rule.hourlyRate(), terms));
        }
        for (NamedRate rate :
                rates.stream().sorted(Comparator.comparing(NamedRate::person)).toList()) {
            lines.add(++no + ". with " + rate.person() + ": " + money(rate.hourlyRate(), terms));
        }
        lines.add(++no + ". any other call: " + money(terms.hourlyRate(), terms));
        if (!holidays.isEmpty()) {
            lines.add("Holidays are " + holidays.stream().map(DAY::format).collect(Collectors.joining(", ")) + ".");
        }
    }

    private static void time(Terms terms, List<String> lines) {
        lines.add("Talk time runs in whole seconds from the answer to the end. Calls that nobody answers are free.");
        if (terms.graceSeconds() > 0) {
            lines.add("Calls of up to " + duration(terms.graceSeconds()) + " are free.");
        }
        if (terms.minimumSeconds() > 0) {
            lines.add("At least " + duration(terms.minimumSeconds()) + " are billed for " + what(terms) + ".");
        }
        if (terms.initialThen()) {
            lines.add("The first " + duration(terms.initialSeconds()) + " of a call are billed whole; time beyond is "
                    + rounding(terms));
        } else {
            lines.add(
                    "The time of " + what(terms) + " is " + (together(terms) ? "added, then " : "") + rounding(terms));
        }
        if (together(terms)) {
            lines.add("What that comes to is spread over the calls in proportion to their time.");
        }
        if (terms.maximumSeconds() != null) {
            lines.add("Never more than " + duration(terms.maximumSeconds()) + " are billed for " + what(terms) + ".");
        }
    }

    private static boolean together(Terms terms) {
        return terms.scope() != RoundingScope.PER_CALL;
    }

    private static String what(Terms terms) {
        return switch (terms.scope()) {
            case PER_CALL -> "a call";
            case PER_CLIENT_DAY -> "all calls of a day";
            case PER_CLIENT_STATEMENT -> "all calls on a statement";
            case BALANCED ->
                "calls with the same person that begin within " + duration(terms.incrementSeconds())
                        + " of the first of them";
        };
    }

    private static String rounding(Terms terms) {
        if (terms.incrementSeconds() == 1) {
            return "billed to the second.";
        }
        String steps = "whole steps of " + duration(terms.incrementSeconds());
        return switch (terms.rounding()) {
            case UP -> "rounded up to " + steps + ".";
            case NEAREST -> "rounded to the nearest " + steps + ", half a step up.";
            case DOWN -> "rounded down to " + steps + ".";
        };
    }

    private static String amount(Terms terms) {
        String unit =
                switch (terms.quantity()) {
                    case HOURS_2 -> "hours with at most two decimals, times the rate of an hour";
                    case HOURS_4 -> "hours with at most four decimals, times the rate of an hour";
                    case MINUTES -> "minutes, times the rate of a minute";
                    case BLOCKS -> "steps, times the rate of a step";
                };
        int digits = terms.currency().getDefaultFractionDigits();
        String half = terms.money() == RoundingMode.HALF_EVEN ? "a half to the even digit" : "a half up";
        return "The amount of a call is its billed time in " + unit + ", rounded once to "
                + (digits == 0 ? "whole " : digits + " decimals of ")
                + terms.currency().getCurrencyCode() + ", " + half + ".";
    }

    private static String money(BigDecimal rate, Terms terms) {
        int digits = Math.max(
                terms.currency().getDefaultFractionDigits(),
                rate.stripTrailingZeros().scale());
        return rate.setScale(digits, RoundingMode.UNNECESSARY).toPlainString() + " "
                + terms.currency().getCurrencyCode();
    }

    /** Seconds in words, such as "6 minutes" and "1 hour 30 minutes". */
    static String duration(int seconds) {
        List<String> parts = new ArrayList<>();
        part(seconds / 3600, "hour", parts);
        part(seconds % 3600 / 60, "minute", parts);
        part(seconds % 60, "second", parts);
        return parts.isEmpty() ? "0 seconds" : String.join(" ", parts);
    }

    private static void part(int count, String unit, List<String> parts) {
        if (count > 0) {
            parts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    /** Of the words' UTF-8 bytes. */
    byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
