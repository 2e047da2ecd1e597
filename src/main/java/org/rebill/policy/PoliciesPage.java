package org.rebill.policy;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.rebill.firm.Extension;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.firm.Site;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** What the firm asks of codes: a table, a form, groups of people, and a call to try out ({@code ?person=…&number=…}). */
@Named
@RequestScoped
public class PoliciesPage {
    private final CodePolicies policies;
    private final PersonGroups groups;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Clock clock;
    private List<Row> rows;
    private Map<UUID, Person> people;
    private Map<UUID, PersonGroup> groupsById;
    private Map<UUID, UUID> members;
    private List<Site> sites;
    private CodePolicies.Trial trial;
    private String trialProblem = "";
    private String calls = "FIRM";
    private String forced = "";
    private String verified = "";
    private String validFrom;
    private String groupName;
    private String personId;
    private String groupId;

    @Inject
    PoliciesPage(
            CodePolicies policies,
            PersonGroups groups,
            Firms firms,
            Address address,
            Act act,
            Texts texts,
            Clock clock) {
        this.policies = policies;
        this.groups = groups;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.clock = clock;
    }

    /**
     * A policy as the table shows it.
     *
     * @param state NOW, LATER or OVER
     */
    public record Row(CodePolicy policy, String who, String forced, String verified, String state) {}

    /** The table: what holds now, what will, and what held before. */
    public List<Row> rows() {
        if (rows == null) {
            rows = rows(policies.list());
        }
        return rows;
    }

    private List<Row> rows(List<CodePolicy> list) {
        Instant now = clock.instant();
        Set<PolicyFor> held = new HashSet<>();
        List<Row> found = new ArrayList<>();
        for (CodePolicy policy : list) {
            boolean begun = policy.begun(now);
            String inForce = begun && held.add(policy.calls()) ? "NOW" : "OVER";
            String state = begun ? inForce : "LATER";
            found.add(new Row(
                    policy,
                    who(policy.calls()),
                    answer("forced", policy.forced()),
                    answer("verified", policy.verified()),
                    state));
        }
        return found;
    }

    private String answer(String which, Boolean value) {
        return texts.get("policy." + which + "." + word(value));
    }

    private static String word(Boolean value) {
        if (value == null) {
            return "wider";
        }
        return value ? "yes" : "no";
    }

    private String who(PolicyFor calls) {
        return switch (calls.scope()) {
            case FIRM -> texts.get("policy.who.firm");
            case SITE -> texts.of("policy.who.site", site(calls.siteId()));
            case GROUP -> texts.of("policy.who.group", groupName(calls.groupId()));
            case PERSON -> texts.of("policy.who.person", personName(calls.personId()));
            case EXTENSION -> texts.of("policy.who.extension", calls.extension(), site(calls.siteId()));
            case NUMBER_CLASS -> texts.get("policy.numbers." + calls.numberClass());
        };
    }

    private String site(UUID id) {
        return sites().stream()
                .filter(site -> site.id().equals(id))
                .map(Site::name)
                .findFirst()
                .orElse("");
    }

    private List<Site> sites() {
        if (sites == null) {
            sites = firms.sites();
        }
        return sites;
    }

    private String personName(UUID id) {
        return people().containsKey(id) ? people().get(id).name() : "";
    }

    private Map<UUID, Person> people() {
        if (people == null) {
            people = new LinkedHashMap<>();
            firms.people().forEach(person -> people.put(person.id(), person));
        }
        return people;
    }

    private String groupName(UUID id) {
        if (groupsById == null) {
            groupsById = groups.byId();
        }
        return groupsById.containsKey(id) ? groupsById.get(id).name() : "";
    }

    /** The firm's people, by name. */
    public List<Person> persons() {
        return List.copyOf(people().values());
    }

    /** The groups, by name. */
    public List<PersonGroup> groupList() {
        return groups.list();
    }

    /** Names of those who are in a group now, or a text that there is nobody. */
    public String membersOf(PersonGroup group) {
        if (members == null) {
            members = groups.now();
        }
        List<String> names = people().values().stream()
                .filter(person -> group.id().equals(members.get(person.id())))
                .map(Person::name)
                .toList();
        return names.isEmpty() ? texts.get("policy.group.nobody") : String.join(", ", names);
    }

