package org.rebill.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.identity.Role;

/** Reads packs from a folder of folders, and checks that the names in them fit together. */
final class PackReader {
    private static final String TENANT = "tenant.yaml";

    private PackReader() {}

    /** The packs of a folder, by name; a folder without {@code tenant.yaml} is none. */
    static List<Path> packs(Path tenants) {
        if (!Files.isDirectory(tenants)) {
            throw new BadPack(new PackProblem(
                    tenants.toString(), 0, "", "There is no such folder. Mend rebill.tenants, or leave it out."));
        }
        try (Stream<Path> folders = Files.list(tenants)) {
            return folders.filter(folder -> Files.exists(folder.resolve(TENANT)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadPack(new PackProblem(tenants.toString(), 0, "", "The folder can't be read: " + e + "."));
        }
    }

    /** The address of a pack's firm, without reading the rest. */
    static String slug(Path folder) {
        return tenant(folder, folder.getFileName().toString())
                .as(Pack.Tenant.class)
                .slug();
    }

    /**
     * Reads one pack.
     *
     * @throws BadPack with everything that can be seen without a database
     */
    static Pack read(Path folder) {
        String name = folder.getFileName().toString();
        YamlFile tenant = tenant(folder, name);
        YamlFile clients = YamlFile.read(name + "/clients.yaml", folder.resolve("clients.yaml"));
        CodesFile codes = CodesFile.read(name + "/codes.csv", folder.resolve("codes.csv"));
        YamlFile agreements = YamlFile.read(name + "/agreements.yaml", folder.resolve("agreements.yaml"));
        Pack pack = new Pack(
                tenant.as(Pack.Tenant.class),
                clients.asListOf(Pack.Client.class),
                codes.codes(),
                agreements.asListOf(Pack.Agreement.class),
                folder,
                new Pack.Parts(tenant, clients, codes, agreements));
        List<PackProblem> problems = new ArrayList<>();
        checkTenant(pack, problems);
        checkUsers(pack, problems);
        checkCodes(pack, problems);
        checkAgreements(pack, problems);
        if (!problems.isEmpty()) {
            throw new BadPack(problems);
        }
        return pack;
    }

    private static YamlFile tenant(Path folder, String name) {
        return YamlFile.read(name + "/" + TENANT, folder.resolve(TENANT));
    }

    private static void checkTenant(Pack pack, List<PackProblem> problems) {
        YamlFile file = pack.parts().tenant();
        Pack.Tenant tenant = pack.tenant();
        if (isBlank(tenant.slug()) || isBlank(tenant.name())) {
            // Keycloak must know them before the firm is set up; the rest is checked there.
            problems.add(file.problem("", "A firm has a slug and a name."));
        }
        if (tenant.sites().isEmpty()) {
            problems.add(file.problem("sites", "A firm has at least one place."));
        }
        Set<String> sites = names(tenant.sites(), Pack.Site::name);
        for (int i = 0; i < tenant.people().size(); i++) {
            List<Pack.Extension> extensions = tenant.people().get(i).extensions();
            for (int j = 0; j < extensions.size(); j++) {
                known(
                        extensions.get(j).site(),
                        sites,
                        "place in this file",
                        file,
                        "people[" + i + "].extensions[" + j + "].site",
                        problems);
            }
        }
        for (int i = 0; i < tenant.sources().size(); i++) {
            Pack.Source source = tenant.sources().get(i);
            String at = "sources[" + i + "]";
            known(source.site(), sites, "place in this file", file, at + ".site", problems);
            for (int j = 0; j < source.records().size(); j++) {
                Path records = pack.folder().resolve(source.records().get(j)).normalize();
                if (!records.startsWith(pack.folder()) || !Files.isRegularFile(records)) {
                    problems.add(file.problem(
                            at + ".records[" + j + "]",
                            "There is no file '" + source.records().get(j) + "' in the pack."));
                }
            }
        }
    }

    private static void checkUsers(Pack pack, List<PackProblem> problems) {
        YamlFile file = pack.parts().tenant();
        Set<String> people = names(pack.tenant().people(), Pack.Person::name);
        Set<String> clients = names(pack.clients(), Pack.Client::name);
        Set<String> usernames = new HashSet<>();
        for (int i = 0; i < pack.tenant().users().size(); i++) {
            Pack.User user = pack.tenant().users().get(i);
            String at = "users[" + i + "]";
            if (isBlank(user.username()) || isBlank(user.name()) || isBlank(user.email())) {
                problems.add(file.problem(at, "A user has a username, a name and an email."));
            } else if (!usernames.add(user.username())) {
                problems.add(file.problem(at + ".username", "There is a user '" + user.username() + "' already."));
            }
            if (user.roles().isEmpty() || user.roles().contains(Role.SOURCE)) {
                problems.add(file.problem(at, "A user has roles: OWNER, CLERK, PROFESSIONAL or CLIENT."));
            }
            if (user.roles().contains(Role.CLIENT) == isBlank(user.client())) {
                problems.add(file.problem(at, "A user of role CLIENT, and no other, names the client."));
            }
            if (user.roles().contains(Role.PROFESSIONAL) && isBlank(user.person())) {
                problems.add(file.problem(at, "A PROFESSIONAL names the person of the firm."));
            }
            known(user.person(), people, "person in this file", file, at + ".person", problems);
            known(user.client(), clients, "client in clients.yaml", file, at + ".client", problems);
        }
    }

    private static void checkCodes(Pack pack, List<PackProblem> problems) {
        Map<String, Set<String>> matters = matters(pack);
        for (Pack.Code code : pack.codes()) {
            if (!code.retired().isEmpty() && !isDay(code.retired())) {
                problems.add(pack.parts().codes().problem(code, "retired", "A day is written as 2026-09-30."));
            }
            Set<String> references = matters.get(code.client());
            if (code.client().isEmpty()) {
                if (!code.matter().isEmpty()) {
                    problems.add(pack.parts().codes().problem(code, "matter", "A code of the house has no matter."));
                }
            } else if (references == null) {
                problems.add(pack.parts()
                        .codes()
                        .problem(code, "client", "There is no client '" + code.client() + "' in clients.yaml."));
            } else if (!code.matter().isEmpty() && !references.contains(code.matter())) {
                problems.add(pack.parts()
                        .codes()
                        .problem(
                                code,
                                "matter",
                                "'" + code.client() + "' has no matter '" + code.matter() + "' in clients.yaml."));
            }
        }
    }

    private static void checkAgreements(Pack pack, List<PackProblem> problems) {
        YamlFile file = pack.parts().agreements();
        Map<String, Set<String>> matters = matters(pack);
        Set<String> people = names(pack.tenant().people(), Pack.Person::name);
        for (int i = 0; i < pack.agreements().size(); i++) {
            Pack.Agreement agreement = pack.agreements().get(i);
            String at = "[" + i + "]";
            if (isBlank(agreement.client())) {
                problems.add(file.problem(at, "An agreement names its client."));
            }
            known(agreement.client(), matters.keySet(), "client in clients.yaml", file, at + ".client", problems);
            known(
                    agreement.matter(),
                    matters.getOrDefault(agreement.client(), Set.of()),
                    "matter of this client in clients.yaml",
                    file,
                    at + ".matter",
                    problems);
            if (agreement.versions().isEmpty()) {
                problems.add(file.problem(at, "An agreement has at least one version."));
            }
            for (int j = 0; j < agreement.versions().size(); j++) {
                Pack.Version version = agreement.versions().get(j);
                String here = at + ".versions[" + j + "]";
                for (String person : version.rates().keySet()) {
                    known(person, people, "person in tenant.yaml", file, here + ".rates." + person, problems);
                }
                if (version.accepted() == null && j < agreement.versions().size() - 1) {
                    problems.add(file.problem(here, "Only the last version may still wait to be accepted."));
                }
                if (version.accepted() != null && version.accepted().at() == null) {
                    problems.add(file.problem(here + ".accepted", "Say when it was accepted, in the firm's time."));
                }
            }
        }
    }

    private static Map<String, Set<String>> matters(Pack pack) {
        return pack.clients().stream()
                .filter(client -> client.name() != null)
                .collect(Collectors.toMap(
                        Pack.Client::name, client -> names(client.matters(), Pack.Matter::reference), (a, b) -> a));
    }

    private static <T> Set<String> names(List<T> things, Function<T, String> name) {
        return things.stream().map(name).filter(it -> it != null).collect(Collectors.toSet());
    }

    private static void known(
            String name, Set<String> known, String what, YamlFile file, String field, List<PackProblem> problems) {
        if (name != null && !known.contains(name)) {
            problems.add(file.problem(field, "There is no " + what + " called '" + name + "'."));
        }
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text) != null;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
