package org.rebill.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.rating.Terms;
import org.rebill.rating.TermsDraft;

class AgreementTextTest {
    private static AgreementText.Parties parties(String matter, String to, String note) {
        return new AgreementText.Parties(
                "A-031",
                4,
                "Hale & Ortiz LLP",
                "Barton Creek Builders LLC",
                matter,
                Offers.day("2027-01-01"),
                Offers.day(to),
                "America/Chicago",
                note);
    }

    @Test
    void tellsAllThatIsAgreedInPlainWords() {
        AgreementText text = AgreementText.of(
                parties("matter 2026-014 Cedar Park retaining wall", "2028-01-01", "Travel is free."),
                Offers.sixMinutes("290"),
                List.of(
                        new AgreementText.NamedRate("Margaret Hale", new BigDecimal("435")),
                        new AgreementText.NamedRate("Daniel Ortiz", new BigDecimal("395.5"))),
                List.of(),
                List.of());

        assertThat(text.words()).isEqualTo("""
                        Agreement A-031, version 4
                        between Hale & Ortiz LLP and Barton Creek Builders LLC
                        for matter 2026-014 Cedar Park retaining wall.

                        Valid from 1 January 2027 to 31 December 2027, by the days of America/Chicago.
                        It covers calls that begin after it was accepted, and no earlier ones.

                        An hour of talk time costs
                        - with Daniel Ortiz: 395.50 USD
                        - with Margaret Hale: 435.00 USD
                        - with anybody else: 290.00 USD

                        Talk time runs in whole seconds from the answer to the end. Calls that nobody answers are free.
                        At least 6 minutes are billed for a call.
                        The time of a call is rounded up to whole steps of 6 minutes.
                        The amount of a call is its billed time in hours with at most two decimals, times the rate of an hour, rounded once to 2 decimals of USD, a half up.

                        Travel is free.""");
    }

    @Test
    void tellsFirstBlockGraceAndMaximum() {
        Terms terms = new TermsDraft(
                        "JPY", new BigDecimal("30000"), true, 6, 30, 0, null, 5, 5400, "MINUTES", "HALF_EVEN")
                .terms();

        assertThat(AgreementText.of(parties(null, null, null), terms, List.of(), List.of(), List.of())
                        .words())
                .contains(
                        "for all calls that no other agreement between them covers.",
                        "Valid from 1 January 2027, without an end, by the days of America/Chicago.",
                        "An hour of talk time costs 30000 JPY.",
                        "Calls of up to 5 seconds are free.",
                        "The first 30 seconds of a call are billed whole; time beyond is rounded up to whole steps of "
                                + "6 seconds.",
                        "Never more than 1 hour 30 minutes are billed for a call.",
                        "in minutes, times the rate of a minute, rounded once to whole JPY, a half to the even digit.")
                .doesNotContain("At least");
    }

    @Test
    void isTheSameOnEveryMachine() {
        Locale before = Locale.getDefault();
        String here = AgreementText.of(
                        parties(null, null, null), Offers.sixMinutes("290"), List.of(), List.of(), List.of())
                .words();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(AgreementText.of(
                                    parties(null, null, null),
                                    Offers.sixMinutes("290"),
                                    List.of(),
                                    List.of(),
                                    List.of())
                            .words())
                    .isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void itsHashIsOfItsBytes() throws Exception {
        AgreementText text = new AgreementText("Zwölf");

        assertThat(text.sha256())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest("Zwölf".getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 seconds",
        "1, 1 second",
        "59, 59 seconds",
        "60, 1 minute",
        "90, 1 minute 30 seconds",
        "360, 6 minutes",
        "3600, 1 hour",
        "7261, 2 hours 1 minute 1 second"
    })
    void secondsAreToldInWords(int seconds, String words) {
        assertThat(AgreementText.duration(seconds)).isEqualTo(words);
    }
}
