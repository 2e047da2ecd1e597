package org.rebill.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rebill.call.Assembly;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Quarantined;

/**
 * What holds for every format of this build, on its samples: the files in {@code samples/<id>}. A file {@code X.options}
 * beside a sample holds the source's settings for it.
 */
class FormatsTest {
    private static final int DAMAGED_FILES = 150;
    private static final List<RecordFormat> FORMATS = formats();

    private static final List<Damage> DAMAGES = List.of(Damage.values());

    /** A file of a format, with the settings of its source. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Sample(RecordFormat format, String name, byte[] bytes, SourceSettings source) {
        @Override
        public String toString() {
            return format.id() + "/" + name;
        }
    }

    static List<RecordFormat> formats() {
        return new ClassFileImporter()
                .importPackagesOf(RecordFormat.class).stream()
                        .filter(type -> type.isAssignableTo(RecordFormat.class) && !type.isInterface())
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .map(FormatsTest::made)
                        .toList();
    }

    private static RecordFormat made(JavaClass type) {
        try {
            return (RecordFormat) type.reflect().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " can't be made", e);
        }
    }

    static List<Sample> samples() {
        return FORMATS.stream().flatMap(format -> samples(format).stream()).toList();
    }

    private static List<Sample> samples(RecordFormat format) {
        var folder = FormatsTest.class.getResource("/samples/" + format.id());
        if (folder == null) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
            List<Sample> samples = new ArrayList<>();
            for (Path file : files.filter(one -> !one.toString().endsWith(".options"))
                    .sorted()
                    .toList()) {
                samples.add(new Sample(
                        format,
                        file.getFileName().toString(),
                        Files.readAllBytes(file),
                        Reading.settings("America/Chicago", false, options(file))));
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> options(Path sample) throws IOException {
        Path file = sample.resolveSibling(sample.getFileName() + ".options");
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
        }
        Map<String, String> options = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> options.put(name, properties.getProperty(name)));
        return options;
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
        assertThat(samples(format)).as("samples of %s", format.id()).isNotEmpty();
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
