package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** Money that a client paid. Never changed; one that was entered in error is taken back with a reason. */
@Entity
public class Payment extends FirmOwned {
    /** How it came. */
    public enum Method {
        TRANSFER,
        CHEQUE,
        CARD,
        CASH,
        OTHER
    }

    @Id
    private UUID id;

    @Column(name = "client_id", updatable = false)
    private UUID clientId;

    @Column(name = "received_on", updatable = false)
    private LocalDate receivedOn;

    @Column(updatable = false)
    private String currency;

    @Column(updatable = false)
    private BigDecimal amount;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private Method method;

    @Column(updatable = false)
    private String reference;

    @Column(name = "entered_at", updatable = false)
    private Instant enteredAt;

    @Column(name = "entered_by", updatable = false)
    private String enteredBy;

    @Column(name = "import_key", updatable = false)
    private byte[] importKey;

    @Column(name = "taken_back_at")
    private Instant takenBackAt;

    @Column(name = "taken_back_by")
    private String takenBackBy;

    @Column(name = "taken_back_reason")
    private String takenBackReason;

    protected Payment() {}

    Payment(
            UUID id,
            UUID clientId,
            LocalDate receivedOn,
            String currency,
            BigDecimal amount,
            Method method,
            String reference,
            Instant enteredAt,
            String enteredBy,
            byte[] importKey) {
        this.id = id;
        this.clientId = clientId;
        this.receivedOn = receivedOn;
        this.currency = currency;
        this.amount = amount;
        this.method = method;
        this.reference = reference;
        this.enteredAt = enteredAt;
        this.enteredBy = enteredBy;
        this.importKey = importKey == null ? null : importKey.clone();
    }

    void takeBack(Instant at, String by, String reason) {
        takenBackAt = at;
        takenBackBy = by;
        takenBackReason = reason;
    }

    public UUID id() {
        return id;
    }

    public UUID clientId() {
        return clientId;
    }

    /** The bank's day. */
    public LocalDate receivedOn() {
        return receivedOn;
    }

    /** ISO 4217. */
    public String currency() {
        return currency;
    }

    /** Above zero. */
    public BigDecimal amount() {
        return amount;
    }

    public Method method() {
        return method;
    }

    /** What the payer or the bank wrote; or null. */
    public String reference() {
        return reference;
    }

    public Instant enteredAt() {
        return enteredAt;
    }

    public String enteredBy() {
        return enteredBy;
    }

    /** Key of the line of a bank's file it came by; null for others. */
    byte[] importKey() {
        return importKey == null ? null : importKey.clone();
    }

    /** It came by a bank's file. */
    public boolean imported() {
        return importKey != null;
    }

    /** It was entered in error and counts no more. */
    public boolean takenBack() {
        return takenBackAt != null;
    }

    /** Null while it counts. */
    public String takenBackReason() {
        return takenBackReason;
    }
}
