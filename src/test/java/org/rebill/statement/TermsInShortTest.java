package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.rebill.rating.Quantity;
import org.rebill.rating.Rounding;
import org.rebill.rating.Terms;

class TermsInShortTest {
    private static Terms terms(
            boolean initialThen,
            int increment,
            int initial,
            int minimum,
            Rounding rounding,
            int grace,
            Integer maximum) {
        return new Terms(
                Currency.getInstance("USD"),
                new BigDecimal("290"),
                initialThen,
                increment,
                initial,
                minimum,
                rounding,
                grace,
                maximum,
                Quantity.HOURS_2,
                RoundingMode.HALF_UP);
    }

    @Test
    void stepsOfSixMinutesAreTenths() {
        assertThat(TermsInShort.of(terms(false, 360, 0, 0, Rounding.UP, 0, null)))
                .isEqualTo("Time in steps of 6 minutes (0.1 h), rounded up per call.");
    }

    @Test
    void stepsThatAreNoShortDecimalStayMinutes() {
        assertThat(TermsInShort.of(terms(false, 600, 0, 0, Rounding.NEAREST, 0, null)))
                .isEqualTo("Time in steps of 10 minutes, rounded to the nearest per call.");
    }

    @Test
    void minimumMaximumAndGraceAreTold() {
        assertThat(TermsInShort.of(terms(false, 900, 0, 900, Rounding.DOWN, 45, 7200)))
                .isEqualTo("Time in steps of 15 minutes (0.25 h), rounded down per call. At least 15 minutes per call. "
                        + "At most 2 hours per call. Calls of up to 45 seconds are free.");
    }

    @Test
    void theFirstBlockIsTold() {
        assertThat(TermsInShort.of(terms(true, 6, 30, 0, Rounding.UP, 0, null)))
                .isEqualTo("The first 30 seconds whole, then steps of 6 seconds, rounded up per call.");
    }

    @Test
    void exactTimeIsTold() {
        assertThat(TermsInShort.of(terms(false, 1, 0, 0, Rounding.UP, 0, null))).isEqualTo("Time to the second.");
    }
}
