package org.rebill.ledger;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/**
 * What one person's talk in a call costs the client, or why it does not yet. Read through Hibernate, written in sets
 * by {@link Ledger}.
 */
@Entity
@Immutable
@IdClass(ChargeKey.class)
public class Charge extends FirmOwned {
    @Id
    @Column(name = "opened_at")
    private Instant openedAt;

    @Id
    @Column(name = "call_id")
    private UUID callId;

    @Id
    private int no;

    @Column(name = "person_id")
    private UUID personId;

    private String extension;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "answered_at")
    private Instant answeredAt;

    private boolean outbound;
    private String party;

    @Column(name = "talk_seconds")
    private int talkSeconds;

    private String code;

    @Column(name = "client_id")
    private UUID clientId;

    @Column(name = "matter_id")
    private UUID matterId;

    @Column(name = "agreement_version_id")
    private UUID agreementVersionId;

    @Enumerated(EnumType.STRING)
    private ChargeState state;

    private String reason;

    @Column(name = "billed_seconds")
    private Integer billedSeconds;

    private BigDecimal quantity;
    private String unit;

    @Column(name = "unit_rate")
    private BigDecimal unitRate;

    private String currency;
    private BigDecimal amount;

    @Column(name = "rule_version")
    private Integer ruleVersion;

    @Column(name = "explanation")
    @org.hibernate.annotations.JdbcTypeCode(org.hibernate.type.SqlTypes.JSON)
    private String explanation;

    @Column(name = "statement_id")
    private UUID statementId;

    private boolean issued;

    protected Charge() {}

    /** The call's partition key, not its start. */
    public Instant openedAt() {
        return openedAt;
    }

    public UUID callId() {
        return callId;
    }

    /** Position of the talk in the call, from 1. */
    public int no() {
        return no;
    }

    /** Who talked, or null when the extension is nobody's. */
    public UUID personId() {
        return personId;
    }

    public String extension() {
        return extension;
    }

    /** When the call started: the period it is billed in. */
    public Instant startedAt() {
        return startedAt;
    }

    /** When this talk began: the terms it is priced by. */
    public Instant answeredAt() {
        return answeredAt;
    }

    /** The firm called. */
    public boolean outbound() {
        return outbound;
    }

    /** The other side: E.164 where it can be told, else the digits; empty when withheld. */
    public String party() {
        return party;
    }

    /** Whole seconds, as the phone system counted them; never changed. */
    public int talkSeconds() {
        return talkSeconds;
    }

    /** 1-9 digits, or what was dialled instead, or empty. */
    public String code() {
        return code;
    }

    public UUID clientId() {
        return clientId;
    }

    public UUID matterId() {
        return matterId;
    }

    /** The agreement version it was rated by; null unless RATED. */
    public UUID agreementVersionId() {
        return agreementVersionId;
    }

    public ChargeState state() {
        return state;
    }

    /** Why it is held or not billed, the name of a {@link Reason}; empty when RATED or HOUSE. */
    public String reason() {
        return reason;
    }

    public Integer billedSeconds() {
        return billedSeconds;
    }

    /** Hours or units as printed; quantity times unit rate is the amount. */
    public BigDecimal quantity() {
        return quantity;
    }

    public String unit() {
        return unit;
    }

    public BigDecimal unitRate() {
        return unitRate;
    }

    /** ISO 4217. */
    public String currency() {
        return currency;
    }

    public BigDecimal amount() {
        return amount;
    }

    public Integer ruleVersion() {
        return ruleVersion;
    }

    /** The steps from talk seconds to amount, as JSON data. */
    public String explanation() {
        return explanation;
    }

    /** The draft or issued statement it is on, or null. */
    public UUID statementId() {
        return statementId;
    }

    /** On an issued statement: nothing of it changes any more. */
    public boolean issued() {
        return issued;
    }
}
