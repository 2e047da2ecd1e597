package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** A piece of a file's bytes, {@link #SIZE} long but for the last. Never changed. */
@Entity
@Immutable
@Table(name = "intake_chunk")
@IdClass(IntakeChunk.Key.class)
class IntakeChunk extends FirmOwned {
    /** Bytes in a chunk. */
    static final int SIZE = 1 << 20;

    /** Key inside the firm. */
    record Key(UUID fileId, int no) implements Serializable {}

    @Id
    @Column(name = "file_id")
    private UUID fileId;

    @Id
    private int no;

    private byte[] bytes;

    protected IntakeChunk() {}

    IntakeChunk(UUID fileId, int no, byte[] bytes) {
        this.fileId = fileId;
        this.no = no;
        this.bytes = bytes.clone();
    }

    byte[] bytes() {
        return bytes.clone();
    }
}
