package org.rebill.pack;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.rebill.agreement.Acceptance;
import org.rebill.agreement.AgreementVersion;
import org.rebill.agreement.Agreements;
import org.rebill.agreement.Clients;
import org.rebill.agreement.OfferDraft;
import org.rebill.code.AccountCode;
import org.rebill.code.Codes;
import org.rebill.firm.DefaultRates;
import org.rebill.firm.FirmSetUp;
import org.rebill.firm.Person;
import org.rebill.firm.Site;
import org.rebill.identity.Membership;
import org.rebill.identity.Memberships;
import org.rebill.identity.Role;
import org.rebill.intake.Intake;
import org.rebill.intake.IntakeFile;
import org.rebill.intake.Sources;
import org.rebill.platform.Refusal;
import org.rebill.policy.CodePolicies;
import org.rebill.policy.PersonGroups;
import org.rebill.policy.PolicyFor;

/** Sets a firm up from its pack: all of it in one transaction, or nothing. */
@ApplicationScoped
public class PackSetUp {
    private static final int USUAL_EXTENSION_DIGITS = 3;

    private final FirmSetUp firms;
    private final DefaultRates rates;
    private final CodePolicies policies;
    private final PersonGroups groups;
    private final Sources sources;
    private final Clients clients;
    private final Codes codes;
    private final Agreements agreements;
    private final Memberships memberships;
    private final Intake intake;

    @Inject
    PackSetUp(
            FirmSetUp firms,
            DefaultRates rates,
            CodePolicies policies,
            PersonGroups groups,
            Sources sources,
            Clients clients,
            Codes codes,
            Agreements agreements,
            Memberships memberships,
            Intake intake) {
        this.firms = firms;
        this.rates = rates;
        this.policies = policies;
        this.groups = groups;
        this.sources = sources;
        this.clients = clients;
        this.codes = codes;
        this.agreements = agreements;
        this.memberships = memberships;
        this.intake = intake;
    }

    /**
     * Sets up the current tenant's firm.
     *
     * @param subjects Keycloak's, by user name
     * @throws BadPack with the file and the field that a service refused
     */
    @Transactional
    void setUp(Pack pack, Map<String, UUID> subjects) {
        YamlFile file = pack.parts().tenant();
        Pack.Tenant tenant = pack.tenant();
        at(file::problem, () -> firms.found(tenant.profile(), pack.logo()));
        Map<String, Site> sites = sites(pack);
        Map<String, UUID> people = people(pack, sites);
        policies(pack, sites, people);
        Map<String, Held> held = clients(pack);
        codes(pack, held);
        agreements(pack, held, people);
        members(pack, subjects, people, held);
        sources(pack, sites);
    }

    /** A client and its matters by reference. */
    private record Held(UUID id, Map<String, UUID> matters) {}

    private Map<String, Site> sites(Pack pack) {
        Map<String, Site> sites = new HashMap<>();
        for (int i = 0; i < pack.tenant().sites().size(); i++) {
            Pack.Site site = pack.tenant().sites().get(i);
            String country = site.country() == null ? pack.tenant().country() : site.country();
            String zone = site.zone() == null ? pack.tenant().zone() : site.zone();
            sites.put(site.name(), in(pack, "sites[" + i + "]", () -> firms.addSite(site.name(), country, zone)));
        }
        return sites;
    }

    private static Site site(Pack pack, Map<String, Site> sites, String name) {
        return sites.get(name == null ? pack.tenant().sites().get(0).name() : name);
    }

    private Map<String, UUID> people(Pack pack, Map<String, Site> sites) {
        Map<String, UUID> people = new HashMap<>();
        for (int i = 0; i < pack.tenant().people().size(); i++) {
            Pack.Person person = pack.tenant().people().get(i);
            String at = "people[" + i + "]";
            Person added = in(pack, at, () -> firms.addPerson(person.name(), person.initials(), person.title()));
            people.put(person.name(), added.id());
            if (person.hourlyRate() != null) {
                in(pack, at, () -> rates.set(added.id(), person.hourlyRate()));
            }
            for (int j = 0; j < person.extensions().size(); j++) {
                Pack.Extension extension = person.extensions().get(j);
                UUID site = site(pack, sites, extension.site()).id();
                in(pack, at + ".extensions[" + j + "]", () -> firms.addExtension(site, extension.number(), added.id()));
            }
        }
        return people;
    }

