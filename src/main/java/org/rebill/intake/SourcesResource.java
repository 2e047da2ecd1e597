package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.firm.Firms;
import org.rebill.firm.Site;
import org.rebill.intake.format.FormatOption;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordFormats;
import org.rebill.platform.Problems;
import org.rebill.platform.Revision;

/** Sources of records, and files sent to them, by REST. */
@Path("/firms/{firm}/sources")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class SourcesResource {
    private final Sources sources;
    private final Intake intake;
    private final RecordFormats formats;
    private final Firms firms;
    private final CollectorFile collectorFile;
    private final SourceKeys keys;
    private final Rereads rereads;

    @Inject
    SourcesResource(
            Sources sources,
            Intake intake,
            RecordFormats formats,
            Firms firms,
            SourceKeys keys,
            CollectorFile collectorFile,
            Rereads rereads) {
        this.sources = sources;
        this.intake = intake;
        this.formats = formats;
        this.firms = firms;
        this.collectorFile = collectorFile;
        this.keys = keys;
        this.rereads = rereads;
    }

    /**
     * A source.
     *
     * @param zone IANA name of the phone system's clock
     * @param version as in the ETag
     * @param lastFile absent when none has come
     */
    public record SourceBody(
            UUID id,
            UUID siteId,
            String name,
            String format,
            Map<String, String> formatOptions,
            String zone,
            boolean stampsInUtc,
            String country,
            String areaCode,
            String outsidePrefix,
            int extensionDigits,
            int promptAllowanceSeconds,
            int version,
            FilesResource.FileBody lastFile) {
        static SourceBody of(Source source, IntakeFile last) {
            return new SourceBody(
                    source.id(),
                    source.siteId(),
                    source.name(),
                    source.format(),
                    source.formatOptions(),
                    source.zone(),
                    source.stampsInUtc(),
                    source.country(),
                    source.areaCode(),
                    source.outsidePrefix(),
                    source.extensionDigits(),
                    source.promptAllowanceSeconds(),
                    source.version(),
                    last == null ? null : FilesResource.FileBody.of(last));
        }
    }

    /**
     * What is said of a source; to change one, all of it is said again.
     *
     * @param siteId may be left out where the firm has one place only
     * @param format id of a record format
     * @param formatOptions settings of the phone system that the format asks for, by name; see the formats
     * @param zone IANA name; the place's when left out
     * @param stampsInUtc the phone system writes UTC; false when left out
     * @param country ISO 3166 alpha-2; the place's when left out
     * @param areaCode of numbers dialled without one; none when left out
     * @param outsidePrefix dialled to get a line; none when left out
     * @param extensionDigits length of internal numbers, 2 to 8; 3 when left out
     * @param promptAllowanceSeconds taken off where something else answered first, 0 to 600; 0 when left out
     */
    public record SourceDraft(
            UUID siteId,
            String name,
            String format,
            Map<String, String> formatOptions,
            String zone,
            Boolean stampsInUtc,
            String country,
            String areaCode,
            String outsidePrefix,
            Integer extensionDigits,
            Integer promptAllowanceSeconds) {
        Sources.Draft draft(List<Site> sites) {
            UUID site = siteId == null && sites.size() == 1 ? sites.get(0).id() : siteId;
            return new Sources.Draft(
                    site,
                    name,
                    format,
                    formatOptions,
                    zone,
                    stampsInUtc != null && stampsInUtc,
                    country,
                    areaCode,
                    outsidePrefix,
                    extensionDigits == null ? 3 : extensionDigits,
                    promptAllowanceSeconds == null ? 0 : promptAllowanceSeconds);
        }
    }

    /**
     * A record format.
     *
     * @param setUp what to do on the phone system, a step each
     * @param options settings of the phone system that its records do not tell; kept with the source
     */
    public record FormatBody(String id, String name, List<String> setUp, List<FormatOption> options) {
        static FormatBody of(RecordFormat format) {
            return new FormatBody(format.id(), format.name(), format.setUp(), format.options());
        }
    }

    /**
     * A key by which a machine pushes records to the source.
     *
     * @param id stands in the key's text too
     * @param lastUsedAt to the minute; absent while it was never used
     * @param revokedAt absent while it is valid
     */
    public record KeyBody(
            String id, Instant madeAt, String madeBy, Instant lastUsedAt, Instant revokedAt, String revokedBy) {
        static KeyBody of(SourceKey key) {
            return new KeyBody(
                    key.id(), key.madeAt(), key.madeBy(), key.lastUsedAt(), key.revokedAt(), key.revokedBy());
        }
    }

    /** A source's keys. */
    public record KeyList(List<KeyBody> items) {}

    /**
     * A new key.
     *
     * @param key the whole of it, {@code rbk_…}; told this once
     */
    public record NewKey(String id, String key, Instant madeAt, String madeBy) {}

    /** The firm's sources. */
    public record SourceList(List<SourceBody> items) {}

    /** Formats that this service reads. */
    public record FormatList(List<FormatBody> items) {}

    @GET
    @Operation(summary = "The firm's sources by name, each with the file that came last")
    public SourceList list() {
        Map<UUID, IntakeFile> newest = intake.newest();
        return new SourceList(sources.all().stream()
                .map(source -> SourceBody.of(source, newest.get(source.id())))
                .toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Add a source: one feed of records, such as a phone system at a place")
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = SourceBody.class)))
    public Response create(SourceDraft source, @Context UriInfo uri) {
        Source created = sources.create(Problems.given(source).draft(firms.sites()));
        return Response.created(uri.getAbsolutePathBuilder()
                        .path(created.id().toString())
                        .build())
                .tag(Revision.tag(created.version()))
                .entity(SourceBody.of(created, null))
                .build();
    }

    @GET
    @Path("formats")
    @Operation(summary = "Record formats, with what to set on the phone system")
    public FormatList formats() {
        return new FormatList(formats.all().stream().map(FormatBody::of).toList());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One source; the ETag is needed to change it")
    @APIResponse(content = @Content(schema = @Schema(implementation = SourceBody.class)))
    public Response get(@PathParam("id") UUID id) {
        return found(sources.get(id));
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change how a source's records are read",
            description = "Counts for records read from now on; what was read stays as it is. The format can be "
                    + "changed only while no record of the source was read (409 format.read).")
    @APIResponse(content = @Content(schema = @Schema(implementation = SourceBody.class)))
    public Response change(
            @PathParam("id") UUID id,
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            SourceDraft source) {
        return found(sources.change(
                id,
                Revision.required(ifMatch, "phone system"),
                Problems.given(source).draft(firms.sites())));
    }

    private Response found(Source source) {
        return Response.ok(SourceBody.of(source, intake.newest().get(source.id())))
                .tag(Revision.tag(source.version()))
                .build();
    }

    /** How many files there are whose quarantined records are read again. */
    public record Replay(int files) {}

    @POST
    @Path("{id}/replay")
    @Operation(
            summary = "Read the quarantined records of all files of a source again, with its settings as they are now")
    @APIResponse(
            responseCode = "202",
            description = "Being read again",
            content = @Content(schema = @Schema(implementation = Replay.class)))
    public Response replay(@PathParam("id") UUID id) {
        return Response.accepted(new Replay(intake.replayAll(id))).build();
    }

    /**
     * Files that are to be read again.
     *
     * @param from those with calls on or after this day, at the source's place
     */
    public record RereadScope(LocalDate from) {}

    @POST
    @Path("{id}/rereads")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Find out what reading all files of a source since a day again would change",
            description = "By its settings as they are now. Nothing is changed by it: read the answer's Location until "
                    + "the state is PREVIEWED, look at its calls, then apply it.")
    @APIResponse(
            responseCode = "202",
            description = "The preview is being made",
            content = @Content(schema = @Schema(implementation = RereadsResource.RereadBody.class)))
    public Response reread(@PathParam("firm") String firm, @PathParam("id") UUID id, RereadScope scope) {
        return RereadsResource.RereadBody.accepted(
                firm, rereads.askSource(id, Problems.given(scope).from()));
    }

    @GET
    @Path("{id}/rereads")
    @Operation(summary = "What of the source was read again, or is being, newest first; the last 100")
    public RereadHistory rereads(@PathParam("id") UUID id) {
        sources.get(id);
        return new RereadHistory(
                rereads.of(id, 100).stream().map(RereadsResource.RereadBody::of).toList());
    }

    /** What of a source was read again. */
    public record RereadHistory(List<RereadsResource.RereadBody> items) {}

    @GET
    @Path("{id}/keys")
    @Operation(summary = "The source's keys for pushing records, valid ones first; without their secrets")
    public KeyList keys(@PathParam("id") UUID id) {
        return new KeyList(keys.of(id).stream().map(KeyBody::of).toList());
    }

    @POST
    @Path("{id}/keys")
    @Operation(
            summary = "Make a key for pushing records to the source",
            description = "Told this once: only a hash of it is kept. At most two are valid at a time, so that a new "
                    + "one can take over before the old one is revoked.")
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = NewKey.class)))
    public Response makeKey(@PathParam("id") UUID id) {
        SourceKeys.Made made = keys.make(id);
        SourceKey key = made.key();
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new NewKey(key.id(), made.text(), key.madeAt(), key.madeBy()))
                .build();
    }

    @POST
    @Path("{id}/keys/{key}/revoke")
    @Operation(summary = "Revoke a key, at once and for good")
    public KeyBody revokeKey(@PathParam("id") UUID id, @PathParam("key") String key) {
        return KeyBody.of(keys.revoke(id, key));
    }

    @GET
    @Path("{id}/collector")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "Configuration of the collector at the firm's place, filled in for this source",
            description = "With a place to paste one of the source's keys in. The program itself: "
                    + "/downloads/rebill-collector.jar")
    public String collector(@PathParam("id") UUID id, @Context UriInfo uri) {
        String service = uri.getBaseUri().resolve("/").toString();
        return collectorFile.of(id, service.substring(0, service.length() - 1), "");
    }

    @POST
    @Path("{id}/files")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Send a file of records",
            description = "The body is the file, as the phone system wrote it, up to 1 GiB. It is kept unchanged "
                    + "before the answer; reading goes on by itself: read the file at Location until its state is "
                    + "DONE. The same bytes again change nothing. A gzip or zip archive is kept, too (state "
                    + "UNPACKED), and each file in it as one of its own, under 'files': up to 1,000 files, 1 GiB and "
                    + "250 times the archive's size, no archives in it, no password.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(
            responseCode = "202",
            description = "Kept; being read",
            content = @Content(schema = @Schema(implementation = FilesResource.FileBody.class)))
    @APIResponse(
            responseCode = "200",
            description = "The same bytes came before; that file is answered",
            content = @Content(schema = @Schema(implementation = FilesResource.FileBody.class)))
    public Response send(
            @PathParam("firm") String firm,
            @PathParam("id") UUID id,
            @Parameter(description = "The file's name, for people") @QueryParam("name") String name,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_LENGTH) String length,
            InputStream content,
            @Context UriInfo uri)
            throws IOException {
        Spool.checkAnnounced(length);
        Intake.Taken taken = intake.take(id, name, content, IntakeFile.Via.API);
        URI location = uri.getBaseUriBuilder()
                .path("firms")
                .path(firm)
                .path("files")
                .path(taken.file().id().toString())
                .build();
        return Response.status(taken.known() ? Response.Status.OK : Response.Status.ACCEPTED)
                .location(location)
                .entity(FilesResource.FileBody.of(
                        taken.file(),
                        null,
                        taken.file().state() == FileState.UNPACKED
                                ? taken.members().stream()
                                        .map(member -> FilesResource.FileBody.of(member.file()))
                                        .toList()
                                : null))
                .build();
    }
}
