package org.rebill.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** Another hourly rate for one person under a version's terms. */
@Entity
@Immutable
@Table(name = "agreement_rate")
@IdClass(AgreementRate.Key.class)
public class AgreementRate extends FirmOwned {
    /** Key inside the firm. */
    public record Key(UUID versionId, UUID personId) implements Serializable {}

    @Id
    @Column(name = "version_id")
    private UUID versionId;

    @Id
    @Column(name = "person_id")
    private UUID personId;

    @Column(name = "hourly_rate")
    private BigDecimal hourlyRate;

    protected AgreementRate() {}

    AgreementRate(UUID versionId, UUID personId, BigDecimal hourlyRate) {
        this.versionId = versionId;
        this.personId = personId;
        this.hourlyRate = hourlyRate;
    }

    public UUID versionId() {
        return versionId;
    }

    public UUID personId() {
        return personId;
    }

    /** In the currency of the version, above 0, at most 6 decimals. */
    public BigDecimal hourlyRate() {
        return hourlyRate;
    }
}
