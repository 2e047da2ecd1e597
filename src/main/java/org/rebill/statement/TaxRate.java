package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A tax that the firm takes, under the name that is printed. */
@Entity
@Table(name = "tax_rate")
public class TaxRate extends FirmOwned {
    /** As in EN 16931. */
    public enum Category {
        STANDARD,
        ZERO,
        /** With a reason that is printed. */
        EXEMPT,
        /** The client owes the tax; with a reason that is printed. */
        REVERSE_CHARGE
    }

    @Id
    private UUID id;

    private String name;

    @Enumerated(EnumType.STRING)
    private Category category;

    private String reason;

    @Version
    private int version;

    protected TaxRate() {}

    TaxRate(UUID id, String name, Category category, String reason) {
        this.id = id;
        this.name = name;
        this.category = category;
        this.reason = reason;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Category category() {
        return category;
    }

    /** Why there is no tax; null unless exempt or reverse charge. */
    public String reason() {
        return reason;
    }

    /** Key inside the firm. */
    record PercentKey(UUID rateId, LocalDate validFrom) implements Serializable {}

    /** What a rate is from a day on. */
    @Entity(name = "TaxPercent")
    @Table(name = "tax_rate_percent")
    @IdClass(PercentKey.class)
    static class Percent extends FirmOwned {
        @Id
        @Column(name = "rate_id")
        private UUID rateId;

        @Id
        @Column(name = "valid_from")
        private LocalDate validFrom;

        private BigDecimal percent;

        protected Percent() {}

        Percent(UUID rateId, LocalDate validFrom, BigDecimal percent) {
            this.rateId = rateId;
            this.validFrom = validFrom;
            this.percent = percent;
        }

        UUID rateId() {
            return rateId;
        }

        LocalDate validFrom() {
            return validFrom;
        }

        BigDecimal percent() {
            return percent;
        }

        void become(BigDecimal changed) {
            percent = changed;
        }
    }
}
