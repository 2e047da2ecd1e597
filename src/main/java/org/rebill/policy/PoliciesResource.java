package org.rebill.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** The firm's code policies by REST. */
@Path("/firms/{firm}/code-policies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Codes")
@ApplicationScoped
public class PoliciesResource {
    private final CodePolicies policies;

    @Inject
    PoliciesResource(CodePolicies policies) {
        this.policies = policies;
    }

    /**
     * What is asked of some calls' codes.
     *
     * @param scope which calls: FIRM, SITE, GROUP, PERSON, EXTENSION or NUMBER_CLASS; the narrower goes first
     * @param siteId of SITE and EXTENSION
     * @param groupId of GROUP
     * @param personId of PERSON
     * @param extension of EXTENSION
     * @param numberClass of NUMBER_CLASS
     * @param forced the call needs a code; absent: as the next wider policy says
     * @param verified the code must be one that the firm has; absent: as the next wider policy says
     * @param validFrom for calls that start then or later; absent for all
     */
    public record PolicyDocument(
            UUID id,
            PolicyScope scope,
            UUID siteId,
            UUID groupId,
            UUID personId,
            String extension,
            NumberClass numberClass,
            Boolean forced,
            Boolean verified,
            Instant validFrom,
            Instant setAt,
            String setBy) {
        static PolicyDocument of(CodePolicy policy) {
            PolicyFor calls = policy.calls();
            return new PolicyDocument(
                    policy.id(),
                    calls.scope(),
                    calls.siteId(),
                    calls.groupId(),
                    calls.personId(),
                    calls.extension(),
                    calls.numberClass(),
                    policy.forced(),
                    policy.verified(),
                    policy.validFrom(),
                    policy.setAt(),
                    policy.setBy());
        }
    }

    /**
     * A policy to be set; see {@link PolicyDocument}.
     *
     * @param validFrom left out for now; not before now
     */
    public record PolicyDraft(
            PolicyScope scope,
            UUID siteId,
            UUID groupId,
            UUID personId,
            String extension,
            NumberClass numberClass,
            Boolean forced,
            Boolean verified,
            Instant validFrom) {}

    /**
     * What would happen to a call.
     *
     * @param forced it needs a code
     * @param verified the code must be known
     * @param exempt NONE, or why it is never asked: INTERNAL, EMERGENCY
     * @param number E.164 where it can be told
     * @param policies in force for it, the narrowest first
     */
    public record TrialDocument(
            boolean forced,
            boolean verified,
            CodePolicies.Exemption exempt,
            String number,
            NumberClass numberClass,
            List<PolicyDocument> policies) {}

    @GET
    @Operation(summary = "All code policies, the widest first, for the same calls the newest first")
    public Page<PolicyDocument> list() {
        return new Page<>(policies.list().stream().map(PolicyDocument::of).toList(), null);
    }

    @POST
    @Operation(
            summary = "Say what is asked of codes, for calls that start from a moment on",
            description = "Calls that started before stay as they are. Narrower policies go before wider ones, each of "
                    + "the two switches by itself.")
    @APIResponse(
            responseCode = "201",
            description = "Set",
            content = @Content(schema = @Schema(implementation = PolicyDocument.class)))
    public Response set(PolicyDraft draft) {
        PolicyDraft given = Problems.given(draft);
        PolicyFor calls = new PolicyFor(
                given.scope(),
                given.siteId(),
                given.groupId(),
                given.personId(),
                given.extension(),
                given.numberClass());
        CodePolicy set =
                policies.set(new CodePolicies.Draft(calls, given.forced(), given.verified(), given.validFrom()));
        return Response.status(Response.Status.CREATED)
                .entity(PolicyDocument.of(set))
                .build();
    }

    @POST
    @Path("{id}/withdraw")
    @Operation(summary = "Take a policy back that has not begun")
    @APIResponse(responseCode = "204", description = "Withdrawn")
    public void withdraw(@PathParam("id") UUID id) {
        policies.withdraw(id);
    }

    @GET
    @Path("trial")
    @Operation(summary = "What would happen to a call, and by which policies; stores nothing")
    public TrialDocument trial(
            @Parameter(description = "Phone system; the first when left out") @QueryParam("source") UUID source,
            @QueryParam("person") UUID person,
            @QueryParam("extension") String extension,
            @Parameter(description = "The other side's number, as people write it; left out for a withheld one")
                    @QueryParam("number")
                    String number,
            @Parameter(description = "Instant at which the call starts; now when left out") @QueryParam("at")
                    String at) {
        CodePolicies.Trial trial = policies.trial(source, person, extension, number, instant(at));
        return new TrialDocument(
                trial.switches().forced(),
                trial.switches().verified(),
                trial.exempt(),
                trial.number(),
                trial.numberClass(),
                trial.policies().stream().map(PolicyDocument::of).toList());
    }

    private static Instant instant(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Instant.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new Refusal.Invalid("at", "at.form", "Write an instant such as 2026-11-30T14:05:00Z.");
        }
    }
}
