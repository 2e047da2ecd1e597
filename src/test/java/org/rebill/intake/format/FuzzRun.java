package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.rebill.call.Assembly;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Part;
import org.rebill.intake.format.Samples.Sample;

/**
 * Reads damaged files of every format, a million by default: {@code mvn -Pfuzz}, {@code -Dfuzz.count=},
 * {@code -Dfuzz.seed=}. No crash, no hang, each byte in exactly one record, each call sound, reading goes on in the middle
 * with the same result; then one line of 100 MB for each format, in bounded memory. The same seed damages the same way,
 * whatever the number of threads; a failure names its number, which {@code -Dfuzz.only=} runs alone.
 */
public final class FuzzRun {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int PIECE = 6_000;
    /** Records of FreeSWITCH are that long. */
    private static final int WHOLE = 100_000;

    private static final int WHOLE_EACH = 6;
    private static final int MOST_DAMAGES = 4;
    private static final int MOST_FAILURES = 20;
    private static final int GO_ON_EACH = 4;
    private static final int LONG_LINE = 100_000_000;
    private static final List<Damage> DAMAGES = List.of(Damage.values());

    private final List<Sample> samples;
    private final long seed;
    private final Map<String, Counts> counts = new LinkedHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    private static final class Counts {
        private final LongAdder files = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final LongAdder records = new LongAdder();
        private final LongAdder legs = new LongAdder();
        private final LongAdder ignored = new LongAdder();
    }

    private FuzzRun(long seed) {
        this.seed = seed;
        samples = new ArrayList<>(Samples.all());
        for (String name : List.of("Master.csv", "cel.csv", "dst-fall/Master.csv", "midnight/Master.csv")) {
            samples.add(Samples.lab(name));
        }
        samples.forEach(sample -> counts.putIfAbsent(sample.format().id(), new Counts()));
    }

    /**
     * Runs it; ends with status 1 when anything failed.
     *
     * @param arguments how many files, the seed, and the number of the one that is to be run, or -1 for all
     */
    public static void main(String[] arguments) throws Exception {
        long count = Long.parseLong(arguments[0]);
        FuzzRun run = new FuzzRun(Long.parseLong(arguments[1]));
        long only = Long.parseLong(arguments[2]);
        if (only >= 0) {
            run.one(only);
        } else {
            run.all(count);
            run.longLines();
        }
        run.report();
        System.exit(run.failures.isEmpty() ? 0 : 1);
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }

