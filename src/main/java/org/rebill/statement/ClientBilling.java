package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** What is different for one client in how it is billed. */
@Entity
@Table(name = "client_billing")
public class ClientBilling extends FirmOwned {
    /**
     * What a firm chose for a client; null is as for all clients.
     *
     * @param untaxed no tax for this client
     * @param discountPercent above 0, up to 100; not with an amount
     * @param discountAmount above 0, off each statement
     * @param summaryOnly lines are left out
     * @param annex the phone records of the lines are printed behind them
     * @param locale BCP 47; language of the client's statements
     */
    @Embeddable
    public record Choice(
            @Column(name = "tax_rate_id") UUID taxRateId,
            boolean untaxed,
            @Column(name = "discount_percent") BigDecimal discountPercent,
            @Column(name = "discount_amount") BigDecimal discountAmount,
            @Enumerated(EnumType.STRING) BillingRules.Grouping grouping,
            @Column(name = "summary_only") Boolean summaryOnly,
            Boolean annex,
            String locale) {
        /** As for all clients. */
        public static final Choice USUAL = new Choice(null, false, null, null, null, null, null, null);
    }

    @Id
    @Column(name = "client_id")
    private UUID clientId;

    @Embedded
    private Choice choice;

    @Version
    private int version;

    protected ClientBilling() {}

    ClientBilling(UUID clientId, Choice choice) {
        this.clientId = clientId;
        this.choice = choice;
    }

    UUID clientId() {
        return clientId;
    }

    /** Hibernate leaves it out where all of it is null. */
    Choice choice() {
        return choice == null ? Choice.USUAL : choice;
    }

    void become(Choice changed) {
        choice = changed;
    }

    int version() {
        return version;
    }
}
