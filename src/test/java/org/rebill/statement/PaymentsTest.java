package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.platform.Refusal;

/** Payments, ageing, bank's files and reminders on the real schema. */
class PaymentsTest {
    private BareStatements office;
    private Payments payments;

    @BeforeEach
    void office() throws Exception {
        office = new BareStatements();
        payments = office.get(Payments.class);
    }

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    private Payment pay(boolean overpaid, Payments.Part... parts) throws Exception {
        return office.in(() -> payments.enter(new Payments.Draft(
                LocalDate.of(2026, 11, 25), Payment.Method.TRANSFER, "Wire", List.of(parts), overpaid)));
    }

    private Payments.Part part(Statement statement, String amount) {
        return new Payments.Part(statement.id(), money(amount));
    }

    private StatementStage stage(Statement statement) throws Exception {
        return office.life(statement.id()).stage();
    }

    @Test
    void partsLeadToPaid() throws Exception {
        Statement statement = office.issued("Barton Creek", 1, 3);
        assertThat(stage(statement)).isEqualTo(StatementStage.ISSUED);
        pay(false, part(statement, "40"));
        assertThat(stage(statement)).isEqualTo(StatementStage.PARTLY_PAID);
        assertThat(office.life(statement.id()).open()).isEqualByComparingTo("60");
        assertThatThrownBy(() -> pay(false, part(statement, "60.01")))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("60.00 USD are open");
        Payment last = pay(false, part(statement, "60.00"));
        assertThat(stage(statement)).isEqualTo(StatementStage.PAID);

        office.in(() -> payments.takeBack(last.id(), "Entered twice"));
        assertThat(stage(statement)).isEqualTo(StatementStage.PARTLY_PAID);
        assertThatThrownBy(() -> office.in(() -> payments.takeBack(last.id(), "Again")))
                .isInstanceOf(Refusal.Conflict.class);
        assertThat(office.in(() -> payments.of(statement.id())))
                .extracting(paid -> paid.payment().takenBack())
                .containsExactly(false, true);
    }

    @Test
    void moreThanIsOpenIsKnownOrRefused() throws Exception {
        Statement statement = office.issued("Barton Creek", 1);
        pay(true, part(statement, "30"));
        assertThat(office.life(statement.id()).open()).isEqualByComparingTo("-5");
        assertThat(stage(statement)).isEqualTo(StatementStage.PAID);
        Receivables.Ageing ageing =
                office.in(() -> office.get(Receivables.class).ageing());
        assertThat(ageing.clients().get(0).credit()).isEqualByComparingTo("5");
        assertThat(ageing.totals().get(0).total()).isEqualByComparingTo("-5");
    }

