package org.rebill.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

class TypedTest {
    private final Problems problems = new Problems();

    private Typed typed(String locale) {
        return new Typed(problems, Locale.forLanguageTag(locale), ZoneId.of("America/Chicago"));
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, '290', 290",
        "en-US, ' 290.50 ', 290.50",
        "en-US, '1,290', 1290",
        "en-US, '1,234,567.891', 1234567.891",
        "en-US, '1.234', 1.234",
        "en-US, '0.1234567', 0.1234567",
        "en-US, '-5', -5",
        "de-DE, '1.290', 1290",
        "de-DE, '1.290,50', 1290.50",
        "de-DE, '290,5', 290.5",
        "de-DE, '290.5', 290.5"
    })
    void numbersAreReadAsTheCountryWritesThem(String locale, String text, String number) {
        assertThat(typed(locale).decimal("rate", text)).isEqualByComparingTo(number);
        assertThat(problems.found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"290,5", "1,29", "12,34,567", "$290", "2 90", "1e3", "290.", "\u0662\u0669\u0660"})
    void whatIsNoNumberHereIsToldAtItsField(String text) {
        assertThat(typed("en-US").decimal("rate", text)).isNull();

        assertThat(problems.found())
                .extracting(Refusal.Problem::field, Refusal.Problem::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("rate", "number.form"));
    }

    @ParameterizedTest
    @CsvSource({"6 min, 360", "6MIN, 360", "90 s, 90", "1 h, 3600", "30sec, 30", "2 minutes, 120", "0, 0"})
    void timesAreReadWithTheirUnit(String text, int seconds) {
        assertThat(typed("en-US").seconds("minimum", text)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"6", "6 days", "six minutes", "1:30", "-6 min", "1.5 h"})
    void timesThatCouldMeanSeveralThingsAreRefused(String text) {
        assertThat(typed("en-US").seconds("minimum", text)).isNull();
        assertThat(problems.found()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "90, 90 s", "360, 6 min", "3600, 1 h", "5400, 90 min"})
    void timesAreShownTheWayTheyAreTyped(int seconds, String text) {
        assertThat(Typed.seconds(seconds)).isEqualTo(text);
        assertThat(typed("en-US").seconds("minimum", text)).isEqualTo(seconds);
    }

    @Test
    void daysAndMomentsAreTheFirms() {
        assertThat(typed("en-US").date("from", "2026-11-30")).isEqualTo(LocalDate.of(2026, 11, 30));
        assertThat(typed("en-US").moment("at", "2026-11-30T14:05")).isEqualTo("2026-11-30T20:05:00Z");
        assertThat(typed("en-US").date("from", "30.11.2026")).isNull();
        assertThat(typed("en-US").moment("at", "2026-02-30T14:05")).isNull();
        assertThat(problems.found()).extracting(Refusal.Problem::code).containsExactly("date.form", "moment.form");
    }

    @Test
    void emptyIsNothing() {
        assertThat(typed("en-US").decimal("rate", " ")).isNull();
        assertThat(typed("en-US").seconds("minimum", null)).isNull();
        assertThat(typed("en-US").date("from", "")).isNull();
        assertThat(typed("en-US").moment("at", "")).isNull();
        assertThat(problems.found()).isEmpty();
    }
}
