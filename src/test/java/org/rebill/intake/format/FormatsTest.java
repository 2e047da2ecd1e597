package org.rebill.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rebill.call.Assembly;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Quarantined;
import org.rebill.intake.format.Samples.Sample;

/**
 * What holds for every format of this build, on its samples.
 */
class FormatsTest {
    private static final int DAMAGED_FILES = 150;
    private static final List<RecordFormat> FORMATS = Samples.formats();

    private static final List<Damage> DAMAGES = List.of(Damage.values());

    static List<RecordFormat> formats() {
        return FORMATS;
    }

    static List<Sample> samples() {
        return Samples.all();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void tellsWhatItIsAndHowToSetItUp(RecordFormat format) {
        assertThat(format.id()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(format.name()).isNotBlank();
        assertThat(format.setUp()).hasSizeGreaterThan(1).allSatisfy(step -> assertThat(step)
                .endsWith("."));
        assertThat(FORMATS.stream().filter(other -> other.id().equals(format.id())))
                .hasSize(1);
        assertThat(Samples.of(format)).as("samples of %s", format.id()).isNotEmpty();
        format.options().forEach(option -> {
            assertThat(option.label()).isNotBlank();
            assertThat(option.help()).endsWith(".");
            assertThat(option.choices().isEmpty() || option.choices().contains(option.standard()))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("samples")
    void knowsItsOwnFilesAndNoOthers(Sample sample) {
        byte[] head = Reading.firstBytes(sample.bytes());
        assertThat(sample.format().refuses(head)).isEmpty();
        // What is read by a mapping has no layout of its own to be known by.
        List<String> known = sample.format() instanceof Mapped
                ? List.of()
                : List.of(sample.format().id());
        assertThat(FORMATS.stream().filter(format -> format.recognises(head)).map(RecordFormat::id))
                .containsExactlyElementsOf(known);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsEachRecordOfItsSamples(Sample sample) {
        List<ReadRecord> records = Reading.read(sample.format(), sample.bytes(), sample.source());
        Reading.assertCovers(records, sample.bytes());
        assertThat(records.stream().map(ReadRecord::content).filter(Quarantined.class::isInstance))
                .isEmpty();
        List<Leg> legs = Reading.legs(records);
        assertThat(legs).isNotEmpty();
        for (List<Leg> call : Reading.byCall(records).values()) {
            Reading.assertSound(call, Assembly.of(call, sample.source().plan(), 0));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void goesOnAtAnyRecord(Sample sample) {
        List<ReadRecord> records = Reading.read(sample.format(), sample.bytes(), sample.source());
        int step = Math.max(1, records.size() / 200);
        for (int i = 0; i < records.size(); i += step) {
            ReadRecord from = records.get(i);
            assertThat(Reading.readFrom(
                            sample.format(), sample.bytes(), sample.source(), from.byteOffset(), from.lineNo()))
                    .isEqualTo(records.subList(i, records.size()));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void accountsForEachByteOfADamagedFile(Sample sample) {
        // Some seeds of each run are the same, so that what failed once fails again; others are new.
        long first = System.nanoTime();
        for (int i = 0; i < DAMAGED_FILES; i++) {
            long seed = i % 2 == 0 ? i : first + i;
            try {
                readDamaged(sample, new Random(seed));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(String.format(Locale.ROOT, "%s damaged by seed %d", sample, seed), e);
            }
        }
    }

    private static void readDamaged(Sample sample, Random random) {
        byte[] bytes = sample.bytes().clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = DAMAGES.get(random.nextInt(DAMAGES.size())).done(bytes, random);
        }
        List<ReadRecord> records = Reading.read(sample.format(), bytes, sample.source());
        Reading.assertCovers(records, bytes);
        if (!records.isEmpty()) {
            int middle = random.nextInt(records.size());
            ReadRecord from = records.get(middle);
            assertThat(Reading.readFrom(sample.format(), bytes, sample.source(), from.byteOffset(), from.lineNo()))
                    .isEqualTo(records.subList(middle, records.size()));
        }
        for (List<Leg> call : Reading.byCall(records).values()) {
            Reading.assertSound(call, Assembly.of(call, sample.source().plan(), 7));
        }
        byte[] head = Reading.firstBytes(bytes);
        FORMATS.forEach(format -> {
            format.refuses(head);
            format.recognises(head);
        });
    }
}
