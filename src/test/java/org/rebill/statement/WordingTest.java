package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
    private static final LocalDate SECOND_OF_OCTOBER = LocalDate.of(2026, 10, 2);

    private static Wording wording(String locale, String currency) {
        return new Wording(SampleStatements.of()
                .place(locale, "America/Chicago", "A4", currency)
                .document());
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, USD, '$1,104.00', '−$116.50'",
        "en-US, JPY, '¥1,104', ",
        "en-US, BHD, 'BHD 1,104.000', ",
        "en-GB, USD, 'US$1,104.00', ",
        "de-DE, EUR, '1.104,00 €', '−116,50 €'",
        "de-DE, CHF, '1.104,00 CHF', ",
        "es-ES, EUR, '1.104,00 €', "
    })
    void writesMoneyWithAllItsDigits(String locale, String currency, String amount, String negative) {
        Wording wording = wording(locale, currency);
        assertThat(wording.money(new BigDecimal("1104"))).isEqualTo(amount.replace(' ', '\u00a0'));
        if (negative != null) {
            assertThat(wording.money(new BigDecimal("-116.50"))).isEqualTo(negative.replace(' ', '\u00a0'));
        }
    }

    @Test
    void roundsNothing() {
        Wording wording = wording("en-US", "USD");
        assertThatThrownBy(() -> wording.amount(new BigDecimal("0.005"))).isInstanceOf(ArithmeticException.class);
        assertThat(wording.amount(new BigDecimal("0.500"))).isEqualTo("0.50");
        assertThat(wording.rate(new BigDecimal("4.833333"))).isEqualTo("4.833333");
        assertThat(wording.rate(new BigDecimal("290"))).isEqualTo("290.00");
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, Oct 2, 'October 2, 2026', 'Oct 2, 2026'",
        "en-GB, 2 Oct, 2 October 2026, 2 Oct 2026",
        "de-DE, 02.10., 2. Oktober 2026, 02.10.2026",
        "es-ES, 2 oct, 2 de octubre de 2026, 2 oct 2026",
        "fr-FR, 2 oct., 2 octobre 2026, 2 oct. 2026",
        "pt-BR, 2 de out., 2 de outubro de 2026, 2 de out. de 2026",
        "ja-JP, 10/02, 2026年10月2日, 2026/10/02",
        "lv-LV, 2. okt., '2026. gada 2. oktobris', '2026. gada 2. okt.'",
        "hu-HU, okt. 2., '2026. október 2.', '2026. okt. 2.'",
        "sv-SE, 2 okt., 2 oktober 2026, 2 okt. 2026"
    })
    void writesDatesOfThePlace(String locale, String day, String date, String shortDate) {
        Wording wording = wording(locale, "EUR");
        assertThat(wording.shortDate(SECOND_OF_OCTOBER, false)).isEqualTo(day);
        assertThat(wording.longDate(SECOND_OF_OCTOBER)).isEqualTo(date);
        assertThat(wording.shortDate(SECOND_OF_OCTOBER, true)).isEqualTo(shortDate);
    }

    @Test
    void writesDaysInEveryLanguageOfTheMachine() {
        assertThat(Locale.getAvailableLocales())
                .filteredOn(locale -> !locale.toLanguageTag().equals("und"))
                .allSatisfy(locale -> {
                    Wording wording = wording(locale.toLanguageTag(), "EUR");
                    assertThat(wording.shortDate(SECOND_OF_OCTOBER, false)).isNotBlank();
                    assertThat(wording.period(SECOND_OF_OCTOBER, SECOND_OF_OCTOBER.plusDays(1)))
                            .isNotBlank();
                });
    }

    @Test
    void namesPeriodsByTheirDays() {
        Wording wording = wording("en-US", "USD");
        LocalDate end = LocalDate.of(2026, 10, 31);
        assertThat(wording.period(LocalDate.of(2026, 10, 1), end)).isEqualTo("October 1 to October 31, 2026");
        assertThat(wording.period(LocalDate.of(2025, 12, 1), end)).isEqualTo("December 1, 2025 to October 31, 2026");
        assertThat(wording.period(end, end)).isEqualTo("October 31, 2026");
    }

    /** The clocks went back at 07:00 UTC. */
    @ParameterizedTest
    @CsvSource({"2026-11-01T06:50:00Z, 1:50 AM", "2026-11-01T07:10:00Z, 1:10 AM", "2026-11-01T18:05:59Z, 12:05 PM"})
    void tellsTheTimeAtTheFirm(String instant, String time) {
        assertThat(wording("en-US", "USD").time(Instant.parse(instant))).isEqualTo(time.replace(' ', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "36, 0:36", "1388, 23:08", "3600, 1:00:00", "4633, 1:17:13", "360001, 100:00:01"})
    void writesTalkTime(long seconds, String text) {
        assertThat(Wording.talk(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "es-MX"})
    void knowsEachWordInEachLanguage(String locale) throws IOException {
        Wording other = wording(locale, "EUR");
        assertThat(other.words().getLocale().getLanguage()).isEqualTo(locale.substring(0, 2));
        // Asked by name, so that the English words behind it do not fill its gaps.
        assertThat(own("paper_" + locale.substring(0, 2)))
                .containsExactlyInAnyOrderElementsOf(own("paper"))
                .isNotEmpty();
    }

    private static Set<String> own(String bundle) throws IOException {
        Properties words = new Properties();
        try (InputStream file = Wording.class.getResourceAsStream(bundle + ".properties")) {
            words.load(file);
        }
        return words.stringPropertyNames();
    }

    /** A language without words speaks English, whatever the machine speaks. */
    @Test
    void speaksEnglishWhereItHasNoWords() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(wording("sv-SE", "SEK").say("summary")).isEqualTo("Summary");
            assertThat(wording("en-US", "SEK").say("summary")).isEqualTo("Summary");
        } finally {
            Locale.setDefault(before);
        }
    }
}
