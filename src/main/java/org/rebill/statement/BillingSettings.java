package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/** A firm's {@link BillingRules}, once it has chosen some. */
@Entity
@Table(name = "billing_settings")
class BillingSettings {
    @Id
    @Column(name = "firm_id")
    private UUID id;

    /** The same column, for Hibernate's filter. */
    @TenantId
    @Column(name = "firm_id", insertable = false, updatable = false)
    private UUID tenant;

    @Embedded
    private BillingRules rules;

    /** The layout; there is one so far. */
    @SuppressWarnings("UnusedVariable") // the column must be filled
    private String template = "CLASSIC";

    @Version
    private int version;

    protected BillingSettings() {}

    BillingSettings(UUID firm, BillingRules rules) {
        id = firm;
        this.rules = rules;
    }

    BillingRules rules() {
        return rules;
    }

    void become(BillingRules changed) {
        rules = changed;
    }

    int version() {
        return version;
    }
}
