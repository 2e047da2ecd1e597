package org.rebill.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a statement's amounts rest on, by REST. */
@Path("/firms/{firm}/statements/{id}/evidence")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evidence")
@ApplicationScoped
public class EvidenceResource {
    static final String ZIP = "application/zip";

    private final Proofs proofs;

    @Inject
    EvidenceResource(Proofs proofs) {
        this.proofs = proofs;
    }

    @GET
    @Operation(summary = "What an issued statement rests on, line by line")
    public Evidence ofStatement(@PathParam("id") UUID id) {
        return proofs.ofStatement(id);
    }

    @GET
    @Path("zip")
    @Produces(ZIP)
    @Operation(
            summary = "The same with the PDF, to be verified without this service",
            description = "By 'java -jar rebill-verifier.jar evidence.zip' (/downloads/rebill-verifier.jar).")
    @APIResponse(responseCode = "200", content = @Content(mediaType = ZIP, schema = @Schema(format = "binary")))
    public Response zip(@PathParam("id") UUID id) {
        return response(proofs.archive(id));
    }

    static Response response(Proofs.Archive archive) {
        return Response.ok(archive.bytes(), ZIP)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + archive.name() + "\"")
                .build();
    }
}
