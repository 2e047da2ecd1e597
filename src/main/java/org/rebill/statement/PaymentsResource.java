package org.rebill.statement;

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
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.platform.Problems;

/** What clients paid and what they owe, by REST. */
@Path("/firms/{firm}/payments")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Payments")
@ApplicationScoped
public class PaymentsResource {
    private final Payments payments;
    private final BankImports imports;
    private final Receivables receivables;
    private final Reminders reminders;

    @Inject
    PaymentsResource(Payments payments, BankImports imports, Receivables receivables, Reminders reminders) {
        this.payments = payments;
        this.imports = imports;
        this.receivables = receivables;
        this.reminders = reminders;
    }

    /** A payment as it is told of. */
    public record PaymentJson(
            UUID id,
            UUID clientId,
            LocalDate receivedOn,
            BigDecimal amount,
            String currency,
            Payment.Method method,
            String reference,
            Instant enteredAt,
            String enteredBy,
            boolean imported,
            boolean takenBack,
            String takenBackReason) {
        static PaymentJson of(Payment payment) {
            return new PaymentJson(
                    payment.id(),
                    payment.clientId(),
                    payment.receivedOn(),
                    payment.amount(),
                    payment.currency(),
                    payment.method(),
                    payment.reference(),
                    payment.enteredAt(),
                    payment.enteredBy(),
                    payment.imported(),
                    payment.takenBack(),
                    payment.takenBackReason());
        }
    }

    /** Why a payment is taken back. */
    public record TakeBackRequest(String reason) {}

    /** A reminder as it was written. */
    public record ReminderJson(UUID statementId, int step, Instant at, String writtenBy, BigDecimal open, String text) {
        static ReminderJson of(Reminder reminder) {
            return new ReminderJson(
                    reminder.statementId(),
                    reminder.step(),
                    reminder.at(),
                    reminder.writtenBy(),
                    reminder.open(),
                    reminder.text());
        }
    }

    /** An overdue statement. */
    public record OverdueJson(
            UUID statementId,
            String number,
            String client,
            BigDecimal open,
            String currency,
            LocalDate dueOn,
            long days,
            int reminder) {
        static OverdueJson of(Reminders.Overdue overdue) {
            return new OverdueJson(
                    overdue.open().statement().id(),
                    overdue.open().statement().number(),
                    overdue.open().client(),
                    overdue.open().life().open(),
                    overdue.open().life().currency(),
                    overdue.open().life().dueOn(),
                    overdue.days(),
                    overdue.step());
        }
    }

    @GET
    @Operation(summary = "The last payments, newest first, at most 200")
    public List<PaymentJson> list() {
        return payments.latest().stream().map(PaymentJson::of).toList();
    }

    @POST
    @Operation(
            summary = "Enter a payment",
            description =
                    "For one or more statements of one client in one currency. More than is open is refused unless "
                            + "'overpaid' says that it is known.")
    public PaymentJson enter(Payments.Draft draft) {
        return PaymentJson.of(payments.enter(Problems.given(draft)));
    }

    @POST
    @Path("{id}/take-back")
    @Operation(summary = "Take back a payment that was entered in error", description = "It stays to be seen.")
    public PaymentJson takeBack(@PathParam("id") UUID id, TakeBackRequest request) {
        return PaymentJson.of(payments.takeBack(id, Problems.given(request).reason()));
    }

    @POST
    @Path("imports/preview")
    @Consumes("text/csv")
    @Operation(
            summary = "Show what a bank's file of bookings would enter",
            description =
                    "CSV with a head that names day, amount and text. A booking is matched by the statement numbers "
                            + "in its text, else by an amount that one statement alone has open.")
    public List<BankImports.Line> preview(byte[] file) {
        return imports.preview(BankImports.given(file));
    }

    @POST
    @Path("imports")
    @Consumes("text/csv")
    @Operation(
            summary = "Enter the payments of a bank's file of bookings",
            description = "All or none. The same booking again enters nothing.")
    public BankImports.Imported enter(
            @Parameter(description = "Numbers of the lines to enter; left out, all that name their statement")
                    @QueryParam("line")
                    Set<Long> lines,
            byte[] file) {
        return imports.enter(BankImports.given(file), lines == null || lines.isEmpty() ? null : lines);
    }

    @GET
    @Path("ageing")
    @Operation(summary = "What clients owe, by the days since it was due")
    public Receivables.Ageing ageing() {
        return receivables.ageing();
    }

    @GET
    @Path("overdue")
    @Operation(summary = "Overdue statements, with the reminder (1 to 3) that is to be written now; 0 for none")
    public List<OverdueJson> overdue() {
        return reminders.overdue().stream().map(OverdueJson::of).toList();
    }
}
