package org.rebill.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertThat(problems(new TermsDraft(
                        "DOLLAR",
                        new BigDecimal("250.1234567"),
                        false,
                        3601,
                        30,
                        86_401,
                        "SIDEWAYS",
                        -1,
                        0,
                        "DAYS",
                        "HALF_DOWN")))
                .extracting(Problem::field, Problem::code)
                .containsExactly(
                        tuple("currency", "currency.unknown"),
                        tuple("hourlyRate", "rate.decimals"),
                        tuple("incrementSeconds", "increment.range"),
                        tuple("initialSeconds", "initial.mode"),
                        tuple("minimumSeconds", "minimum.range"),
                        tuple("rounding", "rounding.unknown"),
                        tuple("graceSeconds", "grace.range"),
                        tuple("maximumSeconds", "maximum.range"),
                        tuple("quantity", "quantity.unknown"),
                        tuple("money", "money.rounding"));
    }

    @Test
    void needsACurrencyAndARate() {
        assertThat(problems(draft(null, null)))
                .extracting(Problem::code)
                .containsExactly("currency.missing", "rate.missing");
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "USD, 0, rate.range",
        "USD, -1, rate.range",
        "USD, 1000000000, rate.range",
        "USD, 1E+999999999, rate.range",
        "USD, 1E-999999999, rate.decimals",
        "XAU, 250, currency.unpayable",
    })
    void refusesWhatNobodyCanPay(String currency, BigDecimal rate, String code) {
        assertThat(problems(draft(currency, rate))).extracting(Problem::code).containsExactly(code);
    }

    @Test
    void refusesARateThatLeavesNothingForABlock() {
        TermsDraft draft =
                new TermsDraft("USD", new BigDecimal("0.001"), null, 1, null, null, null, null, null, "blocks", null);
        assertThat(problems(draft))
                .extracting(Problem::field, Problem::code)
                .containsExactly(tuple("hourlyRate", "rate.unit"));
    }

    @Test
    void aFirstBlockAlwaysRoundsUp() {
        TermsDraft draft = new TermsDraft("USD", BigDecimal.TEN, true, 6, 30, null, "NEAREST", null, null, null, null);
        assertThat(problems(draft)).extracting(Problem::code).containsExactly("rounding.initial");
    }

    @Test
    void takesThePlainestValueForWhatIsLeftOut() {
        assertThat(draft("usd", new BigDecimal("250")).terms())
                .isEqualTo(new Terms(
                        Currency.getInstance("USD"),
                        new BigDecimal("250.00"),
                        false,
                        1,
                        0,
                        0,
                        Rounding.UP,
                        0,
                        null,
                        Quantity.HOURS_2,
                        RoundingMode.HALF_UP));
    }

    @Test
    void theMinimumIsTheFirstBlockUnlessOneIsNamed() {
        TermsDraft draft = new TermsDraft("USD", BigDecimal.TEN, true, 6, null, 30, null, null, null, null, null);
        assertThat(draft.terms().initialSeconds()).isEqualTo(30);
    }

    @ParameterizedTest(name = "{0} {1} is kept as {2}")
    @CsvSource({
        "USD, 250, 250.00",
        "USD, 41.6666670, 41.666667",
        "JPY, 12000.00, 12000",
        "BHD, 1.5, 1.500",
        "JPY, 1E+4, 10000"
    })
    void keepsTheRateAsItIsPrinted(String currency, BigDecimal rate, BigDecimal kept) {
        assertThat(draft(currency, rate).terms().hourlyRate()).isEqualTo(kept);
    }

    @Test
    void cautionsWhereReviewersAsk() {
        TermsDraft draft = new TermsDraft("USD", BigDecimal.TEN, false, 1800, null, 3600, null, null, 60, null, null);
        assertThat(draft.terms().cautions())
                .extracting(Problem::code)
                .containsExactly("increment.long", "minimum.long", "maximum.short");
        assertThat(draft("USD", BigDecimal.TEN).terms().cautions())
                .extracting(Problem::code)
                .containsExactly("quantity.nothing");
        TermsDraft tenths = new TermsDraft("USD", BigDecimal.TEN, false, 360, null, 360, null, null, null, null, null);
        assertThat(tenths.terms().cautions()).isEmpty();
    }

    private static TermsDraft draft(String currency, BigDecimal rate) {
        return new TermsDraft(currency, rate, null, null, null, null, null, null, null, null, null);
    }

    private static List<Problem> problems(TermsDraft draft) {
        return catchThrowableOfType(InvalidTerms.class, draft::terms).problems();
    }
}
