package org.rebill.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/** What is agreed with a client, for all it does or for one matter: a row of versions, of which none is ever edited. */
@Entity
@Immutable
public class Agreement extends FirmOwned {
    @Id
    private UUID id;

    private String number;

    @Column(name = "client_id")
    private UUID clientId;

    @Column(name = "matter_id")
    private UUID matterId;

    protected Agreement() {}

    Agreement(UUID id, String number, UUID clientId, UUID matterId) {
        this.id = id;
        this.number = number;
        this.clientId = clientId;
        this.matterId = matterId;
    }

    public UUID id() {
        return id;
    }

    /** The firm's number for it, such as {@code A-001}. */
    public String number() {
        return number;
    }

    public UUID clientId() {
        return clientId;
    }

    /** Null where it is for all matters that have none of their own. */
    public UUID matterId() {
        return matterId;
    }
}
