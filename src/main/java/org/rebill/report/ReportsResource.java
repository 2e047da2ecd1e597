package org.rebill.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.export.Format;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Reports by REST. */
@Path("/firms/{firm}/reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Reports")
@ApplicationScoped
public class ReportsResource {
    private final Reports reports;

    @Inject
    ReportsResource(Reports reports) {
        this.reports = reports;
    }

    /** A report that is there. */
    public record Listed(String report, String title) {}

    @GET
    @Operation(summary = "The reports that are there")
    public Page<Listed> list() {
        return new Page<>(
                Stream.of(Preset.values())
                        .map(preset -> new Listed(preset.key(), ReportTexts.title(preset)))
                        .toList(),
                null);
    }

    @GET
    @Path("{report}")
    @Produces("*/*")
    @Operation(
            summary = "A report",
            description = "Rows and totals as JSON, or as another file. A professional's own talks. Left out, the "
                    + "period is this year up to today.")
    @APIResponse(responseCode = "200", description = "The report; the PDF has its chart")
    public Response report(
            @Parameter(
                            description =
                                    "clients, codes, people, days, hours, directions, coded, money, numbers, trend, "
                                            + "realisation or agreements")
                    @PathParam("report")
                    String report,
            @Parameter(description = "First day, in the firm's zone") @QueryParam("from") String from,
            @Parameter(description = "Last day, in the firm's zone") @QueryParam("to") String to,
            @Parameter(description = "Only this client's") @QueryParam("client") UUID client,
            @Parameter(description = "Only this person's talks") @QueryParam("person") UUID person,
            @Parameter(description = "Only calls of this phone system") @QueryParam("source") UUID source,
            @Parameter(description = "Money in this currency; left out, the firm's") @QueryParam("currency")
                    String currency,
            @Parameter(description = "json, csv, xlsx, ods, xml, html, docx or pdf")
                    @QueryParam("format")
                    @DefaultValue("json")
                    String format) {
        Format chosen = Format.of(format);
        Report made = reports.take(
                Preset.of(report),
                new ReportFilter(day("from", from), day("to", to), client, person, source, currency));
        StreamingOutput body = out -> ReportFiles.write(made, chosen, out);
        return Response.ok(body, chosen.type())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, ReportFiles.disposition(made, chosen))
                .build();
    }

    /** A day as addresses write it; null for none. */
    static LocalDate day(String field, String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal.Invalid(field, "day.form", "'" + text + "' is no day such as 2026-11-30.");
        }
    }

    /** What a saved report may say of itself. */
    static List<String> parameters() {
        return List.of("report", "period", "from", "to", "client", "person", "source", "currency");
    }
}
