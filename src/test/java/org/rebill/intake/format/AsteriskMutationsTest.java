package org.rebill.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
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
    private static final byte[][] SAMPLES = {
        Reading.sample("asterisk-cdr-csv/Master.csv"),
        Reading.sample("asterisk-lab/dst-fall/Master.csv"),
        Reading.sample("asterisk-lab/midnight/Master.csv"),
        Arrays.copyOfRange(LAB, 0, 6_000),
        Arrays.copyOfRange(LAB, LAB.length - 6_000, LAB.length)
    };

    @Provide
    Arbitrary<List<Damage>> damages() {
        return Arbitraries.of(Damage.class).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void eachByteOfADamagedFileIsAccountedFor(
            @ForAll @IntRange(max = 4) int sample, @ForAll("damages") List<Damage> damages, @ForAll long seed) {
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
