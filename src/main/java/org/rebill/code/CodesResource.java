package org.rebill.code;

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
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.agreement.Clients;
import org.rebill.agreement.Matter;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Revision;

/** The firm's account codes by REST. */
@Path("/firms/{firm}/codes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Codes")
@ApplicationScoped
public class CodesResource {
    private final Codes codes;
    private final Clients clients;

    @Inject
    CodesResource(Codes codes, Clients clients) {
        this.codes = codes;
        this.clients = clients;
    }

    /**
     * What a code stands for in one span of time.
     *
     * @param code 1 to 9 digits as text; 007 is not 7
     * @param house for the firm itself; then without client
     * @param client the client's name
     * @param matter reference and name of the matter, project or engagement
     * @param validFrom absent when it holds for all that came before, too
     * @param retiredAt absent while it is used without an end
     * @param version as in the ETag
     */
    public record CodeDocument(
            UUID id,
            String code,
            String label,
            String group,
            boolean house,
            UUID clientId,
            String client,
            UUID matterId,
            String matter,
            Instant validFrom,
            Instant retiredAt,
            int version) {}

    /** What is said of a code to people, and the group it belongs to. */
    public record Label(String label, String group) {}

    /**
     * When a code's use ends.
     *
     * @param at left out for now
     */
    public record Retirement(Instant at) {}

    @GET
    @Operation(summary = "The firm's codes, by their digits as text")
    public Page<CodeDocument> list(
            @Parameter(description = "Beginning of a code, or part of a label, a client's name or a matter's")
                    @QueryParam("q")
                    String search,
            @Parameter(
                            description =
                                    "all, valid (now), house (valid now, the firm's own) or retired; all when left out",
                            schema = @Schema(implementation = Codes.Filter.class))
                    @QueryParam("filter")
                    String filter,
            @Parameter(description = "Only this client's") @QueryParam("client") UUID client,
            @Parameter(description = "Take up after this code: the 'next' of the page before") @QueryParam("after")
                    UUID after,
            @Parameter(description = "At most so many, 1 to 500; 50 when left out") @QueryParam("limit")
                    Integer limit) {
        Page<AccountCode> page = codes.list(search, filter(filter), client, after, Page.limit(limit));
        return new Page<>(documents(page.items()), page.next());
    }

    private static Codes.Filter filter(String name) {
        if (name == null || name.isBlank()) {
            return Codes.Filter.ALL;
        }
        return Arrays.stream(Codes.Filter.values())
                .filter(filter -> filter.name().equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new Refusal.Invalid(
                        "filter",
                        "filter.unknown",
                        "There is no filter '" + name + "'. Known: "
                                + Arrays.stream(Codes.Filter.values())
                                        .map(filter -> filter.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private List<CodeDocument> documents(List<AccountCode> list) {
        Map<UUID, String> names = clients.names(list.stream()
                .map(AccountCode::clientId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        Map<UUID, Matter> matters = clients.matters(list.stream()
                .map(AccountCode::matterId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet()));
        return list.stream()
                .map(code -> document(
                        code,
                        code.clientId() == null ? null : names.get(code.clientId()),
                        code.matterId() == null ? null : matters.get(code.matterId())))
                .toList();
    }

    private static CodeDocument document(AccountCode code, String client, Matter matter) {
        return new CodeDocument(
                code.id(),
                code.code(),
                code.label(),
                code.group(),
                code.house(),
                code.clientId(),
                client,
                code.matterId(),
                matter == null ? null : matter.reference() + " " + matter.name(),
                code.validFrom(),
                code.retiredAt(),
                code.version());
    }

    @POST
    @Operation(
            summary = "Give a code out: for a client, one of its matters, or the house",
            description =
                    "1 to 9 digits 0-9, kept as text. Refused (409) while somebody else has it; a retired code may "
                            + "be given out again. Left out, validFrom is the end of its last use, or, if it had none, before "
                            + "all calls.")
    @APIResponse(
            responseCode = "201",
            description = "Given out; Location and ETag say where and in which version",
            content = @Content(schema = @Schema(implementation = CodeDocument.class)))
    public Response create(Codes.Draft draft, @Context UriInfo here) {
        AccountCode code = codes.create(Problems.given(draft));
        return Response.created(
                        here.getAbsolutePathBuilder().path(code.id().toString()).build())
                .tag(Revision.tag(code.version()))
                .entity(documents(List.of(code)).get(0))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One code; the ETag is needed to change it")
    @APIResponse(content = @Content(schema = @Schema(implementation = CodeDocument.class)))
    public Response get(@PathParam("id") UUID id) {
        return found(codes.get(id));
    }

    @PUT
    @Path("{id}")
    @Operation(
            summary = "Change a code's label and group",
            description = "Whom a code is for can't be changed: retire it, then give it out again.")
    @APIResponse(content = @Content(schema = @Schema(implementation = CodeDocument.class)))
    public Response relabel(
            @PathParam("id") UUID id,
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            Label label) {
        Label given = Problems.given(label);
        return found(codes.relabel(id, Revision.required(ifMatch, "code"), given.label(), given.group()));
    }

    @POST
    @Path("{id}/retire")
    @Operation(
            summary = "End a code's use",
            description = "Calls that start later have a retired code; the code may then be given out again.")
    @APIResponse(content = @Content(schema = @Schema(implementation = CodeDocument.class)))
    public Response retire(@PathParam("id") UUID id, Retirement retirement) {
        return found(codes.retire(id, retirement == null ? null : retirement.at()));
    }

    private Response found(AccountCode code) {
        return Response.ok(documents(List.of(code)).get(0))
                .tag(Revision.tag(code.version()))
                .build();
    }
}
