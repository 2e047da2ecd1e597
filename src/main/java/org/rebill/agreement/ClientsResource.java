package org.rebill.agreement;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Revision;

/** The firm's clients and their matters by REST. */
@Path("/firms/{firm}/clients")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Clients")
@ApplicationScoped
public class ClientsResource {
    private final Clients clients;

    @Inject
    ClientsResource(Clients clients) {
        this.clients = clients;
    }

    /**
     * A client.
     *
     * @param address lines separated by line feeds
     * @param currency ISO 4217: what this client is billed in
     * @param version as in the ETag
     */
    public record ClientDocument(
            UUID id,
            String name,
            String contact,
            String address,
            String email,
            String currency,
            Instant createdAt,
            int version) {
        static ClientDocument of(Client client) {
            return new ClientDocument(
                    client.id(),
                    client.name(),
                    client.contact(),
                    client.address(),
                    client.email(),
                    client.currency(),
                    client.createdAt(),
                    client.version());
        }
    }

    /**
     * A matter, project or engagement.
     *
     * @param version as in the ETag
     */
    public record MatterDocument(UUID id, UUID clientId, String reference, String name, int version) {
        static MatterDocument of(Matter matter) {
            return new MatterDocument(
                    matter.id(), matter.clientId(), matter.reference(), matter.name(), matter.version());
        }
    }

    @GET
    @Operation(summary = "The firm's clients, by name")
    public Page<ClientDocument> list(
            @Parameter(description = "Part of a client's name or contact, or of a matter's name or reference")
                    @QueryParam("q")
                    String search,
            @Parameter(description = "Take up after this client: the 'next' of the page before") @QueryParam("after")
                    UUID after,
            @Parameter(description = "At most so many, 1 to 500; 50 when left out") @QueryParam("limit")
                    Integer limit) {
        Page<Client> page = clients.list(search, after, Page.limit(limit));
        return new Page<>(page.items().stream().map(ClientDocument::of).toList(), page.next());
    }

    @POST
    @Operation(
            summary = "Add a client",
            description = "Names are one of a kind in the firm; the currency left out is the firm's.")
    @APIResponse(
            responseCode = "201",
            description = "Added; Location and ETag say where and in which version",
            content = @Content(schema = @Schema(implementation = ClientDocument.class)))
    public Response create(Clients.Draft draft, @Context UriInfo here) {
        return created(clients.create(Problems.given(draft)), here);
    }

    private static Response created(Client client, UriInfo here) {
        return Response.created(here.getAbsolutePathBuilder()
                        .path(client.id().toString())
                        .build())
                .tag(Revision.tag(client.version()))
                .entity(ClientDocument.of(client))
                .build();
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One client; the ETag is needed to change it")
    @APIResponse(content = @Content(schema = @Schema(implementation = ClientDocument.class)))
    public Response get(@PathParam("id") UUID id) {
        return found(clients.get(id));
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "Change a client", description = "The whole document, with the ETag that was read.")
    @APIResponse(content = @Content(schema = @Schema(implementation = ClientDocument.class)))
    public Response change(
            @PathParam("id") UUID id,
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            Clients.Draft draft) {
        return found(clients.change(id, Revision.required(ifMatch, "client"), Problems.given(draft)));
    }

    private static Response found(Client client) {
        return Response.ok(ClientDocument.of(client))
                .tag(Revision.tag(client.version()))
                .build();
    }

    @GET
    @Path("{id}/matters")
    @Operation(summary = "A client's matters, projects or engagements, by reference; all at once")
    public Page<MatterDocument> matters(@PathParam("id") UUID id) {
        return new Page<>(clients.mattersOf(id).stream().map(MatterDocument::of).toList(), null);
    }

    @POST
    @Path("{id}/matters")
    @Operation(summary = "Add a matter, project or engagement to a client")
    @APIResponse(
            responseCode = "201",
            description = "Added; Location and ETag say where and in which version",
            content = @Content(schema = @Schema(implementation = MatterDocument.class)))
    public Response addMatter(@PathParam("id") UUID id, Clients.MatterDraft draft, @Context UriInfo here) {
        Matter matter = clients.addMatter(id, Problems.given(draft));
        return Response.created(here.getAbsolutePathBuilder()
                        .path(matter.id().toString())
                        .build())
                .tag(Revision.tag(matter.version()))
                .entity(MatterDocument.of(matter))
                .build();
    }

    @GET
    @Path("{id}/matters/{matter}")
    @Operation(summary = "One matter of a client; the ETag is needed to change it")
    @APIResponse(content = @Content(schema = @Schema(implementation = MatterDocument.class)))
    public Response matter(@PathParam("id") UUID id, @PathParam("matter") UUID matter) {
        return found(clients.matter(id, matter));
    }

    @PUT
    @Path("{id}/matters/{matter}")
    @Operation(summary = "Change a matter", description = "The whole document, with the ETag that was read.")
    @APIResponse(content = @Content(schema = @Schema(implementation = MatterDocument.class)))
    public Response changeMatter(
            @PathParam("id") UUID id,
            @PathParam("matter") UUID matter,
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            Clients.MatterDraft draft) {
        return found(clients.changeMatter(id, matter, Revision.required(ifMatch, "matter"), Problems.given(draft)));
    }

    private static Response found(Matter matter) {
        return Response.ok(MatterDocument.of(matter))
                .tag(Revision.tag(matter.version()))
                .build();
    }
}
