package org.rebill.intake;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rebill.call.IncomingLeg;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord;
import org.rebill.intake.format.ReadRecord.Part;
import org.rebill.intake.format.ReadRecord.Quarantined;
import org.rebill.intake.format.RecordReader;

/**
 * Records that are stored together, as they follow each other in a file.
 *
 * @param fromByte where the first begins
 * @param toByte behind the last
 * @param toLine the last line of the last, from 1
 * @param legs those that are part of a call
 * @param others the rest, each with its reason
 */
record RecordBatch(long fromByte, long toByte, long toLine, List<IncomingLeg> legs, List<Other> others) {
    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_BYTES = 1 << 25;
    // What the tables have months for; a phone system's clock that is off further is a fault to look at.
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** A record that is no part of a call. */
    record Other(ReadRecord record, long recordNo, IntakeRecord.Outcome outcome, String reason, String detail) {}

    RecordBatch {
        legs = List.copyOf(legs);
        others = List.copyOf(others);
    }

    int records() {
        return legs.size() + others.size();
    }

    /**
     * Reads the next records, up to 10,000.
     *
     * @param fromByte where the reader stands
     * @param recordsBefore how many the file had up to there
     * @return empty at the end of the file
     */
    static Optional<RecordBatch> read(RecordReader reader, long fromByte, long recordsBefore) throws IOException {
        List<IncomingLeg> legs = new ArrayList<>();
        List<Other> others = new ArrayList<>();
        long recordNo = recordsBefore;
        long toByte = fromByte;
        long toLine = 0;
        Optional<ReadRecord> next = reader.next();
        while (next.isPresent()) {
            ReadRecord record = next.get();
            if (record.byteOffset() != toByte || record.byteLength() < 1) {
                throw new IllegalStateException("The reader lost its place: a record of " + record.byteLength()
                        + " bytes at " + record.byteOffset() + ", expected at " + toByte);
            }
            sort(record, ++recordNo, legs, others);
            toByte = record.byteOffset() + record.byteLength();
            toLine = record.lineNo() + record.lines() - 1;
            boolean full = legs.size() + others.size() == MOST_RECORDS || toByte - fromByte >= MOST_BYTES;
            next = full ? Optional.empty() : reader.next();
        }
        return recordNo == recordsBefore
                ? Optional.empty()
                : Optional.of(new RecordBatch(fromByte, toByte, toLine, legs, others));
    }

    /** Puts a record to the legs, or to those that are none. */
    static void sort(ReadRecord record, long recordNo, List<IncomingLeg> legs, List<Other> others) {
        if (record.content() instanceof Part part) {
            Optional<Quarantined> fault = fault(record, part.leg());
            if (fault.isEmpty()) {
                legs.add(new IncomingLeg(
                        part.leg(),
                        part.contentHash(),
                        recordNo,
                        record.lineNo(),
                        record.byteOffset(),
                        Math.toIntExact(record.byteLength())));
            } else {
                others.add(quarantined(record, recordNo, fault.get()));
            }
        } else if (record.content() instanceof ReadRecord.Ignored ignored) {
            others.add(new Other(record, recordNo, IntakeRecord.Outcome.IGNORED, ignored.reason(), ignored.detail()));
        } else if (record.content() instanceof Quarantined quarantined) {
            others.add(quarantined(record, recordNo, quarantined));
        }
    }

    private static Other quarantined(ReadRecord record, long recordNo, Quarantined why) {
        return new Other(record, recordNo, IntakeRecord.Outcome.QUARANTINED, why.reason(), why.detail());
    }

    /** What no table can hold, whatever format let it through. */
    private static Optional<Quarantined> fault(ReadRecord record, Leg leg) {
        if (leg.startedAt().isBefore(EARLIEST) || !leg.startedAt().isBefore(LATEST)) {
            return Optional.of(new Quarantined(
                    "time.range",
                    "The call started at " + leg.startedAt() + ", outside of the years 1990 to 2099. Set the phone "
                            + "system's clock."));
        }
        boolean nul = Stream.of(
                        leg.disposition(),
                        leg.caller(),
                        leg.called(),
                        leg.fromSide(),
                        leg.toSide(),
                        leg.application(),
                        leg.applicationData(),
                        leg.code())
                .anyMatch(text -> text.indexOf('\0') >= 0);
        if (nul) {
            return Optional.of(new Quarantined(
                    "character.nul",
                    "Line " + record.lineNo() + " holds a NUL character. The file was damaged on its way, often by a "
                            + "copy of a file that was being written. Send it again."));
        }
        return Optional.empty();
    }
}
