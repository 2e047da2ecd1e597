package org.rebill.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Refusal;
import org.rebill.statement.Period;
import org.rebill.statement.StatementList;

/** The list of statements as a file. */
@Path("/firms/{firm}/statements/exports")
@Tag(name = "Exports")
@ApplicationScoped
public class StatementExportResource {
    private final Exports exports;

    @Inject
    StatementExportResource(Exports exports) {
        this.exports = exports;
    }

    @GET
    @Operation(summary = "Statements and credit notes as a file")
    @APIResponse(responseCode = "200", description = "The file; CSV, JSON and the spreadsheets are streamed")
    public Response export(
            @Parameter(description = "Only periods that begin in this month, such as 2026-10") @QueryParam("month")
                    String month,
            @Parameter(description = "Only this client's") @QueryParam("client") UUID client,
            @Parameter(description = "csv, xlsx, ods, json, xml, html, docx or pdf")
                    @QueryParam("format")
                    @DefaultValue("csv")
                    String format) {
        Format chosen = Format.of(format);
        return FileResponse.of(exports.statements(filter(month, client)), chosen);
    }

    /** A filter as addresses write it. */
    static StatementList.Filter filter(String month, UUID client) {
        try {
            return new StatementList.Filter(
                    month == null || month.isBlank() || month.equals("all") ? null : Period.of(YearMonth.parse(month)),
                    client,
                    null);
        } catch (DateTimeException e) {
            throw new Refusal.Invalid("month", "month.form", "'" + month + "' is no month such as 2026-10.");
        }
    }
}
