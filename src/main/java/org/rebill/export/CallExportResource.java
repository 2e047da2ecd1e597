package org.rebill.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.call.CallOrder;
import org.rebill.call.CallParameters;

/** The list of calls as a file. */
@Path("/firms/{firm}/calls/exports")
@Tag(name = "Exports")
@ApplicationScoped
public class CallExportResource {
    private final Exports exports;

    @Inject
    CallExportResource(Exports exports) {
        this.exports = exports;
    }

    @GET
    @Operation(
            summary = "Calls as a file",
            description = "All that the same parameters find in the list of calls (from, to, person, client, group, "
                    + "code, source, file, q).")
    @APIResponse(responseCode = "200", description = "The file; CSV, JSON and the spreadsheets are streamed")
    public Response export(
            @BeanParam CallParameters parameters,
            @Parameter(description = "time, talk or amount; with a minus sign the largest first") @QueryParam("sort")
                    String sort,
            @Parameter(description = "csv, xlsx, ods, json, xml, html, docx or pdf")
                    @QueryParam("format")
                    @DefaultValue("csv")
                    String format) {
        Format chosen = Format.of(format);
        return FileResponse.of(exports.calls(parameters.filter(), CallOrder.parse(sort)), chosen);
    }
}
