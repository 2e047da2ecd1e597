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

/** Clients' questions about statements by REST: the firm's side. */
@Path("/firms/{firm}/questions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Questions")
@ApplicationScoped
public class QuestionsResource {
    private final Questions questions;

    @Inject
    QuestionsResource(Questions questions) {
        this.questions = questions;
    }

    /** What is said. */
    public record Words(String text) {}

    /**
     * The firm agrees.
     *
     * @param reason printed on the credit note; may be left out
     */
    public record Agreed(String reason) {}

    @GET
    @Operation(summary = "Questions that wait for the firm, those that wait longest first")
    public List<QuestionJson> waiting() {
        return questions.waiting().stream().map(QuestionJson::of).toList();
    }

    @POST
    @Path("{id}/answer")
    @Operation(summary = "Explain", description = "The client is to say whether that settles it.")
    public void answer(@PathParam("id") UUID id, Words words) {
        questions.answer(id, Problems.given(words).text());
    }

    @POST
    @Path("{id}/close")
    @Operation(summary = "Explain and close the question")
    public void close(@PathParam("id") UUID id, Words words) {
        questions.close(id, Problems.given(words).text());
    }

    @POST
    @Path("{id}/agree")
    @Operation(
            summary = "Agree: a credit note takes the line back, or all of the statement that the question is about",
            description = "An owner's right. The calls are not billed again.")
    public StatementJson agree(@PathParam("id") UUID id, Agreed agreed) {
        return StatementJson.of(questions.agree(id, agreed == null ? null : agreed.reason()), null);
    }
}
