package org.rebill.statement;

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
import org.rebill.platform.FirmOwned;

/** Many drafts that somebody asked to be issued. */
@Entity
@Table(name = "statement_batch")
class IssueBatch extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "asked_at")
    private Instant askedAt;

    @Column(name = "asked_by")
    private String askedBy;

    @Column(name = "user_id")
    private UUID userId;

    private String address;

    protected IssueBatch() {}

    IssueBatch(UUID id, Instant askedAt, String askedBy, UUID userId, String address) {
        this.id = id;
        this.askedAt = askedAt;
        this.askedBy = askedBy;
        this.userId = userId;
        this.address = address;
    }

    String askedBy() {
        return askedBy;
    }

    /** Null for the service itself. */
    UUID userId() {
        return userId;
    }

    String address() {
        return address;
    }

    Instant askedAt() {
        return askedAt;
    }

    /** What became of one draft. */
    enum Outcome {
        WAITING,
        ISSUED,
        REFUSED
    }

    /** Key inside the firm. */
    record ItemKey(UUID batchId, int no) implements Serializable {}

    /** One draft of a batch. */
    @Entity(name = "IssueBatchItem")
    @Table(name = "statement_batch_item")
    @IdClass(ItemKey.class)
    static class Item extends FirmOwned {
        @Id
        @Column(name = "batch_id")
        private UUID batchId;

        @Id
        private int no;

        @Column(name = "statement_id")
        private UUID statementId;

        @Enumerated(EnumType.STRING)
        private Outcome outcome;

        private String problem;

        protected Item() {}

        Item(UUID batchId, int no, UUID statementId) {
            this.batchId = batchId;
            this.no = no;
            this.statementId = statementId;
            this.outcome = Outcome.WAITING;
        }

        UUID statementId() {
            return statementId;
        }

        Outcome outcome() {
            return outcome;
        }

        /** Why it was refused, for people; else null. */
        String problem() {
            return problem;
        }

        void issued() {
            outcome = Outcome.ISSUED;
        }

        void refused(String why) {
            outcome = Outcome.REFUSED;
            problem = why;
        }
    }
}