    private void all(long count) throws InterruptedException {
        int workers = Runtime.getRuntime().availableProcessors();
        say("%,d damaged files of %d samples, seed %d, %d threads", count, samples.size(), seed, workers);
        long began = System.nanoTime();
        AtomicLong next = new AtomicLong();
        List<Worker> running = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            Worker worker = new Worker(next, count);
            worker.start();
            running.add(worker);
        }
        for (Worker worker : running) {
            while (worker.isAlive()) {
                worker.join(TimeUnit.SECONDS.toMillis(1));
                running.forEach(this::watch);
            }
        }
        say("took %d s", Duration.ofNanos(System.nanoTime() - began).toSeconds());
    }

    private void watch(Worker worker) {
        long began = worker.began;
        if (worker.isAlive() && began != 0 && System.nanoTime() - began > LONGEST.toNanos()) {
            say("File %d hangs: %s", worker.number, Arrays.toString(worker.getStackTrace()));
            System.exit(2);
        }
    }

    private final class Worker extends Thread {
        private final AtomicLong next;
        private final long count;
        private volatile long began;
        private volatile long number;

        Worker(AtomicLong next, long count) {
            super("fuzz");
            this.next = next;
            this.count = count;
            setDaemon(true);
        }

        @Override
        public void run() {
            for (long i = next.getAndIncrement();
                    i < count && failures.size() < MOST_FAILURES;
                    i = next.getAndIncrement()) {
                number = i;
                began = System.nanoTime();
                one(i);
                began = 0;
            }
        }
    }

    private void one(long number) {
        Sample sample = samples.get((int) (number % samples.size()));
        Random random = new Random(seed * 1_000_003 + number);
        try {
            byte[] bytes = piece(sample.bytes(), random);
            for (int i = random.nextInt(MOST_DAMAGES); i >= 0; i--) {
                bytes = DAMAGES.get(random.nextInt(DAMAGES.size())).done(bytes, random);
            }
            check(sample, bytes, random);
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            failures.add(String.format(Locale.ROOT, "%d (%s): %s", number, sample, trace(e)));
        }
    }

    private static String trace(Throwable failure) {
        StringBuilder trace = new StringBuilder(failure.toString());
        for (StackTraceElement element : failure.getStackTrace()) {
            if (trace.length() < 1_500) {
                trace.append("\n    ").append(element);
            }
        }
        return trace.toString();
    }

    /** Of a large sample its first lines, which may name the columns, and some of the others. */
    private static byte[] piece(byte[] bytes, Random random) {
        if (bytes.length <= PIECE || (bytes.length <= WHOLE && random.nextInt(WHOLE_EACH) == 0)) {
            return bytes.clone();
        }
        int head = lineEnd(bytes, lineEnd(bytes, 0));
        int from = lineEnd(bytes, random.nextInt(bytes.length));
        int to = Math.min(bytes.length, from + PIECE);
        byte[] piece = Arrays.copyOf(bytes, Math.min(head, PIECE) + Math.max(0, to - from));
        int kept = Math.min(head, PIECE);
        if (to > from) {
            System.arraycopy(bytes, from, piece, kept, to - from);
        }
        return piece;
    }

    private static int lineEnd(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return bytes.length;
    }

    private void check(Sample sample, byte[] bytes, Random random) {
        List<ReadRecord> records = Reading.read(sample.format(), bytes, sample.source());
        Counts sums = counts.get(sample.format().id());
        sums.files.increment();
        sums.bytes.add(bytes.length);
        count(records, sums);
        long at = 0;
        for (ReadRecord record : records) {
            if (record.byteOffset() != at || record.byteLength() < 1 || record.lines() < 1) {
                throw new AssertionError("Expected a record at byte " + at + ", found " + record);
            }
            at += record.byteLength();
        }
        if (at != bytes.length) {
            throw new AssertionError("Read up to byte " + at + " of " + bytes.length);
        }
        if (!records.isEmpty() && random.nextInt(GO_ON_EACH) == 0) {
            int middle = random.nextInt(records.size());
            ReadRecord from = records.get(middle);
            List<ReadRecord> rest =
                    Reading.readFrom(sample.format(), bytes, sample.source(), from.byteOffset(), from.lineNo());
            if (!rest.equals(records.subList(middle, records.size()))) {
                throw new AssertionError("Going on at byte " + from.byteOffset() + " gives other records");
            }
        }
        for (List<Leg> call : Reading.byCall(records).values()) {
            Reading.assertSound(call, Assembly.of(call, sample.source().plan(), random.nextInt(10)));
        }
        byte[] first = Reading.firstBytes(bytes);
        sample.format().refuses(first);
        sample.format().recognises(first);
    }

    private static void count(List<ReadRecord> records, Counts sums) {
        for (ReadRecord record : records) {
            sums.records.increment();
            if (record.content() instanceof Part) {
                sums.legs.increment();
            } else if (record.content() instanceof Ignored) {
                sums.ignored.increment();
            }
        }
    }

    /** Repeats a piece without an end of line. */
    private static final class Endless extends InputStream {
        private final byte[] piece;
        private long left;
        private int at;

        Endless(byte[] piece, long length) {
            this.piece = piece;
            this.left = length;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            int next = piece[at] & 0xff;
            at = at + 1 == piece.length ? 0 : at + 1;
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return length == 0 ? 0 : -1;
            }
            int most = (int) Math.min(left, Math.min(length, piece.length - at));
            System.arraycopy(piece, at, into, offset, most);
            at = at + most == piece.length ? 0 : at + most;
            left -= most;
            return most;
        }
    }

    private void longLines() {
        for (RecordFormat format : Samples.formats()) {
            Sample sample = Samples.of(format).get(0);
            byte[] line = Arrays.copyOf(sample.bytes(), Math.min(sample.bytes().length, 50_000));
            for (int i = 0; i < line.length; i++) {
                line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
            }
            byte[] head = new byte[FileStart.HEAD_BYTES];
            new Endless(line, head.length).read(head, 0, line.length);
            long began = System.nanoTime();
            long read = 0;
            try {
                RecordReader reader = format.read(
                        new Endless(line, LONG_LINE), sample.source(), new FileStart(head, 0, 1, Reading.RECEIVED));
                for (Optional<ReadRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                    read += next.get().byteLength();
                }
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                failures.add("A line of 100 MB for " + format.id() + ": " + trace(e));
                continue;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (read != LONG_LINE || took.compareTo(LONGEST.multipliedBy(3)) > 0) {
                failures.add("A line of 100 MB for " + format.id() + ": " + read + " bytes in " + took);
            }
        }
        say(
                "a line of %,d bytes for each of %d formats",
                LONG_LINE, Samples.formats().size());
    }

    private void report() {
        say(
                "%-24s %10s %12s %12s %12s %12s %12s",
                "format", "files", "KiB", "records", "in calls", "ignored", "quarantined");
        counts.forEach((format, sums) -> say(
                "%-24s %,10d %,12d %,12d %,12d %,12d %,12d",
                format,
                sums.files.sum(),
                sums.bytes.sum() / 1024,
                sums.records.sum(),
                sums.legs.sum(),
                sums.ignored.sum(),
                sums.records.sum() - sums.legs.sum() - sums.ignored.sum()));
        long most = Runtime.getRuntime().maxMemory() >> 20;
        say("all of it in a heap of %d MiB; failures: %d", most, failures.size());
        failures.forEach(failure -> say("FAILED %s", failure));
    }
}
