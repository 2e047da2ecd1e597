package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Problems;
import org.rebill.platform.Revision;

/** How the firm bills, by REST: its rules, its rates of tax, and what is different for single clients. */
@Path("/firms/{firm}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Settings")
@ApplicationScoped
public class BillingResource {
    private static final String WHAT = "way of billing";

    private final FirmBilling billing;
    private final ClientBillings clients;
    private final TaxRates rates;

    @Inject
    BillingResource(FirmBilling billing, ClientBillings clients, TaxRates rates) {
        this.billing = billing;
        this.clients = clients;
        this.rates = rates;
    }

    /** A rate of tax from a day on. */
    public record StepRequest(LocalDate from, BigDecimal percent) {}

    @GET
    @Path("billing")
    @Operation(summary = "How the firm bills; the ETag is needed to change it")
    @APIResponse(content = @Content(schema = @Schema(implementation = BillingRules.class)))
    public Response get() {
        return answer(billing.get());
    }

    @PUT
    @Path("billing")
    @Operation(
            summary = "Change how the firm bills",
            description =
                    "All of it, with the ETag that was read; an owner's right. Drafts and later statements follow.")
    @APIResponse(content = @Content(schema = @Schema(implementation = BillingRules.class)))
    public Response change(
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            BillingRules rules) {
        return answer(billing.change(Revision.required(ifMatch, WHAT), Problems.given(rules)));
    }

    private static Response answer(FirmBilling.Current current) {
        return Response.ok(current.rules(), MediaType.APPLICATION_JSON_TYPE)
                .tag(Revision.tag(current.version()))
                .build();
    }

    @GET
    @Path("clients/{id}/billing")
    @Operation(summary = "What is different for a client in how it is billed; the ETag is needed to change it")
    @APIResponse(content = @Content(schema = @Schema(implementation = ClientBilling.Choice.class)))
    public Response ofClient(@PathParam("id") UUID id) {
        return answer(clients.get(id));
    }

    @PUT
    @Path("clients/{id}/billing")
    @Operation(
            summary = "Change what is different for a client in how it is billed",
            description = "All of it, with the ETag that was read; what is left out is as for all clients.")
    @APIResponse(content = @Content(schema = @Schema(implementation = ClientBilling.Choice.class)))
    public Response changeOfClient(
            @PathParam("id") UUID id,
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            ClientBilling.Choice choice) {
        return answer(clients.change(id, Revision.required(ifMatch, WHAT), Problems.given(choice)));
    }

    private static Response answer(ClientBillings.Current current) {
        return Response.ok(current.choice(), MediaType.APPLICATION_JSON_TYPE)
                .tag(Revision.tag(current.version()))
                .build();
    }

    @GET
    @Path("tax-rates")
    @Operation(summary = "The firm's rates of tax, by name")
    public List<TaxRates.Rate> rates() {
        return rates.all();
    }

    @POST
    @Path("tax-rates")
    @Operation(summary = "Add a rate of tax", description = "An owner's right.")
    public TaxRates.Rate add(TaxRates.Draft draft) {
        return rates.add(Problems.given(draft));
    }

    @POST
    @Path("tax-rates/{id}/steps")
    @Operation(
            summary = "Change a standard rate from a day on",
            description = "Statements of earlier days keep what it was. An owner's right.")
    public TaxRates.Rate step(@PathParam("id") UUID id, StepRequest step) {
        return rates.change(id, Problems.given(step).from(), step.percent());
    }
}
