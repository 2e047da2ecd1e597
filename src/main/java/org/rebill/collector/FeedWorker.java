package org.rebill.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One feed at work, on two threads: one takes what comes and keeps it, the other sends what was kept. Neither waits for
 * the other, so that a week without network costs disk space and nothing else.
 */
final class FeedWorker implements AutoCloseable {
    /** What came is sent after this much silence. */
    private static final Duration SETTLED = Duration.ofSeconds(1);
    /** What came without a line end is sent after this much silence. */
    private static final Duration TORN = Duration.ofSeconds(60);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;

    private final String name;
    private final Way way;
    private final Journal journal;
    private final Delivery delivery;
    private final Clock clock;
    private final Thread taking;
    private final Thread sending;

    private volatile String wayState = "starting";
    private volatile String sendState = "";
    private volatile Instant lastByte;
    private volatile Instant lastSent;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    private FeedWorker(String name, Way way, Journal journal, Delivery delivery, Clock clock) {
        this.name = name;
        this.way = way;
        this.journal = journal;
        this.delivery = delivery;
        this.clock = clock;
        this.taking = new Thread(this::take, "take " + name);
        this.sending = new Thread(this::send, "send " + name);
    }

    /**
     * Begins to work.
     *
     * @throws SettingsProblem when the feed's settings are wrong
     * @throws IOException when the journal can't be opened
     */
    static FeedWorker start(Settings settings, Settings.Feed feed, HttpClient http, Clock clock)
            throws SettingsProblem, IOException {
        Path folder = settings.folder().resolve(feed.name());
        Way way = Way.of(feed, folder);
        Journal journal = Journal.open(folder);
        URI service = settings.service();
        FeedWorker worker =
                new FeedWorker(feed.name(), way, journal, new Delivery(http, service, feed.key(), journal), clock);
        worker.taking.start();
        worker.sending.start();
        return worker;
    }

    Way way() {
        return way;
    }

    private void take() {
        Duration wait = FIRST_WAIT;
        while (!Thread.currentThread().isInterrupted()) {
            long before = taken.get();
            try {
                way.run(sink());
                wait = FIRST_WAIT;
            } catch (InterruptedException e) {
                return;
            } catch (IOException | UncheckedIOException e) {
                wayState = e.getMessage() == null ? e.toString() : e.getMessage();
                wait = taken.get() > before ? FIRST_WAIT : wait;
            }
            if (!pause(wait)) {
                return;
            }
            wait = longer(wait);
        }
    }

    private Way.Sink sink() {
        return new Way.Sink() {
            @Override
            public void take(byte[] bytes, int length) throws IOException {
                journal.append(bytes, length);
                taken.addAndGet(length);
                lastByte = clock.instant();
            }

            @Override
            public void complete() throws IOException {
                journal.seal(true);
            }

            @Override
            public void says(String what) {
                wayState = what;
            }
        };
    }

    private void send() {
        Duration wait = FIRST_WAIT;
        while (!Thread.currentThread().isInterrupted()) {
            Duration next;
            try {
                Delivery.Attempt attempt = delivery.attempt();
                sendState = attempt.says();
                if (attempt.outcome() == Delivery.Outcome.SENT) {
                    sent.addAndGet(attempt.bytes());
                    lastSent = clock.instant();
                }
                next = switch (attempt.outcome()) {
                    case NOTHING_WAITS -> Duration.ofMillis(LOOK_MILLIS);
                    case SENT, REFUSED -> Duration.ZERO;
                    case LATER -> attempt.after().isZero() ? wait : attempt.after();
                };
                wait = attempt.outcome() == Delivery.Outcome.LATER ? longer(wait) : FIRST_WAIT;
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                sendState = "the journal can't be read or written: " + e.getMessage();
                wait = longer(wait);
                next = wait;
            }
            if (!pauseAndSeal(next)) {
                return;
            }
        }
    }

    /** Waits; what settles meanwhile becomes a piece of its own, also while the service is away. */
    private boolean pauseAndSeal(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        do {
            try {
                sealWhatSettled();
            } catch (IOException e) {
                sendState = "the journal can't be written: " + e.getMessage();
            }
            if (!pause(Duration.ofMillis(Math.min(wait.toMillis(), LOOK_MILLIS)))) {
                return false;
            }
        } while (System.nanoTime() < end);
        return true;
    }

    private void sealWhatSettled() throws IOException {
        Instant last = lastByte;
        if (last != null) {
            Duration silent = Duration.between(last, clock.instant());
            if (silent.compareTo(SETTLED) >= 0) {
                journal.seal(silent.compareTo(TORN) >= 0);
            }
        }
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    /** False when the thread was asked to end. */
    private static boolean pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
            return !Thread.currentThread().isInterrupted();
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** One line for people. */
    String status() throws IOException {
        int waiting = journal.waiting().size();
        int refused = journal.refused().size();
        StringBuilder line = new StringBuilder(name).append(": ").append(wayState);
        line.append("; ").append(taken).append(" bytes in");
        line.append(lastByte == null ? "" : ", last " + lastByte.truncatedTo(ChronoUnit.SECONDS));
        line.append("; ").append(sent).append(" bytes sent");
        line.append(lastSent == null ? "" : ", last " + lastSent.truncatedTo(ChronoUnit.SECONDS));
        line.append(waiting == 0 ? "" : "; " + waiting + (waiting == 1 ? " piece waits" : " pieces wait"));
        line.append(refused == 0 ? "" : "; " + refused + " refused, kept in the journal");
        line.append(sendState.isEmpty() ? "" : "; " + sendState);
        return line.toString();
    }

    /** Ends both threads; what came is kept. */
    @Override
    public void close() throws IOException {
        taking.interrupt();
        sending.interrupt();
        try {
            taking.join(5_000);
            sending.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        journal.close();
    }
}
