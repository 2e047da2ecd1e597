package org.rebill.firm;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** Someone at the firm who takes calls. */
@Entity
public class Person extends FirmOwned {
    @Id
    private UUID id;

    private String name;
    private String initials;
    private String title;

    @Column(name = "hourly_rate")
    private BigDecimal hourlyRate;

    protected Person() {}

    public Person(UUID id, String name, String initials, String title) {
        this.id = id;
        this.name = name;
        this.initials = initials;
        this.title = title;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String initials() {
        return initials;
    }

    /** What the person is at the firm, such as "Partner"; may be null. */
    public String title() {
        return title;
    }

    /** What an hour is worth where nothing is agreed, in the firm's currency; null when nobody said. */
    public BigDecimal hourlyRate() {
        return hourlyRate;
    }

    /** Says what an hour is worth; null takes it back. */
    void worth(BigDecimal rate) {
        this.hourlyRate = rate;
    }
}
