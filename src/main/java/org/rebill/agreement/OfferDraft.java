package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.rebill.rating.TermsDraft;

/**
 * Terms for a client as somebody enters them, with nothing checked.
 *
 * @param terms their currency left out is the client's, and another one is refused
 * @param validFrom first day, in the firm's zone
 * @param validTo first day on which they no longer hold, in the firm's zone; null for no end
 * @param note added for the client to read, or null
 * @param rates other hourly rates for single persons; null for none
 */
public record OfferDraft(
        TermsDraft terms, LocalDate validFrom, LocalDate validTo, String note, List<PersonRate> rates) {
    /** Another rate for one person. */
    public record PersonRate(UUID personId, BigDecimal hourlyRate) {}

    public OfferDraft {
        rates = rates == null ? List.of() : List.copyOf(rates);
    }
}
