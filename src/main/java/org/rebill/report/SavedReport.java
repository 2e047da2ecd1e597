package org.rebill.report;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** A report with its filters under a name, for everybody who works for the firm. */
@Entity
@Immutable
@Table(name = "saved_report")
public class SavedReport extends FirmOwned {
    @Id
    private UUID id;

    private String name;
    private String query;

    @Column(name = "saved_at")
    private Instant savedAt;

    @Column(name = "saved_by")
    private String savedBy;

    @Column(name = "user_id")
    private UUID userId;

    protected SavedReport() {}

    SavedReport(UUID id, String name, String query, Instant savedAt, String savedBy, UUID userId) {
        this.id = id;
        this.name = name;
        this.query = query;
        this.savedAt = savedAt;
        this.savedBy = savedBy;
        this.userId = userId;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The address's query of the reports page, such as {@code report=clients&period=LAST_MONTH}. */
    public String query() {
        return query;
    }

    public Instant savedAt() {
        return savedAt;
    }

    public String savedBy() {
        return savedBy;
    }

    /** Who saved it; null for the service. */
    UUID userId() {
        return userId;
    }
}
