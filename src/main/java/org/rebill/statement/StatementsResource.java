package org.rebill.statement;

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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.ledger.Ledger;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** The firm's statements by REST. */
@Path("/firms/{firm}/statements")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Statements")
@ApplicationScoped
public class StatementsResource {
    private final Statements statements;
    private final StatementList list;
    private final Issuing issuing;
    private final IssueBatches batches;
    private final CreditNotes credits;
    private final Reviews reviews;
    private final Reminders reminders;
    private final Papers papers;

    @Inject
    StatementsResource(
            Statements statements,
            StatementList list,
            Issuing issuing,
            IssueBatches batches,
            CreditNotes credits,
            Reviews reviews,
            Reminders reminders,
            Papers papers) {
        this.statements = statements;
        this.list = list;
        this.issuing = issuing;
        this.batches = batches;
        this.credits = credits;
        this.reviews = reviews;
        this.reminders = reminders;
        this.papers = papers;
    }

    /**
     * Which period to run: a month, or days.
     *
     * @param month such as {@code 2026-10}
     * @param from first day, with {@code to}, instead of a month
     * @param to last day
     */
    public record RunRequest(YearMonth month, LocalDate from, LocalDate to) {
        Period period() {
            if (month != null && from == null && to == null) {
                return Period.of(month);
            }
            if (month == null && from != null && to != null) {
                return Period.days(from, to);
            }
            throw new Refusal.Invalid(
                    "month", "period.missing", "Give either a month such as 2026-10, or the first and last day.");
        }
    }

    /**
     * What to issue.
     *
     * @param total what the draft came to when it was looked at; refused (409) when it is another now. May be left out
     */
    public record IssueRequest(BigDecimal total) {}

    /**
     * Takes a statement back.
     *
     * @param reason printed on the credit note
     * @param redraft puts the calls on a new draft of the same period at once
     */
    public record TakeBackRequest(String reason, boolean redraft) {}

    /** What came of taking back; no draft when none was asked for, or no call has a price any more. */
    public record TakenBack(StatementJson creditNote, UUID draftId) {}

    /**
     * Takes lines back.
     *
     * @param reason printed on the credit note
     */
    public record CreditRequest(List<CreditNotes.Wanted> lines, String reason) {}

    /** Drafts to issue. */
    public record BatchRequest(List<UUID> ids) {}

    /** A piece of the list, and what all that were asked for come to. */
    public record Listed(List<StatementJson> items, String next, List<StatementList.Total> totals) {}

    @POST
    @Path("runs")
    @Operation(
            summary = "Make the drafts of a period for all clients",
            description = "Each client with priced calls on no statement gets a draft; calls of earlier periods that "
                    + "were never billed come along. Again is harmless: it adds what came since. 'waiting' tells calls "
                    + "that came too late because the client's period was issued already: the next period takes them.")
    public Statements.Run run(RunRequest request) {
        return statements.run(needed(request).period());
    }

    @GET
    @Operation(summary = "Statements, newest period first, then by client")
    public Listed list(
            @Parameter(description = "Only periods that begin in this month, such as 2026-10") @QueryParam("month")
                    String month,
            @Parameter(description = "Only this client's") @QueryParam("client") UUID client,
            @QueryParam("state") StatementState state,
            @Parameter(description = "Only issued ones at this stage of their life") @QueryParam("stage")
                    StatementStage stage,
            @Parameter(description = "Take up after this statement: the 'next' of the piece before")
                    @QueryParam("after")
                    UUID after,
            @Parameter(description = "At most so many, 1 to 500") @QueryParam("limit") Integer limit) {
        StatementList.Filter filter =
                new StatementList.Filter(month == null ? null : Period.of(month(month)), client, state, stage, null);
        Page<StatementJson> page = map(list.list(filter, after, Page.limit(limit)));
        return new Listed(page.items(), page.next(), list.totals(filter));
    }

