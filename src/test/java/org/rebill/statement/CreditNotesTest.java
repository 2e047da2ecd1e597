package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Role;
import org.rebill.ledger.Ledger;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.statement.StatementDocument.Line;

/** Credit notes on the real schema: what they take back, what comes free, and their numbers. */
class CreditNotesTest {
    private static final int THREADS = 50;
    private static final int ISSUES = Integer.getInteger("rebill.issues", 10);
    private static final String WRONG = "The second call was with another client";

    private BareStatements office;
    private CreditNotes credits;

    @BeforeEach
    void office() throws Exception {
        office = new BareStatements();
        credits = office.get(CreditNotes.class);
    }

    private StatementDocument document(UUID id) throws Exception {
        return office.in(() -> office.get(Statements.class).document(id));
    }

    private Statement takeBack(UUID id) throws Exception {
        return office.in(() -> credits.takeBack(id, WRONG, false)).note();
    }

    private Statement credit(Statement statement, int line, String quantity) throws Exception {
        Line taken = document(statement.id()).lines().get(line);
        return office.in(() -> credits.credit(
                statement.id(),
                List.of(new CreditNotes.Wanted(
                        taken.callId(), taken.chargeNo(), quantity == null ? null : new BigDecimal(quantity))),
                WRONG));
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    @Test
    void takingBackWritesMinusLinesUnderANumberOfTheirOwn() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3);
        assertThat(statement.number()).isEqualTo("T-2026-0001");
        Statement note = takeBack(statement.id());

