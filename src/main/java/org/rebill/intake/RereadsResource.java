package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.call.CallChange;
import org.rebill.call.CallFace;
import org.rebill.call.CallState;
import org.rebill.call.Direction;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** What reading whole files again would change, and doing it, by REST. */
@Path("/firms/{firm}/rereads")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sources and files")
@ApplicationScoped
public class RereadsResource {
    private final Rereads rereads;

    @Inject
    RereadsResource(Rereads rereads) {
        this.rereads = rereads;
    }

    /**
     * Whole files that are read again.
     *
     * @param fileId the one file; absent when it is all of the source
     * @param from files with calls on or after this day; absent for one file
     * @param changedRecords records that are read otherwise than they were
     * @param same calls that stay as they are
     * @param added new calls
     * @param gone calls that are none any more
     * @param corrections calls on issued statements that would be others; they stay as they are
     * @param failure why it can't be done; nothing was changed
     */
    public record RereadBody(
            UUID id,
            UUID sourceId,
            UUID fileId,
            LocalDate from,
            Reread.State state,
            Instant askedAt,
            String askedBy,
            Instant appliedAt,
            String appliedBy,
            long files,
            long records,
            long changedRecords,
            long same,
            long added,
            long changed,
            long gone,
            long corrections,
            String failure) {
        static RereadBody of(Reread reread) {
            return new RereadBody(
                    reread.id(),
                    reread.sourceId(),
                    reread.fileId(),
                    reread.fromDay(),
                    reread.state(),
                    reread.askedAt(),
                    reread.askedBy(),
                    reread.appliedAt(),
                    reread.appliedBy(),
                    reread.files(),
                    reread.records(),
                    reread.changedRecords(),
                    reread.same(),
                    reread.added(),
                    reread.changed(),
                    reread.gone(),
                    reread.corrections(),
                    reread.failure());
        }

        /** Asked for; its address leads to it. */
        static Response accepted(String firm, Reread reread) {
            return Response.accepted(of(reread))
                    .location(UriBuilder.fromPath("firms/{firm}/rereads/{id}").build(firm, reread.id()))
                    .build();
        }
    }

    /**
     * A call as it was, or would be.
     *
     * @param party the other side: E.164 where it can be told
     * @param amount billed, in {@code currency}; absent when it has no price
     */
    public record FaceBody(
            Instant startedAt,
            Direction direction,
            String party,
            UUID personId,
            String extension,
            int talkSeconds,
            String code,
            UUID clientId,
            CallState state,
            BigDecimal amount,
            String currency) {
        static FaceBody of(CallFace face) {
            return face == null
                    ? null
                    : new FaceBody(
                            face.startedAt(),
                            face.direction(),
                            face.party(),
                            face.personId(),
                            face.extension(),
                            face.talkSeconds(),
                            face.code(),
                            face.clientId(),
                            face.state(),
                            face.amount(),
                            face.currency());
        }
    }

    /**
     * A call that does not stay as it is.
     *
     * @param no its place in the list
     * @param change CORRECTION: it is on an issued statement and stays; {@code after} is what it would be
     * @param before absent when it is new
     * @param after absent when it goes
     */
    public record ChangeBody(long no, CallChange.Kind change, UUID callId, FaceBody before, FaceBody after) {
        static ChangeBody of(RereadCall call) {
            CallChange change = call.change();
            return new ChangeBody(
                    call.no(),
                    change.kind(),
                    change.callId(),
                    FaceBody.of(change.before()),
                    FaceBody.of(change.after()));
        }
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One re-reading: read it until its state is PREVIEWED, or APPLIED after it was applied")
    public RereadBody get(@PathParam("id") UUID id) {
        return RereadBody.of(rereads.get(id));
    }

    @GET
    @Path("{id}/calls")
    @Operation(summary = "Calls that would change, or did: as they were and as they would be")
    public Page<ChangeBody> calls(
            @PathParam("id") UUID id,
            @Parameter(description = "ADDED, CHANGED, GONE or CORRECTION; all when left out") @QueryParam("change")
                    String change,
            @Parameter(description = "Take up after this: the 'next' of the page before") @QueryParam("after")
                    Long after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        int most = Page.limit(limit);
        List<RereadCall> read = rereads.calls(id, kind(change), after == null ? 0 : after, most + 1);
        return Page.of(read.stream().map(ChangeBody::of).toList(), most, body -> String.valueOf(body.no()));
    }

    private static CallChange.Kind kind(String text) {
        if (text == null) {
            return null;
        }
        for (CallChange.Kind kind : CallChange.Kind.values()) {
            if (kind.name().equals(text.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new Refusal.Invalid("change", "change.unknown", "Calls are ADDED, CHANGED, GONE or CORRECTION.");
    }

    @POST
    @Path("{id}/apply")
    @Operation(
            summary = "Read the files again for good, as the preview showed",
            description = "Calls on issued statements stay as they are. Old versions of records are kept. Refused "
                    + "(409 reread.stale) when the source's settings were changed after the preview.")
    @APIResponse(
            responseCode = "202",
            description = "Being applied, or applied already",
            content = @Content(schema = @Schema(implementation = RereadBody.class)))
    public Response apply(@PathParam("id") UUID id) {
        return Response.accepted(RereadBody.of(rereads.apply(id))).build();
    }

    @POST
    @Path("{id}/drop")
    @Operation(summary = "Close a preview without applying it")
    public RereadBody drop(@PathParam("id") UUID id) {
        return RereadBody.of(rereads.drop(id));
    }
}
