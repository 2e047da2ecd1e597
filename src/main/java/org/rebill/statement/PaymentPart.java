package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** How much of a payment is for one statement. */
@Entity
@Immutable
@Table(name = "payment_part")
@IdClass(PaymentPart.Key.class)
class PaymentPart extends FirmOwned {
    /** Key inside the firm. */
    record Key(UUID paymentId, UUID statementId) implements Serializable {}

    @Id
    @Column(name = "payment_id")
    private UUID paymentId;

    @Id
    @Column(name = "statement_id")
    private UUID statementId;

    private BigDecimal amount;

    protected PaymentPart() {}

    PaymentPart(UUID paymentId, UUID statementId, BigDecimal amount) {
        this.paymentId = paymentId;
        this.statementId = statementId;
        this.amount = amount;
    }

    UUID statementId() {
        return statementId;
    }

    BigDecimal amount() {
        return amount;
    }
}
