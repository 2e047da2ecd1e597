package org.rebill.platform;

import jakarta.persistence.Column;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;
import org.hibernate.annotations.PartitionKey;
import org.hibernate.annotations.TenantId;

/** A row that belongs to one firm: Hibernate fills the column, adds it to every query and every change. */
@MappedSuperclass
public abstract class FirmOwned {
    @TenantId
    @PartitionKey
    @Column(name = "firm_id", nullable = false, updatable = false)
    private UUID firmId;

    /** The firm this row belongs to; null before it was stored. */
    public UUID firmId() {
        return firmId;
    }
}
