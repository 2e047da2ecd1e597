package org.rebill.speeddial;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** People's speed dials by REST. */
@Path("/firms/{firm}/speed-dials")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Codes")
@ApplicationScoped
public class SpeedDialsResource {
    private final SpeedDials dials;

    @Inject
    SpeedDialsResource(SpeedDials dials) {
        this.dials = dials;
    }

    /** A speed dial. */
    public record DialDocument(UUID id, UUID personId, String label, String code, String number) {}

    /** Speed dials to be added for somebody, all or none. */
    public record NewDials(UUID personId, List<SpeedDials.Draft> dials) {}

    @GET
    @Operation(summary = "Somebody's speed dials, by label")
    public Page<DialDocument> of(@QueryParam("person") UUID person) {
        return new Page<>(
                dials.of(person).stream()
                        .map(one -> new DialDocument(one.id(), one.personId(), one.label(), one.code(), one.number()))
                        .toList(),
                null);
    }

    @POST
    @Operation(summary = "Add speed dials for somebody, all or none", description = "At most 500 at once.")
    @APIResponse(responseCode = "204", description = "Added")
    public void add(NewDials given) {
        NewDials sent = Problems.given(given);
        dials.add(sent.personId(), sent.dials() == null ? List.of() : sent.dials());
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Take a speed dial away")
    @APIResponse(responseCode = "204", description = "Done")
    public void remove(@PathParam("id") UUID id) {
        dials.remove(id);
    }

    @GET
    @Path("file")
    @Produces({"text/xml", "text/csv", "text/vcard"})
    @Operation(
            summary = "The file that somebody's telephone takes",
            description = "Refused (422) when something to dial is longer than the telephone takes.")
    public Response file(
            @QueryParam("person") UUID person,
            @Parameter(description = "YEALINK, POLYCOM, CISCO, GRANDSTREAM, VCARD or CSV") @QueryParam("make")
                    String make,
            @Parameter(description = "How a code is dialled, such as *72*CODE*NUMBER; a comma is a pause")
                    @QueryParam("form")
                    String form) {
        PhoneMake chosen = make(make);
        return Response.ok(dials.file(person, chosen, form), chosen.type() + "; charset=UTF-8")
                .header("Content-Disposition", "attachment; filename=\"" + chosen.file() + "\"")
                .build();
    }

    @GET
    @Path("sheet")
    @Produces("application/pdf")
    @Operation(summary = "Somebody's speed dials to be printed, as PDF")
    public Response sheet(@QueryParam("person") UUID person, @QueryParam("form") String form) {
        return Response.ok(dials.sheet(person, form), "application/pdf")
                .header("Content-Disposition", "inline; filename=\"speed-dials.pdf\"")
                .build();
    }

    static PhoneMake make(String name) {
        return Arrays.stream(PhoneMake.values())
                .filter(make -> name != null && make.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new Refusal.Invalid(
                        "make",
                        "make.unknown",
                        "Choose one of: "
                                + Arrays.stream(PhoneMake.values())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
