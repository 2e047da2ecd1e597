package org.rebill.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A role of one user in the firm. */
@Entity
@IdClass(Membership.Key.class)
public class Membership extends FirmOwned {
    /** Key inside the firm. */
    public record Key(UUID userId, Role role) implements Serializable {}

    @Id
    @Column(name = "user_id")
    private UUID userId;

    @Id
    @Enumerated(EnumType.STRING)
    private Role role;

    private String name;
    private String email;

    @Column(name = "person_id")
    private UUID personId;

    @Column(name = "client_id")
    private UUID clientId;

    protected Membership() {}

    /**
     * @param personId the firm's person this user is; needed for a professional
     * @param clientId the client this user belongs to; exactly for role CLIENT
     */
    public Membership(UUID userId, Role role, String name, String email, UUID personId, UUID clientId) {
        this.userId = userId;
        this.role = role;
        this.name = name;
        this.email = email;
        this.personId = personId;
        this.clientId = clientId;
    }

    public UUID userId() {
        return userId;
    }

    public Role role() {
        return role;
    }

    public String name() {
        return name;
    }

    public String email() {
        return email;
    }

    public UUID personId() {
        return personId;
    }

    public UUID clientId() {
        return clientId;
    }
}
