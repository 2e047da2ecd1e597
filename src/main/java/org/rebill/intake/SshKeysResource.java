package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Problems;

/** Public keys of a source for SFTP, by REST. */
@Path("/firms/{firm}/sources/{id}/ssh-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class SshKeysResource {
    private final SshKeys keys;

    @Inject
    SshKeysResource(SshKeys keys) {
        this.keys = keys;
    }

    /**
     * A public key.
     *
     * @param type such as ssh-ed25519
     * @param fingerprint as OpenSSH shows it
     * @param comment what stood behind the key; may be empty
     * @param lastUsedAt to the minute; absent while it was never used
     * @param revokedAt absent while it is valid
     */
    public record SshKeyBody(
            UUID id,
            String type,
            String fingerprint,
            String comment,
            Instant madeAt,
            String madeBy,
            Instant lastUsedAt,
            Instant revokedAt,
            String revokedBy) {
        static SshKeyBody of(SshKey key) {
            return new SshKeyBody(
                    key.id(),
                    key.type(),
                    key.fingerprint(),
                    key.comment(),
                    key.madeAt(),
                    key.madeBy(),
                    key.lastUsedAt(),
                    key.revokedAt(),
                    key.revokedBy());
        }
    }

    /** A source's public keys. */
    public record SshKeyList(List<SshKeyBody> items) {}

    /**
     * A public key to add.
     *
     * @param publicKey one line as OpenSSH writes it: type, base 64, comment
     */
    public record NewSshKey(String publicKey) {}

    @GET
    @Operation(summary = "The source's public keys for SFTP, valid ones first")
    public SshKeyList list(@PathParam("id") UUID id) {
        return new SshKeyList(keys.of(id).stream().map(SshKeyBody::of).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Add a public key by which a machine drops files of the source by SFTP",
            description = "The user name there is the firm's short name. ed25519, ECDSA or RSA from 2048 bits on.")
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = SshKeyBody.class)))
    public Response add(@PathParam("id") UUID id, NewSshKey key) {
        return Response.status(Response.Status.CREATED)
                .entity(SshKeyBody.of(keys.add(id, Problems.given(key).publicKey())))
                .build();
    }

    @POST
    @Path("{key}/revoke")
    @Operation(summary = "Revoke a public key, at once and for good")
    public SshKeyBody revoke(@PathParam("id") UUID id, @PathParam("key") UUID key) {
        return SshKeyBody.of(keys.revoke(id, key));
    }
}
