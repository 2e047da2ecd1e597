package org.rebill.agreement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Like;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Violation;

/** The firm's clients and what it does for them. */
@ApplicationScoped
public class Clients {
    private static final int ADDRESS_LINES = 6;
    private static final int LINE = 100;
    private static final int NAME = 200;

    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private final EntityManager entities;
    private final AuditLog audit;
    private final Firms firms;
    private final Clock clock;

    @Inject
    Clients(EntityManager entities, AuditLog audit, Firms firms, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.firms = firms;
        this.clock = clock;
    }

    /**
     * What a firm says of a client.
     *
     * @param name one of a kind in the firm, at most 200 characters
     * @param contact whom to write to there, or null
     * @param address at most 6 lines of 100 characters, separated by line feeds, or null
     * @param email or null
     * @param currency ISO 4217; null takes the firm's
     */
    public record Draft(String name, String contact, String address, String email, String currency) {}

    /**
     * What a firm says of a matter.
     *
     * @param reference the firm's own sign for it, one of a kind for the client, at most 40 characters
     * @param name at most 200 characters
     */
    public record MatterDraft(String reference, String name) {}

    /** Adds a client. Refused with all that is wrong, at the fields. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Client create(Draft draft) {
        Draft checked = check(draft, null);
        Client client = new Client(Ids.next(), checked, clock.instant().truncatedTo(ChronoUnit.MICROS));
        entities.persist(client);
        store("name", nameTaken(checked.name()));
        audit.note("client.created", "client", client.id(), null, client.draft());
        return client;
    }

    /**
     * Changes a client.
     *
     * @param version the one that the change was made to
     * @throws Refusal.Stale when somebody changed it meanwhile
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Client change(UUID id, int version, Draft draft) {
        Client client = find(id);
        if (client.version() != version) {
            throw new Refusal.Stale("client");
        }
        Draft before = client.draft();
        client.become(check(draft, id));
        if (!client.draft().equals(before)) {
            store("name", nameTaken(client.name()));
            audit.note("client.changed", "client", id, before, client.draft());
        }
        return client;
    }

    private Draft check(Draft draft, UUID self) {
        Problems problems = new Problems();
        String name = problems.line("name", draft.name(), NAME, "Give the client's name.");
        String address = problems.optionalLines("address", draft.address(), ADDRESS_LINES, LINE);
        String currency = draft.currency() == null || draft.currency().isBlank()
                ? firms.current().profile().currency()
                : draft.currency().strip().toUpperCase(Locale.ROOT);
        if (!CURRENCIES.contains(currency)) {
            problems.add(
                    "currency",
                    "currency.unknown",
                    "'" + draft.currency() + "' is no currency code such as USD or EUR.");
        }
        Draft checked = new Draft(
                name,
                problems.optionalLine("contact", draft.contact(), LINE),
                address == null ? "" : address,
                problems.optionalEmail("email", draft.email()),
                currency);
        problems.refuse();
        boolean taken = entities.createQuery("select c.id from Client c where lower(c.name) = lower(:name)", UUID.class)
                .setParameter("name", name)
                .getResultStream()
                .anyMatch(other -> !other.equals(self));
        if (taken) {
            throw new Refusal.Conflict("name", "name.taken", nameTaken(name));
        }
        return checked;
    }

    private static String nameTaken(String name) {
        return "There is a client named '" + name + "' already. Open that one, or add what tells the two apart.";
    }

    /** Puts it to the database now, so that what somebody else stored at the same moment is told at the field. */
    private void store(String field, String taken) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw new Refusal.Stale(field.equals("reference") ? matterWord() : "client");
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.UNIQUE::equals).isPresent()) {
                throw new Refusal.Conflict(field, field + ".taken", taken);
            }
            throw e;
        }
    }

    /** One of them, for other features' checks; empty when the firm has no such client. */
    @Transactional
    public Optional<Client> known(UUID id) {
        return Optional.ofNullable(entities.find(Client.class, id));
    }

    /** A client's matter, for other features' checks; empty when the client has no such matter. */
    @Transactional
    public Optional<Matter> knownMatter(UUID clientId, UUID matterId) {
        return Optional.ofNullable(entities.find(Matter.class, matterId))
                .filter(matter -> matter.clientId().equals(clientId));
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Client get(UUID id) {
        return readable(id);
    }

    /** The client that the caller belongs to. */
    @Allow(Role.CLIENT)
    @Transactional
    public Client own() {
        UUID id = Caller.current().clientId();
        if (id == null) {
            throw new Refusal.NotFound("client");
        }
        return find(id);
    }

    /** One that the caller may see; to a professional, others sound like missing ones. */
    private Client readable(UUID id) {
        ClientScope scope = ClientScope.ofCaller();
        return scope.bind(entities.createQuery(
                                "from Client c where c.id = :id and " + scope.condition("c.id"), Client.class)
                        .setParameter("id", id))
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound("client"));
    }

    private Client find(UUID id) {
        Client client = entities.find(Client.class, id);
        if (client == null) {
            throw new Refusal.NotFound("client");
        }
        return client;
    }

    /** Orders of the list. */
    public enum Order {
        NAME("lower(c.name)", "lower(c.name) > lower(:after)"),
        NAME_DOWN("lower(c.name) desc", "lower(c.name) < lower(:after)"),
        /** Keys are made in the order of time. */
        NEWEST("c.id desc", "c.id < :after");

        private final String order;
        private final String after;

        Order(String order, String after) {
            this.order = order;
            this.after = after;
        }
    }

    /**
     * A piece of the list; a professional's own clients only.
     *
     * @param search part of a client's name or contact, or of a matter's name or reference; null or empty for all
     * @param after the last client of the piece before, or null
     * @param limit 1 to 500
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Page<Client> list(String search, Order order, UUID after, int limit) {
        String like = Like.containing(search);
        ClientScope scope = ClientScope.ofCaller();
        StringBuilder query = new StringBuilder("from Client c where ").append(scope.condition("c.id"));
        if (like != null) {
            query.append(" and (lower(c.name) like :like escape '!' or lower(c.contact) like :like escape '!'"
                    + " or exists (select 1 from Matter m where m.clientId = c.id"
                    + " and (lower(m.name) like :like escape '!' or lower(m.reference) like :like escape '!')))");
        }
        if (after != null) {
            query.append(" and ").append(order.after);
        }
        TypedQuery<Client> rows = scope.bind(entities.createQuery(query + " order by " + order.order, Client.class));
        if (like != null) {
            rows.setParameter("like", like);
        }
        if (after != null) {
            rows.setParameter(
                    "after", order == Order.NEWEST ? after : readable(after).name());
        }
        return Page.of(rows.setMaxResults(limit + 1).getResultList(), limit, row -> row.id()
                .toString());
    }

    /** As {@link #list(String, Order, UUID, int)}, by name. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Page<Client> list(String search, UUID after, int limit) {
        return list(search, Order.NAME, after, limit);
    }

    /** A client by its whole name, whatever the capitals. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Optional<Client> named(String name) {
        ClientScope scope = ClientScope.ofCaller();
        return scope.bind(entities.createQuery(
                                "from Client c where lower(c.name) = lower(:name) and " + scope.condition("c.id"),
                                Client.class)
                        .setParameter("name", name.strip()))
                .getResultStream()
                .findFirst();
    }

    /** What the firm does for these clients, by reference. */
    @Transactional
    public Map<UUID, List<Matter>> mattersOf(Collection<UUID> clientIds) {
        if (clientIds.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("from Matter m where m.clientId in (:clients) order by m.reference", Matter.class)
                .setParameter("clients", clientIds)
                .getResultStream()
                .collect(Collectors.groupingBy(Matter::clientId));
    }

    /** Names by key, for lists. */
    @Transactional
    public Map<UUID, String> names(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("select c.id, c.name from Client c where c.id in (:ids)", Object[].class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(row -> (UUID) row[0], row -> (String) row[1]));
    }

    /** Matters by key, for lists. */
    @Transactional
    public Map<UUID, Matter> matters(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return entities.createQuery("from Matter m where m.id in (:ids)", Matter.class)
                .setParameter("ids", ids)
                .getResultStream()
                .collect(Collectors.toMap(Matter::id, matter -> matter));
    }

    /** What the firm does for a client, by reference. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<Matter> mattersOf(UUID clientId) {
        readable(clientId);
        return entities.createQuery("from Matter m where m.clientId = :client order by m.reference", Matter.class)
                .setParameter("client", clientId)
                .getResultList();
    }

    /** One matter of a client. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Matter matter(UUID clientId, UUID matterId) {
        readable(clientId);
        return findMatter(clientId, matterId);
    }

    private Matter findMatter(UUID clientId, UUID matterId) {
        Matter matter = entities.find(Matter.class, matterId);
        if (matter == null || !matter.clientId().equals(clientId)) {
            throw new Refusal.NotFound(matterWord());
        }
        return matter;
    }

    /** Adds a matter. Refused with all that is wrong, at the fields. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Matter addMatter(UUID clientId, MatterDraft draft) {
        find(clientId);
        MatterDraft checked = check(clientId, draft, null);
        Matter matter = new Matter(Ids.next(), clientId, checked);
        entities.persist(matter);
        store("reference", referenceTaken(checked.reference()));
        audit.note("matter.created", "matter", matter.id(), null, matter.draft());
        return matter;
    }

    /**
     * Changes a matter.
     *
     * @param version the one that the change was made to
     * @throws Refusal.Stale when somebody changed it meanwhile
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Matter changeMatter(UUID clientId, UUID matterId, int version, MatterDraft draft) {
        Matter matter = findMatter(clientId, matterId);
        if (matter.version() != version) {
            throw new Refusal.Stale(matterWord());
        }
        MatterDraft before = matter.draft();
        matter.become(check(clientId, draft, matterId));
        if (!matter.draft().equals(before)) {
            store("reference", referenceTaken(matter.reference()));
            audit.note("matter.changed", "matter", matterId, before, matter.draft());
        }
        return matter;
    }

    private MatterDraft check(UUID clientId, MatterDraft draft, UUID self) {
        Problems problems = new Problems();
        String word = matterWord();
        MatterDraft checked = new MatterDraft(
                problems.line(
                        "reference", draft.reference(), 40, "Give the " + word + " a short sign, such as 2026-014."),
                problems.line("name", draft.name(), NAME, "Give the " + word + " a name."));
        problems.refuse();
        boolean taken = entities.createQuery(
                        "select m.id from Matter m where m.clientId = :client and m.reference = :reference", UUID.class)
                .setParameter("client", clientId)
                .setParameter("reference", checked.reference())
                .getResultStream()
                .anyMatch(other -> !other.equals(self));
        if (taken) {
            throw new Refusal.Conflict("reference", "reference.taken", referenceTaken(checked.reference()));
        }
        return checked;
    }

    private static String referenceTaken(String reference) {
        return "This client has '" + reference + "' already. Use another sign.";
    }

    private String matterWord() {
        return firms.current().profile().trade().matterWord();
    }
}
