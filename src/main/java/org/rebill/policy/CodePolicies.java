package org.rebill.policy;

import com.google.i18n.phonenumbers.ShortNumberInfo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Person;
import org.rebill.firm.Site;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;
import org.rebill.platform.Violation;

/**
 * What the firm asks of codes (DOMAIN.md D7, B8). A change holds for calls that start after it and never for earlier
 * ones (B9): so nothing is priced anew when one is made.
 */
@ApplicationScoped
public class CodePolicies {
    private static final ShortNumberInfo SHORT = ShortNumberInfo.getInstance();

    private final EntityManager entities;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    CodePolicies(EntityManager entities, AuditLog audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * A policy to be set.
     *
     * @param forced null: as the next wider policy says; not for the whole firm
     * @param verified as forced
     * @param validFrom null for now; not before now. Null means always when the service itself sets a firm up, which
     *     alone may look back
     */
    public record Draft(PolicyFor calls, Boolean forced, Boolean verified, Instant validFrom) {}

    /** Sets a policy. Refused with all that is wrong, at the fields. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public CodePolicy set(Draft draft) {
        Problems problems = new Problems();
        Instant now = micros(clock.instant());
        boolean settingUp = Caller.current().isService();
        PolicyFor calls = known(draft.calls(), problems);
        if (calls != null
                && calls.scope() == PolicyScope.FIRM
                && (draft.forced() == null || draft.verified() == null)) {
            problems.add("forced", "policy.whole", "For the whole firm say yes or no to both: nothing is wider.");
        }
        Instant from = draft.validFrom() == null ? (settingUp ? null : now) : micros(draft.validFrom());
        if (!settingUp && from != null && from.isBefore(now)) {
            problems.add(
                    "validFrom",
                    "policy.past",
                    "A policy is for calls to come. Leave the time empty for now, or choose a later one.");
        }
        problems.refuse();
        CodePolicy policy = new CodePolicy(
                Ids.next(),
                calls,
                draft.forced(),
                draft.verified(),
                from,
                now,
                Caller.current().name());
        entities.persist(policy);
        try {
            entities.flush();
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.UNIQUE::equals).isPresent()) {
                throw new Refusal.Conflict(
                        "validFrom",
                        "policy.twice",
                        "There is a policy for these calls from that moment on. Withdraw it, or choose another time.");
            }
            throw e;
        }
        audit.note("policy.set", "policy", policy.id(), null, seen(policy));
        return policy;
    }

    /** The calls with nothing but what belongs to their scope; null when something is missing. */
    private PolicyFor known(PolicyFor calls, Problems problems) {
        if (calls == null || calls.scope() == null) {
            problems.add("scope", "policy.scope", "Choose which calls the policy is for.");
            return null;
        }
        return switch (calls.scope()) {
            case FIRM -> PolicyFor.firm();
            case SITE -> {
                check(
                        Site.class,
                        calls.siteId(),
                        "siteId",
                        "site.unknown",
                        "Choose one of the firm's places.",
                        problems);
                yield PolicyFor.site(calls.siteId());
            }
            case GROUP -> {
                check(
                        PersonGroup.class,
                        calls.groupId(),
                        "groupId",
                        "group.unknown",
                        "Choose one of the firm's groups.",
                        problems);
                yield PolicyFor.group(calls.groupId());
            }
            case PERSON -> {
                check(
                        Person.class,
                        calls.personId(),
                        "personId",
                        "person.unknown",
                        "Choose one of the firm's people.",
                        problems);
                yield PolicyFor.person(calls.personId());
            }
            case EXTENSION -> {
                check(
                        Site.class,
                        calls.siteId(),
                        "siteId",
                        "site.unknown",
                        "Choose one of the firm's places.",
                        problems);
                if (calls.extension() == null || !calls.extension().matches("[0-9]{2,8}")) {
                    problems.add("extension", "extension.digits", "An extension is 2 to 8 digits.");
                }
                yield PolicyFor.extension(calls.siteId(), calls.extension());
            }
            case NUMBER_CLASS -> {
                if (calls.numberClass() == null) {
                    problems.add("numberClass", "numbers.unknown", "Choose a class of numbers.");
                }
                yield PolicyFor.numbers(calls.numberClass());
            }
        };
    }

    private void check(Class<?> type, UUID id, String field, String code, String text, Problems problems) {
        if (id == null || entities.find(type, id) == null) {
            problems.add(field, code, text);
        }
    }

    /** Takes a policy back that has not begun. Refused (409) once it has: set another one then. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public void withdraw(UUID id) {
        CodePolicy policy = id == null ? null : entities.find(CodePolicy.class, id);
        if (policy == null) {
            throw new Refusal.NotFound("policy");
        }
        if (policy.begun(clock.instant())) {
            throw new Refusal.Conflict(
                    "", "policy.begun", "This policy has begun: calls were made under it. Set another one instead.");
        }
        Map<String, Object> before = seen(policy);
        // Not by remove(): Hibernate forgets the firm of what is immutable.
        entities.createQuery("delete from CodePolicy p where p.id = :id")
                .setParameter("id", id)
                .executeUpdate();
        audit.note("policy.withdrawn", "policy", id, before, null);
    }

    /** All that was ever set: the widest first, for the same calls the newest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<CodePolicy> list() {
        return entities.createQuery("from CodePolicy", CodePolicy.class).getResultList().stream()
                .sorted(PolicyOrder.WIDEST_FIRST)
                .toList();
    }

    /** All policies of the firm as they stand in this transaction: three small queries, then no more. */
    @Transactional
    public PolicyIndex index() {
        return known();
    }

    private KnownPolicies known() {
        return new KnownPolicies(
                entities.createQuery("from CodePolicy", CodePolicy.class).getResultList(),
                PersonGroups.read(entities),
                places());
    }

    /** Where each phone system stands. Its own feature knows calls, and is not known here. */
    private Map<UUID, KnownPolicies.Place> places() {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            Map<UUID, KnownPolicies.Place> found = new HashMap<>();
            Sql.on(connection)
                    .query(
                            "select id, site_id, country, area_code from source where firm_id = ?",
                            row -> found.put(
                                    Sql.uuid(row, "id"),
                                    new KnownPolicies.Place(
                                            Sql.uuid(row, "site_id"),
                                            row.getString("country"),
                                            row.getString("area_code"))),
                            Tenant.current());
            return found;
        });
    }

    /**
     * A phone system as a call is tried on it.
     *
     * @param country ISO 3166 alpha-2
     */
    public record TrialSource(UUID id, UUID siteId, String name, String country, int extensionDigits) {}

    /** The firm's phone systems, by name. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<TrialSource> sources() {
        return readSources();
    }

    private List<TrialSource> readSources() {
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select id, site_id, name, country, extension_digits from source where firm_id = ? order by name",
                        CodePolicies::source,
                        Tenant.current()));
    }

    private static TrialSource source(java.sql.ResultSet row) throws SQLException {
        return new TrialSource(
                Sql.uuid(row, "id"),
                Sql.uuid(row, "site_id"),
                row.getString("name"),
                row.getString("country"),
                row.getInt("extension_digits"));
    }

    /**
     * What would happen to a call.
     *
     * @param exempt NONE, INTERNAL or EMERGENCY: those are never asked for a code
     * @param number E.164 where it can be told
     * @param numberClass null where exempt
     * @param policies those in force for it, the narrowest first; none where exempt
     */
    public record Trial(
            PolicyIndex.Switches switches,
            Exemption exempt,
            String number,
            NumberClass numberClass,
            List<CodePolicy> policies) {}

    /** Why a call is not asked for a code whatever the policies say. */
    public enum Exemption {
        NONE,
        INTERNAL,
        EMERGENCY
    }

    /**
     * Tries a call out: stores nothing.
     *
     * @param sourceId null for the first phone system
     * @param personId null for a telephone that is nobody's
     * @param extension may be empty
     * @param number as people write it; empty for a withheld one
     * @param at null for now
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Trial trial(UUID sourceId, UUID personId, String extension, String number, Instant at) {
        List<TrialSource> sources = readSources();
        TrialSource source = sources.stream()
                .filter(one -> sourceId == null || one.id().equals(sourceId))
                .findFirst()
                .orElseThrow(() -> new Refusal.Invalid(
                        "source", "source.unknown", "Add the phone system under Sources first; then choose it here."));
        if (personId != null && entities.find(Person.class, personId) == null) {
            throw new Refusal.Invalid("person", "person.unknown", "Choose one of the firm's people.");
        }
        String typed = number == null ? "" : number.strip();
        String digits = typed.replaceAll("[^0-9]", "");
        if (!typed.startsWith("+")
                && SHORT.isEmergencyNumber(digits, source.country().toUpperCase(Locale.ROOT))) {
            return new Trial(new PolicyIndex.Switches(false, false), Exemption.EMERGENCY, digits, null, List.of());
        }
        if (!digits.isEmpty() && !typed.startsWith("+") && digits.length() <= source.extensionDigits()) {
            return new Trial(new PolicyIndex.Switches(false, false), Exemption.INTERNAL, digits, null, List.of());
        }
        String party = TrialNumber.of(source.country(), typed);
        KnownPolicies known = known();
        Instant when = at == null ? clock.instant() : at;
        String telephone = extension == null ? "" : extension.strip();
        KnownPolicies.Place place = places().get(source.id());
        return new Trial(
                known.find(source.id(), personId, telephone, party, when),
                Exemption.NONE,
                party,
                NumberClass.of(place.country(), place.areaCode(), party),
                known.applying(source.id(), personId, telephone, party, when));
    }

    private static Instant micros(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    /** As the audit log keeps it. */
    private static Map<String, Object> seen(CodePolicy policy) {
        Map<String, Object> fields = new TreeMap<>();
        PolicyFor calls = policy.calls();
        fields.put("scope", calls.scope());
        fields.put("siteId", calls.siteId());
        fields.put("groupId", calls.groupId());
        fields.put("personId", calls.personId());
        fields.put("extension", calls.extension());
        fields.put("numberClass", calls.numberClass());
        fields.put("forced", policy.forced());
        fields.put("verified", policy.verified());
        fields.put("validFrom", policy.validFrom());
        return fields;
    }
}
