package org.rebill.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Person;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/** Groups of people and who is in which: in one at a time, from a moment on, so that earlier calls keep theirs. */
@ApplicationScoped
public class PersonGroups {
    private static final int NAME = 100;
    private static final Instant ALWAYS = Instant.parse("1900-01-01T00:00:00Z");

    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    PersonGroups(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /** Adds a group. Refused (409) where there is one of that name. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public PersonGroup add(String name) {
        Problems problems = new Problems();
        String checked = problems.line("name", name, NAME, "Give the group a name.");
        problems.refuse();
        if (find(checked) != null) {
            throw new Refusal.Conflict("name", "name.taken", "There is a group named '" + checked + "' already.");
        }
        PersonGroup group = new PersonGroup(Ids.next(), checked);
        entities.persist(group);
        audit.note("group.added", "group", group.id(), null, Map.of("name", checked));
        return group;
    }

    private PersonGroup find(String name) {
        return entities.createQuery("from PersonGroup g where lower(g.name) = lower(:name)", PersonGroup.class)
                .setParameter("name", name)
                .getResultStream()
                .findAny()
                .orElse(null);
    }

    /** All, by name. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<PersonGroup> list() {
        return entities.createQuery("from PersonGroup order by lower(name)", PersonGroup.class)
                .getResultList();
    }

    /** In which group each person is now; who is in none is left out. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Map<UUID, UUID> now() {
        KnownPolicies known = new KnownPolicies(List.of(), read(entities), Map.of());
        Map<UUID, UUID> groups = new TreeMap<>();
        for (Person person : entities.createQuery("from Person", Person.class).getResultList()) {
            UUID group = known.groupOf(person.id(), clock.instant());
            if (group != null) {
                groups.put(person.id(), group);
            }
        }
        return groups;
    }

    /**
     * Puts somebody into a group, for calls that start from now on; the service itself, which sets firms up, for all.
     *
     * @param groupId null for none
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void put(UUID personId, UUID groupId) {
        Problems problems = new Problems();
        Person person = personId == null ? null : entities.find(Person.class, personId);
        if (person == null) {
            problems.add("personId", "person.unknown", "Choose one of the firm's people.");
        }
        PersonGroup group = groupId == null ? null : entities.find(PersonGroup.class, groupId);
        if (groupId != null && group == null) {
            problems.add("groupId", "group.unknown", "Choose one of the firm's groups, or none.");
        }
        problems.refuse();
        KnownPolicies known = new KnownPolicies(List.of(), read(entities), Map.of());
        UUID before = known.groupOf(personId, clock.instant());
        Map<UUID, String> names = list(entities);
        Instant from = Caller.current().isService() ? ALWAYS : clock.instant().truncatedTo(ChronoUnit.MICROS);
        entities.createNativeQuery(
                        "insert into person_group_member (firm_id, person_id, valid_from, group_id) "
                                + "values (:firm, :person, :from, cast(:group as uuid)) on conflict (firm_id, person_id, valid_from) do nothing")
                .setParameter("firm", Tenant.current())
                .setParameter("person", personId)
                .setParameter("from", from)
                .setParameter("group", groupId == null ? null : groupId.toString())
                .executeUpdate();
        audit.note(
                "group.joined",
                "person",
                personId,
                Map.of("group", before == null ? "" : names.get(before)),
                Map.of("group", group == null ? "" : group.name(), "from", from));
    }

    private static Map<UUID, String> list(EntityManager entities) {
        return entities.createQuery("from PersonGroup", PersonGroup.class)
                .getResultStream()
                .collect(Collectors.toMap(PersonGroup::id, PersonGroup::name));
    }

    static List<KnownPolicies.Membership> read(EntityManager entities) {
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select person_id, valid_from, group_id from person_group_member where firm_id = ?",
                        PersonGroups::membership,
                        Tenant.current()));
    }

    private static KnownPolicies.Membership membership(ResultSet row) throws SQLException {
        return new KnownPolicies.Membership(
                Sql.uuid(row, "person_id"), Sql.instant(row, "valid_from"), Sql.uuid(row, "group_id"));
    }

    /** All by key, to name them. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Map<UUID, PersonGroup> byId() {
        return entities.createQuery("from PersonGroup", PersonGroup.class)
                .getResultStream()
                .collect(Collectors.toMap(PersonGroup::id, Function.identity()));
    }
}
