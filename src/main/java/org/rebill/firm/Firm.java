package org.rebill.firm;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.UUID;
import org.hibernate.annotations.TenantId;

/** A tenant: one firm that bills its clients. */
@Entity
public class Firm {
    @Id
    @Column(name = "firm_id")
    private UUID id;

    /** The same column, for Hibernate's filter. */
    @TenantId
    @Column(name = "firm_id", insertable = false, updatable = false)
    private UUID tenant;

    @Embedded
    private FirmProfile profile;

    private byte[] logo;

    @Version
    private int version;

    protected Firm() {}

    Firm(UUID id, FirmProfile profile, byte[] logo) {
        this.id = id;
        this.profile = profile;
        this.logo = logo;
    }

    public UUID id() {
        return id;
    }

    public FirmProfile profile() {
        return profile;
    }

    /** SVG, PNG or JPEG, or null. */
    public byte[] logo() {
        return logo == null ? null : logo.clone();
    }

    /** Counts the changes of profile and logo. */
    public int version() {
        return version;
    }

    void become(FirmProfile changed) {
        this.profile = changed;
    }

    void become(byte[] changedLogo) {
        this.logo = changedLogo;
    }
}
