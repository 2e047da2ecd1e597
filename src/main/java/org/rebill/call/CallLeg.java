package org.rebill.call;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** A stored leg and where its bytes are. Read through Hibernate, written in sets by {@link LegRows}. */
@Entity
@Immutable
@Table(name = "leg")
@IdClass(CallLeg.Key.class)
public class CallLeg extends FirmOwned {
    /** Key inside the firm. */
    public record Key(Instant startedAt, UUID id) implements Serializable {}

    @Id
    @Column(name = "started_at")
    private Instant startedAt;

    @Id
    private UUID id;

    @Column(name = "source_id")
    private UUID sourceId;

    @Column(name = "file_id")
    private UUID fileId;

    @Column(name = "record_no")
    private long recordNo;

    @Column(name = "line_no")
    private long lineNo;

    @Column(name = "byte_offset")
    private long byteOffset;

    @Column(name = "byte_length")
    private int byteLength;

    @Column(name = "content_hash")
    private UUID contentHash;

    @Column(name = "call_id")
    private UUID callId;

    @Column(name = "answered_at")
    private Instant answeredAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    private String disposition;
    private String caller;
    private String called;

    @Column(name = "from_side")
    private String fromSide;

    @Column(name = "to_side")
    private String toSide;

    private String application;

    @Column(name = "application_data")
    private String applicationData;

    @Column(name = "duration_seconds")
    private int durationSeconds;

    @Column(name = "talk_seconds")
    private int talkSeconds;

    private String code;
    private long sequence;

    protected CallLeg() {}

    /** As the format understood it. */
    public Leg leg() {
        return new Leg(
                id,
                callId,
                startedAt,
                answeredAt,
                endedAt,
                disposition,
                caller,
                called,
                fromSide,
                toSide,
                application,
                applicationData,
                durationSeconds,
                talkSeconds,
                code,
                sequence);
    }

    public UUID sourceId() {
        return sourceId;
    }

    public UUID fileId() {
        return fileId;
    }

    /** Position among the file's records, from 1. */
    public long recordNo() {
        return recordNo;
    }

    /** First line of the record in its file, from 1. */
    public long lineNo() {
        return lineNo;
    }

    public long byteOffset() {
        return byteOffset;
    }

    public int byteLength() {
        return byteLength;
    }

    /** First 16 bytes of the SHA-256 over the record's bytes without line end. */
    public UUID contentHash() {
        return contentHash;
    }
}
