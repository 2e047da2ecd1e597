package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.rebill.platform.FirmOwned;

/** How far an alarm was told, so that it is told again only for more. */
@Entity
@Table(name = "mail_watch")
class MailWatch extends FirmOwned {
    @Id
    private String kind;

    private long told;

    @Column(name = "at")
    private Instant at;

    protected MailWatch() {}

    /** What was told last. */
    long told() {
        return told;
    }

    void tell(long now, Instant moment) {
        told = now;
        at = moment;
    }

    /** When it was told, or found smaller. */
    Instant at() {
        return at;
    }
}
