package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rebill.agreement.OfferDraft.PersonRate;
import org.rebill.platform.Problems;
import org.rebill.rating.InvalidTerms;
import org.rebill.rating.Problem;
import org.rebill.rating.Terms;
import org.rebill.rating.TermsDraft;

/**
 * Terms for a client as they were entered, checked: everything that is wrong with them at once, at the fields.
 *
 * @param terms for those who have no rate of their own; empty while the price of a call can't be told
 * @param rates of single persons, as they will be kept
 * @param note without blanks around it, or null
 * @param problems why this can't be offered
 */
record OfferCheck(Optional<Terms> terms, List<PersonRate> rates, String note, Problems problems) {
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
        if (draft.terms() == null) {
            problems.add("terms", "terms.missing", "Give the terms: at least the rate of an hour and the increment.");
        } else {
            TermsDraft entered = in(currency, draft.terms(), problems);
            terms = terms(entered, "terms.", problems);
            if (terms.isPresent()) {
                rates = rates(draft.rates(), entered, people, problems);
            }
        }
        period(draft, problems);
        return new OfferCheck(
                terms, rates, problems.optionalLines("note", draft.note(), NOTE_LINES, NOTE_LINE), problems);
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
                entered.money());
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
