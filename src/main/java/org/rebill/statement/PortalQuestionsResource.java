package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Problems;

/** A client's questions about its statements by REST. */
@Path("/firms/{firm}/portal")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Client portal")
@ApplicationScoped
public class PortalQuestionsResource {
    private final Questions questions;
    private final PortalStatements statements;

    @Inject
    PortalQuestionsResource(Questions questions, PortalStatements statements) {
        this.questions = questions;
        this.statements = statements;
    }

    /**
     * A question.
     *
     * @param callId of the line it is about, with {@code chargeNo}; both left out for the whole statement
     */
    public record Asking(UUID callId, Integer chargeNo, String text) {}

    /** What is added. */
    public record Words(String text) {}

    @GET
    @Path("statements/{id}/questions")
    @Operation(summary = "The questions about a statement, oldest first")
    public List<QuestionJson> of(@PathParam("id") UUID id) {
        return questions.own(statements.get(id)).stream().map(QuestionJson::of).toList();
    }

    @POST
    @Path("statements/{id}/questions")
    @Operation(summary = "Ask about a statement, or about one of its lines")
    public List<QuestionJson> ask(@PathParam("id") UUID id, Asking asking) {
        questions.ask(id, Problems.given(asking).callId(), asking.chargeNo(), asking.text());
        return of(id);
    }

    @POST
    @Path("questions/{id}/reply")
    @Operation(summary = "Add something: the firm is to answer again")
    public void reply(@PathParam("id") UUID id, Words words) {
        questions.reply(id, Problems.given(words).text());
    }

    @POST
    @Path("questions/{id}/settle")
    @Operation(summary = "Take the answer: the question is settled")
    public void settle(@PathParam("id") UUID id) {
        questions.settle(id);
    }

    @POST
    @Path("questions/{id}/withdraw")
    @Operation(summary = "Take the question back")
    public void withdraw(@PathParam("id") UUID id) {
        questions.withdraw(id);
    }
}
