package org.rebill.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which firm an address (slug, also the alias of its Keycloak organization) stands for. Read before a firm is set. */
@ApplicationScoped
public class FirmDirectory {
    private final EntityManager entities;

    @Inject
    FirmDirectory(EntityManager entities) {
        this.entities = entities;
    }

    /** The firm's key, or empty. */
    @Transactional
    public Optional<UUID> find(String slug) {
        return Optional.ofNullable(entities.find(FirmAddress.class, slug)).map(FirmAddress::firm);
    }

    /** All firms, for work that goes from one to the next. */
    @Transactional
    public List<UUID> all() {
        return entities.createQuery("select firm from FirmAddress order by firm", UUID.class)
                .getResultList();
    }

    /** Takes an address for a firm. */
    @Transactional
    public void enter(String slug, UUID firm) {
        entities.persist(new FirmAddress(slug, firm));
    }
}
