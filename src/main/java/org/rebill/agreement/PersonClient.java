package org.rebill.agreement;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.rebill.platform.FirmOwned;

/**
 * A person of the firm has talked for a client. A view on the charges, in which a pair stands once for each of them:
 * only ever asked for by {@code exists}.
 */
@Entity
@Immutable
@IdClass(PersonClient.Key.class)
@Table(name = "person_client")
class PersonClient extends FirmOwned {
    /** Key inside the firm. */
    record Key(UUID personId, UUID clientId) implements Serializable {}

    @Id
    @Column(name = "person_id")
    private UUID personId;

    @Id
    @Column(name = "client_id")
    private UUID clientId;

    protected PersonClient() {}
}
