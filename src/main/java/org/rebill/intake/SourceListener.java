package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** That the service itself listens for records of a source (SMDR over TCP). */
@Entity
@Table(name = "source_listener")
public class SourceListener extends FirmOwned {
    @Id
    @Column(name = "source_id")
    private UUID sourceId;

    private int port;

    @Column(name = "set_id")
    private UUID setId;

    private String allowed;

    @Column(name = "made_at")
    private Instant madeAt;

    @Column(name = "made_by")
    private String madeBy;

    protected SourceListener() {}

    SourceListener(UUID sourceId) {
        this.sourceId = sourceId;
    }

    void become(int newPort, String newAllowed, UUID newSetId, Instant at, String by) {
        port = newPort;
        setId = newSetId;
        allowed = newAllowed;
        madeAt = at;
        madeBy = by;
    }

    public UUID sourceId() {
        return sourceId;
    }

    public int port() {
        return port;
    }

    /** Another one with each change. */
    public UUID setId() {
        return setId;
    }

    /** Addresses that may connect, separated by blanks; empty: any. */
    public String allowed() {
        return allowed;
    }

    public Instant madeAt() {
        return madeAt;
    }

    public String madeBy() {
        return madeBy;
    }
}
