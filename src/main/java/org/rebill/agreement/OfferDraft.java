package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.rebill.rating.RateRule;
import org.rebill.rating.TermsDraft;

/**
 * Terms for a client as somebody enters them, with nothing checked.
 *
 * @param terms their currency left out is the client's, and another one is refused
 * @param validFrom first day, in the firm's zone
 * @param validTo first day on which they no longer hold, in the firm's zone; null for no end
 * @param note added for the client to read, or null
 * @param rates other hourly rates for single persons; null for none
 * @param rules rates for some calls, the first that fits a call holds, before those of single persons; null for none
 * @param holidays days on which the rules for holidays hold; null for none
 */
public record OfferDraft(
        TermsDraft terms,
        LocalDate validFrom,
        LocalDate validTo,
        String note,
        List<PersonRate> rates,
        List<RateRule> rules,
        List<LocalDate> holidays) {
    /** Another rate for one person. */
    public record PersonRate(UUID personId, BigDecimal hourlyRate) {}

    public OfferDraft {
        rates = rates == null ? List.of() : List.copyOf(rates);
        rules = rules == null ? List.of() : List.copyOf(rules);
        holidays = holidays == null ? List.of() : List.copyOf(holidays);
    }

    /** Without rules. */
    public OfferDraft(TermsDraft terms, LocalDate validFrom, LocalDate validTo, String note, List<PersonRate> rates) {
        this(terms, validFrom, validTo, note, rates, null, null);
    }
}
