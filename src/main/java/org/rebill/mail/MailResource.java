package org.rebill.mail;

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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.YearMonth;
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
import org.rebill.platform.Revision;
import org.rebill.statement.Period;

/** The firm's mail by REST. */
@Path("/firms/{firm}/mail")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Mail")
@ApplicationScoped
public class MailResource {
    private final Mails mails;
    private final StatementMails statements;
    private final CallMails calls;
    private final Mailing mailing;
    private final MailWishes wishes;

    @Inject
    MailResource(Mails mails, StatementMails statements, CallMails calls, Mailing mailing, MailWishes wishes) {
        this.mails = mails;
        this.statements = statements;
        this.calls = calls;
        this.mailing = mailing;
        this.wishes = wishes;
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

    /**
     * What to send: a month's issued statements that no mail went out about, or these.
     *
     * @param month such as {@code 2026-10}
     * @param ids statements, each to its client
     * @param to another address than the client's; for one statement
     */
    public record StatementsToSend(YearMonth month, List<UUID> ids, String to) {}

    @POST
    @Path("statements")
    @Operation(
            summary = "Send issued statements by mail",
            description = "Each to its client, with the stored PDF or a link to it, as the firm chose. Told are those "
                    + "whose client has no address.")
    public StatementMails.Result sendStatements(StatementsToSend what) {
        StatementsToSend asked = Problems.given(what);
        if ((asked.month() == null) == (asked.ids() == null)) {
            throw new Refusal.Invalid("ids", "mail.what", "Name either a month such as 2026-10, or statements.");
        }
        if (asked.to() != null) {
            if (asked.ids() == null || asked.ids().size() != 1) {
                throw new Refusal.Invalid("to", "to.one", "Another address can be given for one statement only.");
            }
            statements.send(asked.ids().get(0), asked.to());
            return new StatementMails.Result(1, List.of());
        }
        List<UUID> ids = asked.ids() == null ? statements.unsent(Period.of(asked.month()), null) : asked.ids();
        return asked.ids() == null && ids.isEmpty() ? new StatementMails.Result(0, List.of()) : statements.sendAll(ids);
    }

    /** How many mails were written. */
    public record Written(int mails) {}

    @POST
    @Path("calls")
    @Operation(
            summary = "Send today's mails of calls to code at once",
            description =
                    "To each professional with calls without a code who got none today, as the daily round would.")
    public Written sendCalls() throws Exception {
        return new Written(calls.now());
    }

    @GET
    @Path("settings")
    @Operation(summary = "How the firm's mail goes; the ETag is needed to change it")
    @APIResponse(content = @Content(schema = @Schema(implementation = MailChoices.class)))
    public Response settings() {
        return answer(mailing.get());
    }

    @PUT
    @Path("settings")
    @Operation(summary = "Change how the firm's mail goes", description = "All of it; an owner's right.")
    @APIResponse(content = @Content(schema = @Schema(implementation = MailChoices.class)))
    public Response change(
            @Parameter(description = "The ETag that was read", required = true) @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            MailChoices choices) {
        // A firm that never chose has version -1, told as 0.
        return answer(mailing.change(Revision.required(ifMatch, "setting of mail") - 1, Problems.given(choices)));
    }

    private static Response answer(Mailing.Chosen chosen) {
        return Response.ok(chosen.choices(), MediaType.APPLICATION_JSON_TYPE)
                .tag(Revision.tag(chosen.version() + 1))
                .build();
    }

    @GET
    @Path("wishes")
    @Operation(summary = "What the caller wants to be told by mail")
    public MailWishes.Wishes wishes() {
        return wishes.own();
    }

    @PUT
    @Path("wishes")
    @Operation(summary = "Change what the caller is told by mail", description = "What is left out stays.")
    public MailWishes.Wishes change(MailWishes.Wishes wanted) {
        wishes.change(Problems.given(wanted));
        return wishes.own();
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
