package org.rebill.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.identity.KeycloakAccounts;
import org.rebill.identity.Memberships;
import org.rebill.identity.Role;
import org.rebill.identity.User;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Tenant;
import org.rebill.testing.InServer;

/** A pack in the running application: all of it or nothing, once, with accounts at Keycloak that are made once. */
class PacksIT extends InServer {
    @Inject
    @Readiness
    private Packs packs;

    @Inject
    private FirmDirectory directory;

    @Inject
    private Firms firms;

    @Inject
    private AuditLog log;

    @Inject
    private Memberships memberships;

    @Inject
    private KeycloakAccounts accounts;

    private Path folder;
    private String slug;

    @BeforeEach
    void aSmallPack() throws IOException {
        slug = "p" + UUID.randomUUID().toString().substring(0, 8);
        folder = Files.createTempDirectory("packs").resolve(slug);
        Files.createDirectories(folder);
        write("tenant.yaml", """
                slug: SLUG
                name: Firm SLUG
                trade: LAW
                country: US
                zone: America/Chicago
                currency: USD
                locale: en-US
                paper: LETTER
                address: 1 Main Street
                brandColour: "#7a1f2b"
                statementPrefix: S
                sites:
                  - name: Here
                people:
                  - name: Ann Small
                    initials: AS
                    extensions: [{number: "201"}]
                sources:
                  - name: Phones
                    format: asterisk-cdr-csv
                    areaCode: "512"
                users:
                  - username: ann-SLUG
                    name: Ann Small
                    email: ann-SLUG@small.example
                    password: ann-SLUG
                    roles: [OWNER, PROFESSIONAL]
                    person: Ann Small
                """);
        write("clients.yaml", """
                - name: Bolt Ltd
                  address: 2 Main Street
                """);
        write("codes.csv", """
                code,label,client,matter,retired
                007,Nuts,Bolt Ltd,,
                """);
        write("agreements.yaml", """
                - number: A-001
                  client: Bolt Ltd
                  versions:
                    - terms: {hourlyRate: 250.5, incrementSeconds: 360}
                      validFrom: 2026-01-01
                      accepted: {at: "2026-01-01T09:00", by: Bob Bolt, how: SIGNED}
                """);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text.replace("SLUG", slug));
    }

    @AfterEach
    void removePack() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
        Files.delete(folder.getParent());
    }

    @Test
    void aSecondLoadChangesNothing() throws Exception {
        packs.load(folder);
        UUID firm = directory.find(slug).orElseThrow();
        List<String> acts = acts(firm);
        assertThat(acts).contains("firm.founded", "client.created", "code.created", "agreement.accepted");

        write("clients.yaml", """
                - name: Bolt Ltd
                  address: 2 Main Street
                - name: Another Ltd
                  address: 3 Main Street
                """);
        packs.load(folder);

        assertThat(directory.find(slug)).contains(firm);
        assertThat(acts(firm)).isEqualTo(acts);
        assertThat(in(firm, () -> firms.peopleById().values())).hasSize(1);
    }

    @Test
    void whatIsRefusedAtTheEndLeavesNothingBehind() throws Exception {
        String tenant = Files.readString(folder.resolve("tenant.yaml"));
        write("tenant.yaml", tenant.replace("asterisk-cdr-csv", "tin-cans"));

        BadPack refused = catchThrowableOfType(BadPack.class, () -> packs.load(folder));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(slug + "/tenant.yaml");
            assertThat(problem.field()).isEqualTo("sources[0].format");
        });
        assertThat(directory.find(slug)).isEmpty();

        write("tenant.yaml", tenant);
        packs.load(folder);

        UUID firm = directory.find(slug).orElseThrow();
        assertThat(acts(firm)).containsOnlyOnce("firm.founded", "client.created", "code.created");
    }

    @Test
    void accountsAreMadeOnceAndKeptByALaterFirm() throws Exception {
        packs.load(folder);
        UUID firm = directory.find(slug).orElseThrow();
        UUID subject = subject();
        assertThat(roles(firm, subject)).containsExactlyInAnyOrder(Role.OWNER, Role.PROFESSIONAL);

        String first = slug;
        String tenant = Files.readString(folder.resolve("tenant.yaml"));
        slug = "q" + slug.substring(1);
        Files.writeString(
                folder.resolve("tenant.yaml"),
                tenant.replace("slug: " + first, "slug: " + slug).replace("name: Firm " + first, "name: Firm " + slug));
        packs.load(folder);

        UUID later = directory.find(slug).orElseThrow();
        assertThat(later).isNotEqualTo(firm);
        assertThat(roles(later, subject)).containsExactlyInAnyOrder(Role.OWNER, Role.PROFESSIONAL);
    }

    /** Keycloak's, of the pack's user: making the account again gives the one that is there. */
    private UUID subject() {
        String user = "ann-" + slug;
        Map<String, UUID> subjects = accounts.setUp(
                slug,
                "Firm " + slug,
                List.of(new KeycloakAccounts.Account(user, "Ann Small", user + "@small.example", user)));
        return subjects.get(user);
    }

    private Iterable<Role> roles(UUID firm, UUID subject) throws Exception {
        return in(firm, () -> memberships.caller(new User(subject, "Ann", "", List.of()), ""))
                .map(Caller::roles)
                .orElseThrow();
    }

    private List<String> acts(UUID firm) throws Exception {
        return in(firm, () -> log.newest(Long.MAX_VALUE, 100)).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private static <T> T in(UUID firm, Callable<T> work) throws Exception {
        return Tenant.call(firm, () -> Caller.service("Test").call(work));
    }
}
