package org.rebill.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** What a firm does for a client: a lawyer's matter, an architect's project, an accountant's engagement. */
@Entity
public class Matter extends FirmOwned {
    @Id
    private UUID id;

    @Column(name = "client_id", updatable = false)
    private UUID clientId;

    private String reference;
    private String name;

    @Version
    private int version;

    protected Matter() {}

    Matter(UUID id, UUID clientId, Clients.MatterDraft checked) {
        this.id = id;
        this.clientId = clientId;
        become(checked);
    }

    final void become(Clients.MatterDraft checked) {
        reference = checked.reference();
        name = checked.name();
    }

    public UUID id() {
        return id;
    }

    public UUID clientId() {
        return clientId;
    }

    /** The firm's own sign for it, such as "2026-014"; one of a kind for the client. */
    public String reference() {
        return reference;
    }

    public String name() {
        return name;
    }

    /** Rises with each change. */
    public int version() {
        return version;
    }

    /** What can be changed of it, as it stands. */
    public Clients.MatterDraft draft() {
        return new Clients.MatterDraft(reference, name);
    }
}
