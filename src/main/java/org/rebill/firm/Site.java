package org.rebill.firm;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A place of the firm. */
@Entity
public class Site extends FirmOwned {
    @Id
    private UUID id;

    private String name;
    private String country;
    private String zone;

    protected Site() {}

    /**
     * @param country ISO 3166 alpha-2
     * @param zone IANA name
     */
    public Site(UUID id, String name, String country, String zone) {
        this.id = id;
        this.name = name;
        this.country = country;
        this.zone = zone;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String country() {
        return country;
    }

    public String zone() {
        return zone;
    }
}
