package org.rebill.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.code.CodeIndex.Standing;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** Codes on the real schema: given out, retired, given out again. */
class CodesTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOON);
    private final Codes codes = services.get(Codes.class);
    private UUID firm;
    private UUID barton;
    private UUID lakeway;
    private UUID wall;

    @BeforeEach
    void aFirmWithClients() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        in(() -> {
            services.get(AuditLog.class).open();
            Clients clients = services.get(Clients.class);
            barton = clients.create(new Clients.Draft("Barton Creek Builders LLC", null, null, null, null))
                    .id();
            lakeway = clients.create(new Clients.Draft("Lakeway Dental", null, null, null, null))
                    .id();
            wall = clients.addMatter(barton, new Clients.MatterDraft("2026-014", "Retaining wall"))
                    .id();
            return null;
        });
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    private AccountCode give(String code, UUID client, UUID matter, Instant from) throws Exception {
        return in(() -> codes.create(new Codes.Draft(code, null, client == null, client, matter, from)));
    }

    private CodeIndex.Meaning meaning(String code, Instant at) throws Exception {
        return in(() -> codes.index(Set.of(code)).find(code, at));
    }

    @Test
    void aNewCodeAlsoCoversTheCallsThatCameBefore() throws Exception {
        give("007", barton, wall, null);

        assertThat(meaning("007", NOON.minusSeconds(86_400 * 400L)))
                .isEqualTo(new CodeIndex.Meaning(Standing.OK, barton, wall));
        assertThat(meaning("7", NOON).standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(services.news()).containsExactly(new CodeChanged("007"));
    }

    @Test
    void whileSomebodyHasItItIsRefusedNamingWho() throws Exception {
        give("1042", barton, wall, null);

        assertThatThrownBy(() -> give("1042", lakeway, null, null))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage(
                        "Code 1042 is Barton Creek Builders LLC (2026-014 Retaining wall)'s. Retire it there first, "
                                + "or use another code.");
    }

    @Test
    void onceRetiredItIsGivenOutAgainFromThen() throws Exception {
        AccountCode old = give("1042", barton, null, null);
        in(() -> codes.retire(old.id(), NOON));
        give("1042", lakeway, null, null);

        assertThat(meaning("1042", NOON.minusSeconds(1)).clientId()).isEqualTo(barton);
        assertThat(meaning("1042", NOON).clientId()).isEqualTo(lakeway);
        assertThatThrownBy(() -> give("1042", barton, null, NOON.minusSeconds(60)))
                .isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void theDatabaseAloneRefusesTwoUsesAtOneTime() throws Exception {
        give("1042", barton, null, null);

        assertThatThrownBy(() -> BareDatabase.get().in(firm, connection -> {
                    try (var insert = connection.prepareStatement("insert into account_code (firm_id, id, code, house, "
                            + "client_id, valid_from) values (?, ?, '1042', false, ?, now())")) {
                        insert.setObject(1, firm);
                        insert.setObject(2, UUID.randomUUID());
                        insert.setObject(3, lakeway);
                        return insert.executeUpdate();
                    }
                }))
                .hasMessageContaining("account_code_once");
    }

    @ParameterizedTest
    @CsvSource({
        "12345678901, 'A code is 1 to 9 digits; this has 11.'",
        "12#, 'A code is 1 to 9 digits. Remove ''#''.'",
        "1a2b, 'A code is 1 to 9 digits. Remove ''ab''.'",
        "\u0661\u0662, 'A code is 1 to 9 digits. Remove ''\u0661\u0662''.'",
        "' ', 'Give the code: 1 to 9 digits.'"
    })
    void anythingButOneToNineDigitsIsRefused(String code, String text) {
        assertThatThrownBy(() -> give(code, barton, null, null))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessage(text);
    }

    @Test
    void aCodeIsForTheHouseOrForAClientOfThisFirm() throws Exception {
        assertThatThrownBy(() -> in(() -> codes.create(new Codes.Draft("1", null, true, barton, null, null))))
                .hasMessage("A code is for the house or for a client, not for both.");
        assertThatThrownBy(() -> in(() -> codes.create(new Codes.Draft("1", null, null, null, null, null))))
                .hasMessage("Choose whom the code is for: a client, or the house.");
        assertThatThrownBy(() -> give("1", lakeway, wall, null)).hasMessage("Choose one of this client's matters.");
        UUID other = BareDatabase.get().newFirm().id();
        assertThatThrownBy(() -> services.in(
                        other, CLERK, () -> codes.create(new Codes.Draft("1", null, false, barton, null, null))))
                .hasMessage("Choose one of the firm's clients.");
        assertThat(meaning(give("1", null, null, null).code(), NOON).standing()).isEqualTo(Standing.HOUSE);
    }

    @Test
    void retiringTwiceIsRefusedAndAPlannedEndCanBeMoved() throws Exception {
        AccountCode code = give("1042", barton, null, NOON.minusSeconds(3600));
        in(() -> codes.retire(code.id(), NOON.plusSeconds(3600)));
        in(() -> codes.retire(code.id(), null));

        assertThat(in(() -> codes.get(code.id())).retiredAt()).isEqualTo(NOON);
        assertThatThrownBy(() -> in(() -> codes.retire(code.id(), null)))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessage("Code 1042 was retired on 25 Nov 2026 12:00.");
        AccountCode later = give("7", barton, null, NOON);
        assertThatThrownBy(() -> in(() -> codes.retire(later.id(), NOON)))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("retire it after that");
        assertThat(in(() -> services.get(AuditLog.class).of("code", code.id())))
                .extracting(AuditEntry::action)
                .containsExactly("code.created", "code.retired", "code.retired");
    }

    @Test
    void labelsChangeUnderTheVersionThatWasRead() throws Exception {
        AccountCode code = give("1042", barton, null, null);
        AccountCode named = in(() -> codes.relabel(code.id(), code.version(), " Wall ", null));

        assertThat(named.label()).isEqualTo("Wall");
        assertThatThrownBy(() -> in(() -> codes.relabel(code.id(), code.version(), "Roof", null)))
                .isInstanceOf(Refusal.Stale.class);
    }

    @Test
    void theListIsSearchedFilteredAndWalkedInTheDatabase() throws Exception {
        give("1042", barton, wall, null);
        give("007", barton, null, null);
        give("9", null, null, null);
        AccountCode old = give("55", lakeway, null, null);
        in(() -> codes.retire(old.id(), NOON.minusSeconds(1)));

        assertThat(walk("", Codes.Filter.ALL, Codes.Order.CODE)).containsExactly("007", "1042", "55", "9");
        assertThat(walk("", Codes.Filter.ALL, Codes.Order.CODE_DOWN)).containsExactly("9", "55", "1042", "007");
        assertThat(walk("", Codes.Filter.ALL, Codes.Order.NEWEST)).containsExactly("55", "9", "007", "1042");
        assertThat(walk("", Codes.Filter.VALID, Codes.Order.CODE)).containsExactly("007", "1042", "9");
        assertThat(walk("", Codes.Filter.RETIRED, Codes.Order.CODE)).containsExactly("55");
        assertThat(walk("", Codes.Filter.HOUSE, Codes.Order.CODE)).containsExactly("9");
        assertThat(walk("10", Codes.Filter.ALL, Codes.Order.CODE)).containsExactly("1042");
        assertThat(walk("barton", Codes.Filter.ALL, Codes.Order.CODE)).containsExactly("007", "1042");
        assertThat(walk("retaining", Codes.Filter.ALL, Codes.Order.CODE)).containsExactly("1042");
    }

    private List<String> walk(String search, Codes.Filter filter, Codes.Order order) throws Exception {
        List<String> found = new ArrayList<>();
        UUID after = null;
        do {
            UUID from = after;
            Page<AccountCode> page = in(() -> codes.list(search, filter, null, order, from, 2));
            page.items().forEach(code -> found.add(code.code()));
            after = page.next() == null ? null : UUID.fromString(page.next());
        } while (after != null);
        return found;
    }
}
