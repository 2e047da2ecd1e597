package org.rebill.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.rebill.statement.BarePaper;
import org.rebill.statement.SampleStatements;
import org.rebill.statement.StatementDocument;
import org.rebill.statement.StatementPaper;

/**
 * How many statements are printed in a second, and how large they are, as a ratio to Jasper's bare fill and export of
 * the same layout: {@code mvn -Pbench -Dbench=StatementBench}. Ours also puts everything into words, checks the sums and
 * the logo, tags the tables and presses the file together. They take turns.
 */
public final class StatementBench {
    private static final int ROUNDS = 5;
    private static final long NANOS = 1_000_000_000L;

    private final StatementPaper paper = new StatementPaper();

    private StatementBench() {}

    public static void main(String[] arguments) throws Exception {
        StatementBench bench = new StatementBench();
        bench.compare(40, 100);
        bench.compare(2_000, 4);
        bench.together(40, 100, Runtime.getRuntime().availableProcessors());
    }

    private void compare(int lines, int count) throws Exception {
        StatementDocument document = SampleStatements.of(lines).document();
        BarePaper bare = new BarePaper(document);
        Callable<byte[]> ours = () -> paper.pdf(document);
        Callable<byte[]> theirs = bare::pdf;
        nanos(ours, count);
        nanos(theirs, count);
        List<Long> our = new ArrayList<>();
        List<Long> their = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            our.add(nanos(ours, count));
            their.add(nanos(theirs, count));
        }
        say(
                "%,5d lines: %6.1f statements/s of %,d bytes; bare Jasper %6.1f/s of %,d bytes; ratio %.2f",
                lines,
                rate(count, median(our)),
                ours.call().length,
                rate(count, median(their)),
                theirs.call().length,
                (double) median(their) / median(our));
    }

    /** As a run for all clients of a firm does, on all processors. */
    private void together(int lines, int count, int threads) throws Exception {
        StatementDocument document = SampleStatements.of(lines).document();
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Long> times = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                List<Future<byte[]>> printed = workers.invokeAll(Collections.nCopies(count, () -> paper.pdf(document)));
                for (Future<byte[]> one : printed) {
                    one.get();
                }
                times.add(System.nanoTime() - start);
            }
            say("%,5d lines on %d threads: %6.1f statements/s", lines, threads, rate(count, median(times)));
        } finally {
            workers.shutdown();
        }
    }

    private static long nanos(Callable<byte[]> print, int count) throws Exception {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            print.call();
        }
        return System.nanoTime() - start;
    }

    private static long median(List<Long> times) {
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static double rate(int count, long nanos) {
        return (double) count * NANOS / nanos;
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
