package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** A reminder as it was written. */
@Entity
@Immutable
@Table(name = "statement_reminder")
@IdClass(Reminder.Key.class)
public class Reminder extends FirmOwned {
    /** Key inside the firm. */
    record Key(UUID statementId, int step) implements Serializable {}

    @Id
    @Column(name = "statement_id")
    private UUID statementId;

    @Id
    private int step;

    private Instant at;

    @Column(name = "written_by")
    private String writtenBy;

    private BigDecimal open;
    private String text;

    protected Reminder() {}

    Reminder(UUID statementId, int step, Instant at, String writtenBy, BigDecimal open, String text) {
        this.statementId = statementId;
        this.step = step;
        this.at = at;
        this.writtenBy = writtenBy;
        this.open = open;
        this.text = text;
    }

    public UUID statementId() {
        return statementId;
    }

    /** 1 to 3. */
    public int step() {
        return step;
    }

    public Instant at() {
        return at;
    }

    public String writtenBy() {
        return writtenBy;
    }

    /** What was open then. */
    public BigDecimal open() {
        return open;
    }

    /** The letter, in the statement's language; paragraphs separated by empty lines. */
    public String text() {
        return text;
    }
}
