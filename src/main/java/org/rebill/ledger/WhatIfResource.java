package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.agreement.OfferDraft;
import org.rebill.platform.Problems;
import org.rebill.rating.RateRule;
import org.rebill.rating.TermsDraft;

/** A period under other terms, by REST. */
@Path("/firms/{firm}/what-if")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Agreements")
@ApplicationScoped
public class WhatIfResource {
    private final WhatIf whatIf;

    @Inject
    WhatIfResource(WhatIf whatIf) {
        this.whatIf = whatIf;
    }

    /**
     * Whose calls under which terms.
     *
     * @param from first day of the calls, in the firm's zone
     * @param to last day
     * @param rates other hourly rates for single persons; may be left out
     * @param rules rates for some calls, the first that fits holds; may be left out
     * @param holidays days on which the rules for holidays hold
     */
    public record Wanted(
            UUID clientId,
            LocalDate from,
            LocalDate to,
            TermsDraft terms,
            List<OfferDraft.PersonRate> rates,
            List<RateRule> rules,
            List<LocalDate> holidays) {}

    @POST
    @Operation(
            summary = "What a client's priced calls of a period would have cost under other terms",
            description = "Beside what they cost, by month and person. Stores nothing.")
    public WhatIf.Result of(Wanted wanted) {
        Wanted given = Problems.given(wanted);
        return whatIf.of(
                given.clientId(),
                given.from(),
                given.to(),
                new OfferDraft(given.terms(), null, null, null, given.rates(), given.rules(), given.holidays()));
    }
}
