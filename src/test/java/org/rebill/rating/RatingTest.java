package org.rebill.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.rating.Rated.Rule;

/** The vectors of DOMAIN.md D1 to D4, and the choices that they leave open. */
class RatingTest {
    @ParameterizedTest(name = "{1} s in increments of {0} s: {2} s")
    @CsvSource({
        "360, 0, 0",
        "360, 1, 360",
        "360, 359, 360",
        "360, 360, 360",
        "360, 361, 720",
        "360, 610, 720",
        "900, 301, 900",
        "1, 301, 301",
        "3600, 3601, 7200",
    })
    void roundsUpToIncrements(int increment, int talk, int billed) {
        assertThat(bill(talk, terms().increment(increment))).isEqualTo(billed);
    }

    @ParameterizedTest(name = "{2} s at {0}/{1}: {3} s")
    @CsvSource({
        "30, 6, 10, 30", "30, 6, 30, 30", "30, 6, 32, 36", "30, 6, 57, 60", "30, 6, 75, 78",
        "90, 60, 91, 150", "90, 60, 151, 210", "90, 60, 150, 150", "90, 60, 1, 90", "0, 60, 61, 120",
    })
    void billsAFirstBlockThenIncrements(int initial, int then, int talk, int billed) {
        assertThat(bill(talk, terms().increment(then).initial(initial))).isEqualTo(billed);
    }

    @ParameterizedTest(name = "{2} s {0} to {1} s: {3} s")
    @CsvSource({
        "NEAREST, 360, 179, 0",
        "NEAREST, 360, 180, 360",
        "NEAREST, 360, 539, 360",
        "NEAREST, 360, 540, 720",
        "NEAREST, 7, 3, 0",
        "NEAREST, 7, 4, 7",
        "NEAREST, 360, 720, 720",
        "DOWN, 360, 359, 0",
        "DOWN, 360, 360, 360",
        "DOWN, 360, 719, 360",
    })
    void roundsTheAgreedWay(Rounding rounding, int increment, int talk, int billed) {
        assertThat(bill(talk, terms().increment(increment).rounding(rounding))).isEqualTo(billed);
    }

    @ParameterizedTest(name = "{3} s {0}, minimum {2} s, increments of {1} s: {4} s")
    @CsvSource({
        "UP, 360, 900, 1, 1080", "UP, 360, 720, 1, 720", "UP, 60, 900, 901, 960",
        "DOWN, 60, 100, 50, 100", "DOWN, 60, 100, 130, 120", "DOWN, 60, 100, 119, 100",
        "NEAREST, 60, 80, 50, 80", "NEAREST, 60, 100, 50, 120",
    })
    void neverBillsLessThanTheMinimum(Rounding rounding, int increment, int minimum, int talk, int billed) {
        assertThat(bill(talk, terms().increment(increment).minimum(minimum).rounding(rounding)))
                .isEqualTo(billed);
    }

    @ParameterizedTest(name = "{1} s with {0} s free: {2} s")
    @CsvSource({"30, 30, 0", "30, 31, 360", "0, 1, 360"})
    void billsLongerTalkThanTheGraceFromItsFirstSecond(int grace, int talk, int billed) {
        assertThat(bill(talk, terms().grace(grace))).isEqualTo(billed);
    }

    @ParameterizedTest(name = "{1} s, at most {0} s: {2} s")
    @CsvSource({"1800, 1800, 1800", "1800, 1801, 1800", "1000, 999, 1000", "300, 1, 300"})
    void capsLast(int maximum, int talk, int billed) {
        assertThat(bill(talk, terms().minimum(360).maximum(maximum))).isEqualTo(billed);
    }

    @Test
    void anUnansweredCallIsFreeWhateverWasCounted() {
        Rated rated = Rating.rate(false, 15, terms().minimum(360).terms());
        assertThat(rated.billedSeconds()).isZero();
        assertThat(rated.amount()).isEqualByComparingTo("0");
        assertThat(rated.explanation())
                .extracting(Rated.Step::rule)
                .containsExactly(Rule.TALK, Rule.NOT_ANSWERED, Rule.QUANTITY, Rule.RATE, Rule.AMOUNT);
    }

