package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** What a user said about being told of something by mail. */
@Entity
@Table(name = "mail_wish")
@IdClass(MailWish.Key.class)
class MailWish extends FirmOwned {
    /** What one can be told of. Each is wanted until somebody says otherwise. */
    public enum Kind {
        /** A source is silent, or sends again. */
        SOURCES,
        /** More records are in quarantine. */
        QUARANTINE,
        /** A professional's own calls without a code. */
        CALLS
    }

    /** Key inside the firm. */
    record Key(UUID userId, Kind kind) implements Serializable {}

    @Id
    @Column(name = "user_id")
    private UUID userId;

    @Id
    @Enumerated(EnumType.STRING)
    private Kind kind;

    private boolean wanted;

    protected MailWish() {}

    MailWish(UUID userId, Kind kind, boolean wanted) {
        this.userId = userId;
        this.kind = kind;
        this.wanted = wanted;
    }

    UUID userId() {
        return userId;
    }

    Kind kind() {
        return kind;
    }

    boolean wanted() {
        return wanted;
    }
}
