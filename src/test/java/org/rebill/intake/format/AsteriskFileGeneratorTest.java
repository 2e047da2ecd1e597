package org.rebill.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rebill.call.AssembledCall;
import org.rebill.call.Assembly;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;

/** The file for benchmarks is one that our reader reads to the last record, with calls of all kinds in it. */
class AsteriskFileGeneratorTest {
    @TempDir
    private Path folder;

    @Test
    void writesWhatItSays() throws IOException {
        Path file = folder.resolve("Master.csv");
        AsteriskFileGenerator.Written written = new AsteriskFileGenerator(7).write(file, 5_000);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(written.bytes()).isEqualTo(bytes.length);

        List<ReadRecord> records = Reading.read(new AsteriskCdrCsv(), bytes, Reading.settings("UTC", true, Map.of()));
        assertThat(records).hasSize((int) written.records());
        Map<UUID, List<Leg>> legs = new LinkedHashMap<>();
        for (ReadRecord record : records) {
            assertThat(record.content()).isInstanceOf(ReadRecord.Part.class);
            Leg leg = ((ReadRecord.Part) record.content()).leg();
            legs.computeIfAbsent(leg.callId(), id -> new ArrayList<>()).add(leg);
        }
        assertThat(legs).hasSize((int) written.calls());

        List<AssembledCall> calls = legs.values().stream()
                .map(call -> Assembly.of(call, new NumberPlan("US", "312", "9", 3), 0))
                .toList();
        Map<Direction, Long> byDirection =
                calls.stream().collect(Collectors.groupingBy(AssembledCall::direction, Collectors.counting()));
        assertThat(byDirection).containsOnlyKeys(Direction.values());
        assertThat(calls).allSatisfy(call -> assertThat(call.flags()).isEmpty());
        assertThat(calls).anySatisfy(call -> assertThat(call.talks()).isEmpty());
    }

    @Test
    void writesTheSameForTheSameSeed() throws IOException {
        Path one = folder.resolve("one.csv");
        Path other = folder.resolve("other.csv");
        new AsteriskFileGenerator(3).write(one, 500);
        new AsteriskFileGenerator(3).write(other, 500);
        assertThat(Files.mismatch(one, other)).isEqualTo(-1);
    }
}
