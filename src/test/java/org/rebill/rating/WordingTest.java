package org.rebill.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void tellsATenthOfAnHour() {
        Rated rated = Rating.rate(311, terms("USD", "250", 360, 360, Quantity.HOURS_2));
        assertThat(Wording.of(Locale.US).tell(rated, USD))
                .containsExactly(
                        "Talked 5:11.",
                        "At least 6:00 is billed.",
                        "A whole multiple of 6:00: stays 6:00.",
                        "6:00 is 0.1 h.",
                        "$250.00 an hour.",
                        "0.1 h × $250.00 = $25.00.");
    }

    @Test
    void tellsBlocksInGerman() {
        Rated rated = Rating.rate(4000, terms("EUR", "1250", 600, 0, Quantity.BLOCKS));
        assertThat(Wording.of(Locale.GERMANY).tell(rated, Currency.getInstance("EUR")))
                .containsExactly(
                        "Gespräch 1:06:40.",
                        "Auf das nächste Vielfache von 10:00 aufgerundet: 1:10:00.",
                        "1:10:00 sind 7 Blöcke.",
                        "1.250,00\u00a0€ je Stunde sind 208,333333\u00a0€ je Block von 10:00.",
                        "7 Blöcke × 208,333333\u00a0€ = 1.458,33\u00a0€.");
    }

    @Test
    void tellsAFirstBlockInSpanish() {
        Terms terms = new Terms(
                USD, new BigDecimal("60"), true, 6, 30, 0, Rounding.UP, 5, 90, Quantity.MINUTES, RoundingMode.HALF_UP);
        assertThat(Wording.of(Locale.forLanguageTag("es-US")).tell(Rating.rate(32, terms), USD))
                .containsExactly(
                        "Conversación de 0:32.",
                        "Más de los 0:05 gratuitos: se cobra desde el primer segundo.",
                        "Más que el primer bloque de 0:30.",
                        "Tras el primer bloque, hasta el siguiente múltiplo de 0:06: 0:36.",
                        "No más que el máximo de 1:30.",
                        "0:36 son 0.6 min.",
                        "$60.00 por hora son $1.00 por minuto.",
                        "0.6 min × $1.00 = $0.60.");
    }

    @Test
    void tellsWhyNothingIsBilled() {
        assertThat(Wording.of(Locale.US).tell(Rating.rate(0, terms("USD", "250", 360, 360, Quantity.BLOCKS)), USD))
                .contains("Nobody talked: nothing is billed.", "0 blocks × $25.00 = $0.00.");
    }

    @Test
    void aLanguageThatWeDoNotHaveIsToldInEnglish() {
        Rated rated = Rating.rate(311, terms("USD", "250", 360, 0, Quantity.HOURS_2));
        assertThat(Wording.of(Locale.FRANCE).tell(rated, USD)).contains("Talked 5:11.", "6:00 is 0,1 h.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "9, 0:09", "61, 1:01", "3599, 59:59", "3600, 1:00:00", "90061, 25:01:01"})
    void durations(long seconds, String text) {
        assertThat(Wording.duration(seconds)).isEqualTo(text);
    }

    @Test
    void yenHaveNoDecimals() {
        assertThat(Wording.of(Locale.US).money(new BigDecimal("12500"), Currency.getInstance("JPY")))
                .isEqualTo("¥12,500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "es"})
    void eachLanguageSaysEverything(String language) {
        ResourceBundle english = bundle(Locale.ROOT);
        ResourceBundle other = bundle(Locale.forLanguageTag(language));
        assertThat(other.getLocale().getLanguage()).isEqualTo(language);
        for (String key : english.keySet()) {
            assertThat(placeholders(other.getString(key))).as(key).isEqualTo(placeholders(english.getString(key)));
            if (!key.startsWith("unit.HOUR") && !key.startsWith("amount") && !key.startsWith("unit.MINUTE")) {
                assertThat(other.getString(key)).as(key).isNotEqualTo(english.getString(key));
            }
        }
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle(
                "org.rebill.rating.explanation",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    private static String placeholders(String text) {
        return text.chars()
                .filter(c -> c >= '0' && c <= '9')
                .sorted()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Terms terms(String currency, String rate, int increment, int minimum, Quantity quantity) {
        return new Terms(
                Currency.getInstance(currency),
                new BigDecimal(rate),
                false,
                increment,
                0,
                minimum,
                Rounding.UP,
                0,
                null,
                quantity,
                RoundingMode.HALF_UP);
    }
}
