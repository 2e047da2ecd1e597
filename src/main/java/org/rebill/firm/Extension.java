package org.rebill.firm;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A telephone at a site and whose it is. */
@Entity
@IdClass(Extension.Key.class)
public class Extension extends FirmOwned {
    /** Key inside the firm. */
    public record Key(UUID siteId, String number) implements Serializable {}

    @Id
    @Column(name = "site_id")
    private UUID siteId;

    @Id
    private String number;

    @Column(name = "person_id")
    private UUID personId;

    protected Extension() {}

    public Extension(UUID siteId, String number, UUID personId) {
        this.siteId = siteId;
        this.number = number;
        this.personId = personId;
    }

    public UUID siteId() {
        return siteId;
    }

    /** Digits as the phone system writes them. */
    public String number() {
        return number;
    }

    public UUID personId() {
        return personId;
    }
}
