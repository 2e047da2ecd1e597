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

        @Schema(description = "Where it stands in its whole life")
        StatementStage stage,

        Statement.Kind kind,
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
        @Schema(description = "Sum of the lines") BigDecimal fees,
        BigDecimal discount,
        BigDecimal tax,
        BigDecimal total,
        @Schema(description = "What credit notes took back") BigDecimal credited,
        BigDecimal paid,

        @Schema(description = "What is still to be paid; below zero when too much came")
        BigDecimal open,

        String currency,
        Boolean late,

        @Schema(description = "The statement that a credit note takes back")
        UUID creditsId,

        @Schema(description = "Why a credit note was written")
        String reason,

        @Schema(description = "Of the stored PDF, hexadecimal")
        String pdfSha256,

        @Schema(description = "Of the stored document's UTF-8 bytes, hexadecimal")
        String documentSha256) {

    static StatementJson of(StatementList.Row row) {
        Statement statement = row.statement();
        return of(
                statement,
                row.life(),
                row.client(),
                row.calls(),
                row.talkSeconds(),
                row.hours(),
                row.total(),
                statement.isDraft() ? row.late() : null);
    }

    /** An issued one, for its client. */
    static StatementJson of(Statement statement, StatementLife life) {
        return of(
                statement,
                life,
                null,
                statement.calls(),
                statement.talkSeconds(),
                statement.hours(),
                statement.total(),
                null);
    }

    private static StatementJson of(
            Statement statement,
            StatementLife life,
            String client,
            long calls,
            long talkSeconds,
            BigDecimal hours,
            BigDecimal total,
            Boolean late) {
        return new StatementJson(
                statement.id(),
                statement.state(),
                life == null ? statement.draftStage() : life.stage(),
                statement.kind(),
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
                statement.fees(),
                statement.discount(),
                statement.tax(),
                total,
                life == null ? null : life.credited(),
                life == null ? null : life.paid(),
                life == null ? null : life.open(),
                statement.currency(),
                late,
                statement.creditsId(),
                statement.reason(),
                hex(statement.pdfSha256()),
                hex(statement.documentSha256()));
    }

    private static String hex(byte[] hash) {
        return hash == null ? null : HexFormat.of().formatHex(hash);
    }
}
