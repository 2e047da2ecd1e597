package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.call.CallFlag;
import org.rebill.call.Calls;
import org.rebill.call.RawRecord;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Files that came in, and what became of every record in them, by REST. */
@Path("/firms/{firm}/files")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class FilesResource {
    private final Intake intake;
    private final Rereads rereads;
    private final Calls calls;

    @Inject
    FilesResource(Intake intake, Rereads rereads, Calls calls) {
        this.intake = intake;
        this.rereads = rereads;
        this.calls = calls;
    }

    /**
     * An archive that came in, kept as it came.
     *
     * @param sha256 hexadecimal, over all its bytes
     */
    public record ArchiveBody(UUID id, String name, String sha256) {}

    /**
     * A file. While it is read, the counts are those so far; records = legs + duplicates + ignored + quarantined, always.
     *
     * @param sha256 hexadecimal, over all its bytes
     * @param percent of its bytes that are read
     * @param calls that it brought first
     * @param joined earlier calls that it added records to
     * @param firstAt start of the earliest call in it
     * @param failure why it could not be read, or why reading stopped and is tried again
     * @param replaying its quarantined records are being read again
     * @param archive the archive that it came in; absent when it came by itself
     * @param files of an archive (state UNPACKED): what was in it, where one file is asked for
     */
    public record FileBody(
            UUID id,
            UUID sourceId,
            String name,
            long sizeBytes,
            String sha256,
            Instant receivedAt,
            String receivedBy,
            IntakeFile.Via via,
            FileState state,
            int percent,
            long lines,
            long records,
            long legs,
            long duplicates,
            long ignored,
            long quarantined,
            long calls,
            long joined,
            Instant firstAt,
            Instant lastAt,
            String failure,
            Instant finishedAt,
            boolean replaying,
            ArchiveBody archive,
            List<FileBody> files) {
        static FileBody of(IntakeFile file) {
            return of(file, null, null);
        }

        /**
         * With where it came from, or what was in it.
         *
         * @param archive null when it came by itself
         * @param files null unless it is an archive
         */
        static FileBody of(IntakeFile file, IntakeFile archive, List<FileBody> files) {
            return new FileBody(
                    file.id(),
                    file.sourceId(),
                    file.name(),
                    file.sizeBytes(),
                    HexFormat.of().formatHex(file.sha256()),
                    file.receivedAt(),
                    file.receivedBy(),
                    file.via(),
                    file.state(),
                    file.percent(),
                    file.readLines(),
                    file.records(),
                    file.legs(),
                    file.duplicates(),
                    file.ignored(),
                    file.quarantined(),
                    file.calls(),
                    file.joined(),
                    file.firstAt(),
                    file.lastAt(),
                    file.failure(),
                    file.finishedAt(),
                    file.isReplaying(),
                    archive == null
                            ? null
                            : new ArchiveBody(
                                    archive.id(), archive.name(), HexFormat.of().formatHex(archive.sha256())),
                    files);
        }
    }

    /**
     * A record that is not part of a call.
     *
     * @param lineNo its first line, from 1
     * @param reason stable code
     * @param detail for people: what is wrong, where, how to mend it
     * @param firstFileId of a duplicate: where the record stands that counts
     * @param mendedAs of a quarantined record that left quarantine: what it became
     * @param text its bytes as text, what can't be printed as {@code \xHH}; at most 4,096 bytes of it
     * @param bytes the same bytes in base 64
     */
    public record RecordBody(
            long recordNo,
            long lineNo,
            long byteOffset,
            long byteLength,
            IntakeRecord.Outcome outcome,
            String reason,
            String detail,
            UUID firstFileId,
            Long firstLineNo,
            Instant mendedAt,
            IntakeRecord.Mended mendedAs,
            String text,
            String bytes) {}

    @GET
    @Operation(summary = "Files that came in, newest first")
    public Page<FileBody> list(
            @Parameter(description = "Only of this source") @QueryParam("source") UUID source,
            @Parameter(description = "Take up after this: the 'next' of the page before") @QueryParam("after")
                    UUID after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        int most = Page.limit(limit);
        List<IntakeFile> files = intake.files(source, after, most + 1);
        Map<UUID, IntakeFile> archives =
                intake.archives(files.stream().map(IntakeFile::id).toList());
        return Page.of(
                files.stream()
                        .map(file -> FileBody.of(file, archives.get(file.id()), null))
                        .toList(),
                most,
                file -> file.id().toString());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One file, with its progress and counts")
    public FileBody get(@PathParam("id") UUID id) {
        IntakeFile file = intake.file(id);
        return FileBody.of(
                file,
                intake.archives(List.of(id)).get(id),
                file.state() == FileState.UNPACKED
                        ? intake.members(id).stream().map(FileBody::of).toList()
                        : null);
    }

    /**
     * Times that can't be right.
     *
     * @param calls how many calls, by flag as the list of calls takes it
     * @param feed what shows over the whole feed
     */
    public record FindingsBody(Map<String, Long> calls, List<FeedBody> feed) {}

    /**
     * What shows over a whole feed.
     *
     * @param lineNo first line of the record that shows it; absent when not in the file
     * @param usual calls of each missing hour in other weeks, at least; absent where it does not matter
     */
    public record FeedBody(FeedFinding.Kind kind, Instant from, Instant to, Long lineNo, Integer usual) {}

    @GET
    @Path("{id}/findings")
    @Operation(summary = "Times in a file that can't be right: calls by reason, missing hours, a clock that was set")
    public FindingsBody findings(@PathParam("id") UUID id) {
        Map<String, Long> byFlag = new TreeMap<>();
        List<FeedBody> feed = intake.findings(id).stream()
                .map(finding -> new FeedBody(
                        finding.kind(), finding.fromAt(), finding.toAt(), finding.lineNo(), finding.usual()))
                .toList();
        for (Map.Entry<CallFlag, Long> count : calls.impossible(id).entrySet()) {
            byFlag.put(count.getKey().code(), count.getValue());
        }
        return new FindingsBody(byFlag, feed);
    }

    @GET
    @Path("{id}/records")
    @Operation(summary = "Records that are not part of a call, with their bytes and the reason")
    public Page<RecordBody> records(
            @PathParam("id") UUID id,
            @Parameter(description = "DUPLICATE, IGNORED or QUARANTINED; all when left out") @QueryParam("outcome")
                    String outcome,
            @Parameter(description = "Stable code of a reason; all when left out") @QueryParam("reason") String reason,
            @Parameter(description = "Take up after this: the 'next' of the page before") @QueryParam("after")
                    Long after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        int most = Page.limit(limit);
        List<IntakeRecord> read =
                intake.records(id, outcome(outcome), reason == null ? "" : reason, after == null ? 0 : after, most + 1);
        return Page.of(read.stream().map(this::body).toList(), most, record -> String.valueOf(record.recordNo()));
    }

    private static IntakeRecord.Outcome outcome(String text) {
        if (text == null) {
            return null;
        }
        for (IntakeRecord.Outcome outcome : IntakeRecord.Outcome.values()) {
            if (outcome.name().equals(text.toUpperCase(Locale.ROOT))) {
                return outcome;
            }
        }
        throw new Refusal.Invalid("outcome", "outcome.unknown", "Records are DUPLICATE, IGNORED or QUARANTINED.");
    }

    private RecordBody body(IntakeRecord record) {
        byte[] raw = intake.raw(record.fileId(), record.byteOffset(), record.byteLength());
        return new RecordBody(
                record.recordNo(),
                record.lineNo(),
                record.byteOffset(),
                record.byteLength(),
                record.outcome(),
                record.reason(),
                record.detail(),
                record.firstFileId(),
                record.firstLineNo(),
                record.mendedAt(),
                record.mendedAs(),
                RawRecord.text(raw),
                Base64.getEncoder().encodeToString(raw));
    }

    @POST
    @Path("{id}/replay")
    @Operation(
            summary = "Read the quarantined records again",
            description = "With the source's settings as they are now. What can be read joins its call; what can't "
                    + "stays in quarantine. Read the file until 'replaying' is false.")
    @APIResponse(
            responseCode = "202",
            description = "Being read again",
            content = @Content(schema = @Schema(implementation = FileBody.class)))
    public Response replay(@PathParam("id") UUID id) {
        return Response.accepted(FileBody.of(intake.replay(id))).build();
    }

    @POST
    @Path("{id}/rereads")
    @Operation(
            summary = "Find out what reading the whole file again would change",
            description = "By the source's settings as they are now. Nothing is changed by it: read the answer's "
                    + "Location until the state is PREVIEWED, look at its calls, then apply it.")
    @APIResponse(
            responseCode = "202",
            description = "The preview is being made",
            content = @Content(schema = @Schema(implementation = RereadsResource.RereadBody.class)))
    public Response reread(@PathParam("firm") String firm, @PathParam("id") UUID id) {
        return RereadsResource.RereadBody.accepted(firm, rereads.askFile(id));
    }

    /**
     * Why quarantined records are no calls.
     *
     * @param recordNo of one record; all that are in quarantine when left out
     * @param reason for the audit log, 3 to 500 characters
     */
    public record SettingAside(Long recordNo, String reason) {}

    @POST
    @Path("{id}/set-aside")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set quarantined records aside as no calls",
            description = "They count as ignored from then on; their bytes and the reason stay.")
    public FileBody setAside(@PathParam("id") UUID id, SettingAside body) {
        SettingAside sent = body == null ? new SettingAside(null, null) : body;
        return FileBody.of(intake.setAside(id, sent.recordNo(), sent.reason()));
    }

    @GET
    @Path("{id}/content")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(summary = "The file's bytes, as they came")
    @APIResponse(
            responseCode = "200",
            description = "All bytes; 'Repr-Digest' has their SHA-256 (RFC 9530)",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM,
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public Response content(@PathParam("id") UUID id) {
        IntakeFile file = intake.file(id);
        InputStream content = intake.content(id);
        StreamingOutput body = out -> {
            try (content) {
                content.transferTo(out);
            }
        };
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_LENGTH, file.sizeBytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(file.name()))
                .header("Repr-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(file.sha256()) + ":")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    /** As an attachment under the name it came with (RFC 6266). */
    static String disposition(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename*=UTF-8''" + encoded;
    }
}
