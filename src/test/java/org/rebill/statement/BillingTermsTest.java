package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;
import org.rebill.statement.ClientBilling.Choice;

/** Tax, discount, approval and the papers of a run, on the real schema. */
class BillingTermsTest {
    private BareStatements office;

    @BeforeEach
    void office() throws Exception {
        office = new BareStatements();
    }

    private TaxRates.Rate vat(String percent, LocalDate from) throws Exception {
        return office.in(() -> office.get(TaxRates.class)
                .add(new TaxRates.Draft("VAT", TaxRate.Category.STANDARD, new BigDecimal(percent), from, null)));
    }

    private void choose(UUID client, Choice choice) throws Exception {
        ClientBillings clients = office.get(ClientBillings.class);
        office.in(() -> clients.change(client, clients.get(client).version(), choice));
    }

    private UUID draft(String name, int... tenths) throws Exception {
        UUID client = office.client(name);
        office.calls(client, tenths);
        return office.drafts().get(0);
    }

    private StatementDocument document(UUID id) throws Exception {
        return office.in(() -> office.get(Statements.class).document(id));
    }

    private Statement issue(UUID draft) throws Exception {
        return office.in(() -> office.get(Issuing.class).issue(draft, null));
    }

    @Test
    void nobodyIsTaxedUnlessTheFirmSaysSo() throws Exception {
        assertThat(document(draft("Barton Creek", 4)).sums()).isNull();
    }

    @Test
    void theRateOfTheStatementsDayCounts() throws Exception {
        TaxRates.Rate vat = vat("19", null);
        office.in(
                () -> office.get(TaxRates.class).change(vat.id(), LocalDate.of(2026, 11, 25), new BigDecimal("8.25")));
        office.rules(rules -> BareStatements.taxed(rules, vat.id(), false, false));
        UUID draft = draft("Barton Creek", 4);
        StatementDocument document = document(draft);
        assertThat(document.tax()).isEqualByComparingTo("8.25");
        assertThat(document.total()).isEqualByComparingTo("108.25");
        assertThat(office.in(() -> office.get(StatementList.class).get(draft)).total())
                .as("the list tells the same")
                .isEqualByComparingTo("108.25");
        Statement issued = issue(draft);
        assertThat(issued.fees()).isEqualByComparingTo("100.00");
        assertThat(issued.tax()).isEqualByComparingTo("8.25");
        assertThat(issued.total()).isEqualByComparingTo("108.25");
        assertThat(office.life(issued.id()).open()).isEqualByComparingTo("108.25");
    }

