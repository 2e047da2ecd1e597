package org.rebill.code;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Codes as files by REST: CSV in and out, and lists for phone systems. */
@Path("/firms/{firm}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Codes")
@ApplicationScoped
public class CodeFilesResource {
    private final CodeImport codes;
    private final CodeExports exports;

    @Inject
    CodeFilesResource(CodeImport codes, CodeExports exports) {
        this.codes = codes;
        this.exports = exports;
    }

    @GET
    @Path("code-file")
    @Produces("text/csv")
    @Operation(summary = "All codes, retired ones too, as CSV that can be read in again")
    public Response export() {
        return Response.ok(codes.export(), "text/csv; charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"codes.csv\"")
                .build();
    }

    @POST
    @Path("code-file")
    @Consumes({"text/csv", MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Read codes from CSV: all of the file or nothing",
            description =
                    "The first line names the columns, in any order: code and client (a name, or House), and where "
                            + "wanted label, matter (its reference), group, from, retired (days at the firm such as 2026-11-30). A "
                            + "code that its owner has already is changed; one that nobody has is given out; one that somebody else "
                            + "has is refused. At most 50,000 lines and 5 MiB.")
    @APIResponse(
            responseCode = "422",
            description = "Something is wrong; the field names line and column; nothing is stored")
    public CodeImport.Outcome read(
            @Parameter(description = "true: say what it would do and store nothing") @QueryParam("dry") boolean dry,
            String csv) {
        return dry ? codes.preview(csv) : codes.store(csv);
    }

    @GET
    @Path("code-exports")
    @Operation(
            summary = "Lists that were last taken for phone systems, and whether they are older than the firm's codes")
    public Page<CodeExports.Last> last() {
        return new Page<>(exports.last(), null);
    }

    @POST
    @Path("code-exports")
    @Produces({"text/csv", MediaType.TEXT_PLAIN})
    @Operation(
            summary = "Take the list of codes for a phone system",
            description = "Codes that can be dialled now. It is noted that the list was taken.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = @Content(schema = @Schema(implementation = String.class)))
    public Response take(
            @Parameter(
                            description =
                                    "GENERIC, CISCO_CMC, CISCO_FAC, FREEPBX_PINSET, ASTERISK_CONF, ASTERISK_ASTDB or "
                                            + "AVAYA_IP_OFFICE",
                            schema = @Schema(implementation = ExportFormat.class))
                    @QueryParam("format")
                    String format,
            @Parameter(description = "Only the codes of this group") @QueryParam("group") String group) {
        CodeExports.Taken taken = exports.take(format(format), group);
        return Response.ok(taken.content(), taken.format().type() + "; charset=UTF-8")
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + taken.format().file() + "\"")
                .build();
    }

    static ExportFormat format(String name) {
        return Arrays.stream(ExportFormat.values())
                .filter(format ->
                        name != null && format.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Refusal.Invalid(
                        "format",
                        "format.unknown",
                        "Choose one of: "
                                + Arrays.stream(ExportFormat.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
