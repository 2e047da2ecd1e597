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

/** A code that somebody gave a call after it. Kept for ever; the newest stands. */
@Entity
@Immutable
@Table(name = "code_event")
@IdClass(CodeEvent.Key.class)
class CodeEvent extends FirmOwned {
    /** Key inside the firm. */
    record Key(UUID callId, Instant at, UUID id) implements Serializable {}

    @Id
    @Column(name = "call_id")
    private UUID callId;

    @Id
    private Instant at;

    @Id
    private UUID id;

    private String code;
    private String author;

    protected CodeEvent() {}

    /** @param code empty when a given one is taken back */
    CodeEvent(UUID callId, Instant at, UUID id, String code, String author) {
        this.callId = callId;
        this.at = at;
        this.id = id;
        this.code = code;
        this.author = author;
    }

    CallDetails.GivenCode given() {
        return new CallDetails.GivenCode(at, code, author);
    }
}
