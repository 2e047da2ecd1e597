package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.agreement.AgreementIndex;
import org.rebill.code.CodeIndex;
import org.rebill.ledger.CallFacts.TalkFacts;
import org.rebill.policy.PolicyIndex;
import org.rebill.rating.Quantity;
import org.rebill.rating.Rounding;
import org.rebill.rating.Terms;

class PricingTest {
    private static final UUID SOURCE = new UUID(4, 1);
    private static final UUID CLIENT = new UUID(1, 1);
    private static final UUID MATTER = new UUID(1, 2);
    private static final UUID KARIN = new UUID(2, 1);
    private static final UUID PRIYA = new UUID(2, 2);
    private static final UUID VERSION = new UUID(3, 1);
    private static final Instant START = Instant.parse("2026-10-02T15:07:00Z");
    private static final Instant ANSWER = START.plusSeconds(12);

    private final Map<String, CodeIndex.Meaning> meanings = new HashMap<>(Map.of(
            "1042", new CodeIndex.Meaning(CodeIndex.Standing.OK, CLIENT, MATTER),
            "9", new CodeIndex.Meaning(CodeIndex.Standing.HOUSE, null, null),
            "1001", new CodeIndex.Meaning(CodeIndex.Standing.RETIRED, null, null),
            "12#", new CodeIndex.Meaning(CodeIndex.Standing.MALFORMED, null, null),
            "", new CodeIndex.Meaning(CodeIndex.Standing.NONE, null, null)));

    private CodeIndex codes() {
        return (code, at) -> meanings.getOrDefault(code, new CodeIndex.Meaning(CodeIndex.Standing.UNKNOWN, null, null));
    }

    private static Terms terms(String rate) {
        return new Terms(
                Currency.getInstance("USD"),
                new BigDecimal(rate),
                false,
                360,
                0,
                0,
                Rounding.UP,
                0,
                null,
                Quantity.HOURS_2,
                RoundingMode.HALF_UP);
    }

    private static AgreementIndex agreed() {
        return (client, matter, person, startedAt, answeredAt) ->
                Optional.of(new AgreementIndex.InForce(VERSION, terms(KARIN.equals(person) ? "290.00" : "145.00")));
    }

    private static CallFacts call(boolean outbound, String code, TalkFacts... talks) {
        return new CallFacts(
                new UUID(9, 9), START, START, SOURCE, true, outbound, "+15125550144", code, List.of(talks));
    }

    private static TalkFacts talk(UUID person, int seconds) {
        return new TalkFacts(person, "101", ANSWER, seconds);
    }

    /** DOMAIN.md D7: the twelve rows for calls to the outside, the same for calls from there, and what D7 leaves out. */
    @ParameterizedTest(name = "forced {0}, verified {1}, {2}, code ''{3}'': {4} {5}")
    @CsvSource({
        "true,  true,  OUT, '',   HELD,     MISSING",
        "true,  true,  OUT, 77,   HELD,     UNKNOWN",
        "true,  true,  OUT, 1042, RATED,    ''",
        "true,  false, OUT, '',   HELD,     MISSING",
        "true,  false, OUT, 77,   HELD,     UNMAPPED",
        "true,  false, OUT, 1042, RATED,    ''",
        "false, true,  OUT, '',   UNBILLED, MISSING",
        "false, true,  OUT, 77,   HELD,     UNKNOWN",
        "false, true,  OUT, 1042, RATED,    ''",
        "false, false, OUT, '',   UNBILLED, MISSING",
        "false, false, OUT, 77,   HELD,     UNMAPPED",
        "false, false, OUT, 1042, RATED,    ''",
        "true,  true,  IN,  '',   HELD,     MISSING",
        "true,  true,  IN,  77,   HELD,     UNKNOWN",
        "true,  true,  IN,  1042, RATED,    ''",
        "true,  false, IN,  '',   HELD,     MISSING",
        "true,  false, IN,  77,   HELD,     UNMAPPED",
        "true,  false, IN,  1042, RATED,    ''",
        "false, true,  IN,  '',   UNBILLED, MISSING",
        "false, true,  IN,  77,   HELD,     UNKNOWN",
        "false, true,  IN,  1042, RATED,    ''",
        "false, false, IN,  '',   UNBILLED, MISSING",
        "false, false, IN,  77,   HELD,     UNMAPPED",
        "false, false, IN,  1042, RATED,    ''",
        "true,  true,  OUT, 12#,  HELD,     MALFORMED",
        "false, false, OUT, 12#,  HELD,     MALFORMED",
        "true,  true,  OUT, 1001, HELD,     RETIRED",
        "false, false, IN,  1001, HELD,     RETIRED",
        "true,  true,  OUT, 9,    HOUSE,    ''",
        "false, false, IN,  9,    HOUSE,    ''",
    })
    void decidesByTheCodePolicyInForce(
            boolean forced, boolean verified, String direction, String code, ChargeState state, String reason) {
        PolicyIndex policy = (source, person, extension, party, startedAt) -> {
            assertThat(List.of(source, person, extension, party, startedAt))
                    .containsExactly(SOURCE, KARIN, "101", "+15125550144", START);
            return new PolicyIndex.Switches(forced, verified);
        };
        PricedCall priced =
                new Pricing(policy, codes(), agreed()).price(call(direction.equals("OUT"), code, talk(KARIN, 300)));

        Settlement settlement = priced.settlement(Billing.Standing.OPEN);
        assertThat(settlement.state()).isEqualTo(state);
        assertThat(settlement.reason()).isEqualTo(reason);
        assertThat(priced.talks()).hasSize(1);
        assertThat(settlement.clientId()).isEqualTo(state == ChargeState.RATED ? CLIENT : null);
        assertThat(settlement.matterId()).isEqualTo(state == ChargeState.RATED ? MATTER : null);
    }

