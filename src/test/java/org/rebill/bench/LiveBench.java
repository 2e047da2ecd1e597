package org.rebill.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.asteriskjava.fastagi.DefaultAgiServer;
import org.rebill.audit.AuditLog;
import org.rebill.code.CodeImport;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.live.AgiClient;
import org.rebill.live.PlainLive;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;

/**
 * How fast live checks are, beside PostgreSQL's own select of one code by its key on the same machine in the same run:
 * {@code mvn -Pbench -Dbench=LiveBench}. Checks are stored meanwhile. A firm of 10,000 codes; one thread asks memory, eight
 * ask FastAGI on real sockets, a connection each, at 1,000 a second.
 */
public final class LiveBench {
    private static final int CODES = 10_000;
    private static final int SELECTS = 20_000;
    private static final int ASKED = 500_000;
    private static final int CALLS = 10_000;
    private static final int PER_SECOND = 1_000;
    private static final int THREADS = 8;

    private LiveBench() {}

    /** Runs it; the argument, a folder, is not used. */
    public static void main(String[] arguments) throws Exception {
        BareServices services = new BareServices(Instant.parse("2026-11-25T18:00:00Z"));
        BareDatabase.NewFirm firm = BareDatabase.get().newFirm();
        UUID source = UUID.randomUUID();
        BareDatabase.get().newFile(firm, source);
        Caller clerk = new Caller(UUID.randomUUID(), "Bench", "", Set.of(Role.CLERK), null, null);
        StringBuilder csv = new StringBuilder("code,client\n");
        for (int i = 0; i < CODES; i++) {
            csv.append(code(i)).append(",House\n");
        }
        services.in(firm.id(), clerk, () -> {
            services.get(AuditLog.class).open();
            return services.get(CodeImport.class).store(csv.toString());
        });
        long[] each = new long[SELECTS];
        double selects = selects(firm.id(), each);
        Arrays.sort(each);
        PlainLive live = new PlainLive(services, firm.id());
        ScheduledExecutorService storing = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> flushing = storing.scheduleWithFixedDelay(live::flush, 500, 500, TimeUnit.MILLISECONDS);
        double memory = memory(live, source);
        long[] nanos = fastAgi(live, source);
        flushing.cancel(false);
        storing.shutdown();
        Arrays.sort(nanos);
        print(
                "PostgreSQL selects one code by its key: %,.0f a second on one connection, median %.2f ms, p99 %.2f ms",
                selects, millis(each, 0.5), millis(each, 0.99));
        print("memory answers: %,.0f checks a second on one thread, %.1f times that", memory, memory / selects);
        print(
                "FastAGI at %,d a second: median %.2f ms, p99 %.2f ms (limit 50 ms), longest %.2f ms",
                PER_SECOND, millis(nanos, 0.5), millis(nanos, 0.99), millis(nanos, 1));
        System.exit(0);
    }

    private static String code(int i) {
        return Integer.toString(100_000 + i);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static double millis(long[] sorted, double part) {
        int at = (int) Math.min(sorted.length - 1L, Math.round(sorted.length * part));
        return sorted[at] / 1e6;
    }

    private static double selects(UUID firm, long[] each) throws Exception {
        return BareDatabase.get().in(firm, (Connection connection) -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select client_id from account_code where firm_id = ? and code = ?")) {
                long start = 0;
                for (int i = -SELECTS / 10; i < SELECTS; i++) {
                    start = i == 0 ? System.nanoTime() : start;
                    long begun = System.nanoTime();
                    select.setObject(1, firm);
                    select.setString(2, code(Math.floorMod(i * 7919, CODES)));
                    try (ResultSet row = select.executeQuery()) {
                        if (!row.next()) {
                            throw new IllegalStateException("A code is missing");
                        }
                    }
                    if (i >= 0) {
                        each[i] = System.nanoTime() - begun;
                    }
                }
                return SELECTS * 1e9 / (System.nanoTime() - start);
            }
        });
    }

    private static double memory(PlainLive live, UUID source) {
        long start = 0;
        for (int i = -ASKED / 10; i < ASKED; i++) {
            start = i == 0 ? System.nanoTime() : start;
            if (!live.ask(source, code(Math.floorMod(i * 7919, CODES)))) {
                throw new IllegalStateException("A code is unknown");
            }
            if (i % 50_000 == 0) {
                live.flush();
            }
        }
        return ASKED * 1e9 / (System.nanoTime() - start);
    }

    /** Time of each call, connecting included, counted from when it was due: what waits in a queue is not left out. */
    private static long[] fastAgi(PlainLive live, UUID source) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        DefaultAgiServer server = live.listen(port, source);
        Thread.sleep(Duration.ofSeconds(1).toMillis());
        for (int i = 0; i < PER_SECOND; i++) {
            call(port, i);
        }
        long start = System.nanoTime();
        long[] nanos = new long[CALLS];
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            running.add(callers.submit(() -> {
                for (int i = first; i < CALLS; i += THREADS) {
                    long due = start + i * 1_000_000_000L / PER_SECOND;
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    call(port, i);
                    nanos[i] = System.nanoTime() - due;
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        callers.shutdown();
        server.shutdown();
        return nanos;
    }

    private static void call(int port, int i) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            List<String> commands = AgiClient.call(socket, "rbk", code(i % CODES), "15125550144", "203", "1." + i);
            if (!commands.get(0).equals("SET VARIABLE \"REBILL\" \"ok\"")) {
                throw new IllegalStateException("Answered " + commands);
            }
        }
    }
}
