package org.rebill.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord;
import org.rebill.intake.format.RecordReader;

class RecordBatchTest {
    private static final Instant NOON = Instant.parse("2026-11-12T18:00:00Z");

    @Test
    void aBatchGoesOnWhereTheOneBeforeEnded() throws IOException {
        RecordReader reader = reader(IntStream.range(0, 10_500).mapToObj(i -> part(i, leg(NOON, "1042"))));
        RecordBatch first = RecordBatch.read(reader, 0, 0).orElseThrow();
        assertEquals(10_000, first.records());
        assertEquals(1_000_000, first.toByte());
        assertEquals(10_000, first.toLine());
        RecordBatch second =
                RecordBatch.read(reader, first.toByte(), first.records()).orElseThrow();
        assertEquals(500, second.records());
        assertEquals(10_001, second.legs().get(0).recordNo());
        assertEquals(1_000_000, second.fromByte());
        assertEquals(Optional.empty(), RecordBatch.read(reader, second.toByte(), 10_500));
    }

    @Test
    void everyRecordIsExactlyOneThing() throws IOException {
        RecordBatch batch = RecordBatch.read(
                        reader(Stream.of(
                                part(0, leg(NOON, "1042")),
                                record(1, new ReadRecord.Ignored("blank", "A blank line.")),
                                record(2, new ReadRecord.Quarantined("quote.open", "A quote is open.")))),
                        0,
                        0)
                .orElseThrow();
        assertEquals(3, batch.records());
        assertEquals(1, batch.legs().size());
        assertEquals(
                List.of(IntakeRecord.Outcome.IGNORED, IntakeRecord.Outcome.QUARANTINED),
                batch.others().stream().map(RecordBatch.Other::outcome).toList());
        assertEquals(3, batch.others().get(1).recordNo());
    }

    @Test
    void whatNoTableCanHoldIsQuarantinedWhateverTheFormatThought() throws IOException {
        RecordBatch batch = RecordBatch.read(
                        reader(Stream.of(
                                part(0, leg(Instant.parse("1970-01-01T00:00:00Z"), "")),
                                part(1, leg(Instant.parse("2100-01-01T00:00:00Z"), "")),
                                part(2, leg(NOON, "10\0" + "42")))),
                        0,
                        0)
                .orElseThrow();
        assertTrue(batch.legs().isEmpty());
        assertEquals(
                List.of("time.range", "time.range", "character.nul"),
                batch.others().stream().map(RecordBatch.Other::reason).toList());
    }

    @Test
    void aReaderThatLeavesBytesOutIsFoundOut() {
        RecordReader reader = reader(Stream.of(part(0, leg(NOON, "")), part(2, leg(NOON, ""))));
        assertThrows(IllegalStateException.class, () -> RecordBatch.read(reader, 0, 0));
    }

    private static RecordReader reader(Stream<ReadRecord> records) {
        Iterator<ReadRecord> iterator = records.iterator();
        return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }

    private static ReadRecord part(int no, Leg leg) {
        return record(no, new ReadRecord.Part(leg, new UUID(0, no)));
    }

    private static ReadRecord record(int no, ReadRecord.Content content) {
        return new ReadRecord(no + 1, 1, no * 100L, 100, content);
    }

    private static Leg leg(Instant start, String code) {
        return new Leg(
                UUID.randomUUID(),
                UUID.randomUUID(),
                start,
                null,
                start,
                "NO ANSWER",
                "201",
                "202",
                "",
                "",
                "Dial",
                "",
                0,
                0,
                code,
                0);
    }
}