    @ParameterizedTest(name = "{2} of {1} s in increments of {0} s at {3}: {4} x {5} = {6}")
    @CsvSource({
        // Tenths with one decimal; quarters, halves and 36 s with two (D3).
        "360, 311, HOURS_2, 250, 0.1, 250.00, 25.00",
        "360, 3600, HOURS_4, 250, 1.0, 250.00, 250.00",
        "900, 301, HOURS_2, 250, 0.25, 250.00, 62.50",
        "1800, 301, HOURS_2, 250, 0.50, 250.00, 125.00",
        "36, 37, HOURS_4, 250, 0.02, 250.00, 5.00",
        // What has no short decimals is rounded first, then multiplied.
        "600, 600, HOURS_2, 250, 0.17, 250.00, 42.50",
        "600, 600, HOURS_4, 250, 0.1667, 250.00, 41.68",
        "600, 3600, HOURS_4, 250, 1.00, 250.00, 250.00",
        "420, 400, HOURS_2, 250, 0.12, 250.00, 30.00",
        "1, 18, HOURS_2, 250, 0.01, 250.00, 2.50",
        "1, 17, HOURS_2, 250, 0.00, 250.00, 0.00",
        // The exact 41.67 is reached in blocks and in minutes.
        "600, 600, BLOCKS, 250, 1, 41.666667, 41.67",
        "600, 601, BLOCKS, 250, 2, 41.666667, 83.33",
        "600, 600, MINUTES, 250, 10, 4.166667, 41.67",
        "60, 61, MINUTES, 240, 2, 4.00, 8.00",
        "6, 62, MINUTES, 250, 1.1, 4.166667, 4.58",
        "1, 90, MINUTES, 250, 1.5000, 4.166667, 6.25",
        "1, 61, MINUTES, 250, 1.0167, 4.166667, 4.24",
        "420, 421, BLOCKS, 250, 2, 29.166667, 58.33",
    })
    void printsAndMultipliesTheSameFigures(
            int increment, int talk, Quantity quantity, String rate, String units, String unitRate, String amount) {
        Rated rated = Rating.rate(
                talk, terms().increment(increment).quantity(quantity).rate(rate).terms());
        assertThat(rated.quantity()).isEqualTo(new BigDecimal(units));
        assertThat(rated.unitRate()).isEqualTo(new BigDecimal(unitRate));
        assertThat(rated.amount()).isEqualTo(new BigDecimal(amount));
        assertThat(rated.unit()).isEqualTo(quantity.unit());
    }

    @ParameterizedTest(name = "an hour at {1} {0}, {2}: {3}")
    @CsvSource({
        "USD, 12.345, HALF_UP, 12.35", "USD, 12.345, HALF_EVEN, 12.34", "USD, 12.355, HALF_EVEN, 12.36",
        "JPY, 12500.5, HALF_UP, 12501", "JPY, 12500.5, HALF_EVEN, 12500", "BHD, 12.3455, HALF_UP, 12.346",
        "EUR, 0.000001, HALF_UP, 0.00",
    })
    void roundsMoneyOnceToTheCurrencysOwnDigits(String currency, String rate, RoundingMode money, BigDecimal amount) {
        Rated rated = Rating.rate(
                3600, terms().currency(currency).rate(rate).money(money).terms());
        assertThat(rated.amount()).isEqualTo(amount);
    }

    @Test
    void aFirstBlockInBlocksOfTheIncrement() {
        Rated rated = Rating.rate(
                91, terms().increment(60).initial(90).quantity(Quantity.BLOCKS).terms());
        assertThat(rated.quantity()).isEqualByComparingTo("2.5");
        assertThat(rated.amount()).isEqualTo(new BigDecimal("10.42"));
    }

    @Test
    void explainsEachStepWithItsOwnFigures() {
        Rated rated =
                Rating.rate(311, terms().grace(10).minimum(360).maximum(7200).terms());
        assertThat(rated.explanation())
                .containsExactly(
                        step(Rule.TALK, null, null, "311"),
                        step(Rule.GRACE, "10", null, "311"),
                        step(Rule.MINIMUM, "360", null, "360"),
                        step(Rule.INCREMENT, "360", RoundingMode.UP, "360"),
                        step(Rule.MAXIMUM, "7200", null, "360"),
                        step(Rule.QUANTITY, "3600", RoundingMode.HALF_UP, "0.1"),
                        step(Rule.RATE, "250.00", RoundingMode.HALF_UP, "250.00"),
                        step(Rule.AMOUNT, null, RoundingMode.HALF_UP, "25.00"));
    }