    @Test
    void pricesEachTalkByThePersonsOwnTerms() {
        PricedCall priced = new Pricing(PlainLedger.FORCED, codes(), agreed())
                .price(call(true, "1042", talk(KARIN, 301), talk(PRIYA, 361)));

        assertThat(priced.talks()).extracting(PricedTalk::no).containsExactly(1, 2);
        assertThat(priced.talks())
                .extracting(talk -> talk.rated().amount())
                .containsExactly(new BigDecimal("29.00"), new BigDecimal("29.00"));
        assertThat(priced.talks())
                .extracting(talk -> talk.rated().billedSeconds())
                .containsExactly(360, 720);
        assertThat(priced.talks()).extracting(PricedTalk::currency).containsOnly("USD");
        assertThat(priced.talks()).extracting(PricedTalk::versionId).containsOnly(VERSION);
    }

    @Test
    void asksForTheTermsAtTheAnswerAcceptedBeforeTheStart() {
        Instant accepted = START;
        AgreementIndex index = (client, matter, person, startedAt, answeredAt) -> {
            assertThat(client).isEqualTo(CLIENT);
            assertThat(matter).isEqualTo(MATTER);
            assertThat(answeredAt).isEqualTo(ANSWER);
            return accepted.isBefore(startedAt)
                    ? Optional.of(new AgreementIndex.InForce(VERSION, terms("290.00")))
                    : Optional.empty();
        };

        PricedCall priced = new Pricing(PlainLedger.FORCED, codes(), index).price(call(true, "1042", talk(KARIN, 300)));

        Settlement settlement = priced.settlement(Billing.Standing.OPEN);
        assertThat(settlement.state()).isEqualTo(ChargeState.HELD);
        assertThat(settlement.reason()).isEqualTo("NOT_AGREED");
        assertThat(settlement.clientId()).as("whose call is held is known").isEqualTo(CLIENT);
        assertThat(priced.talks().get(0).rated()).isNull();
    }

    @Test
    void holdsTheWholeCallWhenOneTalkIsHeld() {
        AgreementIndex onlyKarin = (client, matter, person, startedAt, answeredAt) -> KARIN.equals(person)
                ? Optional.of(new AgreementIndex.InForce(VERSION, terms("290.00")))
                : Optional.empty();

        PricedCall priced = new Pricing(PlainLedger.FORCED, codes(), onlyKarin)
                .price(call(true, "1042", talk(KARIN, 300), talk(PRIYA, 300)));

        assertThat(priced.state()).isEqualTo(ChargeState.HELD);
        assertThat(priced.reason()).isEqualTo(Reason.NOT_AGREED);
        assertThat(priced.talks()).extracting(PricedTalk::state).containsExactly(ChargeState.RATED, ChargeState.HELD);
    }

    @Test
    void knowsACodeAsItWasWhenTheCallStarted() {
        CodeIndex onlyAtStart = (code, at) -> {
            assertThat(at).isEqualTo(START);
            return new CodeIndex.Meaning(CodeIndex.Standing.OK, CLIENT, null);
        };

        PricedCall priced =
                new Pricing(PlainLedger.FORCED, onlyAtStart, agreed()).price(call(true, "1042", talk(KARIN, 60)));

        assertThat(priced.state()).isEqualTo(ChargeState.RATED);
    }

    @Test
    void neverChargesInsideOrEmergencyCalls() {
        CallFacts inside = new CallFacts(
                new UUID(9, 9), START, START, SOURCE, false, true, "911", "1042", List.of(talk(KARIN, 300)));

        PricedCall priced = new Pricing(PlainLedger.FORCED, codes(), agreed()).price(inside);

        assertThat(priced.state()).isEqualTo(ChargeState.UNBILLED);
        assertThat(priced.reason()).isEqualTo(Reason.INSIDE);
        assertThat(priced.talks()).isEmpty();
    }

    @Test
    void chargesNothingForACallThatNobodyAnswered() {
        PricedCall priced = new Pricing(PlainLedger.FORCED, codes(), agreed()).price(call(true, "1042"));

        assertThat(priced.reason()).isEqualTo(Reason.NOT_ANSWERED);
        assertThat(priced.talks()).isEmpty();
    }

    @Test
    void leavesOutATalkWithoutSecondsAndKeepsTheOthersNumbers() {
        PricedCall priced = new Pricing(PlainLedger.FORCED, codes(), agreed())
                .price(call(true, "1042", talk(KARIN, 0), talk(PRIYA, 60)));

        assertThat(priced.talks()).extracting(PricedTalk::no).containsExactly(2);
        assertThat(priced.state()).isEqualTo(ChargeState.RATED);
    }
}
