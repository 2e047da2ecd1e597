package org.rebill.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where the legs of a call lie on its line of time. */
class CallTimelineTest {
    private static final Instant START = Instant.parse("2026-11-30T22:42:00Z");

    private static Leg leg(int starts, Integer answered, int ends) {
        return new Leg(
                new UUID(0, starts),
                new UUID(1, 1),
                START.plusSeconds(starts),
                answered == null ? null : START.plusSeconds(answered),
                START.plusSeconds(ends),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                ends - starts,
                answered == null ? 0 : ends - answered,
                "",
                0);
    }

    private static CallTimeline of(int seconds, List<Leg> legs, List<PersonTalk> talks) {
        return CallTimeline.of(START, START.plusSeconds(seconds), legs, talks, leg -> "K. Lindqvist");
    }

    @Test
    void anAnsweredLegRingsAndThenTalksToTheEnd() {
        CallTimeline line =
                of(100, List.of(leg(0, 20, 100)), List.of(new PersonTalk(null, "203", START.plusSeconds(20), 80)));

        assertThat(line.bars()).extracting(CallTimeline.Bar::look).containsExactly("ring", "talk");
        CallTimeline.Bar ring = line.bars().get(0);
        CallTimeline.Bar talk = line.bars().get(1);
        assertThat(ring.x()).isEqualTo(76);
        assertThat(ring.x() + ring.width()).isEqualTo(talk.x());
        assertThat(talk.x() + talk.width()).isEqualTo(393);
        assertThat(talk.text()).isEqualTo("talk 1:20, rang 0:20");
    }

    @Test
    void answeredTimeThatIsNobodysTalkLooksOtherwise() {
        assertThat(of(10, List.of(leg(0, 0, 10)), List.of()).bars())
                .extracting(CallTimeline.Bar::look)
                .containsExactly("other");
    }

    @Test
    void aLegThatNobodyAnsweredRingsAllTheTime() {
        assertThat(of(30, List.of(leg(0, null, 30)), List.of()).bars())
                .extracting(CallTimeline.Bar::text)
                .containsExactly("rang 0:30");
    }

    @Test
    void aCallOfNoTimeAtAllIsStillDrawn() {
        CallTimeline line = of(0, List.of(leg(0, null, 0)), List.of());

        assertThat(line.bars()).isEmpty();
        assertThat(line.ticks()).isNotEmpty();
    }

    @Test
    void thereAreAtMostSixMarksOfTime() {
        for (int seconds : new int[] {1, 7, 59, 61, 600, 3_599, 86_400, 604_800}) {
            assertThat(of(seconds, List.of(leg(0, null, seconds)), List.of()).ticks())
                    .hasSizeBetween(1, 6)
                    .allSatisfy(tick -> assertThat(tick.x()).isBetween(76, 393));
        }
    }

    @Test
    void manyLegsAreCutToEightLanes() {
        CallTimeline line = of(30, Collections.nCopies(20, leg(0, null, 30)), List.of());

        assertThat(line.lanes()).hasSize(8);
        assertThat(line.height()).isLessThan(400);
    }
}
