package org.rebill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Saved reports by REST. */
@Path("/firms/{firm}/saved-reports")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
@ApplicationScoped
public class SavedReportsResource {
    private final SavedReports saved;

    @Inject
    SavedReportsResource(SavedReports saved) {
        this.saved = saved;
    }

    /**
     * A saved report.
     *
     * @param query of the reports page, such as {@code report=clients&period=LAST_MONTH}
     */
    public record Body(UUID id, String name, String query, Instant savedAt, String savedBy) {
        static Body of(SavedReport report) {
            return new Body(report.id(), report.name(), report.query(), report.savedAt(), report.savedBy());
        }
    }

    /**
     * What to save.
     *
     * @param parameters report, period (MONTH, LAST_MONTH, QUARTER, YEAR, LAST_YEAR) or from and to, client, person,
     *     source, currency
     */
    public record Draft(String name, Map<String, String> parameters) {}

    @GET
    @Operation(summary = "Saved reports by name")
    public Page<Body> list() {
        return new Page<>(saved.all().stream().map(Body::of).toList(), null);
    }

    @POST
    @Operation(summary = "Save a report with its filters under a name")
    public Body save(Draft draft) {
        if (draft == null) {
            throw new Refusal.Invalid("", "document.missing", "Send a JSON document with this request.");
        }
        return Body.of(saved.save(draft.name(), draft.parameters()));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Remove a saved report")
    public void remove(@PathParam("id") UUID id) {
        saved.remove(id);
    }
}