    private static Page<StatementJson> map(Page<StatementList.Row> page) {
        return new Page<>(page.items().stream().map(StatementJson::of).toList(), page.next());
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal.Invalid("month", "month.form", "Write the month as 2026-10.");
        }
    }

    @GET
    @Path("held")
    @Operation(summary = "Calls of a month that can't be billed yet, by client and reason")
    public List<Ledger.Held> held(@Parameter(description = "Such as 2026-10") @QueryParam("month") String month) {
        return list.held(Period.of(month(month == null ? "" : month)));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A statement")
    public StatementJson get(@PathParam("id") UUID id) {
        return StatementJson.of(list.get(id));
    }

    @GET
    @Path("{id}/document")
    @Operation(
            summary = "All that is printed on a statement",
            description = "Of a draft as it stands now, of an issued statement as it was printed.")
    public StatementDocument document(@PathParam("id") UUID id) {
        return statements.document(id);
    }

    @GET
    @Path("{id}/pdf")
    @Produces(PdfResponse.TYPE)
    @Operation(
            summary = "A statement on paper",
            description = "Of a draft printed now and marked as one. Of an issued statement the stored bytes, always "
                    + "the same, with their SHA-256 as ETag and Repr-Digest.")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = PdfResponse.TYPE, schema = @Schema(format = "binary")))
    public Response pdf(@PathParam("id") UUID id, @Context Request request) {
        return PdfResponse.of(statements.pdf(id), request);
    }

    @POST
    @Path("{id}/issue")
    @Operation(
            summary = "Issue a draft",
            description = "It gets the next number without a gap and is frozen with its PDF. It can't be taken back.")
    public StatementJson issue(@PathParam("id") UUID id, IssueRequest request) {
        issuing.issue(id, request == null ? null : request.total());
        return StatementJson.of(list.get(id));
    }

    @POST
    @Path("{id}/take-back")
    @Operation(
            summary = "Take an issued statement back by a credit note",
            description =
                    "All that is left of it, with a number of its own. Its calls are free: priced anew and billed "
                            + "by the next run, or put on a new draft of the same period at once. An owner's right.")
    public TakenBack takeBack(@PathParam("id") UUID id, TakeBackRequest request) {
        CreditNotes.Credited credited = credits.takeBack(id, needed(request).reason(), request.redraft());
        return new TakenBack(StatementJson.of(list.get(credited.note().id())), credited.draftId());
    }

    @POST
    @Path("{id}/credit-notes")
    @Operation(
            summary = "Take lines of an issued statement back, wholly or in part",
            description = "The difference only: the calls stay where they are and are not billed again. Without a "
                    + "quantity all that is left of a line is taken back. An owner's right.")
    public StatementJson credit(@PathParam("id") UUID id, CreditRequest request) {
        Statement note = credits.credit(id, needed(request).lines(), request.reason());
        return StatementJson.of(list.get(note.id()));
    }

    @GET
    @Path("{id}/credit-notes")
    @Operation(summary = "The credit notes of a statement, oldest first")
    public List<StatementJson> creditNotes(@PathParam("id") UUID id) {
        return credits.of(id).stream()
                .map(note -> StatementJson.of(list.get(note.id())))
                .toList();
    }

    @GET
    @Path("{id}/warnings")
    @Operation(summary = "What deserves a second look on a draft")
    public List<Reviews.Found> warnings(@PathParam("id") UUID id) {
        return reviews.warnings(id);
    }

    @POST
    @Path("{id}/review")
    @Operation(summary = "Say that somebody looks a draft through")
    public StatementJson review(@PathParam("id") UUID id) {
        reviews.begin(id);
        return StatementJson.of(list.get(id));
    }

    @POST
    @Path("{id}/approve")
    @Operation(
            summary = "Approve a draft as it is",
            description = "Whether a clerk may is the firm's choice. Priced anew, it must be approved again.")
    public StatementJson approve(@PathParam("id") UUID id, IssueRequest request) {
        reviews.approve(id, request == null ? null : request.total());
        return StatementJson.of(list.get(id));
    }

    @POST
    @Path("{id}/reopen")
    @Operation(summary = "Take review and approval of a draft back")
    public StatementJson reopen(@PathParam("id") UUID id) {
        reviews.reopen(id);
        return StatementJson.of(list.get(id));
    }

    @POST
    @Path("{id}/reminders/{no}")
    @Operation(
            summary = "Write a reminder of an overdue statement",
            description = "Number 1 to 3, one after the other. It is written in the statement's language.")
    public PaymentsResource.ReminderJson remind(@PathParam("id") UUID id, @PathParam("no") int no) {
        return PaymentsResource.ReminderJson.of(reminders.write(id, no));
    }

    @GET
    @Path("papers.zip")
    @Produces(PapersServlet.TYPE)
    @Operation(summary = "All issued statements and credit notes of a month as PDFs in a ZIP")
    @APIResponse(
            responseCode = "200",
            content = @Content(mediaType = PapersServlet.TYPE, schema = @Schema(format = "binary")))
    public Response papers(@Parameter(description = "Such as 2026-10") @QueryParam("month") String month) {
        YearMonth of = month(month == null ? "" : month);
        List<UUID> ids = papers.of(Period.of(of));
        StreamingOutput zip = out -> papers.write(ids, out);
        return Response.ok(zip, PapersServlet.TYPE)
                .header("Content-Disposition", PapersServlet.disposition(of))
                .build();
    }

    @POST
    @Path("issue")
    @Operation(
            summary = "Issue many drafts in the background",
            description = "One after the other in the order of clients. Location tells where to ask how far it is.")
    @APIResponse(responseCode = "202", description = "Asked for")
    public Response issueAll(BatchRequest request, @Context UriInfo address) {
        List<UUID> ids = needed(request).ids();
        UUID batch = batches.ask(ids == null ? List.of() : ids);
        return Response.accepted(batches.progress(batch))
                .location(address.getAbsolutePath().resolve("batches/" + batch))
                .build();
    }

    @GET
    @Path("batches/{batch}")
    @Operation(summary = "How far the issuing of many drafts has come")
    public IssueBatches.Progress batch(@PathParam("batch") UUID batch) {
        return batches.progress(batch);
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "Discard a draft", description = "Its calls are free for the next run; no number is missing.")
    public void discard(@PathParam("id") UUID id) {
        statements.discard(id);
    }

    @DELETE
    @Path("{id}/calls/{call}")
    @Operation(summary = "Take a call off a draft", description = "It waits for the next period.")
    public void putOff(@PathParam("id") UUID id, @PathParam("call") UUID call) {
        statements.putOff(id, List.of(call));
    }

    private static <T> T needed(T request) {
        if (request == null) {
            throw new Refusal.Invalid("", "document.missing", "Send a JSON document with this request.");
        }
        return request;
    }
}
