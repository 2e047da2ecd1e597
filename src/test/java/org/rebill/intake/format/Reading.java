package org.rebill.intake.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rebill.call.AssembledCall;
import org.rebill.call.Assembly;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Part;

/** Reads files for tests, and checks what holds for the reader of any format. */
final class Reading {
    /** How the samples' numbers are read: Dallas, 9 for a line, extensions of three or four digits. */
    static final NumberPlan DALLAS = new NumberPlan("US", "214", "9", 4);

    /** A source in Chicago whose phone system writes local time and says nothing of itself. */
    static final SourceSettings CHICAGO = settings("America/Chicago", false, Map.of());

    /** When the samples came in: tells the year of records that have none. */
    static final Instant RECEIVED = Instant.parse("2026-11-30T12:00:00Z");

    private Reading() {}

    static SourceSettings settings(String zone, boolean utc, Map<String, String> options) {
        return new SourceSettings(new UUID(1, 2), ZoneId.of(zone), utc, DALLAS, options);
    }

    static RecordReader reader(RecordFormat format, byte[] bytes, SourceSettings source) {
        return format.read(new ByteArrayInputStream(bytes), source, new FileStart(head(bytes), 0, 1, RECEIVED));
    }

    static List<ReadRecord> read(RecordFormat format, byte[] bytes, SourceSettings source) {
        FileStart start = new FileStart(head(bytes), 0, 1, RECEIVED);
        return read(format, new ByteArrayInputStream(bytes), source, start);
    }

    /** As a reader that goes on where an earlier one stopped. */
    static List<ReadRecord> readFrom(RecordFormat format, byte[] bytes, SourceSettings source, long offset, long line) {
        InputStream rest = new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        return read(format, rest, source, new FileStart(head(bytes), offset, line, RECEIVED));
    }

    static List<ReadRecord> read(RecordFormat format, InputStream bytes, SourceSettings source, FileStart start) {
        RecordReader reader = format.read(bytes, source, start);
        List<ReadRecord> records = new ArrayList<>();
        try {
            for (Optional<ReadRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static byte[] head(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, FileStart.HEAD_BYTES));
    }

    /** What a format is asked with before a file is taken. */
    static byte[] firstBytes(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.min(bytes.length, 8192));
    }

    /** Each byte belongs to one record, and each line number is that of the record's first byte. */
    static void assertCovers(List<ReadRecord> records, byte[] bytes) {
        long line = 1;
        int at = 0;
        for (ReadRecord record : records) {
            boolean joins = record.byteOffset() == at && record.byteLength() > 0 && record.lines() > 0;
            assertThat(joins && record.lineNo() == line)
                    .as("%s at byte %s, line %s", record, at, line)
                    .isTrue();
            for (long end = at + record.byteLength(); at < end; at++) {
                boolean ends =
                        bytes[at] == '\n' || (bytes[at] == '\r' && (at + 1 == bytes.length || bytes[at + 1] != '\n'));
                line += ends ? 1 : 0;
            }
        }
        assertThat(at).isEqualTo(bytes.length);
    }

    static List<Leg> legs(List<ReadRecord> records) {
        List<Leg> legs = new ArrayList<>();
        for (ReadRecord record : records) {
            if (record.content() instanceof Part part) {
                legs.add(part.leg());
            }
        }
        return legs;
    }

    static Map<UUID, List<Leg>> byCall(List<ReadRecord> records) {
        Map<UUID, Map<UUID, Leg>> once = new LinkedHashMap<>();
        for (Leg leg : legs(records)) {
            once.computeIfAbsent(leg.callId(), id -> new LinkedHashMap<>()).putIfAbsent(leg.id(), leg);
        }
        Map<UUID, List<Leg>> calls = new LinkedHashMap<>();
        once.forEach((id, legs) -> calls.put(id, new ArrayList<>(legs.values())));
        return calls;
    }

    /** The calls of a file, in the order in which they first appear. */
    static List<AssembledCall> calls(RecordFormat format, byte[] bytes, SourceSettings source) {
        List<ReadRecord> records = read(format, bytes, source);
        assertCovers(records, bytes);
        return byCall(records).values().stream()
                .map(legs -> Assembly.of(legs, source.plan(), 0))
                .toList();
    }

    static byte[] sample(String name) {
        try (InputStream in = AsteriskCdrCsvTest.class.getResourceAsStream("/samples/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What holds for any call, of whatever legs. */
    static void assertSound(List<Leg> legs, AssembledCall call) {
        int sum = 0;
        Set<String> phones = new HashSet<>();
        long wall = call.endedAt().getEpochSecond() - call.startedAt().getEpochSecond();
        int most = legs.stream().mapToInt(Leg::talkSeconds).sum();
        boolean sound = true;
        for (Talk talk : call.talks()) {
            sound &= talk.seconds() >= 0 && talk.seconds() <= Math.max(wall, most);
            sound &= !talk.answeredAt().isBefore(call.startedAt())
                    && !talk.answeredAt().isAfter(call.endedAt());
            sound &= phones.add(talk.extension());
            sum += talk.seconds();
        }
        sound &= call.talkSeconds() == sum;
        sound &= (call.answeredAt() == null) == call.talks().isEmpty();
        sound &= call.direction() != Direction.INTERNAL || call.talks().size() <= 1;
        assertThat(sound).as("%s of %s", call, legs).isTrue();
    }
}
