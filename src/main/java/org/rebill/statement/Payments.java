package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** What clients paid, for which statements. */
@ApplicationScoped
public class Payments {
    private static final int LONGEST_TEXT = 300;
    private static final int LATEST = 200;

    private final EntityManager entities;
    private final Lives lives;
    private final Firms firms;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    Payments(EntityManager entities, Lives lives, Firms firms, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.lives = lives;
        this.firms = firms;
        this.audit = audit;
        this.clock = clock;
    }

    /** How much is for one statement. */
    public record Part(UUID statementId, BigDecimal amount) {}

    /**
     * A payment as it is entered.
     *
     * @param receivedOn not after today
     * @param reference what the payer wrote; may be left out
     * @param parts at least one; all statements of one client in one currency. Their sum is the payment
     * @param overpaid more came than is open, and that is known
     */
    public record Draft(
            LocalDate receivedOn, Payment.Method method, String reference, List<Part> parts, boolean overpaid) {}

    /** Enters one. Refused with all that is wrong, at the fields. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Payment enter(Draft draft) {
        audit.lock();
        return enter(draft, null);
    }

    /** Enters one of a bank's file, under the key of its line. */
    @Transactional(Transactional.TxType.MANDATORY)
    Payment enter(Draft draft, byte[] importKey) {
        Problems problems = new Problems();
        String reference = problems.optionalLine("reference", draft.reference(), LONGEST_TEXT);
        if (draft.receivedOn() == null || draft.receivedOn().isAfter(today())) {
            problems.add("receivedOn", "payment.day", "Say on which day the money came: today, or a day before.");
        }
        if (draft.method() == null) {
            problems.add("method", "payment.method", "Say how the money came, such as TRANSFER.");
        }
        List<Part> parts = parts(draft, problems);
        problems.refuse();
        List<StatementLife> paid = parts.stream()
                .map(Part::statementId)
                .sorted(Comparator.naturalOrder())
                .map(lives::locked)
                .toList();
        refuseMixed(paid);
        Map<UUID, StatementLife> byId = new java.util.HashMap<>();
        paid.forEach(life -> byId.put(life.statementId(), life));
        for (Part part : parts) {
            pay(byId.get(part.statementId()), part, draft.overpaid(), problems);
        }
        problems.refuse();
        BigDecimal amount = parts.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        Payment payment = new Payment(
                Ids.next(),
                paid.get(0).clientId(),
                draft.receivedOn(),
                paid.get(0).currency(),
                amount,
                draft.method(),
                reference,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Caller.current().name(),
                importKey);
        entities.persist(payment);
        entities.flush();
        parts.forEach(part -> entities.persist(new PaymentPart(payment.id(), part.statementId(), part.amount())));
        parts.forEach(part -> audit.note(
                "statement.paid",
                "statement",
                part.statementId(),
                null,
                Map.of(
                        "payment", payment.id(),
                        "amount", part.amount(),
                        "currency", payment.currency(),
                        "receivedOn", payment.receivedOn(),
                        "method", payment.method())));
        return payment;
    }

    private static List<Part> parts(Draft draft, Problems problems) {
        List<Part> parts = draft.parts() == null
                ? List.of()
                : draft.parts().stream().filter(Objects::nonNull).toList();
        if (parts.isEmpty()) {
            problems.add("parts", "payment.parts", "Say for which statement the money is.");
        }
        Set<UUID> named = new HashSet<>();
        for (Part part : parts) {
            if (part.statementId() == null || !named.add(part.statementId())) {
                problems.add("parts", "payment.parts-once", "Name each statement once.");
            }
            if (part.amount() == null || part.amount().signum() <= 0) {
                problems.add("amount", "payment.amount", "Enter how much came, more than 0.");
            }
        }
        return parts;
    }

