package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Refusal;

/** Lost advice by REST. */
@Path("/firms/{firm}/lost-advice")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
@ApplicationScoped
public class LostAdviceResource {
    private final LostAdvice lost;

    @Inject
    LostAdviceResource(LostAdvice lost) {
        this.lost = lost;
    }

    @GET
    @Operation(
            summary = "Advice that nobody is asked to pay for, in money, by person, week and cause",
            description = "Talk without a code, without an agreement, or too short to be billed, valued at the "
                    + "person's default rate. A professional sees the own part.")
    public LostAdvice.Report of(
            @Parameter(description = "First day, such as 2026-10-01", required = true) @QueryParam("from") String from,
            @Parameter(description = "Last day", required = true) @QueryParam("to") String to) {
        return lost.of(day("from", from), day("to", to));
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text == null ? "" : text.strip());
        } catch (DateTimeException e) {
            throw new Refusal.Invalid(field, "date.form", "Write the day as 2026-10-01.");
        }
    }
}
