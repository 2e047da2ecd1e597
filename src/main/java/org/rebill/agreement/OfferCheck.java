package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.rebill.agreement.OfferDraft.PersonRate;
import org.rebill.platform.Problems;
import org.rebill.rating.InvalidTerms;
import org.rebill.rating.Problem;
import org.rebill.rating.RateRule;
import org.rebill.rating.Terms;
import org.rebill.rating.TermsDraft;

/**
 * Terms for a client as they were entered, checked: everything that is wrong with them at once, at the fields.
 *
 * @param terms for those who have no rate of their own; empty while the price of a call can't be told
 * @param rates of single persons, as they will be kept
 * @param rules as they will be kept, in their order
 * @param holidays as they will be kept, each once, in order
 * @param note without blanks around it, or null
 * @param problems why this can't be offered
 */
record OfferCheck(
        Optional<Terms> terms,
        List<PersonRate> rates,
        List<RateRule> rules,
        List<LocalDate> holidays,
        String note,
        Problems problems) {
    private static final int MOST_RULES = 30;
    private static final int MOST_HOLIDAYS = 200;
    private static final int NAME = 60;

    private static final LocalDate EARLIEST = LocalDate.of(1990, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);
    private static final int NOTE_LINES = 20;
    private static final int NOTE_LINE = 500;

    /**
     * Checks.
     *
     * @param currency what the client is billed in
     * @param people the firm's
     */
    static OfferCheck of(OfferDraft draft, String currency, Set<UUID> people) {
        Problems problems = new Problems();
        Optional<Terms> terms = Optional.empty();
        List<PersonRate> rates = List.of();
        List<RateRule> rules = List.of();
        if (draft.terms() == null) {
            problems.add("terms", "terms.missing", "Give the terms: at least the rate of an hour and the increment.");
        } else {
            TermsDraft entered = in(currency, draft.terms(), problems);
            terms = terms(entered, "terms.", problems);
            if (terms.isPresent()) {
                rates = rates(draft.rates(), entered, people, problems);
                rules = rules(draft, entered, people, problems);
            }
        }
        period(draft, problems);
        return new OfferCheck(
                terms,
                rates,
                rules,
                new TreeSet<>(draft.holidays()).stream().toList(),
                problems.optionalLines("note", draft.note(), NOTE_LINES, NOTE_LINE),
                problems);
    }

    /** What may be agreed on but deserves a second look; empty when nothing does. */
    List<Problem> cautions() {
        return terms.map(Terms::cautions).orElse(List.of());
    }

    private static TermsDraft in(String currency, TermsDraft entered, Problems problems) {
        String other = entered.currency();
        if (other != null && !other.isBlank() && !other.strip().equalsIgnoreCase(currency)) {
            problems.add(
                    "terms.currency",
                    "currency.other",
                    "This client is billed in " + currency + "; terms in '" + other.strip()
                            + "' would not fit its statements. Change the client's currency first.");
        }
        return with(entered, currency, entered.hourlyRate());
    }

    private static TermsDraft with(TermsDraft entered, String currency, BigDecimal hourlyRate) {
        return new TermsDraft(
                currency,
                hourlyRate,
                entered.initialThen(),
                entered.incrementSeconds(),
                entered.initialSeconds(),
                entered.minimumSeconds(),
                entered.rounding(),
                entered.graceSeconds(),
                entered.maximumSeconds(),
                entered.quantity(),
                entered.money(),
                entered.scope());
    }

    private static Optional<Terms> terms(TermsDraft entered, String at, Problems problems) {
        try {
            return Optional.of(entered.terms());
        } catch (InvalidTerms e) {
            e.problems().forEach(problem -> problems.add(at + problem.field(), problem.code(), problem.text()));
            return Optional.empty();
        }
    }

    private static List<PersonRate> rates(
            List<PersonRate> entered, TermsDraft general, Set<UUID> people, Problems problems) {
        List<PersonRate> kept = new ArrayList<>();
        Set<UUID> seen = new HashSet<>();
        for (int i = 0; i < entered.size(); i++) {
            PersonRate rate = entered.get(i);
            String at = "rates[" + i + "].";
            if (rate.personId() == null || !people.contains(rate.personId())) {
                problems.add(at + "personId", "person.unknown", "Choose one of the firm's people.");
            } else if (!seen.add(rate.personId())) {
                problems.add(at + "personId", "person.twice", "This person has a rate already. Keep one of the two.");
            }
            terms(with(general, general.currency(), rate.hourlyRate()), at, problems)
                    .ifPresent(terms -> kept.add(new PersonRate(rate.personId(), terms.hourlyRate())));
        }
        return kept;
    }

    private static List<RateRule> rules(OfferDraft draft, TermsDraft general, Set<UUID> people, Problems problems) {
        if (draft.rules().size() > MOST_RULES) {
            problems.add("rules", "rules.many", "Use at most " + MOST_RULES + " rules; a client has to read them.");
            return List.of();
        }
        if (draft.holidays().size() > MOST_HOLIDAYS) {
            problems.add("holidays", "holidays.many", "Name at most " + MOST_HOLIDAYS + " holidays.");
        }
        List<RateRule> kept = new ArrayList<>();
        for (int i = 0; i < draft.rules().size(); i++) {
            RateRule rule = draft.rules().get(i);
            String at = "rules[" + i + "].";
            conditions(rule, at, people, draft.holidays().isEmpty(), problems);
            String name = problems.line(
                    at + "name",
                    rule.name(),
                    NAME,
                    "Name the rule: the name stands on the agreement and in the prices.");
            String grade = problems.optionalLine(at + "grade", rule.grade(), NAME);
            String activity = problems.optionalLine(at + "activity", rule.activity(), NAME);
            terms(with(general, general.currency(), rule.hourlyRate()), at, problems)
                    .ifPresent(terms -> kept.add(new RateRule(
                            name,
                            rule.personId(),
                            grade,
                            activity,
                            rule.days(),
                            rule.from(),
                            rule.to(),
                            Boolean.TRUE.equals(rule.holidays()) ? Boolean.TRUE : null,
                            terms.hourlyRate())));
        }
        return kept;
    }

    private static void conditions(RateRule rule, String at, Set<UUID> people, boolean noHolidays, Problems problems) {
        if (rule.personId() != null && !people.contains(rule.personId())) {
            problems.add(at + "personId", "person.unknown", "Choose one of the firm's people.");
        }
        if ((rule.from() == null) != (rule.to() == null)) {
            problems.add(at + "to", "rule.time", "Give both times of day, from and to, or none.");
        } else if (rule.from() != null && rule.from().equals(rule.to())) {
            problems.add(at + "to", "rule.time-same", "From and to are the same. Leave both out for the whole day.");
        }
        boolean onHolidays = Boolean.TRUE.equals(rule.holidays());
        if (onHolidays && noHolidays) {
            problems.add("holidays", "holidays.missing", "A rule is for holidays: say which days these are.");
        }
        boolean blankGrade = rule.grade() == null || rule.grade().isBlank();
        boolean blankActivity = rule.activity() == null || rule.activity().isBlank();
        if (rule.personId() == null
                && blankGrade
                && blankActivity
                && rule.days().isEmpty()
                && rule.from() == null
                && !onHolidays) {
            problems.add(
                    at + "name",
                    "rule.everything",
                    "This rule fits every call. Say for which calls it is, or make it the general rate.");
        }
    }

    private static void period(OfferDraft draft, Problems problems) {
        LocalDate from = draft.validFrom();
        LocalDate to = draft.validTo();
        if (from == null) {
            problems.add("validFrom", "from.missing", "Give the first day these terms hold.");
        } else if (from.isBefore(EARLIEST) || from.isAfter(LATEST)) {
            problems.add("validFrom", "from.range", "The first day lies between 1990 and 2100; is the year right?");
        }
        if (to != null && (to.isBefore(EARLIEST) || to.isAfter(LATEST))) {
            problems.add("validTo", "to.range", "The end lies between 1990 and 2100; is the year right?");
        } else if (from != null && to != null && !to.isAfter(from)) {
            problems.add("validTo", "to.order", "The end comes after the first day; leave it out for no end.");
        }
    }
}
