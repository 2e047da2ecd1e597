package org.rebill.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.agreement.OfferDraft.PersonRate;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Person;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;
import org.rebill.rating.RateRule;
import org.rebill.rating.Wording;

/** Agreements on the real schema: numbers, acceptance, superseding, overlaps. */
class AgreementsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);

    private final BareServices services = new BareServices(NOON);
    private final Agreements agreements = services.get(Agreements.class);
    private UUID firm;
    private UUID client;
    private UUID partner;

    @BeforeEach
    void aFirmWithAClient() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        partner = UUID.randomUUID();
        client = in(() -> {
            services.get(AuditLog.class).open();
            services.get(jakarta.persistence.EntityManager.class)
                    .persist(new Person(partner, "Margaret Hale", "MH", "Partner"));
            return client("Barton Creek Builders LLC");
        });
    }

    private UUID client(String name) {
        return services.get(Clients.class)
                .create(new Clients.Draft(name, "Thomas Reyes, CFO", null, null, null))
                .id();
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    private static OfferDraft draft(String rate, String from, String to) {
        return Offers.draft(Offers.terms(rate, 360, 360), from, to);
    }

    private static Acceptance signed(Instant at) {
        return new Acceptance(Acceptance.How.SIGNED, at, "Thomas Reyes", null, null);
    }

    private AgreementVersion open(UUID matter, String rate, String from, String to) throws Exception {
        return in(() -> agreements.open(client, matter, draft(rate, from, to)));
    }

    private AgreementVersion offer(UUID agreement, String rate, String from, String to) throws Exception {
        return in(() -> agreements.offer(agreement, draft(rate, from, to)));
    }

    private AgreementVersion accept(AgreementVersion version, Instant at) throws Exception {
        return in(() -> agreements.accept(version.agreementId(), version.no(), signed(at)));
    }

    private String rate(UUID matter, Instant started) throws Exception {
        return in(() -> agreements
                .index()
                .find(client, matter, null, started, started)
                .map(found -> found.terms().hourlyRate().toPlainString())
                .orElse("held"));
    }

    @Test
    void anOfferIsStoredWithItsTextAndHashAndBillsNothing() throws Exception {
        AgreementVersion offered = in(() -> agreements.open(
                client,
                null,
                new OfferDraft(
                        Offers.terms("290", 360, 360),
                        LocalDate.parse("2026-12-01"),
                        null,
                        null,
                        List.of(new PersonRate(partner, new BigDecimal("420"))))));

        AgreementVersion stored = in(() -> agreements.get(offered.agreementId()).version(1));
        assertThat(stored.text())
                .startsWith("Agreement A-001, version 1\nbetween Firm and Barton Creek Builders LLC\n")
                .contains("- with Margaret Hale: 420.00 USD", "- with anybody else: 290.00 USD");
        assertThat(HexFormat.of().formatHex(stored.textSha256()))
                .isEqualTo(HexFormat.of().formatHex(new AgreementText(stored.text()).sha256()));
        // Midnight of the firm's zone, six hours behind.
        assertThat(stored.validFrom()).isEqualTo("2026-12-01T06:00:00Z");
        assertThat(stored.offeredBy()).isEqualTo("Elena Brandt");
        assertThat(rate(null, Instant.parse("2026-12-02T12:00:00Z"))).isEqualTo("held");
        assertThat(services.news()).isEmpty();
    }

    @Test
    void theFirstRuleThatFitsHoldsAndThePrecedenceIsPrinted() throws Exception {
        AgreementVersion offered = in(() -> agreements.open(
                client,
                null,
                new OfferDraft(
                        Offers.terms("290", 360, 360),
                        LocalDate.parse("2026-11-01"),
                        null,
                        null,
                        List.of(new PersonRate(partner, new BigDecimal("420"))),
                        List.of(
                                new RateRule(
                                        "Weekends",
                                        null,
                                        null,
                                        null,
                                        Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                                        null,
                                        null,
                                        null,
                                        new BigDecimal("500")),
                                new RateRule(
                                        "Evenings of partners",
                                        null,
                                        "partner",
                                        null,
                                        null,
                                        LocalTime.of(18, 0),
                                        LocalTime.of(8, 0),
                                        null,
                                        new BigDecimal("450"))),
                        null)));
        accept(offered, NOON.minusSeconds(7200));

        assertThat(offered.text()).contains("""
                        An hour of talk time costs what the first of these lines says that fits the call when it is answered:
                        1. Weekends (on Saturday, Sunday): 500.00 USD
                        2. Evenings of partners (with anybody who is partner; from 18:00 to 08:00): 450.00 USD
                        3. with Margaret Hale: 420.00 USD
                        4. any other call: 290.00 USD
                        """);
        // Wednesday noon, Wednesday evening, Saturday noon in Chicago.
        assertThat(applied("2026-12-02T18:00:00Z")).isEqualTo("Margaret Hale 420.00");
        assertThat(applied("2026-12-03T01:00:00Z")).isEqualTo("Evenings of partners 450.00");
        assertThat(applied("2026-12-05T18:00:00Z")).isEqualTo("Weekends 500.00");
        Agreements.Tried tried = in(() -> agreements.price(
                offered.agreementId(), 1, null, RateRule.CALL, Instant.parse("2026-12-05T18:00:00Z"), 301));
        assertThat(tried.rated().amount()).isEqualByComparingTo("50.00");
        assertThat(Wording.of(Locale.US).tell(tried.rated(), tried.terms().currency()))
                .contains("Rate “Weekends”: $500.00 an hour.");
    }

    private String applied(String at) throws Exception {
        Instant moment = Instant.parse(at);
        return in(() -> agreements
                .index()
                .find(client, null, partner, moment, moment)
                .map(found -> found.terms().rateName() + " "
                        + found.terms().hourlyRate().toPlainString())
                .orElseThrow());
    }

    @Test
    void rulesThatCanNotBeMeantAreRefusedAtTheirFields() {
        OfferDraft draft = new OfferDraft(
                Offers.terms("290", 360, 360),
                LocalDate.parse("2026-11-01"),
                null,
                null,
                null,
                List.of(
                        new RateRule(" ", null, null, null, null, null, null, null, new BigDecimal("500")),
                        new RateRule(
                                "Late",
                                UUID.randomUUID(),
                                null,
                                null,
                                null,
                                LocalTime.NOON,
                                null,
                                true,
                                BigDecimal.ZERO)),
                null);

        assertThatThrownBy(() -> in(() -> agreements.open(client, null, draft)))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(refusal.problems())
                        .extracting(Refusal.Problem::field)
                        .containsExactly(
                                "rules[0].name",
                                "rules[0].name",
                                "rules[1].personId",
                                "rules[1].to",
                                "holidays",
                                "rules[1].hourlyRate"));
    }

    @Test
    void onceAcceptedItBillsCallsThatStartLaterAndTellsEverybody() throws Exception {
        AgreementVersion version = open(null, "290", "2026-11-01", null);

        accept(version, NOON.minusSeconds(60));

        assertThat(rate(null, NOON.minusSeconds(120))).isEqualTo("held");
        assertThat(rate(null, NOON.minusSeconds(60))).isEqualTo("held");
        assertThat(rate(null, NOON.minusSeconds(59))).isEqualTo("290.00");
        assertThat(services.news()).containsExactly(new TermsChanged(client));
        assertThat(acts(version.agreementId()))
                .extracting(AuditEntry::action)
                .containsExactly("agreement.offered", "agreement.accepted");
    }

    private List<AuditEntry> acts(UUID agreement) throws Exception {
        return in(() -> services.get(AuditLog.class).of("agreement", agreement));
    }

    @Test
    void aNewerVersionTakesOverFromItsFirstDayOn() throws Exception {
        AgreementVersion first = accept(open(null, "250", "2026-11-01", null), NOON.minusSeconds(7200));
        AgreementVersion second = accept(offer(first.agreementId(), "290", "2026-12-01", null), NOON);

        AgreementVersion old = in(() -> agreements.get(first.agreementId()).version(1));
        assertThat(second.no()).isEqualTo(2);
        assertThat(old.inForceTo()).isEqualTo(second.validFrom());
        assertThat(rate(null, second.validFrom().minusSeconds(1))).isEqualTo("250.00");
        assertThat(rate(null, second.validFrom())).isEqualTo("290.00");
    }

    @Test
    void aNewerVersionDatedBackDoesNotTouchCallsBeforeItsAcceptance() throws Exception {
        AgreementVersion first = accept(open(null, "250", "2026-11-01", null), Instant.parse("2026-11-01T12:00:00Z"));
        accept(offer(first.agreementId(), "290", "2026-11-01", null), NOON);

        assertThat(rate(null, NOON.minusSeconds(3600))).isEqualTo("250.00");
        assertThat(rate(null, NOON.plusSeconds(1))).isEqualTo("290.00");
    }

    @Test
    void whatWasSignedEarlierAndEnteredLateReplacesFromItsSignature() throws Exception {
        AgreementVersion first = accept(open(null, "250", "2026-11-01", null), Instant.parse("2026-11-01T12:00:00Z"));
        accept(offer(first.agreementId(), "290", "2026-11-10", null), Instant.parse("2026-11-09T12:00:00Z"));

        assertThat(rate(null, Instant.parse("2026-11-10T05:59:59Z"))).isEqualTo("250.00");
        assertThat(rate(null, Instant.parse("2026-11-10T06:00:00Z"))).isEqualTo("290.00");
    }

    @Test
    void oneOfferWaitsAtATime() throws Exception {
        AgreementVersion first = open(null, "250", "2026-11-01", null);

        assertThatThrownBy(() -> offer(first.agreementId(), "290", "2026-12-01", null))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("Version 1 of A-001 still waits for the client. Withdraw it");

        in(() -> agreements.withdraw(first.agreementId(), 1));
        assertThat(offer(first.agreementId(), "290", "2026-12-01", null).no()).isEqualTo(2);
    }

    @Test
    void anotherAgreementForTheSameCallsAndTimeIsRefusedNamingTheOther() throws Exception {
        accept(open(null, "250", "2026-11-01", "2026-12-01"), Instant.parse("2026-11-01T00:00:00Z"));

        assertThatThrownBy(() -> open(null, "290", "2026-11-30", null))
                .isInstanceOfSatisfying(Refusal.Conflict.class, refusal -> {
                    assertThat(refusal.problems().get(0).field()).isEqualTo("validFrom");
                    assertThat(refusal)
                            .hasMessage("For this time A-001, version 1, was accepted already: 1 Nov 2026 to 30 Nov "
                                    + "2026. Offer a new version of A-001, or choose days outside of it.");
                });
        assertThat(open(null, "290", "2026-12-01", null).no()).isEqualTo(1);
    }

    @Test
    void twoOffersForTheSameTimeMayWaitButOnlyOneIsAccepted() throws Exception {
        AgreementVersion one = open(null, "250", "2026-11-01", null);
        AgreementVersion other = open(null, "290", "2026-11-01", null);
        accept(one, NOON);

        assertThatThrownBy(() -> accept(other, NOON))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("A-001, version 1");
    }

    @Test
    void theDatabaseAloneRefusesOverlappingTerms() throws Exception {
        AgreementVersion one = open(null, "250", "2026-11-01", null);
        AgreementVersion other = open(null, "290", "2026-11-01", null);
        accept(one, NOON);

        assertThatThrownBy(() -> BareDatabase.get().in(firm, connection -> {
                    try (var update = connection.prepareStatement("update agreement_version set accepted_at = ?, "
                            + "accepted_by = 'x', accepted_how = 'SIGNED', acceptance_noted_at = now(), "
                            + "acceptance_noted_by = 'x' where firm_id = ? and id = ?")) {
                        update.setObject(1, NOON.atOffset(ZoneOffset.UTC));
                        update.setObject(2, firm);
                        update.setObject(3, other.id());
                        return update.executeUpdate();
                    }
                }))
                .hasMessageContaining("agreement_version_no_overlap");
    }

    @Test
    void aMattersAgreementStandsBesideTheClients() throws Exception {
        UUID matter = in(() -> services.get(Clients.class)
                .addMatter(client, new Clients.MatterDraft("2026-014", "Cedar Park retaining wall"))
                .id());
        accept(open(null, "250", "2026-11-01", null), NOON);
        AgreementVersion own = accept(open(matter, "310", "2026-11-01", null), NOON);

        assertThat(own.text()).contains("for matter 2026-014 Cedar Park retaining wall.");
        assertThat(rate(matter, NOON.plusSeconds(1))).isEqualTo("310.00");
        assertThat(rate(null, NOON.plusSeconds(1))).isEqualTo("250.00");
    }

    @Test
    void nobodyAcceptsInTheFutureOrWithoutAReasonWhereOneIsNeeded() throws Exception {
        AgreementVersion version = open(null, "250", "2026-11-01", null);

        assertThatThrownBy(() -> accept(version, NOON.plusSeconds(1)))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("in the future");
        assertThatThrownBy(() -> in(() -> agreements.accept(
                        version.agreementId(), 1, new Acceptance(Acceptance.How.STATED, NOON, " ", null, null))))
                .isInstanceOfSatisfying(Refusal.Invalid.class, refusal -> assertThat(refusal.problems())
                        .extracting(Refusal.Problem::field)
                        .containsExactly("acceptedBy", "reason"));
        assertThatThrownBy(() -> in(() -> agreements.accept(
                        version.agreementId(), 1, new Acceptance(Acceptance.How.PORTAL, NOON, "x", "1.2.3.4", null))))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("only the client's own user");
        assertThat(in(() -> agreements.get(version.agreementId()).version(1)).isOpen())
                .isTrue();
    }

    @Test
    void aClientsUserAcceptsOnlyItsOwnClientsOffers() throws Exception {
        AgreementVersion version = open(null, "250", "2026-11-01", null);
        UUID stranger = in(() -> client("Lakeway Dental"));
        PortalAgreements portal = services.get(PortalAgreements.class);

        assertThatThrownBy(() -> services.in(firm, user(stranger), () -> portal.accept(version.id())))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(services.in(firm, user(stranger), portal::all)).isEmpty();

        services.in(firm, user(client), () -> portal.accept(version.id()));

        assertThat(services.in(firm, user(client), portal::all)).singleElement().satisfies(offer -> {
            assertThat(offer.version().acceptance())
                    .isEqualTo(new Acceptance(Acceptance.How.PORTAL, NOON, "Thomas Reyes", "203.0.113.7", null));
            assertThat(offer.now().version().id()).isEqualTo(version.id());
        });
        assertThat(services.in(firm, user(client), portal::waiting)).isZero();
    }

    private static Caller user(UUID client) {
        return new Caller(UUID.randomUUID(), "Thomas Reyes", "203.0.113.7", Set.of(Role.CLIENT), null, client);
    }

    @Test
    void anotherFirmsAgreementSoundsLikeAMissingOne() throws Exception {
        AgreementVersion version = open(null, "250", "2026-11-01", null);
        UUID other = BareDatabase.get().newFirm().id();

        assertThatThrownBy(() -> services.in(other, CLERK, () -> agreements.get(version.agreementId())))
                .isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() ->
                        services.in(other, CLERK, () -> agreements.open(client, null, draft("1", "2026-11-01", null))))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessage("Choose one of the firm's clients.");
    }

    @Test
    void numbersAreOnceOnlyWhenManyAreMadeAtTheSameMoment() throws Exception {
        int many = 16;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> made = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                made.add(threads.submit(() -> in(() -> {
                    UUID id = agreements
                            .open(client, null, draft("250", "2026-11-01", null))
                            .agreementId();
                    return agreements.get(id).agreement().number();
                })));
            }
            List<String> numbers = new ArrayList<>();
            for (Future<String> number : made) {
                numbers.add(number.get());
            }
            assertThat(numbers).doesNotHaveDuplicates().contains("A-001", "A-016");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theListGoesOnByNumberAndKnowsWhoWaits() throws Exception {
        for (int i = 0; i < 5; i++) {
            open(null, "250", "2026-11-01", null);
        }
        AgreementVersion last = open(null, "250", "2026-11-01", null);
        in(() -> agreements.withdraw(last.agreementId(), 1));

        Page<Agreements.History> first = in(() -> agreements.list(client, false, null, 4));
        Page<Agreements.History> second = in(() -> agreements.list(client, false, UUID.fromString(first.next()), 4));

        assertThat(first.items())
                .extracting(history -> history.agreement().number())
                .containsExactly("A-001", "A-002", "A-003", "A-004");
        assertThat(second.items())
                .extracting(history -> history.agreement().number())
                .containsExactly("A-005", "A-006");
        assertThat(second.next()).isNull();
        assertThat(in(() -> agreements.list(client, true, null, 50)).items()).hasSize(5);
        assertThat(in(() -> agreements.openOffers(List.of(client)))).containsEntry(client, 5);
    }

    @Test
    void theIndexOfSomeClientsHoldsTheirsOnlyWithPersonsRates() throws Exception {
        AgreementVersion version = in(() -> agreements.open(
                client,
                null,
                Offers.draft(
                        Offers.terms("250", 360, 0),
                        "2026-11-01",
                        null,
                        new PersonRate(partner, new BigDecimal("420")))));
        accept(version, NOON);
        UUID stranger = in(() -> client("Lakeway Dental"));
        Instant later = NOON.plusSeconds(1);

        AgreementIndex own = in(() -> agreements.index(Set.of(client)));
        AgreementIndex others = in(() -> agreements.index(Set.of(stranger)));

        assertThat(own.find(client, null, partner, later, later))
                .hasValueSatisfying(
                        found -> assertThat(found.terms().hourlyRate()).isEqualByComparingTo("420"));
        assertThat(others.find(client, null, partner, later, later)).isEmpty();
    }
}
