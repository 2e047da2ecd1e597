package org.rebill.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** Somebody whom the firm bills. */
@Entity
public class Client extends FirmOwned {
    @Id
    private UUID id;

    private String name;
    private String contact;
    private String address;
    private String email;
    private String currency;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Version
    private int version;

    protected Client() {}

    Client(UUID id, Clients.Draft checked, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        become(checked);
    }

    final void become(Clients.Draft checked) {
        name = checked.name();
        contact = checked.contact();
        address = checked.address();
        email = checked.email();
        currency = checked.currency();
    }

    public UUID id() {
        return id;
    }

    /** One of a kind in the firm, whatever the capitals. */
    public String name() {
        return name;
    }

    /** Whom to write to there, such as "Thomas Reyes, CFO"; may be null. */
    public String contact() {
        return contact;
    }

    /** Lines separated by line feeds; may be empty. */
    public String address() {
        return address;
    }

    /** May be null. */
    public String email() {
        return email;
    }

    /** ISO 4217: what this client is billed in. */
    public String currency() {
        return currency;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Rises with each change. */
    public int version() {
        return version;
    }

    /** What can be changed of it, as it stands. */
    public Clients.Draft draft() {
        return new Clients.Draft(name, contact, address, email, currency);
    }
}
