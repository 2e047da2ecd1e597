package org.rebill.live;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** Live checks, for the firm's people. Phone systems ask {@link LiveServlet} and {@link AgiListener}. */
@Path("/firms/{firm}/live-checks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Codes")
@ApplicationScoped
public class LiveResource {
    private final LiveSettings settings;

    @Inject
    LiveResource(LiveSettings settings) {
        this.settings = settings;
    }

    /**
     * The firm's choice.
     *
     * @param failOpen let codes through that memory does not hold while the database does not answer
     */
    public record Choice(Boolean failOpen) {}

    @GET
    @Operation(summary = "The last 50 live checks, the newest first")
    public Page<LiveSettings.Kept> last() {
        return new Page<>(settings.last(), null);
    }

    @GET
    @Path("setting")
    @Operation(summary = "What happens to unknown codes while the database does not answer")
    public Choice setting() {
        return new Choice(settings.isFailOpen());
    }

    @PUT
    @Path("setting")
    @Operation(summary = "Choose what happens to unknown codes while the database does not answer")
    public Choice choose(Choice choice) {
        Boolean open = Problems.given(choice).failOpen();
        if (open == null) {
            throw new Refusal.Invalid("failOpen", "failOpen.missing", "Say true or false.");
        }
        settings.failOpen(open);
        return new Choice(open);
    }
}
