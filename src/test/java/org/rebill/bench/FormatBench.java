package org.rebill.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rebill.intake.format.ReadRecord;
import org.rebill.intake.format.RecordFormat;
import org.rebill.intake.format.RecordReader;
import org.rebill.intake.format.Samples;
import org.rebill.intake.format.Samples.Sample;

/**
 * How fast each format is read, from bytes to legs, on one thread: {@code mvn -Pbench -Dbench=FormatBench}. Its largest
 * sample over and over; the best of three rounds.
 */
public final class FormatBench {
    private static final int BYTES = 24_000_000;
    private static final int ROUNDS = 3;
    private static final int WARM_UP = 4_000_000;

    private FormatBench() {}

    private record Round(long bytes, long records, long nanos) {}

    /**
     * Runs it.
     *
     * @param arguments not looked at
     */
    public static void main(String[] arguments) throws IOException {
        say("%-24s %10s %14s %12s", "format", "MB/s", "records/s", "bytes/record");
        for (RecordFormat format : Samples.formats()) {
            Sample sample = Samples.of(format).stream()
                    .max(Comparator.comparingInt(one -> one.bytes().length))
                    .orElseThrow();
            round(sample, WARM_UP);
            Round best = round(sample, BYTES);
            for (int i = 1; i < ROUNDS; i++) {
                Round next = round(sample, BYTES);
                best = next.nanos() < best.nanos() ? next : best;
            }
            say(
                    "%-24s %,10.1f %,14d %,12d",
                    format.id(),
                    best.bytes() * 1_000.0 / best.nanos(),
                    best.records() * 1_000_000_000L / best.nanos(),
                    best.bytes() / best.records());
        }
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }

    private static Round round(Sample sample, int most) throws IOException {
        int times = Math.max(1, most / sample.bytes().length);
        List<InputStream> pieces = new ArrayList<>(times);
        for (int i = 0; i < times; i++) {
            pieces.add(new ByteArrayInputStream(sample.bytes()));
        }
        RecordReader reader = sample.read(new SequenceInputStream(Collections.enumeration(pieces)));
        long bytes = 0;
        long records = 0;
        long began = System.nanoTime();
        for (Optional<ReadRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
            bytes += next.get().byteLength();
            records++;
        }
        return new Round(bytes, records, System.nanoTime() - began);
    }
}
