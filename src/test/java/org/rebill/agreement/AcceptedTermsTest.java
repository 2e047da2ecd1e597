package org.rebill.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which terms a call is rated by: DOMAIN.md D5 and B3. */
class AcceptedTermsTest {
    private static final UUID CLIENT = UUID.randomUUID();
    private static final UUID MATTER = UUID.randomUUID();
    private static final UUID PARTNER = UUID.randomUUID();
    private static final UUID ASSOCIATE = UUID.randomUUID();

    private final Agreement general = new Agreement(UUID.randomUUID(), "A-001", CLIENT, null);
    private final Agreement own = new Agreement(UUID.randomUUID(), "A-002", CLIENT, MATTER);
    private final List<AgreementVersion> versions = new ArrayList<>();
    private final List<AgreementRate> rates = new ArrayList<>();

    private static Instant at(String time) {
        return Instant.parse(time.length() == 5 ? "2026-11-02T" + time + ":00Z" : time);
    }

    private AgreementVersion accepted(Agreement agreement, int no, String rate, String from, String to, String at) {
        AgreementVersion version = Offers.accepted(agreement, no, rate, at(from), to == null ? null : at(to), at(at));
        versions.add(version);
        return version;
    }

    /** The hourly rate without its zeros, or "held". */
    private String rate(UUID matter, UUID person, String started, String answered) {
        return new AcceptedTerms(versions, rates, Map.of())
                .find(CLIENT, matter, person, at(started), at(answered))
                .map(found -> found.terms().hourlyRate().stripTrailingZeros().toPlainString())
                .orElse("held");
    }

    @ParameterizedTest
    @CsvSource({
        // Accepted at 10:01 (B3).
        "10:00, 10:00, held",
        "10:00, 10:02, held",
        "10:01, 10:01, held",
        "10:01, 10:02, held",
        "10:02, 10:02, 250",
        "10:02, 10:03, 250"
    })
    void aCallIsHeldUnlessItsTermsWereAcceptedBeforeItStarted(String started, String answered, String rate) {
        accepted(general, 1, "250", "2026-11-01T05:00:00Z", null, "10:01");

        assertThat(rate(null, null, started, answered)).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({
        // In force [10:00, 11:00); the answer's moment counts (D5).
        "09:58, 09:59, held",
        "09:58, 10:00, 250",
        "10:30, 10:30, 250",
        "10:58, 10:59, 250",
        "10:58, 11:00, held",
        "11:00, 11:00, held"
    })
    void termsHoldFromTheirFirstMomentUpToTheirEndByTheAnswer(String started, String answered, String rate) {
        accepted(general, 1, "250", "10:00", "11:00", "2026-10-30T12:00:00Z");

        assertThat(rate(null, null, started, answered)).isEqualTo(rate);
    }

    @ParameterizedTest
    @CsvSource({"09:59, 09:59, 250", "09:58, 10:00, 290", "10:00, 10:00, 290", "12:00, 12:00, 290"})
    void aNewerVersionTakesOverAtItsFirstMoment(String started, String answered, String rate) {
        AgreementVersion first = accepted(general, 1, "250", "2026-10-01T05:00:00Z", null, "2026-09-30T12:00:00Z");
        AgreementVersion second = accepted(general, 2, "290", "10:00", null, "2026-10-30T12:00:00Z");
        first.supersede(second.inForceFrom());

        assertThat(rate(null, null, started, answered)).isEqualTo(rate);
    }

    @Test
    void termsDatedBackLeaveTheTimeBeforeTheirAcceptanceToWhatWasAgreedThen() {
        AgreementVersion first = accepted(general, 1, "250", "2026-10-01T05:00:00Z", null, "2026-09-30T12:00:00Z");
        AgreementVersion second = accepted(general, 2, "290", "2026-10-15T05:00:00Z", null, "10:01");
        first.supersede(second.inForceFrom());

        assertThat(rate(null, null, "2026-10-20T15:00:00Z", "2026-10-20T15:00:05Z"))
                .isEqualTo("250");
        assertThat(rate(null, null, "10:00", "10:00")).isEqualTo("250");
        assertThat(rate(null, null, "10:02", "10:02")).isEqualTo("290");
    }

    @Test
    void aVersionThatIsReplacedFromItsFirstDayOnIsNeverInForce() {
        AgreementVersion first = accepted(general, 1, "250", "10:00", null, "09:00");
        AgreementVersion second = accepted(general, 2, "290", "09:30", null, "09:01");
        first.supersede(second.inForceFrom());

        assertThat(first.inForceTo()).isEqualTo(first.inForceFrom());
        assertThat(rate(null, null, "10:30", "10:30")).isEqualTo("290");
    }

    @Test
    void theMattersAgreementGoesBeforeTheClients() {
        accepted(general, 1, "250", "2026-10-01T05:00:00Z", null, "2026-09-30T12:00:00Z");
        accepted(own, 1, "310", "10:00", "11:00", "2026-09-30T12:00:00Z");

        assertThat(rate(MATTER, null, "10:30", "10:30")).isEqualTo("310");
        assertThat(rate(UUID.randomUUID(), null, "10:30", "10:30")).isEqualTo("250");
        assertThat(rate(null, null, "10:30", "10:30")).isEqualTo("250");
    }

    @Test
    void whereTheMattersAgreementIsNotInForceTheClientsHolds() {
        accepted(general, 1, "250", "2026-10-01T05:00:00Z", null, "2026-09-30T12:00:00Z");
        accepted(own, 1, "310", "10:00", "11:00", "2026-09-30T12:00:00Z");

        assertThat(rate(MATTER, null, "09:30", "09:30")).isEqualTo("250");
        assertThat(rate(MATTER, null, "11:00", "11:00")).isEqualTo("250");
    }

    @Test
    void thePersonsRateGoesBeforeTheGeneralOneOfTheSameVersion() {
        AgreementVersion version = accepted(general, 1, "250", "2026-10-01T05:00:00Z", null, "2026-09-30T12:00:00Z");
        accepted(own, 1, "310", "10:00", "11:00", "2026-09-30T12:00:00Z");
        rates.add(new AgreementRate(version.id(), PARTNER, new BigDecimal("420")));

        assertThat(rate(null, PARTNER, "10:30", "10:30")).isEqualTo("420");
        assertThat(rate(null, ASSOCIATE, "10:30", "10:30")).isEqualTo("250");
        // The matter's agreement says nothing of the partner: its general rate holds.
        assertThat(rate(MATTER, PARTNER, "10:30", "10:30")).isEqualTo("310");
    }

    @Test
    void anotherClientsTermsAreNobodyElses() {
        accepted(general, 1, "250", "2026-10-01T05:00:00Z", null, "2026-09-30T12:00:00Z");

        assertThat(new AcceptedTerms(versions, rates, Map.of())
                        .find(UUID.randomUUID(), null, null, at("10:30"), at("10:30")))
                .isEmpty();
    }

    @Test
    void chargesNameTheVersion() {
        AgreementVersion version = accepted(general, 1, "250", "2026-10-01T05:00:00Z", null, "2026-09-30T12:00:00Z");

        assertThat(new AcceptedTerms(versions, rates, Map.of()).find(CLIENT, null, null, at("10:30"), at("10:30")))
                .hasValueSatisfying(found -> assertThat(found.versionId()).isEqualTo(version.id()));
    }
}
