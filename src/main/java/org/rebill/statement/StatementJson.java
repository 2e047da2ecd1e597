package org.rebill.statement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A statement in the API.
 *
 * @param from first day of the period
 * @param to last day of the period
 * @param late has calls of earlier periods; told of drafts only
 */
@Schema(name = "Statement")
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatementJson(
        UUID id,
        StatementState state,
        String number,
        UUID clientId,
        String client,
        LocalDate from,
        LocalDate to,
        LocalDate issuedOn,
        LocalDate dueOn,
        Instant issuedAt,
        String issuedBy,
        long calls,
        @Schema(description = "Whole seconds") long talkSeconds,
        @Schema(description = "Billed time as printed") BigDecimal hours,
        BigDecimal total,
        String currency,
        Boolean late,

        @Schema(description = "Of the stored PDF, hexadecimal")
        String pdfSha256,

        @Schema(description = "Of the stored document's UTF-8 bytes, hexadecimal")
        String documentSha256) {

    static StatementJson of(StatementList.Row row) {
        Statement statement = row.statement();
        return of(
                statement,
                row.client(),
                row.calls(),
                row.talkSeconds(),
                row.hours(),
                row.total(),
                statement.isDraft() ? row.late() : null);
    }

    /** An issued one, for its client. */
    static StatementJson of(Statement statement) {
        return of(
                statement,
                null,
                statement.calls(),
                statement.talkSeconds(),
                statement.hours(),
                statement.total(),
                null);
    }

    private static StatementJson of(
            Statement statement,
            String client,
            long calls,
            long talkSeconds,
            BigDecimal hours,
            BigDecimal total,
            Boolean late) {
        return new StatementJson(
                statement.id(),
                statement.state(),
                statement.number(),
                statement.clientId(),
                client,
                statement.period().from(),
                statement.period().last(),
                statement.issuedOn(),
                statement.dueOn(),
                statement.issuedAt(),
                statement.issuedBy(),
                calls,
                talkSeconds,
                hours,
                total,
                statement.currency(),
                late,
                hex(statement.pdfSha256()),
                hex(statement.documentSha256()));
    }

    private static String hex(byte[] hash) {
        return hash == null ? null : HexFormat.of().formatHex(hash);
    }
}
