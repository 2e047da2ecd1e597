package org.rebill.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads and keeps the roles of users in the current firm. */
@ApplicationScoped
public class Memberships {
    private final EntityManager entities;

    @Inject
    Memberships(EntityManager entities) {
        this.entities = entities;
    }

    /** The user as a caller in the current firm, or empty when the firm gave no role. */
    @Transactional
    public Optional<Caller> caller(User user, String address) {
        List<Membership> rows = entities.createQuery(
                        "from Membership where userId = :user order by role", Membership.class)
                .setParameter("user", user.id())
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Set<Role> roles = EnumSet.noneOf(Role.class);
        UUID person = null;
        UUID client = null;
        for (Membership row : rows) {
            roles.add(row.role());
            person = row.personId() == null ? person : row.personId();
            client = row.clientId() == null ? client : row.clientId();
        }
        return Optional.of(new Caller(user.id(), rows.get(0).name(), address, roles, person, client));
    }

    /** The users of a client, by name. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Membership> ofClient(UUID clientId) {
        return entities.createQuery("from Membership where clientId = :client order by name", Membership.class)
                .setParameter("client", clientId)
                .getResultList();
    }

    /** Gives a user a role; again is harmless. */
    @Transactional
    public void grant(Membership membership) {
        entities.merge(membership);
    }
}