    /** For which calls a policy can be, by the value that is sent. */
    public Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("FIRM", texts.get("policy.who.firm"));
        sites().forEach(site -> choices.put("SITE " + site.id(), who(PolicyFor.site(site.id()))));
        groups.list().forEach(group -> choices.put("GROUP " + group.id(), who(PolicyFor.group(group.id()))));
        people().keySet().forEach(id -> choices.put("PERSON " + id, who(PolicyFor.person(id))));
        for (Extension extension : firms.extensions()) {
            choices.put(
                    "EXTENSION " + extension.siteId() + " " + extension.number(),
                    who(PolicyFor.extension(extension.siteId(), extension.number())));
        }
        for (NumberClass numbers : NumberClass.values()) {
            choices.put("NUMBER_CLASS " + numbers, who(PolicyFor.numbers(numbers)));
        }
        return choices;
    }

    /** Sets the policy of the form. */
    public void set() {
        act.perform(() -> {
            FirmProfile firm = firms.current().profile();
            Problems problems = new Problems();
            Instant from = new Typed(problems, firm.javaLocale(), firm.zoneId()).moment("validFrom", validFrom);
            problems.refuse();
            CodePolicy set = policies.set(new CodePolicies.Draft(chosen(calls), said(forced), said(verified), from));
            return Act.Done.at("/app/policies.xhtml", texts.of("policy.set.done", who(set.calls())));
        });
    }

    private static PolicyFor chosen(String value) {
        String[] parts = value.split(" ", -1);
        try {
            return switch (PolicyScope.valueOf(parts[0])) {
                case FIRM -> PolicyFor.firm();
                case SITE -> PolicyFor.site(UUID.fromString(parts[1]));
                case GROUP -> PolicyFor.group(UUID.fromString(parts[1]));
                case PERSON -> PolicyFor.person(UUID.fromString(parts[1]));
                case EXTENSION -> PolicyFor.extension(UUID.fromString(parts[1]), parts[2]);
                case NUMBER_CLASS -> PolicyFor.numbers(NumberClass.valueOf(parts[1]));
            };
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new Refusal.Invalid("scope", "policy.scope", "Choose which calls the policy is for.");
        }
    }

    private static Boolean said(String answer) {
        if (answer == null || answer.isEmpty()) {
            return null;
        }
        return answer.equals("yes");
    }

    /** Takes back the policy whose button was pressed. */
    public void withdraw(UUID id) {
        act.perform(() -> {
            policies.withdraw(id);
            return Act.Done.at("/app/policies.xhtml", texts.get("policy.withdrawn"));
        });
    }

    /** Adds the group of the form. */
    public void addGroup() {
        act.perform(() -> {
            PersonGroup group = groups.add(groupName);
            return Act.Done.at("/app/policies.xhtml", texts.of("policy.group.added", group.name()));
        });
    }

    /** Puts the person of the form into the group of the form. */
    public void move() {
        act.perform(() -> {
            UUID person = id(personId);
            groups.put(person, id(groupId));
            return Act.Done.at("/app/policies.xhtml", texts.of("policy.group.moved", personName(person)));
        });
    }

    private static UUID id(String text) {
        try {
            boolean none = text == null || text.isEmpty();
            return none ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Phone systems that a call can be tried on. */
    public List<CodePolicies.TrialSource> sources() {
        return policies.sources();
    }

    /** Whether a call is tried out. */
    public boolean isTrying() {
        return !address.text("number").isEmpty() || !address.text("person").isEmpty();
    }

    /** What would happen to the call that the address tells; null when it can't be told, see {@link #trialProblem}. */
    public CodePolicies.Trial trial() {
        if (trial == null && isTrying() && trialProblem.isEmpty()) {
            UUID person = id(address.text("person"));
            UUID source = id(address.text("source"));
            try {
                trial = policies.trial(source, person, telephone(person, source), address.text("number"), null);
            } catch (Refusal.Invalid e) {
                trialProblem = e.getMessage();
            }
        }
        return trial;
    }

    /** The person's telephone at the phone system's place, or the first; empty for none. */
    private String telephone(UUID person, UUID source) {
        Map<UUID, UUID> places = new HashMap<>();
        policies.sources().forEach(one -> places.put(one.id(), one.siteId()));
        UUID place =
                source == null && !places.isEmpty() ? policies.sources().get(0).siteId() : places.get(source);
        return firms.extensions().stream()
                .filter(extension -> extension.personId().equals(person)
                        && extension.siteId().equals(place))
                .map(Extension::number)
                .findFirst()
                .orElse("");
    }

    /** Why nothing can be told, or empty. */
    public String trialProblem() {
        trial();
        return trialProblem;
    }

    /** The policies that say something of the tried call, the one that decides first. */
    public List<Row> trialRows() {
        return rows(trial().policies());
    }

    /** What becomes of the tried call without a code, with an unknown one, and with a known one. */
    public List<String> outcomes() {
        PolicyIndex.Switches switches = trial().switches();
        return List.of(
                texts.get(switches.forced() ? "policy.outcome.none.forced" : "policy.outcome.none"),
                texts.get(switches.verified() ? "policy.outcome.unknown.verified" : "policy.outcome.unknown"),
                texts.get("policy.outcome.ok"));
    }

    /** The class of the tried call's number, in words. */
    public String trialClass() {
        return texts.get("policy.numbers." + trial().numberClass());
    }

    public String getCalls() {
        return calls;
    }

    public void setCalls(String calls) {
        this.calls = calls;
    }

    public String getForced() {
        return forced;
    }

    public void setForced(String forced) {
        this.forced = forced;
    }

    public String getVerified() {
        return verified;
    }

    public void setVerified(String verified) {
        this.verified = verified;
    }

    public String getValidFrom() {
        return validFrom;
    }

    public void setValidFrom(String validFrom) {
        this.validFrom = validFrom;
    }

    public String getGroupName() {
        return groupName;
    }

    public void setGroupName(String groupName) {
        this.groupName = groupName;
    }

    public String getPersonId() {
        return personId;
    }

    public void setPersonId(String personId) {
        this.personId = personId;
    }

    public String getGroupId() {
        return groupId;
    }

    public void setGroupId(String groupId) {
        this.groupId = groupId;
    }
}
