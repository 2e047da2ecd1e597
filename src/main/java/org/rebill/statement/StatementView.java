package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** The first time that somebody at the client opened a statement. */
@Entity
@Immutable
@Table(name = "statement_view")
public class StatementView extends FirmOwned {
    @Id
    @Column(name = "statement_id")
    private UUID statementId;

    private Instant at;
    private String viewer;

    protected StatementView() {}

    public UUID statementId() {
        return statementId;
    }

    public Instant at() {
        return at;
    }

    /** Name of the user. */
    public String viewer() {
        return viewer;
    }
}