    @Test
    void oneMayBeForSeveralOfOneClientOnly() throws Exception {
        Statement first = office.issued("Barton Creek", 1);
        Statement other = office.issued("Lakeway", 1);
        assertThatThrownBy(() -> pay(false, part(first, "1"), part(other, "1")))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("one client");
        assertThatThrownBy(() -> pay(false, part(first, "1"), part(first, "1"))).isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> pay(false, part(first, "1.001"))).hasMessageContaining("at most 2 decimals");
        assertThatThrownBy(() -> pay(false)).isInstanceOf(Refusal.Invalid.class);
        assertThatThrownBy(() -> pay(false, new Payments.Part(UUID.randomUUID(), money("1"))))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(office.life(first.id()).paid()).isEqualByComparingTo("0");
    }

    @Test
    void aCreditedStatementThatWasPaidIsOwedBack() throws Exception {
        Statement statement = office.issued("Barton Creek", 1);
        pay(false, part(statement, "25"));
        office.in(() -> office.get(CreditNotes.class).takeBack(statement.id(), "Wrong client", false));
        assertThat(stage(statement)).isEqualTo(StatementStage.CREDITED);
        assertThat(office.life(statement.id()).open()).isEqualByComparingTo("-25");
    }

    @Test
    void theDatabaseComputesTheSameStage() throws Exception {
        Statement part = office.issued("Partly", 1);
        Statement paid = office.issued("Paid", 1);
        Statement credited = office.issued("Credited", 1);
        Statement untouched = office.issued("Untouched", 1);
        pay(false, part(part, "5"));
        pay(false, part(paid, "25"));
        office.in(() -> office.get(CreditNotes.class).takeBack(credited.id(), "Wrong client", false));
        StatementList list = office.get(StatementList.class);
        for (Statement statement : List.of(part, paid, credited, untouched)) {
            StatementStage stage = stage(statement);
            assertThat(office.in(() -> list.list(new StatementList.Filter(null, null, null, stage, null), null, 50)
                            .items()))
                    .extracting(row -> row.statement().id())
                    .as(stage.toString())
                    .contains(statement.id());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 30, 31, 60, 61, 90, 91})
    void agesByTheDaysSinceItWasDue(long days) throws Exception {
        Statement statement = office.issued("Barton Creek", 1);
        office.services().setNow(BareStatements.NOW.plus(Duration.ofDays(30 + days)));
        Receivables.Age age = office.in(() -> office.get(Receivables.class).ageing())
                .clients()
                .get(0);
        assertThat(statement.dueOn()).isEqualTo(LocalDate.of(2026, 12, 25));
        BigDecimal expected = money("25");
        BigDecimal found = days == 0
                ? age.notDue()
                : days <= 30 ? age.to30() : days <= 60 ? age.to60() : days <= 90 ? age.to90() : age.over90();
        assertThat(found).isEqualByComparingTo(expected);
        assertThat(age.total()).isEqualByComparingTo(expected);
        assertThat(age.overdue()).isEqualByComparingTo(days == 0 ? "0" : "25");
    }

    private byte[] csv(String... lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private List<BankImports.Line> preview(byte[] file) throws Exception {
        return office.in(() -> office.get(BankImports.class).preview(file));
    }

    private int enter(byte[] file, Set<Long> lines) throws Exception {
        return office.in(() -> office.get(BankImports.class).enter(file, lines)).entered();
    }

    @Test
    void aBanksFileIsMatchedByNumberAndAmountAndEnteredOnce() throws Exception {
        Statement one = office.issued("Barton Creek", 1);
        Statement two = office.issued("Lakeway", 2);
        Statement three = office.issued("Onion Creek", 3);
        byte[] file = csv(
                "Account 123,,",
                "Date,Description,Amount",
                "11/20/2026,WIRE BARTON T-2026 0001,25.00",
                "11/21/2026,Lakeway thanks,50.00",
                "11/21/2026,Rent,-900.00",
                "11/22/2026,Somebody,12.34",
                "nonsense,T-2026-0003,75.00");
        List<BankImports.Line> lines = preview(file);
        assertThat(lines)
                .extracting(BankImports.Line::match)
                .containsExactly(
                        BankImports.Match.NUMBER,
                        BankImports.Match.AMOUNT,
                        BankImports.Match.OUT,
                        BankImports.Match.NONE,
                        BankImports.Match.UNREADABLE);
        assertThat(lines.get(0).numbers()).contains("T-2026-0001", "Barton Creek");
        assertThat(lines.get(4).problem()).contains("nonsense");
        assertThat(office.life(one.id()).paid()).as("shown only").isEqualByComparingTo("0");

        assertThat(enter(file, null)).isEqualTo(1);
        assertThat(stage(one)).isEqualTo(StatementStage.PAID);
        assertThat(stage(two)).isEqualTo(StatementStage.ISSUED);
        assertThat(enter(file, Set.of(lines.get(0).no(), lines.get(1).no())))
                .as("the first is known")
                .isEqualTo(1);
        assertThat(stage(two)).isEqualTo(StatementStage.PAID);
        assertThat(enter(file, Set.of(lines.get(0).no(), lines.get(1).no()))).isZero();
        assertThat(stage(three)).isEqualTo(StatementStage.ISSUED);
        assertThat(preview(file))
                .extracting(BankImports.Line::match)
                .startsWith(BankImports.Match.KNOWN, BankImports.Match.KNOWN);
    }

    @Test
    void aNumberInsideALongerOneIsNotIt() throws Exception {
        office.issued("Barton Creek", 1);
        List<BankImports.Line> lines = preview(csv("Date;Amount;Text", "20.11.2026;1.234,50;T-2026-00011"));
        assertThat(lines.get(0).match()).isEqualTo(BankImports.Match.NONE);
        assertThat(lines.get(0).amount()).isEqualByComparingTo("1234.50");
        assertThat(lines.get(0).day()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThatThrownBy(() -> preview(csv("a,b", "1,2")))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("Date,Amount,Description");
    }

    @Test
    void theSameBookingTwiceInAFileIsTwoBookings() throws Exception {
        Statement statement = office.issued("Barton Creek", 2);
        byte[] file = csv("Date,Amount,Text", "2026-11-20,25.00,T-2026-0001", "2026-11-20,25.00,T-2026-0001");
        assertThat(enter(file, null)).isEqualTo(2);
        assertThat(stage(statement)).isEqualTo(StatementStage.PAID);
        assertThat(enter(file, null)).isZero();
    }

    @Test
    void remindersComeInThreeSteps() throws Exception {
        Statement statement = office.issued("Barton Creek", 1);
        Reminders reminders = office.get(Reminders.class);
        assertThatThrownBy(() -> office.in(() -> reminders.write(statement.id(), 1)))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("Nothing of this statement is overdue");
        int[] days = {7, 21, 35};
        for (int step = 1; step <= 3; step++) {
            int now = step;
            office.services().setNow(BareStatements.NOW.plus(Duration.ofDays(30 + days[step - 1] - 1)));
            assertThat(office.in(reminders::overdue))
                    .extracting(Reminders.Overdue::step)
                    .containsExactly(0);
            office.services().setNow(BareStatements.NOW.plus(Duration.ofDays(30 + days[step - 1])));
            assertThat(office.in(reminders::overdue))
                    .extracting(Reminders.Overdue::step)
                    .containsExactly(step);
            Reminder written = office.in(() -> reminders.write(statement.id(), now));
            assertThat(written.text()).contains("T-2026-0001", "$25.00", "Firm");
            assertThatThrownBy(() -> office.in(() -> reminders.write(statement.id(), now)))
                    .isInstanceOf(Refusal.Conflict.class);
        }
        assertThat(office.in(() -> reminders.of(statement.id()))).hasSize(3);
        assertThat(office.life(statement.id()).reminders()).isEqualTo(3);
    }
}
