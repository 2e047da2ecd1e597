package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.platform.Tenant;

/** Reads the current firm, its people and places. */
@ApplicationScoped
public class Firms {
    private final EntityManager entities;

    @Inject
    Firms(EntityManager entities) {
        this.entities = entities;
    }

    /** The firm whose request or job this is. */
    @Transactional
    public Firm current() {
        return entities.find(Firm.class, Tenant.current());
    }

    /** By name. */
    @Transactional
    public List<Person> people() {
        return entities.createQuery("from Person order by name", Person.class).getResultList();
    }

    /** By key. */
    @Transactional
    public Map<UUID, Person> peopleById() {
        return people().stream().collect(Collectors.toMap(Person::id, Function.identity()));
    }

    /** By name. */
    @Transactional
    public List<Site> sites() {
        return entities.createQuery("from Site order by name", Site.class).getResultList();
    }

    /** All telephones of the firm. */
    @Transactional
    public List<Extension> extensions() {
        return entities.createQuery("from Extension order by siteId, number", Extension.class)
                .getResultList();
    }
}
