package org.rebill.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.call.NumberPlan;
import org.rebill.code.CodeIndex;
import org.rebill.code.CodeIndex.Meaning;
import org.rebill.code.CodeIndex.Standing;
import org.rebill.policy.PolicyIndex;

class LiveViewTest {
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final UUID SOURCE = new UUID(4, 1);
    private static final UUID KARIN = new UUID(2, 1);
    private static final Map<String, Standing> CODES = Map.of(
            "", Standing.NONE,
            "1042", Standing.OK,
            "9", Standing.HOUSE,
            "77", Standing.UNKNOWN,
            "1001", Standing.RETIRED,
            "12#", Standing.MALFORMED);

    private static LiveView view(boolean forced, boolean verified, boolean failOpen) {
        CodeIndex codes = (code, at) -> new Meaning(CODES.get(code), null, null);
        PolicyIndex policies = (source, person, extension, party, startedAt) -> {
            assertThat(person).isEqualTo(KARIN);
            assertThat(party).isEqualTo("+15125550144");
            return new PolicyIndex.Switches(forced, verified);
        };
        LiveView.Place place = new LiveView.Place(new NumberPlan("US", "512", "9", 3), Map.of("203", KARIN));
        return new LiveView(codes, policies, Map.of(SOURCE, place), failOpen, 1);
    }

    @ParameterizedTest(name = "forced {0}, verified {1}, code ''{2}'': {3}")
    @CsvSource({
        "true,  true,  '',   ASK_AGAIN",
        "true,  true,  77,   UNKNOWN",
        "true,  true,  1042, OK",
        "true,  false, '',   ASK_AGAIN",
        "true,  false, 77,   OK",
        "true,  false, 1042, OK",
        "false, true,  '',   NOT_NEEDED",
        "false, true,  77,   UNKNOWN",
        "false, true,  1042, OK",
        "false, false, '',   NOT_NEEDED",
        "false, false, 77,   OK",
        "false, false, 1042, OK",
        "true,  true,  1001, UNKNOWN",
        "true,  true,  9,    OK",
        "false, false, 12#,  ASK_AGAIN"
    })
    void answersByThePolicyInForce(boolean forced, boolean verified, String code, LiveAnswer answer) {
        LiveQuestion question = new LiveQuestion(code, "95125550144", "203", "");

        assertThat(view(forced, verified, true).answer(SOURCE, question, NOON, true))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"911", "9911", "205"})
    void emergencyAndInternalCallsAreNeverHeldUp(String number) {
        assertThat(view(true, true, false).answer(SOURCE, new LiveQuestion("77", number, "203", ""), NOON, false))
                .isEqualTo(LiveAnswer.NOT_NEEDED);
    }

    @Test
    void whileTheDatabaseDoesNotAnswerUnknownCodesFareAsTheFirmChose() {
        LiveQuestion unknown = new LiveQuestion("77", "5125550144", "203", "");
        LiveQuestion known = new LiveQuestion("1042", "5125550144", "203", "");

        assertThat(view(true, true, true).answer(SOURCE, unknown, NOON, false)).isEqualTo(LiveAnswer.OK);
        assertThat(view(true, true, false).answer(SOURCE, unknown, NOON, false)).isEqualTo(LiveAnswer.UNKNOWN);
        assertThat(view(true, true, false).answer(SOURCE, known, NOON, false)).isEqualTo(LiveAnswer.OK);
    }
}
