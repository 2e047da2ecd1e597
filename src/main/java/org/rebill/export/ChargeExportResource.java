package org.rebill.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Refusal;

/** Charges as a file. */
@Path("/firms/{firm}/charges/exports")
@Tag(name = "Exports")
@ApplicationScoped
public class ChargeExportResource {
    private final Exports exports;

    @Inject
    ChargeExportResource(Exports exports) {
        this.exports = exports;
    }

    @GET
    @Operation(summary = "Charges as a file", description = "One for each talk, whatever became of it, oldest first.")
    @APIResponse(responseCode = "200", description = "The file; CSV, JSON and the spreadsheets are streamed")
    public Response export(
            @Parameter(description = "First day, in the firm's zone") @QueryParam("from") String from,
            @Parameter(description = "Last day, in the firm's zone") @QueryParam("to") String to,
            @Parameter(description = "Only this client's") @QueryParam("client") UUID client,
            @Parameter(description = "csv, xlsx, ods, json, xml, html, docx or pdf")
                    @QueryParam("format")
                    @DefaultValue("csv")
                    String format) {
        Format chosen = Format.of(format);
        return FileResponse.of(exports.charges(day("from", from), day("to", to), client), chosen);
    }

    /** A day as addresses write it; null for none. */
    static LocalDate day(String field, String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal.Invalid(field, "day.form", "'" + text + "' is no day such as 2026-11-30.");
        }
    }
}
