package org.rebill.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.firm.TransferBilling;

/** Whose talk a call is that was passed on (DOMAIN.md D10). */
class TransferBillingTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);

    private static Leg leg(int extension, int from, int to) {
        return new Leg(
                new UUID(1, extension),
                new UUID(2, 2),
                NOON.plusSeconds(from),
                NOON.plusSeconds(from),
                NOON.plusSeconds(to),
                Leg.ANSWERED,
                "3125550100",
                String.valueOf(extension),
                Side.line("T1"),
                Side.phone(String.valueOf(extension)),
                "",
                "",
                to - from,
                to - from,
                "",
                0);
    }

    @ParameterizedTest
    @CsvSource({"EACH_OWN,1201 60 1202 300 1203 40", "LONGEST,1202 400", "FIRST,1201 400", "LAST,1203 400"})
    void aCallThatWasPassedOn(TransferBilling way, String expected) {
        List<Leg> legs = List.of(leg(1201, 0, 60), leg(1202, 60, 360), leg(1203, 360, 400));
        AssembledCall call = Assembly.of(legs, PLAN, 0, way);
        assertThat(call.talks().stream()
                        .map(talk -> talk.extension() + " " + talk.seconds())
                        .toList())
                .containsExactly(expected.split("(?<=[0-9] [0-9]{2,3}) "));
        assertThat(call.talkSeconds()).isEqualTo(400);
        assertThat(call.answeredAt()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @CsvSource({"EACH_OWN", "LONGEST", "FIRST", "LAST"})
    void twoWhoTalkAtTheSameTimeHaveEachTheOwn(TransferBilling way) {
        AssembledCall call = Assembly.of(List.of(leg(1201, 0, 60), leg(1202, 30, 90)), PLAN, 0, way);
        assertThat(call.talks()).extracting(Talk::seconds).containsExactly(60, 60);
    }
}
