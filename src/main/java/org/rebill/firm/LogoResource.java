package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Refusal;
import org.rebill.platform.Revision;
import org.rebill.platform.Sha256;

/** The firm's logo, by REST. It has the profile's ETag: the two are one document. */
@Path("/firms/{firm}/logo")
@Tag(name = "Settings")
@ApplicationScoped
public class LogoResource {
    private static final String SVG = "image/svg+xml";
    private static final String PNG = "image/png";
    private static final String JPEG = "image/jpeg";
    /** Bytes over the largest picture that are read and dropped. */
    private static final int HEARD_OUT = 8 * 1024 * 1024;

    /** A drawing that a browser opens by itself may do nothing but draw. */
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final FirmSettings settings;

    @Inject
    LogoResource(FirmSettings settings) {
        this.settings = settings;
    }

    @GET
    @Produces({SVG, PNG, JPEG})
    @Operation(summary = "The logo that is printed on statements", description = "404 where the firm has none.")
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = SVG, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = PNG, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = JPEG, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    public Response get() {
        Firm firm = settings.get();
        Logo logo = Logo.of(firm.logo()).orElseThrow(() -> new Refusal.NotFound("logo"));
        return Response.ok(logo.bytes(), logo.kind().type())
                .tag(Revision.tag(firm.version()))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("Content-Security-Policy", POLICY)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "inline; filename=\"logo." + logo.kind().name().toLowerCase(Locale.ROOT) + "\"")
                .header("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(logo.bytes())) + ":")
                .build();
    }

    @PUT
    @Consumes({SVG, PNG, JPEG, MediaType.APPLICATION_OCTET_STREAM})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change the logo",
            description = "The body is the picture: SVG, PNG or JPEG of at most 512 KiB and 2000 pixels a side. What "
                    + "it is, is told from its bytes. An SVG may only draw: no scripts, style sheets, pictures in it or "
                    + "addresses outside of it. An owner's right.")
    @RequestBody(
            content = {
                @Content(mediaType = SVG, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = PNG, schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = JPEG, schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(content = @Content(schema = @Schema(implementation = ProfileDocument.class)))
    public Response change(
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            InputStream picture)
            throws IOException {
        int version = Revision.required(ifMatch, "profile");
        // One byte more than is taken, so that the refusal of too many speaks.
        byte[] bytes = picture.readNBytes(Logo.MOST_BYTES + 1);
        // The rest of a picture that is a little too large is heard out: who still sends does not hear the refusal.
        dropRest(picture);
        return ProfileResource.answer(settings.takeLogo(version, bytes));
    }

    private static void dropRest(InputStream picture) throws IOException {
        byte[] dropped = new byte[8192];
        int read = 0;
        for (int count = 0; count >= 0 && read < HEARD_OUT; count = picture.read(dropped)) {
            read += count;
        }
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Remove the logo", description = "Statements then begin with the firm's name.")
    @APIResponse(content = @Content(schema = @Schema(implementation = ProfileDocument.class)))
    public Response remove(
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch) {
        return ProfileResource.answer(settings.removeLogo(Revision.required(ifMatch, "profile")));
    }
}
