package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/**
 * What became of a statement after it was issued: the frozen row itself never changes. The database computes what is
 * open, and the stage for its queries, by the same rules as {@link #open} and {@link #stage} here.
 */
@Entity
@Table(name = "statement_life")
public class StatementLife extends FirmOwned {
    @Id
    @Column(name = "statement_id")
    private UUID statementId;

    @Column(name = "client_id", updatable = false)
    private UUID clientId;

    @Column(updatable = false)
    private String currency;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Statement.Kind kind;

    @Column(name = "issued_on", updatable = false)
    private LocalDate issuedOn;

    @Column(name = "due_on", updatable = false)
    private LocalDate dueOn;

    @Column(updatable = false)
    private BigDecimal total;

    private BigDecimal credited = BigDecimal.ZERO;
    private BigDecimal paid = BigDecimal.ZERO;
    private int questions;

    @Column(name = "sent_at")
    private Instant sentAt;

    @Column(name = "viewed_at")
    private Instant viewedAt;

    private int reminders;

    @Column(name = "reminded_on")
    private LocalDate remindedOn;

    /** What the database computes, for queries only: it is not told anew after a change. */
    @Column(name = "open", insertable = false, updatable = false)
    private BigDecimal openNow;

    @Enumerated(EnumType.STRING)
    @Column(name = "stage", insertable = false, updatable = false)
    private StatementStage stageNow;

    @Version
    private int version;

    protected StatementLife() {}

    StatementLife(Statement issued) {
        statementId = issued.id();
        clientId = issued.clientId();
        currency = issued.currency();
        kind = issued.kind();
        issuedOn = issued.issuedOn();
        dueOn = issued.dueOn();
        total = issued.total();
    }

    public UUID statementId() {
        return statementId;
    }

    public UUID clientId() {
        return clientId;
    }

    /** ISO 4217. */
    public String currency() {
        return currency;
    }

    public LocalDate issuedOn() {
        return issuedOn;
    }

    public LocalDate dueOn() {
        return dueOn;
    }

    public BigDecimal total() {
        return total;
    }

    public boolean isCreditNote() {
        return kind == Statement.Kind.CREDIT_NOTE;
    }

    /** Sum of its credit notes, above zero. */
    public BigDecimal credited() {
        return credited;
    }

    /** Sum of the payments for it. */
    public BigDecimal paid() {
        return paid;
    }

    /** Questions of the client that are not settled. */
    public int questions() {
        return questions;
    }

    /** When it was first sent; null before. */
    public Instant sentAt() {
        return sentAt;
    }

    /** When somebody at the client first opened it; null before. */
    public Instant viewedAt() {
        return viewedAt;
    }

    /** How many reminders were written, 0 to 3. */
    public int reminders() {
        return reminders;
    }

    /** Day of the last reminder; null before. */
    public LocalDate remindedOn() {
        return remindedOn;
    }

    /** What is still to be paid; below zero when more came than was due, or it was credited after it was paid. */
    public BigDecimal open() {
        return kind == Statement.Kind.CREDIT_NOTE
                ? BigDecimal.ZERO
                : total.subtract(credited).subtract(paid);
    }

    /** Something is open and its day is over. */
    public boolean overdue(LocalDate today) {
        return open().signum() > 0 && today.isAfter(dueOn);
    }

    public StatementStage stage() {
        if (kind == Statement.Kind.STATEMENT) {
            if (credited.signum() > 0 && credited.compareTo(total) >= 0) {
                return StatementStage.CREDITED;
            }
            if (questions > 0) {
                return StatementStage.DISPUTED;
            }
            if (open().signum() <= 0) {
                return StatementStage.PAID;
            }
            if (paid.signum() > 0) {
                return StatementStage.PARTLY_PAID;
            }
        }
        if (viewedAt != null) {
            return StatementStage.VIEWED;
        }
        return sentAt == null ? StatementStage.ISSUED : StatementStage.SENT;
    }

    /**
     * A credit note takes back so much.
     *
     * @param amount above zero
     */
    void credit(BigDecimal amount) {
        credited = credited.add(amount);
    }

    /**
     * A payment for it came in, or was taken back.
     *
     * @param amount below zero when it was taken back
     */
    void pay(BigDecimal amount) {
        paid = paid.add(amount);
    }

    void sent(Instant at) {
        if (sentAt == null) {
            sentAt = at;
        }
    }

    void viewed(Instant at) {
        if (viewedAt == null) {
            viewedAt = at;
        }
    }

    void reminded(LocalDate day) {
        reminders++;
        remindedOn = day;
    }

    /**
     * Questions came up or were settled.
     *
     * @param more below zero when settled
     */
    void questions(int more) {
        questions += more;
    }
}
