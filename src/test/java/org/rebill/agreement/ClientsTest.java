package org.rebill.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Clients and matters on the real schema. */
class ClientsTest {
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(Instant.parse("2026-11-25T18:00:00Z"));
    private final Clients clients = services.get(Clients.class);
    private UUID firm;

    @BeforeEach
    void aFirm() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        in(() -> {
            services.get(AuditLog.class).open();
            return null;
        });
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    private static Clients.Draft draft(String name) {
        return new Clients.Draft(name, null, null, null, null);
    }

    private Client create(String name) throws Exception {
        return in(() -> clients.create(draft(name)));
    }

    @Test
    void aClientIsKeptAsItWasEnteredWithTheFirmsCurrency() throws Exception {
        Client made = in(() -> clients.create(new Clients.Draft(
                "  Barton Creek Builders LLC ",
                "Thomas Reyes, CFO",
                "1204 Bee Caves Rd\r\nAustin, TX 78746\n",
                "thomas@barton.example",
                " ")));

        Client stored = in(() -> clients.get(made.id()));
        assertThat(stored.draft())
                .isEqualTo(new Clients.Draft(
                        "Barton Creek Builders LLC",
                        "Thomas Reyes, CFO",
                        "1204 Bee Caves Rd\nAustin, TX 78746",
                        "thomas@barton.example",
                        "USD"));
    }

    @Test
    void allThatIsWrongIsToldAtItsField() {
        assertThatThrownBy(() -> in(() ->
                        clients.create(new Clients.Draft(" ", "a\u0000b", "1\n2\n3\n4\n5\n6\n7", "nobody", "XYZ"))))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(refusal.problems())
                        .extracting(Refusal.Problem::field)
                        .containsExactlyInAnyOrder("name", "contact", "address", "email", "currency"));
    }

    @Test
    void namesAreOneOfAKindWhateverTheCapitals() throws Exception {
        create("Lakeway Dental");

        assertThatThrownBy(() -> create("LAKEWAY dental"))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageStartingWith("There is a client named 'LAKEWAY dental' already.");
        UUID other = BareDatabase.get().newFirm().id();
        services.in(other, CLERK, () -> {
            services.get(AuditLog.class).open();
            return clients.create(draft("Lakeway Dental"));
        });
    }

    @Test
    void aChangeToAnOldVersionIsRefused() throws Exception {
        Client made = create("Lakeway Dental");
        Client changed = in(() -> clients.change(made.id(), made.version(), draft("Lakeway Dental Group")));

        assertThat(changed.version()).isGreaterThan(made.version());
        assertThatThrownBy(() -> in(() -> clients.change(made.id(), made.version(), draft("Other"))))
                .isInstanceOf(Refusal.Stale.class);
        assertThat(in(() -> services.get(AuditLog.class).of("client", made.id())))
                .extracting(AuditEntry::action)
                .containsExactly("client.created", "client.changed");
        assertThat(in(() -> services.get(AuditLog.class).of("client", made.id()))
                        .get(1)
                        .entry())
                .contains("\"before\":{\"name\":\"Lakeway Dental\"", "\"after\":{\"name\":\"Lakeway Dental Group\"");
    }

    @Test
    void savingWithoutAChangeWritesNothing() throws Exception {
        Client made = create("Lakeway Dental");

        Client same = in(() -> clients.change(made.id(), made.version(), made.draft()));

        assertThat(same.version()).isEqualTo(made.version());
        assertThat(in(() -> services.get(AuditLog.class).of("client", made.id())))
                .hasSize(1);
    }

    @Test
    void theListGoesOnByNameInEitherDirectionAndByAge() throws Exception {
        for (String name : List.of("beta", "Alpha", "Delta", "gamma", "Epsilon")) {
            create(name);
        }

        assertThat(walk(Clients.Order.NAME)).containsExactly("Alpha", "beta", "Delta", "Epsilon", "gamma");
        assertThat(walk(Clients.Order.NAME_DOWN)).containsExactly("gamma", "Epsilon", "Delta", "beta", "Alpha");
        assertThat(walk(Clients.Order.NEWEST)).containsExactly("Epsilon", "gamma", "Delta", "Alpha", "beta");
    }

    private List<String> walk(Clients.Order order) throws Exception {
        List<String> names = new java.util.ArrayList<>();
        UUID after = null;
        do {
            UUID from = after;
            Page<Client> page = in(() -> clients.list("", order, from, 2));
            page.items().forEach(client -> names.add(client.name()));
            after = page.next() == null ? null : UUID.fromString(page.next());
        } while (after != null);
        return names;
    }

    @Test
    void theSearchLooksAtNamesContactsAndMattersLiterally() throws Exception {
        Client barton = create("Barton 100% Builders");
        in(() -> clients.addMatter(barton.id(), new Clients.MatterDraft("2026-014", "Cedar Park wall")));
        create("Lakeway Dental");

        assertThat(found("100%")).containsExactly("Barton 100% Builders");
        assertThat(found("cedar")).containsExactly("Barton 100% Builders");
        assertThat(found("2026-0")).containsExactly("Barton 100% Builders");
        assertThat(found("dental")).containsExactly("Lakeway Dental");
        assertThat(found("%")).containsExactly("Barton 100% Builders");
        assertThat(found("_")).isEmpty();
    }

    private List<String> found(String search) throws Exception {
        return in(() -> clients.list(search, null, 50)).items().stream()
                .map(Client::name)
                .toList();
    }

    @Test
    void referencesAreOneOfAKindForTheClient() throws Exception {
        Client barton = create("Barton");
        Client lakeway = create("Lakeway");
        Matter wall = in(() -> clients.addMatter(barton.id(), new Clients.MatterDraft("2026-014", "Wall")));
        in(() -> clients.addMatter(lakeway.id(), new Clients.MatterDraft("2026-014", "Lease")));

        assertThatThrownBy(() -> in(() -> clients.addMatter(barton.id(), new Clients.MatterDraft("2026-014", "Roof"))))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("'2026-014'");
        assertThatThrownBy(() -> in(() -> clients.matter(lakeway.id(), wall.id())))
                .isInstanceOf(Refusal.NotFound.class)
                .hasMessage("There is no such matter here.");
    }
}
