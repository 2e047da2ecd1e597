package org.rebill.intake;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** How a source was doing when it was last looked at, and after how long a silence somebody is to be told. */
@Entity
@Table(name = "source_watch")
public class SourceWatch extends FirmOwned {
    @Id
    @Column(name = "source_id")
    private UUID sourceId;

    @Column(name = "silence_hours")
    private Integer silenceHours;

    @Enumerated(EnumType.STRING)
    private Health.State state;

    private Instant since;

    @Column(name = "last_at")
    private Instant lastAt;

    protected SourceWatch() {}

    SourceWatch(UUID sourceId, Instant since) {
        this.sourceId = sourceId;
        this.state = Health.State.NEVER;
        this.since = since;
    }

    void tellAfter(Integer hours) {
        silenceHours = hours;
    }

    void become(Health.State now, Instant at) {
        state = now;
        since = at;
    }

    public UUID sourceId() {
        return sourceId;
    }

    /** 0: never; null: as the way of its records suggests. */
    public Integer silenceHours() {
        return silenceHours;
    }

    public Health.State state() {
        return state;
    }

    /** When it came into this state. */
    public Instant since() {
        return since;
    }

    /** Start of the latest record; null when none has come. */
    public Instant lastAt() {
        return lastAt;
    }
}
