package org.rebill.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a call's charges rest on, by REST. */
@Path("/firms/{firm}/calls/{id}/evidence")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Evidence")
@ApplicationScoped
public class CallEvidenceResource {
    private final Proofs proofs;

    @Inject
    CallEvidenceResource(Proofs proofs) {
        this.proofs = proofs;
    }

    @GET
    @Operation(
            summary = "What the charges of a call rest on",
            description = "From the amount back to the phone system's bytes: explanation, agreement and its "
                    + "acceptance, codes with their authors, records with the hash of their file, audit entries.")
    public Evidence ofCall(@PathParam("id") UUID id) {
        return proofs.ofCall(id);
    }
}