    private static void refuseMixed(List<StatementLife> paid) {
        long currencies = paid.stream().map(StatementLife::currency).distinct().count();
        long clients = paid.stream().map(StatementLife::clientId).distinct().count();
        if (currencies > 1 || clients > 1) {
            throw new Refusal.Invalid(
                    "parts", "payment.mixed", "One payment is for statements of one client, in one currency.");
        }
    }

    private static void pay(StatementLife life, Part part, boolean overpaid, Problems problems) {
        int digits = Math.max(Currency.getInstance(life.currency()).getDefaultFractionDigits(), 0);
        if (part.amount().stripTrailingZeros().scale() > digits) {
            problems.add(
                    "amount",
                    "payment.digits",
                    "An amount in " + life.currency() + " has at most " + digits + " decimals.");
        } else if (life.isCreditNote()) {
            problems.add("parts", "payment.credit", "This is a credit note: nothing is paid for it.");
        } else if (!overpaid && part.amount().compareTo(life.open().max(BigDecimal.ZERO)) > 0) {
            problems.add(
                    "amount",
                    "payment.more",
                    "Only " + life.open().max(BigDecimal.ZERO) + " " + life.currency()
                            + " are open. Enter that, or say that more came.");
        } else {
            life.pay(part.amount().setScale(digits, RoundingMode.UNNECESSARY));
        }
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(firms.current().profile().zoneId()));
    }

    /** Takes one back that was entered in error; it stays to be seen. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Payment takeBack(UUID id, String why) {
        Problems problems = new Problems();
        String reason = problems.line("reason", why, LONGEST_TEXT, "Say why it is taken back, such as: entered twice.");
        problems.refuse();
        audit.lock();
        Payment payment = id == null ? null : entities.find(Payment.class, id);
        if (payment == null) {
            throw new Refusal.NotFound("payment");
        }
        // Only the columns of taking back may be changed, so the row itself can't be locked: the audit's head is.
        entities.refresh(payment);
        if (payment.takenBack()) {
            throw new Refusal.Conflict("", "payment.taken-back", "This payment was taken back already.");
        }
        for (PaymentPart part : partsOf(id)) {
            lives.locked(part.statementId()).pay(part.amount().negate());
            audit.note(
                    "statement.payment-taken-back",
                    "statement",
                    part.statementId(),
                    Map.of("payment", id, "amount", part.amount()),
                    Map.of("reason", reason));
        }
        payment.takeBack(
                clock.instant().truncatedTo(ChronoUnit.MICROS), Caller.current().name(), reason);
        return payment;
    }

    private List<PaymentPart> partsOf(UUID payment) {
        return entities.createQuery(
                        "from PaymentPart where paymentId = :payment order by statementId", PaymentPart.class)
                .setParameter("payment", payment)
                .getResultList();
    }

    /**
     * A payment for a statement.
     *
     * @param part how much of it is for this one
     */
    public record Paid(Payment payment, BigDecimal part) {}

    /** The payments for a statement, oldest first, those taken back among them. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Paid> of(UUID statement) {
        return entities.createQuery(
                        "select p, t.amount from Payment p join PaymentPart t on t.paymentId = p.id "
                                + "where t.statementId = :statement order by p.receivedOn, p.enteredAt, p.id",
                        Object[].class)
                .setParameter("statement", statement)
                .getResultStream()
                .map(row -> new Paid((Payment) row[0], (BigDecimal) row[1]))
                .toList();
    }

    /** The last payments, newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Payment> latest() {
        return entities.createQuery("from Payment order by enteredAt desc, id desc", Payment.class)
                .setMaxResults(LATEST)
                .getResultList();
    }

    /** Whether a line of a bank's file was entered before and counts. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean known(byte[] importKey) {
        return entities.createQuery("from Payment where importKey = :key and takenBackAt is null", Payment.class)
                .setParameter("key", importKey)
                .getResultStream()
                .anyMatch(payment -> Arrays.equals(payment.importKey(), importKey));
    }
}
