package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rebill.statement.StatementDocument.Sums;
import org.rebill.statement.Totals.DiscountTerms;
import org.rebill.statement.Totals.TaxTerms;

/** Discount and tax: the vectors of DOMAIN.md D15 and D16. */
class TotalsTest {
    private static final List<BigDecimal> TEN_TENS = Collections.nCopies(10, money("10.00"));

    private static BigDecimal money(String amount) {
        return new BigDecimal(amount);
    }

    private static List<BigDecimal> lines(String... amounts) {
        return Stream.of(amounts).map(BigDecimal::new).toList();
    }

    private static TaxTerms tax(String percent, boolean perLine, boolean included) {
        return new TaxTerms("VAT", "STANDARD", new BigDecimal(percent), null, perLine, included);
    }

    private static BigDecimal taxOf(Sums sums) {
        return sums.taxes().get(0).amount();
    }

    @Test
    void tenTensAtEightAndAQuarterPerCentDifferByTheWayOfRounding() {
        Sums once = Totals.of(TEN_TENS, null, tax("8.25", false, false), 2);
        Sums lines = Totals.of(TEN_TENS, null, tax("8.25", true, false), 2);
        assertThat(taxOf(once)).isEqualTo(money("8.25"));
        assertThat(Totals.total(once)).isEqualTo(money("108.25"));
        assertThat(taxOf(lines)).isEqualTo(money("8.30"));
        assertThat(Totals.total(lines)).isEqualTo(money("108.30"));
    }

    @Test
    void halvesAreRoundedUp() {
        assertThat(taxOf(Totals.of(lines("0.50"), null, tax("1", false, false), 2)))
                .isEqualTo(money("0.01"));
        assertThat(taxOf(Totals.of(lines("125"), null, tax("10", false, false), 0)))
                .isEqualTo(money("13"));
    }

    @Test
    void taxIncludedIsToldAndNotAdded() {
        Sums sums = Totals.of(lines("119.00", "59.50"), null, tax("19", false, true), 2);
        assertThat(taxOf(sums)).isEqualTo(money("28.50"));
        assertThat(sums.taxes().get(0).base()).isEqualTo(money("150.00"));
        assertThat(Totals.total(sums)).isEqualTo(money("178.50"));
    }

    @Test
    void withoutTaxAndDiscountTheTotalIsTheLines() {
        Sums sums = Totals.of(TEN_TENS, null, null, 2);
        assertThat(Totals.total(sums)).isEqualTo(money("100.00"));
        assertThat(sums.taxes()).isEmpty();
    }

    @Test
    void exemptAndZeroHaveABaseAndNoTax() {
        TaxTerms exempt =
                new TaxTerms("Exempt", "EXEMPT", BigDecimal.ZERO, "Article 132 of the VAT Directive", false, false);
        Sums sums = Totals.of(TEN_TENS, null, exempt, 2);
        assertThat(taxOf(sums)).isEqualTo(money("0.00"));
        assertThat(sums.taxes().get(0).base()).isEqualTo(money("100.00"));
        assertThat(sums.taxes().get(0).reason()).contains("132");
    }

    @Test
    void theDiscountComesBeforeTheTax() {
        Sums percent = Totals.of(TEN_TENS, new DiscountTerms(money("10"), null, null), tax("19", false, false), 2);
        assertThat(percent.discount().amount()).isEqualTo(money("10.00"));
        assertThat(taxOf(percent)).isEqualTo(money("17.10"));
        assertThat(Totals.total(percent)).isEqualTo(money("107.10"));
        Sums amount =
                Totals.of(TEN_TENS, new DiscountTerms(null, money("25"), money("100")), tax("19", false, false), 2);
        assertThat(amount.discount().amount()).isEqualTo(money("25.00"));
        assertThat(Totals.total(amount)).isEqualTo(money("89.25"));
        Sums tooMuch = Totals.of(TEN_TENS, new DiscountTerms(null, money("250"), money("100")), null, 2);
        assertThat(Totals.total(tooMuch)).as("never below nothing").isEqualTo(money("0.00"));
    }

    @Test
    void aCutIsSpreadByTheLargestRemainder() {
        List<BigDecimal> left = Totals.spread(money("400.00"), lines("300.00", "300.00", "300.00"), 2);
        assertThat(left).containsExactlyElementsOf(lines("166.66", "166.67", "166.67"));
        assertThat(left.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualTo(money("500.00"));
    }

    @Test
    void linesDiscountAndTaxMakeTheTotalToTheCent() {
        Random random = new Random(15);
        for (int round = 0; round < 300; round++) {
            List<BigDecimal> amounts = IntStream.range(0, 1 + random.nextInt(9))
                    .mapToObj(i -> BigDecimal.valueOf(1 + random.nextInt(99_999), 2))
                    .toList();
            BigDecimal fees = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            DiscountTerms discount =
                    switch (random.nextInt(3)) {
                        case 0 -> null;
                        case 1 -> new DiscountTerms(BigDecimal.valueOf(random.nextInt(100) + 1), null, null);
                        default -> new DiscountTerms(null, BigDecimal.valueOf(random.nextInt(20_000) + 1, 2), fees);
                    };
            TaxTerms tax = tax("8.25", random.nextBoolean(), random.nextBoolean());
            Sums whole = Totals.of(amounts, discount, tax, 2);
            BigDecimal net = fees.subtract(
                    whole.discount() == null
                            ? BigDecimal.ZERO
                            : whole.discount().amount());
            assertThat(Totals.total(whole)).isEqualTo(tax.included() ? net : net.add(taxOf(whole)));
            assertThat(whole.taxes().get(0).base()).isEqualTo(tax.included() ? net.subtract(taxOf(whole)) : net);
        }
    }
}
