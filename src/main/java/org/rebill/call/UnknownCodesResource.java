package org.rebill.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;

/** Codes that were dialled and are nobody's, by REST. */
@Path("/firms/{firm}/unknown-codes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Codes")
@ApplicationScoped
public class UnknownCodesResource {
    private final UnknownCodes codes;

    @Inject
    UnknownCodesResource(UnknownCodes codes) {
        this.codes = codes;
    }

    @GET
    @Operation(
            summary = "Codes that were dialled and that the firm does not have, those with most talk first",
            description = "Their calls wait. Give such a code to a client (POST …/codes), and they are settled.")
    public Page<UnknownCodes.Dialled> list() {
        return new Page<>(codes.list(), null);
    }
}
