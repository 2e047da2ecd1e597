package org.rebill.mail;

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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;

/** The firm's mail by REST. */
@Path("/firms/{firm}/mail")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Mail")
@ApplicationScoped
public class MailResource {
    private final Mails mails;

    @Inject
    MailResource(Mails mails) {
        this.mails = mails;
    }

    /** Why a mail came back. */
    public record Bounce(String reason) {}

    @GET
    @Operation(
            summary = "Mail, newest first",
            description = "WAITING: tried until giveUpAt, or until a mail server is configured. SENT: the mail server "
                    + "took it. FAILED: refused for good, or its time was over. BOUNCED: it came back.")
    public Page<MailJson> list(
            @QueryParam("state") MailState state,
            @Parameter(description = "Such as STATEMENT, AGREEMENT, CALLS, ALARM") @QueryParam("kind") String kind,
            @Parameter(description = "Only what tells of this thing, such as a statement's key") @QueryParam("about")
                    UUID about,
            @Parameter(description = "Take up after this mail: the 'next' of the piece before") @QueryParam("after")
                    UUID after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        Page<Mail> page = mails.list(new Mails.Filter(state, kind, about), after, Page.limit(limit));
        return new Page<>(page.items().stream().map(MailJson::line).toList(), page.next());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A mail as it was sent", description = "Without the secrets of its links.")
    public MailJson get(@PathParam("id") UUID id) {
        return MailJson.whole(mails.get(id));
    }

    @POST
    @Path("{id}/again")
    @Operation(
            summary = "Send a mail again",
            description = "With a link that works without a sign-in, the earlier one opens nothing any more.")
    public MailJson again(@PathParam("id") UUID id) {
        return MailJson.line(mails.again(id));
    }

    @POST
    @Path("{id}/bounced")
    @Operation(
            summary = "Note that a mail came back",
            description = "For a person, or a mail gateway that knows it by its message id, "
                    + "which begins with the mail's key.")
    public MailJson bounced(@PathParam("id") UUID id, Bounce bounce) {
        return MailJson.line(mails.bounced(id, Problems.given(bounce).reason()));
    }
}