    private void policies(Pack pack, Map<String, Site> sites, Map<String, UUID> people) {
        Pack.CodePolicy codes = pack.tenant().codes();
        boolean forced = codes != null && Boolean.TRUE.equals(codes.forced());
        boolean verified = codes != null && Boolean.TRUE.equals(codes.verified());
        in(pack, "codes", () -> policies.set(new CodePolicies.Draft(PolicyFor.firm(), forced, verified, null)));
        if (codes == null) {
            return;
        }
        Map<String, UUID> groupIds = new HashMap<>();
        for (int i = 0; i < codes.groups().size(); i++) {
            Pack.Group group = codes.groups().get(i);
            String at = "codes.groups[" + i + "]";
            UUID id = in(pack, at, () -> groups.add(group.name())).id();
            groupIds.put(group.name(), id);
            for (String name : group.people()) {
                in(pack, at + ".people", () -> {
                    groups.put(people.get(name), id);
                    return null;
                });
            }
        }
        for (int i = 0; i < codes.policies().size(); i++) {
            Pack.CodeRule rule = codes.policies().get(i);
            PolicyFor calls = calls(pack, rule, sites, people, groupIds);
            in(
                    pack,
                    "codes.policies[" + i + "]",
                    () -> policies.set(new CodePolicies.Draft(calls, rule.forced(), rule.verified(), null)));
        }
    }

    private static PolicyFor calls(
            Pack pack,
            Pack.CodeRule rule,
            Map<String, Site> sites,
            Map<String, UUID> people,
            Map<String, UUID> groups) {
        if (rule.numbers() != null) {
            return PolicyFor.numbers(rule.numbers());
        }
        if (rule.extension() != null) {
            return PolicyFor.extension(id(site(pack, sites, rule.site())), rule.extension());
        }
        if (rule.person() != null) {
            return PolicyFor.person(people.get(rule.person()));
        }
        return rule.group() != null
                ? PolicyFor.group(groups.get(rule.group()))
                : PolicyFor.site(id(sites.get(rule.site())));
    }

    private static UUID id(Site site) {
        return site == null ? null : site.id();
    }

    private Map<String, Held> clients(Pack pack) {
        Map<String, Held> held = new HashMap<>();
        for (int i = 0; i < pack.clients().size(); i++) {
            Pack.Client client = pack.clients().get(i);
            String at = "[" + i + "]";
            UUID id = at(
                            within(pack.parts().clients(), at),
                            () -> clients.create(new Clients.Draft(
                                    client.name(),
                                    client.contact(),
                                    client.address(),
                                    client.email(),
                                    client.currency())))
                    .id();
            Map<String, UUID> matters = new HashMap<>();
            for (int j = 0; j < client.matters().size(); j++) {
                Pack.Matter matter = client.matters().get(j);
                matters.put(
                        matter.reference(),
                        at(
                                        within(pack.parts().clients(), at + ".matters[" + j + "]"),
                                        () -> clients.addMatter(
                                                id, new Clients.MatterDraft(matter.reference(), matter.name())))
                                .id());
            }
            held.put(client.name(), new Held(id, matters));
        }
        return held;
    }

    private void codes(Pack pack, Map<String, Held> held) {
        for (Pack.Code code : pack.codes()) {
            boolean house = code.client().isEmpty();
            Held client = house ? null : held.get(code.client());
            UUID clientId = house ? null : client.id();
            UUID matterId = code.matter().isEmpty() ? null : client.matters().get(code.matter());
            BiFunction<String, String, PackProblem> where =
                    (field, text) -> pack.parts().codes().problem(code, field, text);
            AccountCode created = at(
                    where,
                    () -> codes.create(new Codes.Draft(code.code(), code.label(), house, clientId, matterId, null)));
            if (!code.retired().isEmpty()) {
                Instant end = LocalDate.parse(code.retired())
                        .atStartOfDay(pack.zone())
                        .toInstant();
                at(where, () -> codes.retire(created.id(), end));
            }
        }
    }

