package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A key by which a machine pushes records to one source. The secret itself is not kept. */
@Entity
@Table(name = "source_key")
public class SourceKey extends FirmOwned {
    @Id
    private String id;

    @Column(name = "source_id")
    private UUID sourceId;

    private int place;
    private byte[] hash;

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

    protected SourceKey() {}

    SourceKey(String id, UUID sourceId, int place, byte[] hash, Instant madeAt, String madeBy) {
        this.id = id;
        this.sourceId = sourceId;
        this.place = place;
        this.hash = hash.clone();
        this.madeAt = madeAt;
        this.madeBy = madeBy;
    }

    void revoke(Instant at, String by) {
        revokedAt = at;
        revokedBy = by;
    }

    /** Ten letters and digits that stand in the key's text too, so that people can tell one from the other. */
    public String id() {
        return id;
    }

    public UUID sourceId() {
        return sourceId;
    }

    int place() {
        return place;
    }

    byte[] hash() {
        return hash.clone();
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

    /** Null while it is valid. */
    public String revokedBy() {
        return revokedBy;
    }

    public boolean isValid() {
        return revokedAt == null;
    }
}
