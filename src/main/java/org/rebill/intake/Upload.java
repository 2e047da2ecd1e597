package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A large file on its way from a browser. */
@Entity
@Table(name = "upload")
public class Upload extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "source_id")
    private UUID sourceId;

    private String name;

    @Column(name = "size_bytes")
    private long sizeBytes;

    @Column(name = "received_bytes")
    private long receivedBytes;

    @Column(name = "made_at")
    private Instant madeAt;

    @Column(name = "made_by")
    private String madeBy;

    @Column(name = "touched_at")
    private Instant touchedAt;

    @Column(name = "file_id")
    private UUID fileId;

    private boolean known;

    protected Upload() {}

    Upload(UUID id, UUID sourceId, String name, long sizeBytes, Instant madeAt, String madeBy) {
        this.id = id;
        this.sourceId = sourceId;
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.madeAt = madeAt;
        this.madeBy = madeBy;
        this.touchedAt = madeAt;
    }

    void received(int bytes, Instant at) {
        receivedBytes += bytes;
        touchedAt = at;
    }

    void became(UUID file, boolean wasKnown) {
        fileId = file;
        known = wasKnown;
    }

    public UUID id() {
        return id;
    }

    public UUID sourceId() {
        return sourceId;
    }

    public String name() {
        return name;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /** How many of its bytes have come, from the first on. */
    public long receivedBytes() {
        return receivedBytes;
    }

    public Instant madeAt() {
        return madeAt;
    }

    public String madeBy() {
        return madeBy;
    }

    /** When bytes of it came last. */
    public Instant touchedAt() {
        return touchedAt;
    }

    /** What it became; null until all of it has come and was taken in. */
    public UUID fileId() {
        return fileId;
    }

    /** Whether that file had come before. */
    public boolean isKnown() {
        return known;
    }

    public boolean isWhole() {
        return receivedBytes == sizeBytes;
    }
}
