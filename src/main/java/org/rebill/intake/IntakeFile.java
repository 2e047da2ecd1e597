package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.call.IncomingLeg;
import org.rebill.call.LegsTaken;
import org.rebill.call.Rereading;
import org.rebill.platform.FirmOwned;

/** Bytes as they came, with what became of the records in them. The four counts add up; the database checks it. */
@Entity
@Table(name = "intake_file")
public class IntakeFile extends FirmOwned {
    /** How the bytes came. */
    public enum Via {
        UPLOAD,
        API,
        DEMO,
        /** By a machine with the source's key. */
        PUSH,
        /** The same, as a file. */
        SFTP,
        /** Over a socket on which the service listens itself. */
        SMDR
    }

    @Id
    private UUID id;

    @Column(name = "source_id")
    private UUID sourceId;

    private String name;

    @Column(name = "size_bytes")
    private long sizeBytes;

    private byte[] sha256;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Column(name = "received_by")
    private String receivedBy;

    @Enumerated(EnumType.STRING)
    private Via via;

    @Enumerated(EnumType.STRING)
    private FileState state;

    @Column(name = "read_bytes")
    private long readBytes;

    @Column(name = "read_lines")
    private long readLines;

    private long records;
    private long legs;
    private long duplicates;
    private long ignored;
    private long quarantined;
    private long calls;
    private long joined;

    @Column(name = "first_at")
    private Instant firstAt;

    @Column(name = "last_at")
    private Instant lastAt;

    private boolean replaying;

    private String failure;

    @Column(name = "finished_at")
    private Instant finishedAt;

    @Column(name = "certificate_id", insertable = false, updatable = false)
    private UUID certificateId;

    protected IntakeFile() {}

    IntakeFile(
            UUID id,
            UUID sourceId,
            String name,
            long sizeBytes,
            byte[] sha256,
            Instant receivedAt,
            String receivedBy,
            Via via) {
        this.id = id;
        this.sourceId = sourceId;
        this.name = name;
        this.sizeBytes = sizeBytes;
        this.sha256 = sha256.clone();
        this.receivedAt = receivedAt;
        this.receivedBy = receivedBy;
        this.via = via;
        this.state = FileState.STORED;
    }

    void unpacked(Instant at) {
        state = FileState.UNPACKED;
        finishedAt = at;
    }

    void reading() {
        state = FileState.READING;
        failure = null;
    }

    /** Moves the progress mark; in the same transaction as the rows that it stands for. */
    void advance(BatchCounts counts, RecordBatch batch) {
        records += counts.records();
        legs += counts.legs();
        duplicates += counts.duplicates();
        ignored += counts.ignored();
        quarantined += counts.quarantined();
        calls += counts.newCalls();
        joined += counts.joinedCalls();
        batch.legs().forEach(this::span);
        readBytes = batch.toByte();
        readLines = batch.toLine();
    }

    /** Records left quarantine. */
    void mended(LegsTaken taken, long nowIgnored, List<IncomingLeg> read) {
        long left = read.size() + nowIgnored;
        if (left > quarantined) {
            throw new IllegalStateException(left + " records leave quarantine, in which " + quarantined + " are");
        }
        quarantined -= left;
        legs += taken.legs();
        duplicates += taken.duplicates().size();
        ignored += nowIgnored;
        calls += taken.newCalls();
        joined += taken.joinedCalls();
        read.forEach(this::span);
    }

    /** All records were read again. */
    void reread(RereadFiles.FileCounts counts, Rereading.FileCalls made) {
        records = counts.records;
        legs = counts.legs;
        duplicates = counts.duplicates;
        ignored = counts.ignored;
        quarantined = counts.quarantined;
        readLines = counts.lines;
        calls = made.brought();
        joined = made.joined();
        // Records of issued calls stay as they were read: the span covers both readings.
        span(counts.first);
        span(counts.last);
    }

    private void span(IncomingLeg leg) {
        span(leg.leg().startedAt());
    }

    private void span(Instant start) {
        if (start == null) {
            return;
        }
        firstAt = firstAt == null || start.isBefore(firstAt) ? start : firstAt;
        lastAt = lastAt == null || start.isAfter(lastAt) ? start : lastAt;
    }

    /** Quarantined records are to be read again, or no longer are. */
    void replaying(boolean asked) {
        replaying = asked;
    }

    /** Whether quarantined records are being read again. */
    public boolean isReplaying() {
        return replaying;
    }

    void done(Instant at) {
        if (readBytes != sizeBytes) {
            throw new IllegalStateException("Only " + readBytes + " of " + sizeBytes + " bytes were read");
        }
        state = FileState.DONE;
        finishedAt = at;
    }

    void stopped(String why) {
        failure = why;
    }

    void failed(String reason, Instant at) {
        state = FileState.FAILED;
        failure = reason;
        finishedAt = at;
    }

    public UUID id() {
        return id;
    }

    public UUID sourceId() {
        return sourceId;
    }

    /** As the sender named it; not a path. */
    public String name() {
        return name;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /** Over all bytes, before anything was read. */
    public byte[] sha256() {
        return sha256.clone();
    }

    public Instant receivedAt() {
        return receivedAt;
    }

    public String receivedBy() {
        return receivedBy;
    }

    public Via via() {
        return via;
    }

    public FileState state() {
        return state;
    }

    public long readBytes() {
        return readBytes;
    }

    public long readLines() {
        return readLines;
    }

    /** Records so far: legs + duplicates + ignored + quarantined. */
    public long records() {
        return records;
    }

    /** Records that are part of a call. */
    public long legs() {
        return legs;
    }

    public long duplicates() {
        return duplicates;
    }

    public long ignored() {
        return ignored;
    }

    public long quarantined() {
        return quarantined;
    }

    /** Calls that this file brought first. */
    public long calls() {
        return calls;
    }

    /** Earlier calls, of other files, that it added legs to. */
    public long joined() {
        return joined;
    }

    /** Start of the earliest record of a call in it; null when there is none. */
    public Instant firstAt() {
        return firstAt;
    }

    /** Start of the latest record of a call in it; null when there is none. */
    public Instant lastAt() {
        return lastAt;
    }

    /** The counts, as the audit log keeps them. */
    Map<String, Object> counts() {
        return Map.of(
                "name", name,
                "records", records,
                "legs", legs,
                "duplicates", duplicates,
                "ignored", ignored,
                "quarantined", quarantined,
                "calls", calls,
                "joined", joined);
    }

    /** By which its bytes were erased; null while they are kept. */
    public UUID certificateId() {
        return certificateId;
    }

    /** Why it could not be read, or why reading stopped and is tried again; null when all went well. */
    public String failure() {
        return failure;
    }

    public Instant finishedAt() {
        return finishedAt;
    }

    /** Whole per cent of the bytes that are read. */
    public int percent() {
        return sizeBytes == 0 ? 100 : (int) (readBytes * 100 / sizeBytes);
    }
}
