package org.rebill.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.rebill.platform.FirmOwned;
import org.rebill.platform.Json;
import org.rebill.platform.Refusal;
import org.rebill.rating.Quantity;
import org.rebill.rating.RateRules;
import org.rebill.rating.Rounding;
import org.rebill.rating.RoundingScope;
import org.rebill.rating.Terms;

/** One offer of terms and what became of it. Terms and text never change; only its standing moves on. */
@Entity
@Table(name = "agreement_version")
public class AgreementVersion extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "agreement_id", updatable = false)
    private UUID agreementId;

    @Column(name = "client_id", updatable = false)
    private UUID clientId;

    @Column(name = "matter_id", updatable = false)
    private UUID matterId;

    @Column(name = "version_no", updatable = false)
    private int no;

    @Column(updatable = false)
    private String currency;

    @Column(name = "hourly_rate", updatable = false)
    private BigDecimal hourlyRate;

    @Column(name = "initial_then", updatable = false)
    private boolean initialThen;

    @Column(name = "increment_seconds", updatable = false)
    private int incrementSeconds;

    @Column(name = "initial_seconds", updatable = false)
    private int initialSeconds;

    @Column(name = "minimum_seconds", updatable = false)
    private int minimumSeconds;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Rounding rounding;

    @Column(name = "grace_seconds", updatable = false)
    private int graceSeconds;

    @Column(name = "maximum_seconds", updatable = false)
    private Integer maximumSeconds;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Quantity quantity;

    @Enumerated(EnumType.STRING)
    @Column(name = "money_rounding", updatable = false)
    private RoundingMode money;

    @Enumerated(EnumType.STRING)
    @Column(name = "rounding_scope", updatable = false)
    private RoundingScope scope;

    @Column(name = "rate_rules", updatable = false)
    @JdbcTypeCode(SqlTypes.JSON)
    private String rateRules;

    @Column(name = "valid_from", updatable = false)
    private Instant validFrom;

    @Column(name = "valid_to", updatable = false)
    private Instant validTo;

    @Column(updatable = false)
    private String note;

    @Column(updatable = false)
    private String text;

    @Column(name = "text_sha256", updatable = false)
    private byte[] textSha256;

    @Column(name = "offered_at", updatable = false)
    private Instant offeredAt;

    @Column(name = "offered_by", updatable = false)
    private String offeredBy;

    @Column(name = "withdrawn_at")
    private Instant withdrawnAt;

    @Column(name = "accepted_at")
    private Instant acceptedAt;

    @Column(name = "accepted_by")
    private String acceptedBy;

    @Enumerated(EnumType.STRING)
    @Column(name = "accepted_how")
    private Acceptance.How acceptedHow;

    @Column(name = "accepted_from")
    private String acceptedFrom;

    @Column(name = "accepted_reason")
    private String acceptedReason;

    @Column(name = "acceptance_noted_at")
    private Instant acceptanceNotedAt;

    @Column(name = "acceptance_noted_by")
    private String acceptanceNotedBy;

    @Column(name = "superseded_from")
    private Instant supersededFrom;

    @Version
    private int version;

    protected AgreementVersion() {}

    AgreementVersion(
            UUID id,
            Agreement agreement,
            int no,
            Terms terms,
            RateRules rules,
            Instant validFrom,
            Instant validTo,
            String note,
            AgreementText text,
            Instant offeredAt,
            String offeredBy) {
        this.id = id;
        this.agreementId = agreement.id();
        this.clientId = agreement.clientId();
        this.matterId = agreement.matterId();
        this.no = no;
        this.currency = terms.currency().getCurrencyCode();
        this.hourlyRate = terms.hourlyRate();
        this.initialThen = terms.initialThen();
        this.incrementSeconds = terms.incrementSeconds();
        this.initialSeconds = terms.initialSeconds();
        this.minimumSeconds = terms.minimumSeconds();
        this.rounding = terms.rounding();
        this.graceSeconds = terms.graceSeconds();
        this.maximumSeconds = terms.maximumSeconds();
        this.quantity = terms.quantity();
        this.money = terms.money();
        this.scope = terms.scope();
        this.rateRules = Json.write(rules);
        this.validFrom = validFrom;
        this.validTo = validTo;
        this.note = note;
        this.text = text.words();
        this.textSha256 = text.sha256();
        this.offeredAt = offeredAt;
        this.offeredBy = offeredBy;
    }

    /** Takes the offer back; refused when it is no longer open. */
    void withdraw(Instant at) {
        refuseUnlessOpen();
        withdrawnAt = at;
    }

    /** Refuses an acceptance when the offer is no longer open or its time was over by then. */
    void refuseUnlessAcceptable(Instant at) {
        refuseUnlessOpen();
        if (validTo != null && !at.isBefore(validTo)) {
            throw new Refusal.Conflict(
                    "acceptedAt",
                    "agreement.over",
                    "These terms had already ended when they were accepted. Offer new terms with a later last day.");
        }
    }

    /** Notes that the client accepted. */
    void accept(Acceptance acceptance, Instant notedAt, String notedBy) {
        refuseUnlessAcceptable(acceptance.at());
        acceptedAt = acceptance.at();
        acceptedBy = acceptance.by();
        acceptedHow = acceptance.how();
        acceptedFrom = acceptance.from();
        acceptedReason = acceptance.reason();
        acceptanceNotedAt = notedAt;
        acceptanceNotedBy = notedBy;
    }

    private void refuseUnlessOpen() {
        if (withdrawnAt != null) {
            throw new Refusal.Conflict(
                    "", "agreement.withdrawn", "Version " + no + " was withdrawn. Offer these terms again.");
        }
        if (acceptedAt != null) {
            throw new Refusal.Conflict(
                    "",
                    "agreement.accepted",
                    "Version " + no + " was accepted by " + acceptedBy + " already. To change terms, offer new ones.");
        }
    }

    /** A newer version takes over; this one keeps the time before, if there is any. */
    void supersede(Instant from) {
        Instant start = inForceFrom();
        Instant end = from.isBefore(start) ? start : from;
        supersededFrom = supersededFrom == null || end.isBefore(supersededFrom) ? end : supersededFrom;
    }

    public UUID id() {
        return id;
    }

    public UUID agreementId() {
        return agreementId;
    }

    public UUID clientId() {
        return clientId;
    }

    /** Null where it is for all matters that have none of their own. */
    public UUID matterId() {
        return matterId;
    }

    /** Counts the agreement's versions, from 1. */
    public int no() {
        return no;
    }

    /** The terms for those who have no rate of their own. */
    public Terms terms() {
        return new Terms(
                Currency.getInstance(currency),
                hourlyRate,
                initialThen,
                incrementSeconds,
                initialSeconds,
                minimumSeconds,
                rounding,
                graceSeconds,
                maximumSeconds,
                quantity,
                money,
                scope,
                null);
    }

    /** The terms at a person's own rate. */
    public Terms terms(BigDecimal rate) {
        return terms().at(rate, null);
    }

    /** Rates for some calls, in their order of precedence, before those of single persons. */
    public RateRules rules() {
        return rateRules == null ? RateRules.none(ZoneOffset.UTC) : Json.read(rateRules, RateRules.class);
    }

    /** Start of the first day, in the firm's zone. */
    public Instant validFrom() {
        return validFrom;
    }

    /** End of the last day, half-open; null for no end. */
    public Instant validTo() {
        return validTo;
    }

    /** What was added for the client to read; may be null. */
    public String note() {
        return note;
    }

    /** What the client is shown and accepts, whole. */
    public String text() {
        return text;
    }

    /** Of the text's UTF-8 bytes. */
    public byte[] textSha256() {
        return textSha256.clone();
    }

    public Instant offeredAt() {
        return offeredAt;
    }

    public String offeredBy() {
        return offeredBy;
    }

    /** Null unless it was taken back. */
    public Instant withdrawnAt() {
        return withdrawnAt;
    }

    public boolean isAccepted() {
        return acceptedAt != null;
    }

    /** It waits for the client. */
    public boolean isOpen() {
        return acceptedAt == null && withdrawnAt == null;
    }

    /** How it was accepted; null when it was not. */
    public Acceptance acceptance() {
        return acceptedAt == null
                ? null
                : new Acceptance(acceptedHow, acceptedAt, acceptedBy, acceptedFrom, acceptedReason);
    }

    /** When the acceptance was entered here; null when there is none. */
    public Instant acceptanceNotedAt() {
        return acceptanceNotedAt;
    }

    /** Who entered the acceptance here: the client's user or somebody at the firm; null when there is none. */
    public String acceptanceNotedBy() {
        return acceptanceNotedBy;
    }

    /** When a newer version took over; null when none did. */
    public Instant supersededFrom() {
        return supersededFrom;
    }

    /** When it came, or comes, into force: its first day, but never before it was accepted (DOMAIN.md B3). */
    public Instant inForceFrom() {
        return acceptedAt != null && acceptedAt.isAfter(validFrom) ? acceptedAt : validFrom;
    }

    /** When it goes out of force, half-open; null for no end. */
    public Instant inForceTo() {
        if (supersededFrom == null) {
            return validTo;
        }
        return validTo == null || supersededFrom.isBefore(validTo) ? supersededFrom : validTo;
    }

    /** Where it stands at a moment. */
    public AgreementState state(Instant at) {
        if (withdrawnAt != null) {
            return AgreementState.WITHDRAWN;
        }
        if (acceptedAt == null) {
            return AgreementState.OFFERED;
        }
        if (supersededFrom != null && !at.isBefore(supersededFrom)) {
            return AgreementState.SUPERSEDED;
        }
        if (validTo != null && !at.isBefore(validTo)) {
            return AgreementState.ENDED;
        }
        return at.isBefore(inForceFrom()) ? AgreementState.ACCEPTED : AgreementState.IN_FORCE;
    }

    /** Rises as its standing moves on. */
    public int version() {
        return version;
    }
}