    private void agreements(Pack pack, Map<String, Held> held, Map<String, UUID> people) {
        for (int i = 0; i < pack.agreements().size(); i++) {
            Pack.Agreement agreement = pack.agreements().get(i);
            Held client = held.get(agreement.client());
            UUID matterId = client.matters().get(agreement.matter());
            UUID id = null;
            for (int j = 0; j < agreement.versions().size(); j++) {
                Pack.Version version = agreement.versions().get(j);
                BiFunction<String, String, PackProblem> where =
                        within(pack.parts().agreements(), "[" + i + "].versions[" + j + "]");
                OfferDraft draft = draft(version, people);
                UUID known = id;
                AgreementVersion offered = at(
                        where,
                        () -> known == null
                                ? agreements.carryOver(agreement.number(), client.id(), matterId, draft)
                                : agreements.offer(known, draft));
                id = offered.agreementId();
                if (version.accepted() != null) {
                    Acceptance acceptance = acceptance(pack, version.accepted());
                    UUID agreementId = id;
                    at(where, () -> agreements.accept(agreementId, offered.no(), acceptance));
                }
            }
        }
    }

    private static OfferDraft draft(Pack.Version version, Map<String, UUID> people) {
        List<OfferDraft.PersonRate> rates = version.rates().entrySet().stream()
                .map(rate -> new OfferDraft.PersonRate(people.get(rate.getKey()), rate.getValue()))
                .toList();
        return new OfferDraft(
                version.terms(),
                version.validFrom(),
                version.validTo(),
                version.note(),
                rates,
                version.rules(),
                version.holidays());
    }

    private static Acceptance acceptance(Pack pack, Pack.Accepted accepted) {
        Instant at = accepted.at().atZone(pack.zone()).toInstant();
        return new Acceptance(accepted.how(), at, accepted.by(), null, accepted.reason());
    }

    private void members(Pack pack, Map<String, UUID> subjects, Map<String, UUID> people, Map<String, Held> held) {
        for (Pack.User user : pack.tenant().users()) {
            for (Role role : user.roles()) {
                memberships.grant(new Membership(
                        subjects.get(user.username()),
                        role,
                        user.name(),
                        user.email(),
                        people.get(user.person()),
                        role == Role.CLIENT ? held.get(user.client()).id() : null));
            }
        }
    }

    private void sources(Pack pack, Map<String, Site> sites) {
        for (int i = 0; i < pack.tenant().sources().size(); i++) {
            Pack.Source source = pack.tenant().sources().get(i);
            String at = "sources[" + i + "]";
            UUID id = in(pack, at, () -> sources.create(draft(source, site(pack, sites, source.site()))))
                    .id();
            for (int j = 0; j < source.records().size(); j++) {
                Path records = pack.folder().resolve(source.records().get(j));
                in(pack, at + ".records[" + j + "]", () -> take(id, records));
            }
        }
    }

    private static Sources.Draft draft(Pack.Source source, Site site) {
        return new Sources.Draft(
                site.id(),
                source.name(),
                source.format(),
                source.formatOptions(),
                source.zone(),
                Boolean.TRUE.equals(source.stampsInUtc()),
                source.country(),
                source.areaCode(),
                source.outsidePrefix(),
                source.extensionDigits() == null ? USUAL_EXTENSION_DIGITS : source.extensionDigits(),
                source.promptAllowanceSeconds() == null ? 0 : source.promptAllowanceSeconds());
    }

    private Intake.Taken take(UUID sourceId, Path records) {
        try (InputStream content = Files.newInputStream(records)) {
            return intake.take(sourceId, records.getFileName().toString(), content, IntakeFile.Via.DEMO);
        } catch (IOException e) {
            throw new UncheckedIOException("The records " + records + " can't be read", e);
        }
    }

    private static <T> T in(Pack pack, String part, Supplier<T> work) {
        return at(within(pack.parts().tenant(), part), work);
    }

    private static BiFunction<String, String, PackProblem> within(YamlFile file, String part) {
        return (field, text) -> file.problem(field.isEmpty() ? part : part + "." + field, text);
    }

    /** Tells a service's refusal at the place in the pack. */
    private static <T> T at(BiFunction<String, String, PackProblem> where, Supplier<T> work) {
        try {
            return work.get();
        } catch (Refusal e) {
            throw new BadPack(e.problems().stream()
                    .map(problem -> where.apply(problem.field(), problem.text()))
                    .toList());
        }
    }
}
