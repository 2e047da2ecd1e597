package org.rebill.platform;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A line of the reference table that is read before a firm is known: it holds no firm's data but its address. */
@Entity
@Table(name = "firm_directory")
class FirmAddress {
    @Id
    private String slug;

    @Column(name = "firm_id")
    private UUID firm;

    protected FirmAddress() {}

    FirmAddress(String slug, UUID firm) {
        this.slug = slug;
        this.firm = firm;
    }

    UUID firm() {
        return firm;
    }
}
