package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** What a client asks about a statement, or about one of its lines. */
@Entity
@Table(name = "statement_question")
public class Question extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "statement_id", updatable = false)
    private UUID statementId;

    @Column(name = "call_id", updatable = false)
    private UUID callId;

    @Column(name = "charge_no", updatable = false)
    private Integer chargeNo;

    @Enumerated(EnumType.STRING)
    private QuestionState state;

    @Column(name = "asked_at", updatable = false)
    private Instant askedAt;

    @Column(name = "asked_by", updatable = false)
    private String askedBy;

    @Column(name = "changed_at")
    private Instant changedAt;

    @Column(name = "credit_id")
    private UUID creditId;

    @Version
    private int version;

    protected Question() {}

    Question(UUID id, UUID statementId, UUID callId, Integer chargeNo, Instant askedAt, String askedBy) {
        this.id = id;
        this.statementId = statementId;
        this.callId = callId;
        this.chargeNo = chargeNo;
        this.state = QuestionState.OPEN;
        this.askedAt = askedAt;
        this.askedBy = askedBy;
        this.changedAt = askedAt;
    }

    void become(QuestionState next, Instant at) {
        if (!state.leadsTo(next)) {
            throw new IllegalStateException(state + " does not lead to " + next);
        }
        state = next;
        changedAt = at;
    }

    void credited(UUID note, Instant at) {
        creditId = note;
        become(QuestionState.CREDITED, at);
    }

    public UUID id() {
        return id;
    }

    public UUID statementId() {
        return statementId;
    }

    /** The call of the line; null when it is about the whole statement. */
    public UUID callId() {
        return callId;
    }

    /** The line's number inside the call; null when it is about the whole statement. */
    public Integer chargeNo() {
        return chargeNo;
    }

    public QuestionState state() {
        return state;
    }

    public Instant askedAt() {
        return askedAt;
    }

    /** Name of the user at the client. */
    public String askedBy() {
        return askedBy;
    }

    /** When something was last said or done. */
    public Instant changedAt() {
        return changedAt;
    }

    /** The credit note that settled it, or null. */
    public UUID creditId() {
        return creditId;
    }

    /** Who speaks. */
    public enum Side {
        CLIENT,
        FIRM
    }

    /** Key inside the firm. */
    record EntryKey(UUID questionId, int no) implements Serializable {}

    /** Something that was said about it. */
    @Entity(name = "QuestionEntry")
    @Immutable
    @Table(name = "statement_question_entry")
    @IdClass(EntryKey.class)
    public static class Entry extends FirmOwned {
        @Id
        @Column(name = "question_id")
        private UUID questionId;

        @Id
        private int no;

        private Instant at;
        private String author;

        @Enumerated(EnumType.STRING)
        private Side side;

        private String text;

        protected Entry() {}

        Entry(UUID questionId, int no, Instant at, String author, Side side, String text) {
            this.questionId = questionId;
            this.no = no;
            this.at = at;
            this.author = author;
            this.side = side;
            this.text = text;
        }

        /** The question it belongs to. */
        public UUID questionId() {
            return questionId;
        }

        /** From 1, in the order in which it was said. */
        public int no() {
            return no;
        }

        public Instant at() {
            return at;
        }

        public String author() {
            return author;
        }

        public Side side() {
            return side;
        }

        /** Lines separated by line feeds. */
        public String text() {
            return text;
        }
    }
}
