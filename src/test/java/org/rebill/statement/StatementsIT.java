package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;
import org.rebill.testing.InServer;
import org.rebill.testing.TestFirm;

/** From priced calls to statements: drafts that follow their calls, issued ones that never change. */
class StatementsIT extends InServer {
    private static final String CODE = "1042";

    @Inject
    private Ground ground;

    @Inject
    private Statements statements;

    @Inject
    private StatementList list;

    @Inject
    private Issuing issuing;

    @Inject
    private IssueBatches batches;

    @Inject
    private PortalStatements portal;

    @Inject
    private Clients clients;

    @Inject
    private AuditLog audit;

    private TestFirm firm;
    private UUID source;
    private Period october;

    @BeforeEach
    void firm() throws Exception {
        firm = TestFirm.createInServer();
        october = Period.of(ground.month());
        source = asOwner(() -> {
            ground.agree(firm.client(), CODE);
            return ground.source(firm);
        });
    }

    private <T> T asOwner(Callable<T> work) throws Exception {
        return firm.as(Role.OWNER, work);
    }

    private void bring(String code, int... seconds) throws Exception {
        asOwner(() -> {
            ground.bring(source, ground.calls(code, seconds));
            return null;
        });
    }

    private UUID drafted() throws Exception {
        return asOwner(() -> statements.run(october).drafted().get(0).statementId());
    }

    private List<StatementList.Row> rows(StatementState state) throws Exception {
        return asOwner(() -> list.list(new StatementList.Filter(null, null, state), null, 100)
                .items());
    }

    @Test
    void aRunMakesOneDraftForEachClient() throws Exception {
        asOwner(() -> {
            ground.agree(ground.client("Nina Wexler"), "1043");
            return null;
        });
        bring(CODE, 301, 600, 45);
        bring("1043", 3600);

        Statements.Run run = asOwner(() -> statements.run(october));

        assertThat(run.drafted()).hasSize(2).allMatch(Statements.Drafted::created);
        assertThat(rows(StatementState.DRAFT))
                .extracting(StatementList.Row::client, StatementList.Row::calls, StatementList.Row::total)
                .containsExactly(
                        tuple("Barton Creek Builders LLC", 3L, new BigDecimal("100.00")),
                        tuple("Nina Wexler", 1L, new BigDecimal("250.00")));
    }

    @Test
    void aRunAgainAddsWhatCameAndNothingTwice() throws Exception {
        bring(CODE, 301);
        UUID draft = drafted();
        assertThat(asOwner(() -> statements.run(october)).drafted()).isEmpty();
        bring(CODE, 600);

        Statements.Run again = asOwner(() -> statements.run(october));

        assertThat(again.drafted()).singleElement().satisfies(added -> {
            assertThat(added.statementId()).isEqualTo(draft);
            assertThat(added.created()).isFalse();
            assertThat(added.calls()).isEqualTo(1);
        });
        assertThat(rows(null)).singleElement().satisfies(row -> assertThat(row.total())
                .isEqualTo(new BigDecimal("75.00")));
    }

    @Test
    void heldCallsAreOnNoDraft() throws Exception {
        bring("77", 301);

        assertThat(asOwner(() -> statements.run(october)).drafted()).isEmpty();
        assertThat(asOwner(() -> list.held(october))).singleElement().satisfies(held -> {
            assertThat(held.reason()).isEqualTo("UNKNOWN");
            assertThat(held.calls()).isEqualTo(1);
        });
    }

    @Test
    void aDraftFollowsTheCallsThatAreOnIt() throws Exception {
        bring(CODE, 301);
        UUID draft = drafted();

        asOwner(() -> {
            UUID call = statements.document(draft).lines().get(0).callId();
            statements.putOff(draft, List.of(call));
            return null;
        });

        assertThat(asOwner(() -> statements.run(october)).drafted())
                .as("it waits for the next month")
                .isEmpty();
        Period next = Period.of(ground.month().plusMonths(1));
        UUID later = asOwner(() -> statements.run(next).drafted().get(0).statementId());
        StatementDocument document = asOwner(() -> statements.document(later));
        assertThat(document.lines()).singleElement().matches(document::late, "late");
    }

