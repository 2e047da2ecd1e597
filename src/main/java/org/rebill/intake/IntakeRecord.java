package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** A record that is not part of a call, and why. Its bytes lie in the file at the offset. */
@Entity
@Immutable
@Table(name = "intake_record")
@IdClass(IntakeRecord.Key.class)
public class IntakeRecord extends FirmOwned {
    /** Key inside the firm. */
    public record Key(UUID fileId, long recordNo) implements Serializable {}

    /** Reason of a duplicate that is equal to the record that counts. */
    public static final String SAME = "same";
    /** Reason of a duplicate that is the same record, but has other content than the one that counts. */
    public static final String CHANGED = "changed";

    /** What became of it. */
    public enum Outcome {
        DUPLICATE,
        IGNORED,
        QUARANTINED
    }

    /** What a quarantined record became in the end. */
    public enum Mended {
        /** Read again with other settings: part of a call now. */
        LEG,
        /** Read again: it had come before. */
        DUPLICATE,
        /** Read again: not meant to be a call. */
        IGNORED,
        /** Set aside by a person, with a reason in the audit log; counted as ignored. */
        SET_ASIDE
    }

    @Id
    @Column(name = "file_id")
    private UUID fileId;

    @Id
    @Column(name = "record_no")
    private long recordNo;

    @Column(name = "line_no")
    private long lineNo;

    @Column(name = "byte_offset")
    private long byteOffset;

    @Column(name = "byte_length")
    private long byteLength;

    @Enumerated(EnumType.STRING)
    private Outcome outcome;

    private String reason;
    private String detail;

    @Column(name = "first_file_id")
    private UUID firstFileId;

    @Column(name = "first_line_no")
    private Long firstLineNo;

    @Column(name = "mended_at")
    private Instant mendedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "mended_as")
    private Mended mendedAs;

    protected IntakeRecord() {}

    public UUID fileId() {
        return fileId;
    }

    /** Position among the file's records, from 1. */
    public long recordNo() {
        return recordNo;
    }

    /** First line of it, from 1. */
    public long lineNo() {
        return lineNo;
    }

    public long byteOffset() {
        return byteOffset;
    }

    public long byteLength() {
        return byteLength;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Stable code of the reason. */
    public String reason() {
        return reason;
    }

    /** For people: what is wrong, where, how to mend it. */
    public String detail() {
        return detail;
    }

    /** Of a duplicate: the file of the record that counts; else null. */
    public UUID firstFileId() {
        return firstFileId;
    }

    /** Of a duplicate: the line of the record that counts; else null. */
    public Long firstLineNo() {
        return firstLineNo;
    }

    /** When a quarantined record left quarantine; null for others, and while it is there. */
    public Instant mendedAt() {
        return mendedAt;
    }

    /** What it became then; null with {@link #mendedAt}. */
    public Mended mendedAs() {
        return mendedAs;
    }
}
