package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.identity.AccessFilter;
import org.rebill.identity.Machine;
import org.rebill.platform.ForMachines;
import org.rebill.platform.Refusal;

/** Records that a machine pushes with a source's key: to that source, whichever it is. */
@Path("/records")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Push")
@ForMachines
@ApplicationScoped
public class PushResource {
    private final Intake intake;
    private final PushLimits limits;

    @Inject
    PushResource(Intake intake, PushLimits limits) {
        this.intake = intake;
        this.limits = limits;
    }

    /**
     * What became of a push; records = legs + duplicates + ignored + quarantined, always.
     *
     * @param known the same bytes had come before; the counts are those of then
     * @param state DONE when the counts are final
     * @param calls that it brought first
     * @param joined earlier calls that it added records to
     */
    public record Receipt(
            UUID fileId,
            boolean known,
            FileState state,
            long records,
            long legs,
            long duplicates,
            long ignored,
            long quarantined,
            long calls,
            long joined) {
        static Receipt of(Intake.Taken taken) {
            IntakeFile file = taken.file();
            return new Receipt(
                    file.id(),
                    taken.known(),
                    file.state(),
                    file.records(),
                    file.legs(),
                    file.duplicates(),
                    file.ignored(),
                    file.quarantined(),
                    file.calls(),
                    file.joined());
        }
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Push records to the source whose key is shown",
            description =
                    "The body is what the phone system wrote: text, CSV, JSON or XML, as the source's format reads "
                            + "it; 'Content-Encoding: gzip' is taken; of a form (application/x-www-form-urlencoded) the field "
                            + "'cdr'. Those bytes are kept unchanged as a file of the source. Up to 1 MiB is read before the "
                            + "answer, which comes after the commit; more is kept and read by itself: the same request again "
                            + "tells how far it is, and changes nothing. At most 3,000 requests a minute and 64 MiB each, unless "
                            + "the operator set other limits.")
    @SecurityRequirement(name = "source-key")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(mediaType = MediaType.APPLICATION_XML, schema = @Schema(type = SchemaType.OBJECT)),
                @Content(
                        mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                        schema = @Schema(implementation = Form.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "Kept and read, or known before; the counts are final",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @APIResponse(
            responseCode = "202",
            description = "Kept; being read, the counts are those so far",
            content = @Content(schema = @Schema(implementation = Receipt.class)))
    @APIResponse(responseCode = "401", description = "No key, or no valid one")
    @APIResponse(responseCode = "413", description = "More than one push takes")
    @APIResponse(responseCode = "415", description = "Not records, or not of the source's format")
    @APIResponse(responseCode = "422", description = "Empty, damaged, or a form without the field 'cdr'")
    @APIResponse(responseCode = "429", description = "Too often; again after the seconds in Retry-After")
    public Response push(
            @Parameter(description = "The file's name, for people; 'push' when left out") @QueryParam("name")
                    String name,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding,
            @Context HttpHeaders headers,
            @Context HttpServletRequest request,
            InputStream body)
            throws IOException {
        Machine machine = AccessFilter.machine(request)
                .orElseThrow(() -> new Refusal.Forbidden("Records are pushed with a source's key."));
        limits.count(machine.sourceId());
        InputStream records = PushBody.records(body, headers.getMediaType(), encoding, limits.mostBytes());
        Intake.Taken taken = intake.push(machine.sourceId(), name == null ? "push" : name, records);
        boolean read = taken.file().state() == FileState.DONE || taken.file().state() == FileState.FAILED;
        return Response.status(read ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(Receipt.of(taken))
                .build();
    }

    /**
     * The form in which some phone systems send a record.
     *
     * @param cdr the record
     */
    public record Form(String cdr) {}
}
