package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;

/** A client's own statements by REST. */
@Path("/firms/{firm}/portal/statements")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Client portal")
@ApplicationScoped
public class PortalStatementsResource {
    private final PortalStatements statements;

    @Inject
    PortalStatementsResource(PortalStatements statements) {
        this.statements = statements;
    }

    @GET
    @Operation(summary = "The statements issued to the client, newest first")
    public Page<StatementJson> list(
            @Parameter(description = "Take up after this statement: the 'next' of the piece before")
                    @QueryParam("after")
                    UUID after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        Page<Statement> page = statements.list(after, Page.limit(limit));
        Map<UUID, StatementLife> lives = statements.lives(page.items());
        return new Page<>(
                page.items().stream()
                        .map(statement -> StatementJson.of(statement, lives.get(statement.id())))
                        .toList(),
                page.next());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A statement")
    public StatementJson get(@PathParam("id") UUID id) {
        return StatementJson.of(statements.get(id), statements.life(id));
    }

    @GET
    @Path("{id}/document")
    @Operation(summary = "All that was printed on a statement", description = "The first view is noted for the firm.")
    public StatementDocument document(@PathParam("id") UUID id) {
        return statements.document(id);
    }

    @GET
    @Path("{id}/pdf")
    @Produces(PdfResponse.TYPE)
    @Operation(
            summary = "A statement on paper",
            description = "The stored bytes, always the same, with their SHA-256 as ETag and Repr-Digest. The first "
                    + "view is noted for the firm.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = PdfResponse.TYPE, schema = @Schema(format = "binary")))
    public Response pdf(@PathParam("id") UUID id, @Context Request request) {
        return PdfResponse.of(statements.pdf(id), request);
    }
}
