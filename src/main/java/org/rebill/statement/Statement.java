package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/**
 * What a client owes for a period. A draft holds no figures of its own: its charges do. Once issued nothing of it
 * changes; the database refuses it too.
 */
@Entity
public class Statement extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "client_id")
    private UUID clientId;

    @Column(name = "period_from")
    private LocalDate periodFrom;

    @Column(name = "period_to")
    private LocalDate periodTo;

    private String currency;

    @Enumerated(EnumType.STRING)
    private StatementState state;

    @Column(name = "drafted_at", updatable = false)
    private Instant draftedAt;

    private String number;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "issued_by")
    private String issuedBy;

    @Column(name = "issued_on")
    private LocalDate issuedOn;

    @Column(name = "due_on")
    private LocalDate dueOn;

    private Integer calls;

    @Column(name = "talk_seconds")
    private Long talkSeconds;

    private BigDecimal hours;
    private BigDecimal total;

    @Column(name = "document_sha256")
    private byte[] documentSha256;

    @Column(name = "pdf_sha256")
    private byte[] pdfSha256;

    @Enumerated(EnumType.STRING)
    private Kind kind = Kind.STATEMENT;

    @Column(name = "credits_id", updatable = false)
    private UUID creditsId;

    @Column(updatable = false)
    private String reason;

    @Enumerated(EnumType.STRING)
    private StatementStage review;

    @Column(name = "reviewed_at")
    private Instant reviewedAt;

    @Column(name = "reviewed_by")
    private String reviewedBy;

    @Column(name = "reviewed_total")
    private BigDecimal reviewedTotal;

    private BigDecimal fees;
    private BigDecimal discount;
    private BigDecimal tax;

    @Column(name = "tax_included")
    private boolean taxIncluded;

    @Version
    private int version;

    /** What it is. */
    public enum Kind {
        STATEMENT,
        /** Takes another one back, wholly or in part: its figures are below zero. */
        CREDIT_NOTE
    }

    protected Statement() {}

    /** A credit note; it is issued in the same transaction. */
    Statement(UUID id, Statement credited, String reason, Instant at) {
        this.id = id;
        clientId = credited.clientId;
        periodFrom = credited.periodFrom;
        periodTo = credited.periodTo;
        currency = credited.currency;
        state = StatementState.DRAFT;
        draftedAt = at;
        kind = Kind.CREDIT_NOTE;
        creditsId = credited.id;
        this.reason = reason;
    }

    /** Becomes what was printed, for good. */
    void issue(StatementDocument printed, Instant at, String by, byte[] documentHash, byte[] pdfHash) {
        if (state != StatementState.DRAFT) {
            throw new IllegalStateException("Issued already as " + number);
        }
        state = StatementState.ISSUED;
        number = printed.number();
        issuedAt = at;
        issuedBy = by;
        issuedOn = printed.issuedOn();
        dueOn = printed.dueOn();
        calls = printed.calls();
        talkSeconds = printed.talkSeconds();
        hours = printed.hours();
        total = printed.total();
        fees = printed.fees();
        discount = printed.discount();
        tax = printed.tax();
        taxIncluded = printed.sums() != null && printed.sums().taxIncluded();
        documentSha256 = documentHash;
        pdfSha256 = pdfHash;
    }

    public UUID id() {
        return id;
    }

    public UUID clientId() {
        return clientId;
    }

    /** Calls that started in it, and earlier ones that were never billed. */
    public Period period() {
        return new Period(periodFrom, periodTo);
    }

    /** ISO 4217. */
    public String currency() {
        return currency;
    }

    public StatementState state() {
        return state;
    }

    /** Where a draft stands. */
    StatementStage draftStage() {
        return review == null ? StatementStage.DRAFT : review;
    }

    /**
     * Somebody looks the draft through, or found it right.
     *
     * @param stage {@code IN_REVIEW} or {@code APPROVED}; null takes it back
     * @param seen what it came to then
     */
    void review(StatementStage stage, Instant at, String by, BigDecimal seen) {
        review = stage;
        reviewedAt = stage == null ? null : at;
        reviewedBy = stage == null ? null : by;
        reviewedTotal = stage == null ? null : seen;
    }

    /** Who looked the draft through last; null for nobody. */
    public String reviewedBy() {
        return reviewedBy;
    }

    /** When the draft was looked through last; null for never. */
    public Instant reviewedAt() {
        return reviewedAt;
    }

    /** What it came to when it was looked through; null for never. */
    public BigDecimal reviewedTotal() {
        return reviewedTotal;
    }

    public boolean isDraft() {
        return state == StatementState.DRAFT;
    }

    public Instant draftedAt() {
        return draftedAt;
    }

    /** Null in a draft; so is all that follows. */
    public String number() {
        return number;
    }

    public Instant issuedAt() {
        return issuedAt;
    }

    /** Name of who issued it. */
    public String issuedBy() {
        return issuedBy;
    }

    /** The day printed on it, in the firm's zone. */
    public LocalDate issuedOn() {
        return issuedOn;
    }

    public LocalDate dueOn() {
        return dueOn;
    }

    public Integer calls() {
        return calls;
    }

    public Long talkSeconds() {
        return talkSeconds;
    }

    /** Billed time as printed. */
    public BigDecimal hours() {
        return hours;
    }

    public BigDecimal total() {
        return total;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isCreditNote() {
        return kind == Kind.CREDIT_NOTE;
    }

    /** The statement that a credit note takes back; null on a statement. */
    public UUID creditsId() {
        return creditsId;
    }

    /** Why a credit note was written, as printed; null on a statement. */
    public String reason() {
        return reason;
    }

    /** Sum of the lines before discount and tax; null on statements from before it was kept. */
    public BigDecimal fees() {
        return fees;
    }

    /** What was taken off the lines; null on statements from before it was kept. */
    public BigDecimal discount() {
        return discount;
    }

    /** All tax; null on statements from before it was kept. */
    public BigDecimal tax() {
        return tax;
    }

    /** The lines hold the tax already. */
    public boolean taxIncluded() {
        return taxIncluded;
    }

    /** Of the stored document's UTF-8 bytes. */
    public byte[] documentSha256() {
        return documentSha256 == null ? null : documentSha256.clone();
    }

    /** Of the stored PDF. */
    public byte[] pdfSha256() {
        return pdfSha256 == null ? null : pdfSha256.clone();
    }

    public int version() {
        return version;
    }
}