    private static Rated.Step step(Rule rule, String value, RoundingMode rounding, String result) {
        return new Rated.Step(rule, value == null ? null : new BigDecimal(value), rounding, new BigDecimal(result));
    }

    @Test
    void anAlteredExplanationBreaksWhereItWasAltered() {
        Rated rated = Rating.rate(
                611, terms().minimum(400).initial(90).quantity(Quantity.BLOCKS).terms());
        assertThat(Rating.firstBreak(rated.explanation())).isEmpty();
        IntStream.range(1, rated.explanation().size()).forEach(i -> {
            var altered = new java.util.ArrayList<>(rated.explanation());
            Rated.Step step = altered.get(i);
            altered.set(
                    i,
                    new Rated.Step(
                            step.rule(),
                            step.value(),
                            step.rounding(),
                            step.result().add(BigDecimal.ONE)));
            assertThat(Rating.firstBreak(altered)).hasValue(altered.get(i));
            if (step.rule() != Rule.MINIMUM) {
                // The minimum was met here, so nothing rests on it.
                altered.remove(i);
                assertThat(Rating.firstBreak(altered)).as("without %s", step).isPresent();
            }
        });
    }

    @Test
    void refusesTalkBelowZero() {
        Terms terms = terms().terms();
        assertThatThrownBy(() -> Rating.rate(-1, terms)).hasMessageContaining("-1");
    }

    private static int bill(int talk, Given given) {
        return Rating.rate(talk, given.terms()).billedSeconds();
    }

    private static Given terms() {
        return new Given("USD", "250", false, 360, 0, 0, Rounding.UP, 0, null, Quantity.HOURS_2, RoundingMode.HALF_UP);
    }

    /** Terms for a test: said is what matters in it. */
    private record Given(
            String currency,
            String rate,
            boolean initialThen,
            int increment,
            int initial,
            int minimum,
            Rounding rounding,
            int grace,
            Integer maximum,
            Quantity quantity,
            RoundingMode money) {
        Terms terms() {
            return new Terms(
                    Currency.getInstance(currency),
                    new BigDecimal(rate),
                    initialThen,
                    increment,
                    initial,
                    minimum,
                    rounding,
                    grace,
                    maximum,
                    quantity,
                    money);
        }

        Given currency(String it) {
            return new Given(
                    it, rate, initialThen, increment, initial, minimum, rounding, grace, maximum, quantity, money);
        }

        Given rate(String it) {
            return new Given(
                    currency, it, initialThen, increment, initial, minimum, rounding, grace, maximum, quantity, money);
        }

        Given increment(int it) {
            return new Given(
                    currency, rate, initialThen, it, initial, minimum, rounding, grace, maximum, quantity, money);
        }

        Given initial(int it) {
            return new Given(currency, rate, true, increment, it, minimum, rounding, grace, maximum, quantity, money);
        }

        Given minimum(int it) {
            return new Given(
                    currency, rate, initialThen, increment, initial, it, rounding, grace, maximum, quantity, money);
        }

        Given rounding(Rounding it) {
            return new Given(
                    currency, rate, initialThen, increment, initial, minimum, it, grace, maximum, quantity, money);
        }

        Given grace(int it) {
            return new Given(
                    currency, rate, initialThen, increment, initial, minimum, rounding, it, maximum, quantity, money);
        }

        Given maximum(int it) {
            return new Given(
                    currency, rate, initialThen, increment, initial, minimum, rounding, grace, it, quantity, money);
        }

        Given quantity(Quantity it) {
            return new Given(
                    currency, rate, initialThen, increment, initial, minimum, rounding, grace, maximum, it, money);
        }

        Given money(RoundingMode it) {
            return new Given(
                    currency, rate, initialThen, increment, initial, minimum, rounding, grace, maximum, quantity, it);
        }
    }
}