    @Test
    void sumsAreTheSameWhereverTheyAreTold() throws Exception {
        bring(CODE, 301, 600, 45, 359, 361, 3599, 3601, 7);
        UUID draft = drafted();

        StatementDocument before = asOwner(() -> statements.document(draft));
        StatementList.Row listed = rows(StatementState.DRAFT).get(0);
        Statement issued = asOwner(() -> issuing.issue(draft, before.total()));
        StatementDocument after = asOwner(() -> statements.document(draft));

        BigDecimal lines =
                after.lines().stream().map(StatementDocument.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(lines)
                .isEqualTo(before.total())
                .isEqualTo(after.total())
                .isEqualTo(issued.total())
                .isEqualTo(listed.total())
                .isEqualTo(new BigDecimal("725.00"));
        assertThat(after.lines()).allSatisfy(line -> assertThat(line.quantity().multiply(line.unitRate()))
                .as("printed hours times printed rate")
                .isEqualByComparingTo(line.amount()));
        assertThat(after.evidence()).hasSize(64).isEqualTo(before.evidence());
    }

    @Test
    void whatIsIssuedStaysAsItWas() throws Exception {
        bring(CODE, 301);
        UUID id = drafted();
        Statement issued = asOwner(() -> issuing.issue(id, null));
        byte[] bytes = asOwner(() -> statements.pdf(id).bytes());
        String document = asOwner(() -> statements.document(id).toString());
        assertThat(bytes).startsWith("%PDF".getBytes(StandardCharsets.US_ASCII));
        assertThat(Sha256.of(bytes)).isEqualTo(issued.pdfSha256());

        asOwner(() -> {
            Client client = clients.get(firm.client());
            clients.change(
                    client.id(),
                    client.version(),
                    new Clients.Draft("Barton Creek Holding", "Somebody else", "Elsewhere 9", null, "USD"));
            return null;
        });

        assertThat(asOwner(() -> statements.pdf(id).bytes())).isEqualTo(bytes);
        assertThat(asOwner(() -> statements.document(id).toString())).isEqualTo(document);
    }

    @Test
    void callsThatComeAfterTheIssueGoToTheNextMonth() throws Exception {
        bring(CODE, 301);
        UUID id = drafted();
        asOwner(() -> issuing.issue(id, null));
        bring(CODE, 600);

        Statements.Run run = asOwner(() -> statements.run(october));
        assertThat(run.drafted()).isEmpty();
        assertThat(run.waiting()).singleElement().satisfies(waiting -> assertThat(waiting.calls())
                .isEqualTo(1));

        Period next = Period.of(ground.month().plusMonths(1));
        UUID later = asOwner(() -> statements.run(next).drafted().get(0).statementId());
        assertThat(rows(StatementState.DRAFT)).singleElement().satisfies(row -> {
            assertThat(row.statement().id()).isEqualTo(later);
            assertThat(row.late()).isTrue();
        });
    }

    @Test
    void anIssuedStatementCantBeIssuedDiscardedOrThinnedOut() throws Exception {
        bring(CODE, 301);
        UUID id = drafted();
        UUID call = asOwner(() -> statements.document(id).lines().get(0).callId());
        Statement issued = asOwner(() -> issuing.issue(id, null));

        assertThatThrownBy(() -> asOwner(() -> issuing.issue(id, null)))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining(issued.number());
        assertThatThrownBy(() -> asOwner(() -> {
                    statements.discard(id);
                    return null;
                }))
                .isInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(() -> asOwner(() -> {
                    statements.putOff(id, List.of(call));
                    return null;
                }))
                .isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void anEmptyDraftCantBeIssuedButDiscarded() throws Exception {
        bring(CODE, 301);
        UUID id = drafted();
        asOwner(() -> {
            statements.putOff(id, List.of(statements.document(id).lines().get(0).callId()));
            return null;
        });

        assertThatThrownBy(() -> asOwner(() -> issuing.issue(id, null)))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("no calls");
        asOwner(() -> {
            statements.discard(id);
            return null;
        });
        assertThat(rows(null)).isEmpty();
    }

    @Test
    void aDraftThatChangedSinceItWasSeenIsNotIssued() throws Exception {
        bring(CODE, 301);
        UUID id = drafted();

        assertThatThrownBy(() -> asOwner(() -> issuing.issue(id, new BigDecimal("24.00"))))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("25.00");
        assertThat(asOwner(() -> issuing.issue(id, new BigDecimal("25.0"))).number())
                .endsWith("-0001");
    }

    @Test
    void discardingTakesNoNumberAndFreesTheCalls() throws Exception {
        bring(CODE, 301);
        UUID first = drafted();
        asOwner(() -> {
            statements.discard(first);
            return null;
        });

        UUID second = drafted();

        assertThat(second).isNotEqualTo(first);
        assertThat(asOwner(() -> issuing.issue(second, null)).number()).endsWith("-0001");
    }

    @Test
    void manyAreIssuedInTheBackgroundInTheOrderOfClients() throws Exception {
        List<String> names = List.of("Zilker Park", "Austin Bridges", "Mopac Tolls");
        asOwner(() -> {
            for (int i = 0; i < names.size(); i++) {
                ground.agree(ground.client(names.get(i)), "200" + i);
            }
            return null;
        });
        for (int i = 0; i < names.size(); i++) {
            bring("200" + i, 301);
        }
        asOwner(() -> statements.run(october));
        UUID batch = asOwner(() -> batches.ask(rows(StatementState.DRAFT).stream()
                .map(row -> row.statement().id())
                .toList()));

        IssueBatches.Progress progress = asOwner(() -> batches.progress(batch));
        for (int tries = 0; tries < 600 && !progress.done(); tries++) {
            Thread.sleep(50);
            progress = asOwner(() -> batches.progress(batch));
        }

        assertThat(progress.issued()).isEqualTo(3);
        assertThat(progress.refused()).isEmpty();
        assertThat(rows(StatementState.ISSUED))
                .extracting(row -> row.client() + " " + row.statement().number().substring(7))
                .containsExactly("Austin Bridges 0001", "Mopac Tolls 0002", "Zilker Park 0003");
        assertThat(rows(StatementState.ISSUED))
                .extracting(row -> row.statement().issuedBy())
                .containsOnly(firm.owner().displayName());
    }

    @Test
    void theClientSeesItsOwnIssuedStatementsOnly() throws Exception {
        UUID other = asOwner(() -> {
            UUID client = ground.client("Nina Wexler");
            ground.agree(client, "1043");
            return client;
        });
        bring(CODE, 301);
        bring("1043", 301);
        List<UUID> drafts = asOwner(() -> statements.run(october).drafted().stream()
                .map(Statements.Drafted::statementId)
                .toList());
        assertThat(firm.as(Role.CLIENT, () -> portal.list(null, 10)).items()).isEmpty();
        for (UUID draft : drafts) {
            assertThatThrownBy(() -> firm.as(Role.CLIENT, () -> portal.document(draft)))
                    .isInstanceOf(Refusal.NotFound.class);
            asOwner(() -> issuing.issue(draft, null));
        }

        List<Statement> seen = firm.as(Role.CLIENT, () -> portal.list(null, 10)).items();

        assertThat(seen).singleElement().satisfies(own -> assertThat(own.clientId())
                .isEqualTo(firm.client())
                .isNotEqualTo(other));
        UUID own = seen.get(0).id();
        UUID foreign = drafts.stream().filter(id -> !id.equals(own)).findFirst().orElseThrow();
        assertThatThrownBy(() -> firm.as(Role.CLIENT, () -> portal.pdf(foreign)))
                .isInstanceOf(Refusal.NotFound.class);
        Pdf download = firm.as(Role.CLIENT, () -> portal.pdf(own));
        assertThat(download.bytes()).isEqualTo(asOwner(() -> statements.pdf(own).bytes()));
        firm.as(Role.CLIENT, () -> portal.pdf(own));
        assertThat(asOwner(() -> statements.firstView(own))).hasValueSatisfying(view -> assertThat(view.viewer())
                .isEqualTo(firm.clientUser().displayName()));
        assertThat(asOwner(() -> audit.of("statement", own)))
                .extracting(AuditEntry::action)
                .containsExactly("statement.drafted", "statement.issued", "statement.viewed");
    }

    @Test
    void anotherFirmsStatementSoundsLikeAMissingOne() throws Exception {
        bring(CODE, 301);
        UUID id = drafted();
        TestFirm other = TestFirm.createInServer();

        assertThatThrownBy(() -> other.as(Role.OWNER, () -> statements.document(id)))
                .isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> other.as(Role.OWNER, () -> issuing.issue(id, null)))
                .isInstanceOf(Refusal.NotFound.class);
        assertThatThrownBy(() -> other.as(Role.OWNER, () -> batches.ask(List.of(id))))
                .isInstanceOf(Refusal.Conflict.class);
        assertThat(other.as(Role.OWNER, () -> statements.run(october)).drafted())
                .isEmpty();
    }

    @Test
    void onlyTheOfficeMakesStatements() throws Exception {
        bring(CODE, 301);
        UUID id = drafted();

        for (Role role : List.of(Role.PROFESSIONAL, Role.CLIENT)) {
            assertThatThrownBy(() -> firm.as(role, () -> statements.run(october)))
                    .isInstanceOf(Refusal.Forbidden.class);
            assertThatThrownBy(() -> firm.as(role, () -> statements.document(id)))
                    .isInstanceOf(role == Role.CLIENT ? Refusal.Forbidden.class : Refusal.NotFound.class);
            assertThatThrownBy(() -> firm.as(role, () -> issuing.issue(id, null)))
                    .isInstanceOf(Refusal.Forbidden.class);
        }
        assertThat(firm.as(Role.CLERK, () -> issuing.issue(id, null)).state()).isEqualTo(StatementState.ISSUED);
    }
}
