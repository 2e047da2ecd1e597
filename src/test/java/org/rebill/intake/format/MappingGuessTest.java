package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.intake.format.ReadRecord.Quarantined;
import org.rebill.intake.format.RecordMapping.Layout;

/** What is guessed of each sample stands in {@code teacher/guesses.txt}: the file, a tab, and the mapping. */
class MappingGuessTest {
    private static final int LOOKED_AT = 64 * 1024;

    /** A sample and what is to be found in it. */
    record Expected(String file, String mapping) {
        @Override
        public String toString() {
            return file;
        }
    }

    private static byte[] bytes(String file) {
        try (var in = MappingGuessTest.class.getResourceAsStream("/" + file)) {
            byte[] bytes = in.readAllBytes();
            return Arrays.copyOf(bytes, Math.min(LOOKED_AT, bytes.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String file) {
        return new String(bytes(file), UTF_8);
    }

    static List<Expected> samples() throws IOException, URISyntaxException {
        Path file = Path.of(
                MappingGuessTest.class.getResource("/teacher/guesses.txt").toURI());
        return Files.readAllLines(file).stream()
                .map(line -> line.split("\t", 2))
                .map(parts -> new Expected(parts[0], parts[1]))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void findsWhatStandsWhere(Expected expected) {
        assertThat(MappingGuess.of(text(expected.file())).mapping().text()).isEqualTo(expected.mapping());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "teacher/report.csv",
                "teacher/noheader.csv",
                "teacher/3cx.csv",
                "teacher/panasonic.txt",
                "teacher/bill.csv",
                "samples/mapped/german.txt",
                "samples/mapped/printer.txt",
                "samples/mapped/epoch.tsv",
                "samples/mapped/standard.csv",
                "samples/avaya-ip-office/smdr.csv",
                "samples/asterisk-lab/Master.csv"
            })
    void aGuessMayBeRightAtOnce(String file) {
        String mapping = MappingGuess.of(text(file)).mapping().text();
        List<ReadRecord> records = Reading.read(
                new Mapped(), bytes(file), Reading.settings("America/Chicago", false, Map.of("mapping", mapping)));
        assertThat(records.stream().map(ReadRecord::content).filter(Quarantined.class::isInstance))
                .hasSizeLessThanOrEqualTo(bytes(file).length == LOOKED_AT ? 1 : 0);
        assertThat(Reading.legs(records)).isNotEmpty();
    }

    @Test
    void theLayoutMayBeTold() {
        MappingGuess.Guess guess = MappingGuess.of(text("teacher/report.csv"), Layout.COMMA, false);
        assertThat(guess.columns()).hasSize(7);
        assertThat(guess.columns().get(0).place()).isEqualTo("1");
        assertThat(MappingGuess.of(text("teacher/report.csv"), Layout.FIXED, false)
                        .columns())
                .isNotEmpty();
    }

    @Test
    void tellsTheDigitsOfAnExtension() {
        assertThat(MappingGuess.of(text("samples/asterisk-lab/Master.csv")).extensionDigits())
                .isEqualTo(4);
        assertThat(MappingGuess.of(text("teacher/report.csv")).extensionDigits())
                .isEqualTo(3);
    }

    @Test
    void nothingIsFoundInWhatIsNoTable() {
        for (String text :
                List.of("", "\n\n", "Dear Sir,\nplease find enclosed.\n", "a,b,c", ",,,\n,,,\n", "\"open,1,2\nx")) {
            assertThat(RecordMapping.problem(MappingGuess.of(text).mapping().text()))
                    .isPresent();
        }
    }

    @Test
    void damagedSamplesAreGuessedAtAsWell() {
        List<Damage> damages = List.of(Damage.values());
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            byte[] bytes = bytes(seed % 2 == 0 ? "teacher/report.csv" : "samples/mapped/printer.txt");
            Damage damage = damages.get(random.nextInt(damages.size()));
            for (Layout layout : Layout.values()) {
                String text = new String(damage.done(bytes.clone(), random), UTF_8);
                assertThat(MappingGuess.of(text, layout, random.nextBoolean())
                                .mapping()
                                .text())
                        .isNotEmpty();
            }
        }
    }
}
