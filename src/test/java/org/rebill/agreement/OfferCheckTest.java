package org.rebill.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.agreement.OfferDraft.PersonRate;
import org.rebill.platform.Refusal;
import org.rebill.rating.TermsDraft;

class OfferCheckTest {
    private static final UUID PARTNER = UUID.randomUUID();

    private static List<String> problems(OfferDraft draft) {
        return OfferCheck.of(draft, "USD", Set.of(PARTNER)).problems().found().stream()
                .map(problem -> problem.field() + " " + problem.code())
                .toList();
    }

    private static OfferDraft sixMinutes(String from, String to, PersonRate... rates) {
        return Offers.draft(Offers.terms("250", 360, 360), from, to, rates);
    }

    @Test
    void plainTermsAreFine() {
        assertThat(problems(sixMinutes("2026-12-01", null))).isEmpty();
        assertThat(problems(sixMinutes("2026-12-01", "2027-01-01", new PersonRate(PARTNER, new BigDecimal("420")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 360, 0, terms.hourlyRate",
        "-1, 360, 0, terms.hourlyRate",
        "250.1234567, 360, 0, terms.hourlyRate",
        ", 360, 0, terms.hourlyRate",
        "250, 0, 0, terms.incrementSeconds",
        "250, 3601, 0, terms.incrementSeconds",
        "250, 360, -1, terms.minimumSeconds",
        "250, 360, 86401, terms.minimumSeconds"
    })
    void figuresOutOfTheirRangeAreToldAtTheirField(String rate, int increment, int minimum, String field) {
        assertThat(problems(Offers.draft(Offers.terms(rate, increment, minimum), "2026-12-01", null)))
                .singleElement()
                .asString()
                .startsWith(field + " ");
    }

    @Test
    void everythingWrongIsToldAtOnce() {
        OfferDraft draft = new OfferDraft(
                Offers.terms("0", 0, -1), Offers.day("2026-12-01"), Offers.day("2026-12-01"), "a\tb", List.of());

        assertThat(problems(draft))
                .extracting(problem -> problem.substring(0, problem.indexOf(' ')))
                .containsExactlyInAnyOrder(
                        "terms.hourlyRate", "terms.incrementSeconds", "terms.minimumSeconds", "validTo", "note");
    }

    @Test
    void termsAndFirstDayAreNeeded() {
        assertThat(problems(new OfferDraft(null, null, null, null, null)))
                .containsExactly("terms terms.missing", "validFrom from.missing");
    }

    @Test
    void anotherCurrencyThanTheClientsIsRefused() {
        TermsDraft euros =
                new TermsDraft("EUR", new BigDecimal("250"), null, 360, null, null, null, null, null, null, null);

        assertThat(OfferCheck.of(Offers.draft(euros, "2026-12-01", null), "USD", Set.of())
                        .problems()
                        .found())
                .extracting(Refusal.Problem::field, Refusal.Problem::text)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "terms.currency",
                        "This client is billed in USD; terms in 'EUR' would not fit its statements. Change the "
                                + "client's currency first."));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01, 2026-12-01, validTo to.order",
        "2026-12-01, 2026-11-30, validTo to.order",
        "0026-12-01, , validFrom from.range",
        "2026-12-01, 20261-12-01, validTo to.range"
    })
    void periodsRunForwardInLikelyYears(String from, String to, String problem) {
        String end = to == null || to.length() == 10 ? to : "+" + to;
        assertThat(problems(sixMinutes(from, end))).containsExactly(problem);
    }

    @Test
    void personsRatesAreCheckedLikeTheGeneralOne() {
        assertThat(problems(sixMinutes(
                        "2026-12-01",
                        null,
                        new PersonRate(PARTNER, new BigDecimal("420")),
                        new PersonRate(PARTNER, new BigDecimal("0")),
                        new PersonRate(UUID.randomUUID(), null))))
                .containsExactly(
                        "rates[1].personId person.twice",
                        "rates[1].hourlyRate rate.range",
                        "rates[2].personId person.unknown",
                        "rates[2].hourlyRate rate.missing");
    }

    @Test
    void longStepsAndMinimaDeserveASecondLookOnly() {
        OfferCheck check =
                OfferCheck.of(Offers.draft(Offers.terms("250", 901, 1800), "2026-12-01", null), "USD", Set.of());

        assertThat(check.problems().found()).isEmpty();
        assertThat(check.cautions())
                .extracting(org.rebill.rating.Problem::field)
                .containsExactly("incrementSeconds", "minimumSeconds");
    }
}
