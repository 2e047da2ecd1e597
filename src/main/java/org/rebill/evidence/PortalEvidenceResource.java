package org.rebill.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a client's own statements rest on, by REST. */
@Path("/firms/{firm}/portal/statements/{id}/evidence")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Client portal")
@ApplicationScoped
public class PortalEvidenceResource {
    private final Proofs proofs;

    @Inject
    PortalEvidenceResource(Proofs proofs) {
        this.proofs = proofs;
    }

    @GET
    @Operation(
            summary = "What a statement rests on, line by line",
            description = "Holds the records of the client's own calls only.")
    public Evidence ofStatement(@PathParam("id") UUID id) {
        return proofs.ofOwnStatement(id);
    }

    @GET
    @Path("zip")
    @Produces(EvidenceResource.ZIP)
    @Operation(
            summary = "The same with the PDF, to be verified without this service",
            description = "By 'java -jar rebill-verifier.jar evidence.zip' (/downloads/rebill-verifier.jar).")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = EvidenceResource.ZIP, schema = @Schema(format = "binary")))
    public Response zip(@PathParam("id") UUID id) {
        return EvidenceResource.response(proofs.ownArchive(id));
    }
}
