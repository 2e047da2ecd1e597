package org.rebill.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A question in the API.
 *
 * @param callId of the line; absent when it is about the whole statement
 */
@Schema(name = "Question")
@JsonInclude(JsonInclude.Include.NON_NULL)
record QuestionJson(
        UUID id,
        UUID statementId,
        String statement,
        UUID callId,
        Integer chargeNo,
        QuestionState state,
        Instant askedAt,
        String askedBy,
        List<Said> entries,

        @Schema(description = "Number of the credit note that settled it")
        String creditNote) {
    /** Something that was said. */
    record Said(Instant at, String author, Question.Side side, String text) {}

    static QuestionJson of(Questions.Asked asked) {
        Question question = asked.question();
        return new QuestionJson(
                question.id(),
                question.statementId(),
                asked.number(),
                question.callId(),
                question.chargeNo(),
                question.state(),
                question.askedAt(),
                question.askedBy(),
                asked.entries().stream()
                        .map(entry -> new Said(entry.at(), entry.author(), entry.side(), entry.text()))
                        .toList(),
                asked.creditNumber());
    }
}
