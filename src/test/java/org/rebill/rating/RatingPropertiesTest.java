package org.rebill.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for any talk under any terms. */
class RatingPropertiesTest {
    private static final int LONGEST = 400_000;

    @Property
    void moreTalkNeverCostsLess(
            @ForAll("terms") Terms terms,
            @ForAll @IntRange(max = LONGEST) int seconds,
            @ForAll @IntRange(max = 4000) int more) {
        Rated shorter = Rating.rate(seconds, terms);
        Rated longer = Rating.rate(seconds + more, terms);
        assertThat(longer.billedSeconds()).isGreaterThanOrEqualTo(shorter.billedSeconds());
        assertThat(longer.amount()).isGreaterThanOrEqualTo(shorter.amount());
    }

    @Property
    void whatIsPrintedMultipliesOut(@ForAll("terms") Terms terms, @ForAll @IntRange(max = LONGEST) int seconds) {
        Rated rated = Rating.rate(seconds, terms);
        int digits = terms.currency().getDefaultFractionDigits();
        assertThat(rated.amount())
                .isEqualTo(rated.quantity().multiply(rated.unitRate()).setScale(digits, terms.money()));
        assertThat(rated.quantity().scale()).isBetween(0, 4);
        assertThat(rated.unitRate().scale()).isBetween(digits, 6);
    }

    /** The printed quantity is the billed time, as near as its decimals can tell. */
    @Property
    void theQuantityIsTheBilledTime(@ForAll("terms") Terms terms, @ForAll @IntRange(max = LONGEST) int seconds) {
        Rated rated = Rating.rate(seconds, terms);
        BigDecimal unit = BigDecimal.valueOf(
                switch (rated.unit()) {
                    case HOUR -> 3600;
                    case MINUTE -> 60;
                    case BLOCK -> terms.incrementSeconds();
                });
        BigDecimal halfOfLastDecimal =
                BigDecimal.valueOf(5, rated.quantity().scale() + 1).multiply(unit);
        assertThat(rated.quantity()
                        .multiply(unit)
                        .subtract(BigDecimal.valueOf(rated.billedSeconds()))
                        .abs())
                .isLessThanOrEqualTo(halfOfLastDecimal);
    }

    @Property
    void anExactMultipleNeverMoves(
            @ForAll("increments") int increment, @ForAll @IntRange(max = 100) int times, @ForAll Rounding rounding) {
        Terms terms = new Terms(
                Currency.getInstance("USD"),
                BigDecimal.TEN,
                false,
                increment,
                0,
                0,
                rounding,
                0,
                null,
                Quantity.BLOCKS,
                RoundingMode.HALF_UP);
        Rated rated = Rating.rate(increment * times, terms);
        assertThat(rated.billedSeconds()).isEqualTo(increment * times);
        assertThat(rated.quantity()).isEqualTo(BigDecimal.valueOf(times));
    }

    @Property
    void billedTimeIsWithinWhatWasAgreed(
            @ForAll("terms") Terms terms, @ForAll @IntRange(min = 1, max = LONGEST) int seconds) {
        Assume.that(seconds > terms.graceSeconds());
        int billed = Rating.rate(seconds, terms).billedSeconds();
        int most = terms.maximumSeconds() == null ? Integer.MAX_VALUE : terms.maximumSeconds();
        assertThat(billed).isLessThanOrEqualTo(most);
        assertThat(billed).isGreaterThanOrEqualTo(Math.min(most, terms.minimumSeconds()));
        if (terms.rounding() == Rounding.UP) {
            assertThat(billed).isGreaterThanOrEqualTo(Math.min(most, seconds));
            int counted = Math.max(Math.max(seconds, terms.minimumSeconds()), terms.initialSeconds());
            assertThat(billed).isLessThan(counted + terms.incrementSeconds());
        }
        if (terms.rounding() == Rounding.DOWN) {
            assertThat(billed).isLessThanOrEqualTo(Math.max(seconds, terms.minimumSeconds()));
        }
    }

    @Property
    void theExplanationLeadsToTheAmount(@ForAll("terms") Terms terms, @ForAll @IntRange(max = LONGEST) int seconds) {
        Rated rated = Rating.rate(seconds, terms);
        List<Rated.Step> steps = rated.explanation();
        assertThat(Rating.firstBreak(steps)).isEmpty();
        assertThat(steps.get(0).result()).isEqualByComparingTo(BigDecimal.valueOf(seconds));
        assertThat(steps.get(steps.size() - 1).result()).isEqualTo(rated.amount());
        assertThat(Wording.of(java.util.Locale.US).tell(rated, terms.currency()))
                .hasSameSizeAs(steps);
    }

    @Property(tries = 200)
    void theTotalIsTheSumOfRoundedLines(
            @ForAll("terms") Terms terms, @ForAll @Size(max = 50) List<@IntRange(max = LONGEST) Integer> talks) {
        BigDecimal total = talks.stream()
                .map(seconds -> Rating.rate(seconds, terms).amount())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        int digits = terms.currency().getDefaultFractionDigits();
        // No line carries a fraction of the smallest coin into the total.
        assertThat(total.setScale(digits, RoundingMode.UNNECESSARY)).isEqualByComparingTo(total);
    }

    @Provide
    Arbitrary<Integer> increments() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(1, 6, 36, 60, 360, 420, 600, 900, 1800, 3600)),
                Tuple.of(1, Arbitraries.integers().between(1, 3600)));
    }

    @Provide
    Arbitrary<Terms> terms() {
        Arbitrary<String> currencies = Arbitraries.of("USD", "EUR", "JPY", "BHD");
        Arbitrary<BigDecimal> rates = Arbitraries.bigDecimals()
                .between(new BigDecimal("0.01"), new BigDecimal("5000"))
                .ofScale(6);
        Arbitrary<Boolean> firstBlock = Arbitraries.of(true, false);
        Arbitrary<Integer> minimum = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0)),
                Tuple.of(2, Arbitraries.integers().between(1, 4000)));
        Arbitrary<Integer> maximum = Arbitraries.integers().between(1, 100_000).injectNull(0.7);
        Arbitrary<Figures> figures = Combinators.combine(increments(), minimum, minimum, minimum, maximum)
                .as(Figures::new);
        return Combinators.combine(
                        currencies,
                        rates,
                        firstBlock,
                        figures,
                        Arbitraries.of(Rounding.class),
                        Arbitraries.of(Quantity.class),
                        Arbitraries.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN))
                .as((currency, rate, initialThen, seconds, rounding, quantity, money) -> new Terms(
                        Currency.getInstance(currency),
                        rate,
                        initialThen,
                        seconds.increment(),
                        initialThen ? seconds.initial() : 0,
                        seconds.minimum(),
                        initialThen ? Rounding.UP : rounding,
                        seconds.grace(),
                        seconds.maximum(),
                        quantity,
                        money));
    }

    private record Figures(int increment, int initial, int minimum, int grace, Integer maximum) {}
}
