package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Problems;
import org.rebill.platform.Revision;

/** What the firm says of itself, by REST. */
@Path("/firms/{firm}/profile")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Settings")
@ApplicationScoped
public class ProfileResource {
    private final FirmSettings settings;

    @Inject
    ProfileResource(FirmSettings settings) {
        this.settings = settings;
    }

    @GET
    @Operation(summary = "What the firm says of itself; the ETag is needed to change it, or its logo")
    @APIResponse(content = @Content(schema = @Schema(implementation = ProfileDocument.class)))
    public Response get() {
        return answer(settings.get());
    }

    @PUT
    @Operation(
            summary = "Change what the firm says of itself",
            description = "All that may be changed, with the ETag that was read; an owner's right. Drafts and later "
                    + "statements carry it; issued statements keep what was printed.")
    @APIResponse(content = @Content(schema = @Schema(implementation = ProfileDocument.class)))
    public Response change(
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            FirmDetails details) {
        return answer(settings.change(Revision.required(ifMatch, "profile"), Problems.given(details)));
    }

    static Response answer(Firm firm) {
        return Response.ok(ProfileDocument.of(firm), MediaType.APPLICATION_JSON_TYPE)
                .tag(Revision.tag(firm.version()))
                .build();
    }
}
