package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A public key by which a machine drops files of one source by SFTP. */
@Entity
@Table(name = "source_ssh_key")
public class SshKey extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "source_id")
    private UUID sourceId;

    private String type;
    private String fingerprint;
    private String comment;

    @Column(name = "made_at")
    private Instant madeAt;

    @Column(name = "made_by")
    private String madeBy;

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    @Column(name = "revoked_by")
    private String revokedBy;

    protected SshKey() {}

    SshKey(UUID id, UUID sourceId, SshKeyText text, Instant madeAt, String madeBy) {
        this.id = id;
        this.sourceId = sourceId;
        this.type = text.type();
        this.fingerprint = text.fingerprint();
        this.comment = text.comment();
        this.madeAt = madeAt;
        this.madeBy = madeBy;
    }

    void revoke(Instant at, String by) {
        revokedAt = at;
        revokedBy = by;
    }

    public UUID id() {
        return id;
    }

    public UUID sourceId() {
        return sourceId;
    }

    /** As OpenSSH names it, such as {@code ssh-ed25519}. */
    public String type() {
        return type;
    }

    /** As OpenSSH shows it, {@code SHA256:…}. */
    public String fingerprint() {
        return fingerprint;
    }

    /** What stood behind the key; may be empty. */
    public String comment() {
        return comment;
    }

    public Instant madeAt() {
        return madeAt;
    }

    public String madeBy() {
        return madeBy;
    }

    /** To the minute; null while it was never used. */
    public Instant lastUsedAt() {
        return lastUsedAt;
    }

    /** Null while it is valid. */
    public Instant revokedAt() {
        return revokedAt;
    }

    public String revokedBy() {
        return revokedBy;
    }

    public boolean isValid() {
        return revokedAt == null;
    }
}
