package org.rebill.code;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Like;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Violation;

/** The firm's account codes: each means one thing at one time. */
@ApplicationScoped
public class Codes {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM uuuu HH:mm", Locale.ENGLISH);
    private static final int LABEL = 100;

    private final EntityManager entities;
    private final Clients clients;
    private final Firms firms;
    private final AuditLog audit;
    private final Event<CodeChanged> news;
    private final Clock clock;

    @Inject
    Codes(EntityManager entities, Clients clients, Firms firms, AuditLog audit, Event<CodeChanged> news, Clock clock) {
        this.entities = entities;
        this.clients = clients;
        this.firms = firms;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /**
     * A code to be given out: for a client, for one of its matters, or for the house.
     *
     * @param code 1 to 9 digits, kept as text
     * @param label for people, at most 100 characters, or null
     * @param group what it belongs to, at most 100 characters, or null
     * @param house for the firm itself, then without client; null is no
     * @param validFrom null: from when its last use ended; or, if it had none, also for all calls that came before
     */
    public record Draft(
            String code, String label, String group, Boolean house, UUID clientId, UUID matterId, Instant validFrom) {
        public Draft {
            house = Boolean.TRUE.equals(house);
        }

        /** One of no group. */
        public Draft(String code, String label, Boolean house, UUID clientId, UUID matterId, Instant validFrom) {
            this(code, label, null, house, clientId, matterId, validFrom);
        }
    }

    /** Which codes a list shows. */
    public enum Filter {
        ALL,
        /** Can be dialled now. */
        VALID,
        /** Valid now, for the firm itself. */
        HOUSE,
        /** Not valid any more. */
        RETIRED
    }

    /** Orders of the list; codes go by their digits as text, and where one was used again, by its uses. */
    public enum Order {
        CODE("c.code, c.id", "(c.code, c.id) > (:code, :after)"),
        CODE_DOWN("c.code desc, c.id desc", "(c.code, c.id) < (:code, :after)"),
        /** Keys are made in the order of time. */
        NEWEST("c.id desc", "c.id < :after");

        private final String order;
        private final String after;

        Order(String order, String after) {
            this.order = order;
            this.after = after;
        }
    }

    /** 1 to 9 digits 0-9, and nothing else. */
    public static boolean wellFormed(String code) {
        return DIGITS.matcher(code).matches();
    }

    /** Gives a code out. Refused with all that is wrong, at the fields, and while somebody else has it. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AccountCode create(Draft draft) {
        Problems problems = new Problems();
        String digits = draft.code() == null ? "" : draft.code().strip();
        if (digits.isEmpty()) {
            problems.add("code", "code.missing", "Give the code: 1 to 9 digits.");
        } else if (!wellFormed(digits)) {
            problems.add("code", "code.digits", malformed(digits));
        }
        String label = problems.optionalLine("label", draft.label(), LABEL);
        String group = problems.optionalLine("group", draft.group(), LABEL);
        checkOwner(draft, problems);
        problems.refuse();
        List<AccountCode> uses = uses(digits);
        Instant from = draft.validFrom() == null ? lastRetirement(uses) : micros(draft.validFrom());
        refuseTaken(digits, from, null, uses);
        AccountCode code = new AccountCode(Ids.next(), draft, digits, label, group, from);
        entities.persist(code);
        store(digits);
        audit.note("code.created", "code", code.id(), null, seen(code));
        news.fire(new CodeChanged(digits));
        return code;
    }

    static String malformed(String code) {
        String wrong = code.codePoints()
                .filter(point -> point < '0' || point > '9')
                .distinct()
                .limit(5)
                .mapToObj(Character::toString)
                .reduce("", String::concat);
        return wrong.isEmpty()
                ? "A code is 1 to 9 digits; this has " + code.length() + "."
                : "A code is 1 to 9 digits. Remove '" + wrong + "'.";
    }

    private void checkOwner(Draft draft, Problems problems) {
        if (draft.house()) {
            if (draft.clientId() != null || draft.matterId() != null) {
                problems.add("house", "house.client", "A code is for the house or for a client, not for both.");
            }
            return;
        }
        if (draft.clientId() == null) {
            problems.add("clientId", "client.missing", "Choose whom the code is for: a client, or the house.");
            return;
        }
        if (clients.known(draft.clientId()).isEmpty()) {
            problems.add("clientId", "client.unknown", "Choose one of the firm's clients.");
        } else if (draft.matterId() != null
                && clients.knownMatter(draft.clientId(), draft.matterId()).isEmpty()) {
            String word = firms.current().profile().trade().matterWord();
            problems.add("matterId", "matter.unknown", "Choose one of this client's " + word + "s.");
        }
    }

    /** All that a code ever stood for. */
    private List<AccountCode> uses(String code) {
        return entities.createQuery("from AccountCode c where c.code = :code", AccountCode.class)
                .setParameter("code", code)
                .getResultList();
    }

    private static Instant lastRetirement(List<AccountCode> uses) {
        return uses.stream()
                .map(AccountCode::retiredAt)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private void refuseTaken(String digits, Instant from, Instant to, List<AccountCode> others) {
        for (AccountCode other : others) {
            boolean before = other.retiredAt() != null
                    && from != null
                    && !other.retiredAt().isAfter(from);
            boolean after = other.validFrom() != null && to != null && !to.isAfter(other.validFrom());
            if (!before && !after) {
                throw new Refusal.Conflict("code", "code.taken", taken(digits, other));
            }
        }
    }

    private String taken(String digits, AccountCode other) {
        String until = other.retiredAt() == null ? "" : " until " + moment(other.retiredAt());
        return "Code " + digits + " is " + owner(other) + "'s" + until + ". "
                + (other.retiredAt() == null
                        ? "Retire it there first, or use another code."
                        : "Let it begin then, or use another code.");
    }

    private String owner(AccountCode code) {
        if (code.house()) {
            return "the house";
        }
        String client = clients.known(code.clientId()).orElseThrow().name();
        return Optional.ofNullable(code.matterId())
                .flatMap(matter -> clients.knownMatter(code.clientId(), matter))
                .map(matter -> client + " (" + matter.reference() + " " + matter.name() + ")")
                .orElse(client);
    }

    private String moment(Instant at) {
        ZoneId zone = firms.current().profile().zoneId();
        return MOMENT.format(at.atZone(zone));
    }

    /**
     * Ends a code's use.
     *
     * @param at null for now; may be later, and earlier than now for what was forgotten, but after its beginning
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AccountCode retire(UUID id, Instant at) {
        AccountCode code = find(id);
        Instant now = micros(clock.instant());
        Instant end = at == null ? now : micros(at);
        if (code.retiredAt() != null && !code.retiredAt().isAfter(now)) {
            throw new Refusal.Conflict(
                    "", "code.retired", "Code " + code.code() + " was retired on " + moment(code.retiredAt()) + ".");
        }
        if (code.validFrom() != null && !end.isAfter(code.validFrom())) {
            throw new Refusal.Invalid(
                    "at",
                    "retire.order",
                    "Code " + code.code() + " is valid from " + moment(code.validFrom()) + "; retire it after that.");
        }
        List<AccountCode> others = uses(code.code()).stream()
                .filter(other -> !other.id().equals(id))
                .toList();
        refuseTaken(code.code(), code.validFrom(), end, others);
        Map<String, Object> before = seen(code);
        code.retire(end);
        store(code.code());
        audit.note("code.retired", "code", id, before, seen(code));
        news.fire(new CodeChanged(code.code()));
        return code;
    }

    /**
     * Changes what is said of a code to people; whom it is for can't be changed: retire it and give it out again.
     *
     * @param version the one that the change was made to
     * @throws Refusal.Stale when somebody changed it meanwhile
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public AccountCode relabel(UUID id, int version, String label, String group) {
        AccountCode code = find(id);
        if (code.version() != version) {
            throw new Refusal.Stale("code");
        }
        Problems problems = new Problems();
        String checked = problems.optionalLine("label", label, LABEL);
        String checkedGroup = problems.optionalLine("group", group, LABEL);
        problems.refuse();
        if (!Objects.equals(checked, code.label()) || !Objects.equals(checkedGroup, code.group())) {
            Map<String, Object> before = seen(code);
            code.relabel(checked, checkedGroup);
            store(code.code());
            audit.note("code.changed", "code", id, before, seen(code));
        }
        return code;
    }

    /** Puts it to the database now, so that what somebody else stored at the same moment is told at the field. */
    private void store(String digits) {
        try {
            entities.flush();
        } catch (OptimisticLockException e) {
            throw new Refusal.Stale("code");
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.EXCLUSION::equals).isPresent()) {
                throw new Refusal.Conflict(
                        "code",
                        "code.taken",
                        "Code " + digits + " was given out by somebody else at this moment. Use another code.");
            }
            throw e;
        }
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public AccountCode get(UUID id) {
        return find(id);
    }

    private AccountCode find(UUID id) {
        AccountCode code = entities.find(AccountCode.class, id);
        if (code == null) {
            throw new Refusal.NotFound("code");
        }
        return code;
    }

    /**
     * A piece of the list.
     *
     * @param search beginning of a code, or part of a label, a group, a client's name, or a matter's name or reference
     * @param clientId only this client's, or null
     * @param after the last code of the piece before, or null
     * @param limit 1 to 500
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Page<AccountCode> list(String search, Filter filter, UUID clientId, Order order, UUID after, int limit) {
        String begins = Like.beginning(search);
        StringBuilder query = new StringBuilder("from AccountCode c where 1 = 1");
        if (begins != null) {
            query.append(
                    " and (c.code like :begins escape '!' or lower(c.label) like :contains escape '!'"
                            + " or lower(c.group) like :contains escape '!'"
                            + " or exists (select 1 from Client k where k.id = c.clientId"
                            + " and lower(k.name) like :contains escape '!')"
                            + " or exists (select 1 from Matter m where m.id = c.matterId"
                            + " and (lower(m.name) like :contains escape '!' or lower(m.reference) like :contains escape '!')))");
        }
        query.append(
                switch (filter) {
                    case ALL -> "";
                    case VALID -> VALID_NOW;
                    case HOUSE -> VALID_NOW + " and c.house";
                    case RETIRED -> " and c.retiredAt <= :now";
                });
        if (clientId != null) {
            query.append(" and c.clientId = :client");
        }
        if (after != null) {
            query.append(" and ").append(order.after);
        }
        TypedQuery<AccountCode> rows = entities.createQuery(query + " order by " + order.order, AccountCode.class);
        if (begins != null) {
            rows.setParameter("begins", begins).setParameter("contains", Like.containing(search));
        }
        if (filter != Filter.ALL) {
            rows.setParameter("now", clock.instant());
        }
        if (clientId != null) {
            rows.setParameter("client", clientId);
        }
        if (after != null) {
            rows.setParameter("after", after);
            if (order != Order.NEWEST) {
                rows.setParameter("code", find(after).code());
            }
        }
        return Page.of(rows.setMaxResults(limit + 1).getResultList(), limit, row -> row.id()
                .toString());
    }

    /** As {@link #list(String, Filter, UUID, Order, UUID, int)}, by code. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Page<AccountCode> list(String search, Filter filter, UUID clientId, UUID after, int limit) {
        return list(search, filter, clientId, Order.CODE, after, limit);
    }

    private static final String VALID_NOW =
            " and (c.validFrom is null or c.validFrom <= :now) and (c.retiredAt is null or c.retiredAt > :now)";

    /** All codes of the firm as they stand in this transaction: one query, then no more. */
    @Transactional
    public CodeIndex index() {
        return new KnownCodes(
                entities.createQuery("from AccountCode c", AccountCode.class).getResultList());
    }

    /** As {@link #index()}, for some codes only. */
    @Transactional
    public CodeIndex index(Set<String> codes) {
        return new KnownCodes(
                codes.isEmpty()
                        ? List.of()
                        : entities.createQuery("from AccountCode c where c.code in (:codes)", AccountCode.class)
                                .setParameter("codes", codes)
                                .getResultList());
    }

    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    /** As the audit log keeps it. */
    private static Map<String, Object> seen(AccountCode code) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("code", code.code());
        fields.put("label", code.label());
        fields.put("group", code.group());
        fields.put("house", code.house());
        fields.put("clientId", code.clientId());
        fields.put("matterId", code.matterId());
        fields.put("validFrom", code.validFrom());
        fields.put("retiredAt", code.retiredAt());
        return fields;
    }
}
