package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A link in a mail: what it opens and until when. Its secret is in the mail that went out and nowhere else. */
@Entity
@Table(name = "mail_link")
class MailLink extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "mail_id")
    private UUID mailId;

    private String kind;

    @Column(name = "about_id")
    private UUID aboutId;

    @Column(name = "valid_days")
    private int validDays;

    private byte[] hash;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "opened_at")
    private Instant openedAt;

    protected MailLink() {}

    MailLink(UUID mailId, NewMail.Link link) {
        id = link.id();
        this.mailId = mailId;
        kind = link.kind();
        aboutId = link.about();
        validDays = link.days();
    }

    /** The mail goes out now, with this secret; one that went out before opens nothing any more. */
    void renew(LinkText secret, Instant at) {
        hash = secret.hash();
        expiresAt = at.plus(Duration.ofDays(validDays));
    }

    boolean opensWith(LinkText shown) {
        return hash != null && MessageDigest.isEqual(hash, shown.hash());
    }

    boolean expired(Instant at) {
        return !at.isBefore(expiresAt);
    }

    void opened(Instant at) {
        if (openedAt == null) {
            openedAt = at;
        }
    }

    UUID id() {
        return id;
    }

    UUID mailId() {
        return mailId;
    }

    String kind() {
        return kind;
    }

    UUID aboutId() {
        return aboutId;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    /** First use; null before. */
    Instant openedAt() {
        return openedAt;
    }
}
