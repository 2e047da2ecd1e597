package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;

/** Pricing calls anew by REST. */
@Path("/firms/{firm}/reratings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Re-ratings")
@ApplicationScoped
public class ReratingsResource {
    private final Reratings reratings;

    @Inject
    ReratingsResource(Reratings reratings) {
        this.reratings = reratings;
    }

    /**
     * A re-rating.
     *
     * @param from first day of the calls, in the firm's zone
     * @param to last day
     * @param calls looked at so far
     * @param changes calls that come out otherwise and are priced anew when it is applied; absent in a list, as all
     *     that follows
     * @param issued calls on issued statements that would come out otherwise; they stay as they are
     * @param differences by client and currency, what can be applied
     * @param creditNotes by issued statement, the proposed credit notes
     */
    public record ReratingDocument(
            UUID id,
            Rerating.State state,
            LocalDate from,
            LocalDate to,
            UUID clientId,
            UUID matterId,
            UUID personId,
            Instant askedAt,
            String askedBy,
            long calls,
            Instant computedAt,
            String appliedBy,
            Instant appliedAt,

            @Schema(description = "Charges that came out otherwise than shown, because more had changed meanwhile")
            Long otherwise,

            Long changes,
            Long issued,
            List<Reratings.Sum> differences,
            List<Reratings.Sum> creditNotes) {
        static ReratingDocument of(Rerating rerating) {
            return of(rerating, null, null, null, null);
        }

        static ReratingDocument of(Reratings.Result result) {
            return of(
                    result.rerating(),
                    result.found().open(),
                    result.found().issued(),
                    result.sums().stream()
                            .filter(sum -> sum.statementId() == null)
                            .toList(),
                    result.sums().stream()
                            .filter(sum -> sum.statementId() != null)
                            .toList());
        }

        private static ReratingDocument of(
                Rerating it, Long changes, Long issued, List<Reratings.Sum> open, List<Reratings.Sum> credits) {
            return new ReratingDocument(
                    it.id(),
                    it.state(),
                    it.fromDay(),
                    it.lastDay(),
                    it.clientId(),
                    it.matterId(),
                    it.personId(),
                    it.askedAt(),
                    it.askedBy(),
                    it.calls(),
                    it.computedAt(),
                    it.appliedBy(),
                    it.appliedAt(),
                    it.otherwise(),
                    changes,
                    issued,
                    open,
                    credits);
        }
    }

    @POST
    @Operation(
            summary = "Compute what calls would cost by today's codes, policies and agreements",
            description = "In the background; changes nothing. Location tells where the difference is read. It is "
                    + "applied by a request of its own.")
    @APIResponse(
            responseCode = "202",
            description = "Asked for",
            content = @Content(schema = @Schema(implementation = ReratingDocument.class)))
    public Response ask(Rerating.Wanted wanted, @Context UriInfo address) {
        UUID id = reratings.ask(Problems.given(wanted));
        return Response.accepted(ReratingDocument.of(reratings.get(id)))
                .location(address.getAbsolutePathBuilder().path(id.toString()).build())
                .build();
    }

    @GET
    @Operation(summary = "The last 50 re-ratings, newest first")
    public List<ReratingDocument> list() {
        return reratings.newest().stream().map(ReratingDocument::of).toList();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A re-rating: how far it is, the difference by client, the proposed credit notes")
    public ReratingDocument get(@PathParam("id") UUID id) {
        return ReratingDocument.of(reratings.get(id));
    }

    @GET
    @Path("{id}/calls")
    @Operation(summary = "The difference call by call, oldest first")
    public Page<ReratingItem> calls(
            @PathParam("id") UUID id,
            @Parameter(description = "true: only those on issued statements; false: only those that can be applied")
                    @QueryParam("issued")
                    Boolean issued,
            @Parameter(description = "Only those that are, or were, this client's") @QueryParam("client") UUID client,
            @Parameter(description = "Take up after this one: the 'next' of the piece before") @QueryParam("after")
                    String after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        return reratings.items(id, issued, client, after, Page.limit(limit));
    }

    @POST
    @Path("{id}/apply")
    @Operation(
            summary = "Apply a re-rating",
            description = "In the background; calls on issued statements stay as they are. Again is harmless.")
    @APIResponse(
            responseCode = "202",
            description = "Asked for",
            content = @Content(schema = @Schema(implementation = ReratingDocument.class)))
    public Response apply(@PathParam("id") UUID id) {
        reratings.apply(id);
        return Response.accepted(ReratingDocument.of(reratings.get(id))).build();
    }
}
