package org.rebill.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.rebill.call.AssembledCall;
import org.rebill.call.Assembly;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;

/** Samples that were damaged: whatever comes, each byte is accounted for, and what is left makes sound calls. */
class AsteriskMutationsTest {
    private static final RecordFormat FORMAT = new AsteriskCdrCsv();
    private static final SourceSettings SOURCE = Reading.CHICAGO;
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);
    private static final byte[] LAB = Reading.sample("asterisk-lab/Master.csv");
    private static final List<Leg> LAB_LEGS = Reading.legs(Reading.read(FORMAT, LAB, SOURCE));
    private static final byte[] EVENTS = Reading.sample("asterisk-lab/cel.csv");
    private static final List<Leg> BOTH_LEGS = both();
    private static final byte[][] SAMPLES = {
        Reading.sample("asterisk-cdr-csv/cel.csv"),
        Reading.sample("asterisk-cdr-csv/Master.csv"),
        Reading.sample("asterisk-lab/dst-fall/Master.csv"),
        Reading.sample("asterisk-lab/midnight/Master.csv"),
        Arrays.copyOfRange(LAB, 0, 6_000),
        Arrays.copyOfRange(LAB, LAB.length - 6_000, LAB.length)
    };

    /** Records and events of the same calls. */
    private static List<Leg> both() {
        List<Leg> both = new ArrayList<>(LAB_LEGS);
        both.addAll(Reading.legs(Reading.read(FORMAT, EVENTS, SOURCE)));
        return both;
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        return Arbitraries.of(Damage.class).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void eachByteOfADamagedFileIsAccountedFor(
            @ForAll @IntRange(max = 5) int sample, @ForAll("damages") List<Damage> damages, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = SAMPLES[sample].clone();
        for (Damage damage : damages) {
            bytes = damage.done(bytes, random);
        }
        List<ReadRecord> records = Reading.read(FORMAT, bytes, SOURCE);
        Reading.assertCovers(records, bytes);

        if (!records.isEmpty()) {
            int middle = random.nextInt(records.size());
            int offset = (int) records.get(middle).byteOffset();
            assertThat(Reading.readFrom(
                            FORMAT, bytes, SOURCE, offset, records.get(middle).lineNo()))
                    .isEqualTo(records.subList(middle, records.size()));
        }
        for (List<Leg> legs : Reading.byCall(records).values()) {
            Reading.assertSound(legs, Assembly.of(legs, PLAN, 7));
        }
        FORMAT.refuses(Reading.firstBytes(bytes));
        FORMAT.recognises(Reading.firstBytes(bytes));
    }

    /** A damaged line takes at most itself and, joined or quoted into one, its neighbour. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void oneFlippedByteSpoilsTwoRecordsAtMost(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] bytes = LAB.clone();
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        List<Leg> whole = new ArrayList<>(LAB_LEGS);
        List<Leg> left = Reading.legs(Reading.read(FORMAT, bytes, SOURCE));
        left.forEach(whole::remove);
        assertThat(whole).hasSizeLessThanOrEqualTo(2);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfLegsDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        for (List<Leg> legs : Reading.byCall(Reading.read(FORMAT, LAB, SOURCE)).values()) {
            List<Leg> shuffled = new ArrayList<>(legs);
            Collections.shuffle(shuffled, random);
            assertThat(Assembly.of(shuffled, PLAN, 3)).isEqualTo(Assembly.of(legs, PLAN, 3));
        }
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfRecordsAndEventsDoesNotMatter(@ForAll long seed) {
        Random random = new Random(seed);
        for (List<Leg> legs : byCall(BOTH_LEGS)) {
            List<Leg> shuffled = new ArrayList<>(legs);
            Collections.shuffle(shuffled, random);
            assertThat(Assembly.of(shuffled, PLAN, 3)).isEqualTo(Assembly.of(legs, PLAN, 3));
            // Some of it only, as while a call lasts or when lines were lost.
            List<Leg> some = shuffled.subList(0, 1 + random.nextInt(shuffled.size()));
            AssembledCall call = Assembly.of(some, PLAN, 3);
            Reading.assertSound(some, call);
            Collections.shuffle(some, random);
            assertThat(Assembly.of(some, PLAN, 3)).isEqualTo(call);
        }
    }

    private static List<List<Leg>> byCall(List<Leg> legs) {
        return List.copyOf(
                legs.stream().collect(Collectors.groupingBy(Leg::callId)).values());
    }

    /** As when a wrong linkedid joins calls, or all the telephones of a firm meet in one. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyRecordsAndEventsMakeASoundCall(@ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int count) {
        List<Leg> all = new ArrayList<>(BOTH_LEGS);
        Collections.shuffle(all, new Random(seed));
        List<Leg> legs = all.subList(0, count);
        Reading.assertSound(legs, Assembly.of(legs, PLAN, 0));
    }

    @Test
    void allThatHappenedAsOneCallIsSoundAndSoon() {
        long began = System.nanoTime();
        Reading.assertSound(BOTH_LEGS, Assembly.of(BOTH_LEGS, PLAN, 0));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }

    /** Legs of different calls thrown together, as a wrong linkedid would: still no talk longer than time passed. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyLegsMakeASoundCall(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int count) {
        Random random = new Random(seed);
        List<Leg> all = new ArrayList<>(LAB_LEGS);
        Collections.shuffle(all, random);
        List<Leg> legs = all.subList(0, count);
        Reading.assertSound(legs, Assembly.of(legs, PLAN, 0));
    }
}
