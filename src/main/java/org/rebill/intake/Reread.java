package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** Whole files that are read again by the source's settings as they are now: first as a preview, then for good. */
@Entity
@Table(name = "reread")
public class Reread extends FirmOwned {
    /** How far it is. */
    public enum State {
        /** What would change is being found out. */
        PREVIEWING,
        /** Waits for somebody to apply it. */
        PREVIEWED,
        APPLYING,
        APPLIED,
        /** Can't be done; the reason is told, nothing was changed. */
        FAILED,
        /** Nobody wanted it any more, or a newer one took its place. */
        DROPPED;

        /** Whether it may still change something. */
        public boolean isOpen() {
            return this == PREVIEWING || this == PREVIEWED || this == APPLYING;
        }

        /** Whether the service is at work on it. */
        public boolean isAtWork() {
            return this == PREVIEWING || this == APPLYING;
        }
    }

    /** What came of it. */
    static final class Sums {
        long files;
        long records;
        long changedRecords;
        long same;
        long added;
        long changed;
        long gone;
        long corrections;
    }

    @Id
    private UUID id;

    @Column(name = "source_id")
    private UUID sourceId;

    @Column(name = "file_id")
    private UUID fileId;

    @Column(name = "from_day")
    private LocalDate fromDay;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "source_version")
    private int sourceVersion;

    @Column(name = "asked_at")
    private Instant askedAt;

    @Column(name = "asked_by")
    private String askedBy;

    @Column(name = "applied_at")
    private Instant appliedAt;

    @Column(name = "applied_by")
    private String appliedBy;

    private long files;
    private long records;

    @Column(name = "changed_records")
    private long changedRecords;

    private long same;
    private long added;
    private long changed;
    private long gone;
    private long corrections;
    private String failure;

    protected Reread() {}

    /**
     * A new one.
     *
     * @param fileId one file; null for all of the source with calls since a day
     * @param fromDay that day at the source's place; null for one file
     */
    Reread(UUID id, UUID sourceId, UUID fileId, LocalDate fromDay, int sourceVersion, Instant askedAt, String askedBy) {
        this.id = id;
        this.sourceId = sourceId;
        this.fileId = fileId;
        this.fromDay = fromDay;
        this.sourceVersion = sourceVersion;
        this.askedAt = askedAt;
        this.askedBy = askedBy;
        this.state = State.PREVIEWING;
    }

    void previewed(int version, Sums sums) {
        sourceVersion = version;
        take(sums);
        state = State.PREVIEWED;
    }

    void applying(String by) {
        appliedBy = by;
        state = State.APPLYING;
    }

    void applied(Instant at, Sums sums) {
        appliedAt = at;
        take(sums);
        state = State.APPLIED;
    }

    void failed(String why) {
        failure = why;
        state = State.FAILED;
    }

    void dropped() {
        state = State.DROPPED;
    }

    private void take(Sums sums) {
        files = sums.files;
        records = sums.records;
        changedRecords = sums.changedRecords;
        same = sums.same;
        added = sums.added;
        changed = sums.changed;
        gone = sums.gone;
        corrections = sums.corrections;
    }

    public UUID id() {
        return id;
    }

    public UUID sourceId() {
        return sourceId;
    }

    /** The one file; null when it is all of the source since a day. */
    public UUID fileId() {
        return fileId;
    }

    /** Files with calls on or after this day, at the source's place; null for one file. */
    public LocalDate fromDay() {
        return fromDay;
    }

    public State state() {
        return state;
    }

    /** Of the settings that the preview was made by. */
    public int sourceVersion() {
        return sourceVersion;
    }

    public Instant askedAt() {
        return askedAt;
    }

    public String askedBy() {
        return askedBy;
    }

    /** Null until it was applied. */
    public Instant appliedAt() {
        return appliedAt;
    }

    public String appliedBy() {
        return appliedBy;
    }

    public long files() {
        return files;
    }

    public long records() {
        return records;
    }

    /** Records that are read otherwise than they were. */
    public long changedRecords() {
        return changedRecords;
    }

    /** Calls that stay as they are. */
    public long same() {
        return same;
    }

    /** New calls. */
    public long added() {
        return added;
    }

    public long changed() {
        return changed;
    }

    /** Calls that are none any more. */
    public long gone() {
        return gone;
    }

    /** Calls on issued statements that would be others, and stay as they are. */
    public long corrections() {
        return corrections;
    }

    /** Why it can't be done; null otherwise. */
    public String failure() {
        return failure;
    }

    /** Whether applying it would change anything. */
    public boolean changesNothing() {
        return added + changed + gone + changedRecords == 0;
    }

    /** The counts, as the audit log keeps them. */
    Map<String, Object> counts() {
        return Map.of(
                "source", sourceId,
                "files", files,
                "records", records,
                "changedRecords", changedRecords,
                "same", same,
                "added", added,
                "changed", changed,
                "gone", gone,
                "corrections", corrections);
    }
}