        assertThat(note.number()).isEqualTo("T-CN-2026-0001");
        assertThat(note.kind()).isEqualTo(Statement.Kind.CREDIT_NOTE);
        assertThat(note.creditsId()).isEqualTo(statement.id());
        assertThat(note.total()).isEqualByComparingTo("-100.00");
        StatementDocument printed = document(note.id());
        assertThat(printed.credits().number()).isEqualTo("T-2026-0001");
        assertThat(printed.credits().reason()).isEqualTo(WRONG);
        assertThat(printed.credits().whole()).isTrue();
        assertThat(printed.number()).isEqualTo(note.number());
        assertThat(printed.lines()).extracting(Line::amount).containsExactly(money("-25.00"), money("-75.00"));
        assertThat(printed.lines())
                .allSatisfy(line ->
                        assertThat(line.quantity().multiply(line.unitRate())).isEqualByComparingTo(line.amount()));
        assertThat(printed.lines())
                .extracting(Line::talkSeconds)
                .as("raw seconds never change")
                .isEqualTo(document(statement.id()).lines().stream()
                        .map(Line::talkSeconds)
                        .toList());
        assertThat(office.in(() -> credits.of(statement.id())))
                .extracting(Statement::number)
                .containsExactly("T-CN-2026-0001");
    }

    @Test
    void whatWasIssuedStaysAndItsLifeTells() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3);
        takeBack(statement.id());

        Statement after = office.in(() -> office.get(Statements.class).get(statement.id()));
        assertThat(after.pdfSha256()).isEqualTo(statement.pdfSha256());
        assertThat(after.version()).isEqualTo(statement.version());
        assertThat(after.total()).isEqualByComparingTo("100.00");
        StatementLife life = office.life(statement.id());
        assertThat(life.stage()).isEqualTo(StatementStage.CREDITED);
        assertThat(life.open()).isEqualByComparingTo("0");
        assertThat(office.in(() -> office.get(AuditLog.class).of("statement", statement.id())))
                .extracting(AuditEntry::action)
                .contains("statement.issued", "statement.credited");
    }

    @Test
    void callsThatWereTakenBackAreBilledAgain() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3);
        takeBack(statement.id());

        UUID draft = office.drafts().get(0);
        Statement again = office.in(() -> office.get(Issuing.class).issue(draft, null));
        assertThat(again.number()).isEqualTo("T-2026-0002");
        assertThat(again.total()).isEqualByComparingTo("100.00");
        assertThat(document(again.id()).lines())
                .extracting(Line::callId)
                .isEqualTo(document(statement.id()).lines().stream()
                        .map(Line::callId)
                        .toList());
    }

    @Test
    void aCorrectionHasItsNewDraftAtOnce() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3);
        CreditNotes.Credited credited = office.in(() -> credits.takeBack(statement.id(), WRONG, true));

        Statement draft = office.in(() -> office.get(Statements.class).get(credited.draftId()));
        assertThat(draft.isDraft()).isTrue();
        assertThat(draft.period()).isEqualTo(statement.period());
        assertThat(office.in(() -> office.get(Ledger.class).on(draft.id()))).hasSize(2);
    }

    @Test
    void theDifferenceOnlyLeavesTheCallsBilled() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3);
        Statement note = credit(statement, 1, null);

        assertThat(note.total()).isEqualByComparingTo("-75.00");
        assertThat(document(note.id()).credits().whole()).isFalse();
        assertThat(office.life(statement.id()).stage()).isEqualTo(StatementStage.ISSUED);
        assertThat(office.life(statement.id()).open()).isEqualByComparingTo("25.00");
        assertThat(office.drafts()).as("nothing is free").isEmpty();
    }

    @Test
    void allCreditNotesTogetherMakeTheTotal() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3, 7);
        credit(statement, 1, "0.1");
        credit(statement, 0, null);
        Statement rest = takeBack(statement.id());

        assertThat(rest.total()).isEqualByComparingTo("-225.00");
        assertThat(document(rest.id()).credits().whole()).isTrue();
        assertThat(document(rest.id()).lines())
                .extracting(Line::quantity)
                .containsExactly(money("-0.2"), money("-0.7"));
        assertThat(office.life(statement.id()).credited()).isEqualByComparingTo("275.00");
        assertThat(office.drafts()).as("all of its calls are free").hasSize(1);
    }

    @Test
    void nothingIsTakenBackTwice() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3);
        Statement note = takeBack(statement.id());

        assertThatThrownBy(() -> takeBack(statement.id()))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("Nothing of this statement is left");
        assertThatThrownBy(() -> credit(statement, 0, null)).isInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(() -> takeBack(note.id()))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("is a credit note itself");
    }

    @Test
    void refusesMoreThanThereIsAndSaysWhatIsWrong() throws Exception {
        Statement statement = office.issued("Barton Creek", 3);
        assertThatThrownBy(() -> credit(statement, 0, "0.4"))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("at most 0.3");
        assertThatThrownBy(() -> credit(statement, 0, "0")).isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> credit(statement, 0, "0.12346"))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("last digit");
        assertThatThrownBy(() -> office.in(() -> credits.takeBack(statement.id(), "  ", false)))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("Say why");
        assertThatThrownBy(() -> office.in(() -> credits.credit(statement.id(), List.of(), WRONG)))
                .isInstanceOf(Refusal.Invalid.class);
        UUID client = office.client("Draft only");
        office.calls(client, 1);
        UUID draft = office.drafts().get(0);
        assertThatThrownBy(() -> takeBack(draft)).isInstanceOf(Refusal.Conflict.class);
        assertThat(office.life(statement.id()).credited()).isEqualByComparingTo("0");
    }

    @Test
    void aFirmMayCountThemWithItsStatements() throws Exception {
        Statement statement = office.issued("Barton Creek", 1);
        FirmBilling billing = office.get(FirmBilling.class);
        BillingRules shared = BareStatements.office(BillingRules.USUAL, true, true, false);
        FirmBilling.Current changed = office.in(() -> billing.change(0, shared));
        assertThatThrownBy(() -> office.in(() -> billing.change(0, shared))).isInstanceOf(Refusal.Stale.class);
        assertThat(office.in(billing::get)).isEqualTo(changed);

        assertThat(takeBack(statement.id()).number()).isEqualTo("T-2026-0002");
        assertThat(office.issued("Lakeway", 1).number()).isEqualTo("T-2026-0003");
    }

    @Test
    void aClerkIssuesOnlyWhereTheFirmLets() throws Exception {
        UUID client = office.client("Barton Creek");
        office.calls(client, 1);
        UUID draft = office.drafts().get(0);
        office.rules(rules -> BareStatements.office(rules, false, false, false));

        Callable<Statement> issue = () -> office.get(Issuing.class).issue(draft, null);
        assertThatThrownBy(() -> office.as(Role.CLERK, null, issue)).isInstanceOf(Refusal.Forbidden.class);
        assertThat(office.in(issue).number()).isEqualTo("T-2026-0001");
    }

    private int change(String sql, Object... values) throws Exception {
        return BareDatabase.get()
                .in(office.firm(), connection -> Sql.on(connection).update(sql, values));
    }

    @Test
    void theDatabaseLetsALineDieOnceByACreditNoteOnly() throws Exception {
        Statement statement = office.issued("Barton Creek", 1);
        assertThatThrownBy(() -> change(
                        "update statement_line set live = false where firm_id = ? and statement_id = ?",
                        office.firm(),
                        statement.id()))
                .as("without a credit note")
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23514"));
        takeBack(statement.id());
        assertThat(change(
                        "update statement_line set live = true, credit_id = null where firm_id = ? and statement_id = ?",
                        office.firm(),
                        statement.id()))
                .as("back to life")
                .isZero();
        assertThatThrownBy(() -> change(
                        "update statement_line set amount = 0 where firm_id = ? and statement_id = ?",
                        office.firm(),
                        statement.id()))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    /** C14: 50 threads, one in ten acts fails after its number was taken; credit notes come in between. */
    @Test
    void numbersHaveNoGapsHoweverManyIssueTakeBackAndFail() throws Exception {
        List<UUID> drafts = new ArrayList<>();
        for (int i = 0; i < THREADS * ISSUES; i++) {
            office.calls(office.client("Client " + i), 1);
        }
        drafts.addAll(office.drafts());
        List<Callable<List<String>>> tasks = IntStream.range(0, THREADS)
                .<Callable<List<String>>>mapToObj(
                        thread -> () -> issueAll(drafts.subList(thread * ISSUES, (thread + 1) * ISSUES), thread))
                .toList();
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        List<String> numbers = new ArrayList<>();
        try {
            for (Future<List<String>> future : executor.invokeAll(tasks)) {
                numbers.addAll(future.get());
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(numbers)
                .filteredOn(number -> !number.contains("CN"))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, THREADS * ISSUES)
                        .mapToObj(count -> StatementNumber.of("T", 2026, count))
                        .toList());
        long notes = numbers.stream().filter(number -> number.contains("CN")).count();
        assertThat(notes).isEqualTo((long) THREADS * ((ISSUES + 4) / 5));
        assertThat(numbers)
                .filteredOn(number -> number.contains("CN"))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, (int) notes)
                        .mapToObj(count -> StatementNumber.of("T-CN", 2026, count))
                        .toList());
        assertThat(office.in(() -> office.get(AuditLog.class).firstBreak())).isEmpty();
    }

    private List<String> issueAll(List<UUID> drafts, int thread) throws Exception {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            UUID draft = drafts.get(i);
            if ((i + thread) % 10 == 0) {
                issueInVain(draft);
            }
            numbers.add(office.in(() -> office.get(Issuing.class).issue(draft, null))
                    .number());
            if (i % 5 == 0) {
                numbers.add(takeBack(draft).number());
            }
        }
        return numbers;
    }

    private void issueInVain(UUID draft) {
        assertThatThrownBy(() -> office.in(() -> {
                    office.get(Issuing.class).issue(draft, null);
                    throw new IllegalStateException("after the number was taken");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