    @Test
    void totalsAreThoseOfDraftsAndIssuedLessCreditNotes() throws Exception {
        Statement issued = office.issued("Barton Creek", 4);
        UUID call = document(issued.id()).lines().get(0).callId();
        office.in(() -> office.get(CreditNotes.class)
                .credit(issued.id(), List.of(new CreditNotes.Wanted(call, 1, new BigDecimal("0.1"))), "A tenth less"));
        draft("Lakeway", 2);
        List<StatementList.Total> totals =
                office.in(() -> office.get(StatementList.class).totals(new StatementList.Filter(null, null, null)));
        assertThat(totals)
                .extracting(
                        StatementList.Total::state, total -> total.amount().toPlainString(), StatementList.Total::calls)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(StatementState.ISSUED, "75.00", 1L),
                        org.assertj.core.groups.Tuple.tuple(StatementState.DRAFT, "50.00", 1L));
    }

    @Test
    void perLineRoundingIsToldByTheListToo() throws Exception {
        TaxRates.Rate vat = vat("8.25", null);
        office.rules(rules -> BareStatements.taxed(rules, vat.id(), true, false));
        UUID draft = draft("Barton Creek", 1, 1, 1);
        // 25.00 x 8.25 % = 2.0625: 2.06 on each line, 6.19 on their sum.
        assertThat(document(draft).total()).isEqualByComparingTo("81.18");
        assertThat(office.in(() -> office.get(StatementList.class).get(draft)).total())
                .isEqualByComparingTo("81.18");
        assertThat(issue(draft).total()).isEqualByComparingTo("81.18");
    }

    @Test
    void aClientMayHaveItsOwnDiscountTaxAndLanguage() throws Exception {
        TaxRates.Rate vat = vat("20", null);
        TaxRates.Rate reverse = office.in(() -> office.get(TaxRates.class)
                .add(new TaxRates.Draft(
                        "Reverse charge",
                        TaxRate.Category.REVERSE_CHARGE,
                        null,
                        null,
                        "Article 196 of Directive 2006/112/EC")));
        office.rules(rules -> BareStatements.taxed(rules, vat.id(), false, false));
        UUID client = office.client("Barton Creek");
        office.calls(client, 4);
        UUID draft = office.drafts().get(0);
        choose(client, new Choice(null, false, new BigDecimal("10"), null, null, null, null, "de-DE"));
        StatementDocument discounted = document(draft);
        assertThat(discounted.discount()).isEqualByComparingTo("10.00");
        assertThat(discounted.tax()).isEqualByComparingTo("18.00");
        assertThat(discounted.total()).isEqualByComparingTo("108.00");
        assertThat(discounted.locale()).isEqualTo("de-DE");
        choose(client, new Choice(reverse.id(), false, null, new BigDecimal("20.00"), null, null, null, null));
        StatementDocument reversed = document(draft);
        assertThat(reversed.total()).isEqualByComparingTo("80.00");
        assertThat(reversed.sums().taxes().get(0).reason()).contains("196");
        choose(client, new Choice(null, true, null, null, null, null, null, null));
        assertThat(document(draft).sums()).isNull();
        choose(client, Choice.USUAL);
        assertThat(document(draft).total()).isEqualByComparingTo("120.00");
    }

    @Test
    void creditNotesGiveDiscountAndTaxBackToTheCent() throws Exception {
        TaxRates.Rate vat = vat("8.25", null);
        office.rules(rules -> BareStatements.taxed(rules, vat.id(), false, false));
        UUID client = office.client("Barton Creek");
        office.calls(client, 1, 1, 1, 7);
        UUID draft = office.drafts().get(0);
        choose(client, new Choice(null, false, null, new BigDecimal("33.33"), null, null, null, null));
        Statement statement = issue(draft);
        BigDecimal credited = BigDecimal.ZERO;
        for (StatementDocument.Line line : document(draft).lines()) {
            Statement note = office.in(() -> office.get(CreditNotes.class)
                    .credit(
                            draft,
                            List.of(new CreditNotes.Wanted(line.callId(), line.chargeNo(), null)),
                            "One line at a time"));
            StatementDocument printed = document(note.id());
            assertThat(printed.fees().subtract(printed.discount()).add(printed.tax()))
                    .isEqualByComparingTo(printed.total());
            credited = credited.add(note.total());
        }
        assertThat(credited.negate()).isEqualByComparingTo(statement.total());
        assertThat(office.life(draft).stage()).isEqualTo(StatementStage.CREDITED);
    }

    @Test
    void refusesWhatMakesNoSense() throws Exception {
        TaxRates rates = office.get(TaxRates.class);
        assertThatThrownBy(() -> office.in(
                        () -> rates.add(new TaxRates.Draft("VAT", TaxRate.Category.EXEMPT, null, null, null))))
                .hasMessageContaining("Say why there is no tax");
        assertThatThrownBy(() -> vat("0", null)).isInstanceOf(Refusal.Invalid.class);
        vat("19", null);
        assertThatThrownBy(() -> vat("19", null)).isInstanceOf(Refusal.Conflict.class);
        UUID client = office.client("Barton Creek");
        for (Choice wrong : List.of(
                new Choice(null, false, new BigDecimal("101"), null, null, null, null, null),
                new Choice(null, false, new BigDecimal("1"), new BigDecimal("1"), null, null, null, null),
                new Choice(null, false, null, new BigDecimal("0.001"), null, null, null, null),
                new Choice(UUID.randomUUID(), false, null, null, null, null, null, null),
                new Choice(null, false, null, null, null, null, null, "fr-FR"))) {
            assertThatThrownBy(() -> choose(client, wrong)).as(wrong.toString()).isInstanceOf(Refusal.Invalid.class);
        }
    }

    @Test
    void whatIsIssuedWasApprovedAsItIs() throws Exception {
        office.rules(rules -> BareStatements.office(rules, false, true, true));
        UUID client = office.client("Barton Creek");
        office.calls(client, 4);
        UUID draft = office.drafts().get(0);
        Reviews reviews = office.get(Reviews.class);
        assertThatThrownBy(() -> issue(draft)).hasMessageContaining("not approved yet");
        assertThat(office.in(() -> reviews.begin(draft)).draftStage()).isEqualTo(StatementStage.IN_REVIEW);
        assertThatThrownBy(() -> office.in(() -> reviews.approve(draft, new BigDecimal("99"))))
                .isInstanceOf(Refusal.Conflict.class);
        assertThat(office.in(() -> reviews.approve(draft, new BigDecimal("100")))
                        .draftStage())
                .isEqualTo(StatementStage.APPROVED);
        office.calls(client, 1);
        office.drafts();
        assertThatThrownBy(() -> issue(draft)).hasMessageContaining("approved at 100.00");
        office.as(Role.CLERK, null, () -> reviews.approve(draft, null));
        assertThat(issue(draft).total()).isEqualByComparingTo("125.00");
    }

    @Test
    void warnsOfLateAndUnusualCalls() throws Exception {
        UUID client = office.client("Barton Creek");
        office.calls(client, 1, 1, 1, 1, 1, 1, 1, 1, 40);
        UUID draft = office.drafts().get(0);
        List<Reviews.Found> found = office.in(() -> office.get(Reviews.class).warnings(draft));
        assertThat(found)
                .extracting(Reviews.Found::warning, Reviews.Found::calls)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Reviews.Warning.UNUSUAL, 1L));
    }

    @Test
    void theZipHoldsTheStoredBytesOfTheRun() throws Exception {
        Statement one = office.issued("Barton Creek", 1);
        Statement two = office.issued("Lakeway", 2);
        Statement note = office.in(() -> office.get(CreditNotes.class).takeBack(two.id(), "Wrong", false))
                .note();
        Papers papers = office.get(Papers.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        office.in(() -> {
            papers.write(papers.of(BareStatements.OCTOBER), out);
            return null;
        });
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                byte[] bytes = zip.readAllBytes();
                if (entry.getName().startsWith(one.number())) {
                    assertThat(Sha256.of(bytes)).isEqualTo(one.pdfSha256());
                }
            }
        }
        assertThat(names).containsExactly(one.number() + ".pdf", two.number() + ".pdf", note.number() + ".pdf");
    }
}
