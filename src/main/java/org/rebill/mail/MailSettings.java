package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/** How the firm's mail goes; one row, made with the first change. */
@Entity
@Table(name = "mail_settings")
class MailSettings {
    @Id
    @Column(name = "firm_id")
    private UUID firm;

    /** The same column, for Hibernate's filter. */
    @TenantId
    @Column(name = "firm_id", insertable = false, updatable = false)
    private UUID tenant;

    @Embedded
    private MailChoices choices;

    @Version
    private int version;

    protected MailSettings() {}

    MailSettings(UUID firm, MailChoices choices) {
        this.firm = firm;
        this.choices = choices;
    }

    MailChoices choices() {
        return choices;
    }

    void become(MailChoices changed) {
        choices = changed;
    }

    /** Counts the changes. */
    int version() {
        return version;
    }
}
