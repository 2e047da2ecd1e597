package org.rebill.collector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The collector against real sockets and files. A small HTTP server stands for the service, so that it can be away, slow
 * or wrong at will; CollectorIT tries the real one.
 */
class CollectorTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private HttpServer service;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final List<String> keys = new ArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(200);

    @BeforeEach
    void startService() throws IOException {
        startService(0);
    }

    private void startService(int port) throws IOException {
        service = HttpServer.create(new InetSocketAddress(HERE, port), 0);
        service.createContext("/intake/v1/records", exchange -> {
            byte[] body;
            try (GZIPInputStream gzip = new GZIPInputStream(exchange.getRequestBody())) {
                body = gzip.readAllBytes();
            }
            int status = new String(body, US_ASCII).contains("poison") ? 422 : answer.get();
            synchronized (received) {
                keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
                if (status == 200) {
                    received.writeBytes(body);
                }
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stopService() {
        service.stop(0);
    }

    private String received() {
        synchronized (received) {
            return received.toString(US_ASCII);
        }
    }

    private Path settings(String... lines) throws IOException {
        Path file = folder.resolve("collector.properties");
        String head = "service=http://127.0.0.1:" + service.getAddress().getPort() + "\nfeed.office.key=secret-key\n";
        return Files.writeString(file, head + String.join("\n", lines) + "\n", UTF_8);
    }

    private static void await(String what, BooleanSupplier done) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain for: %s", what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static int port(Collector collector) throws InterruptedException {
        Listen listen = (Listen) collector.workers().get(0).way();
        await("the port", () -> listen.port() > 0);
        return listen.port();
    }

    @Test
    void sendsWhatThePhoneSystemWrites() throws Exception {
        Path file = settings("feed.office.way=listen", "feed.office.bind=127.0.0.1", "feed.office.port=0");
        try (Collector collector = Collector.start(Settings.read(file));
                Socket pbx = new Socket(HERE, port(collector))) {
            pbx.getOutputStream().write("one\r\ntwo\r\nth".getBytes(US_ASCII));
            await("two lines", () -> received().equals("one\r\ntwo\r\n"));
            pbx.getOutputStream().write("ree\r\n".getBytes(US_ASCII));
            await("three lines", () -> received().equals("one\r\ntwo\r\nthree\r\n"));
            assertThat(keys).containsOnly("Bearer secret-key");
            assertThat(collector.status())
                    .contains("office: connected from 127.0.0.1")
                    .contains("17 bytes sent");
        }
    }

    @Test
    void aPhoneSystemThatConnectsAnewIsHeardAtOnce() throws Exception {
        Path file = settings("feed.office.way=listen", "feed.office.bind=127.0.0.1", "feed.office.port=0");
        try (Collector collector = Collector.start(Settings.read(file));
                Socket lost = new Socket(HERE, port(collector))) {
            lost.getOutputStream().write("one\n".getBytes(US_ASCII));
            await("the first line", () -> received().equals("one\n"));
            try (Socket pbx = new Socket(HERE, port(collector))) {
                pbx.getOutputStream().write("two\n".getBytes(US_ASCII));
                await("the second line", () -> received().equals("one\ntwo\n"));
            }
        }
    }

    @Test
    void keepsAllWhileTheServiceIsAwayOrRefusesTheKey() throws Exception {
        Path file = settings("feed.office.way=listen", "feed.office.bind=127.0.0.1", "feed.office.port=0");
        int at = service.getAddress().getPort();
        answer.set(401);
        try (Collector collector = Collector.start(Settings.read(file));
                Socket pbx = new Socket(HERE, port(collector))) {
            pbx.getOutputStream().write("one\n".getBytes(US_ASCII));
            await("the refusal", () -> contains(collector, "the service answered 401"));
            service.stop(0);
            pbx.getOutputStream().write("two\n".getBytes(US_ASCII));
            await("no connection", () -> contains(collector, "no connection to 127.0.0.1"));
            assertThat(received()).isEmpty();
            answer.set(200);
            startService(at);
            await("both lines", () -> received().equals("one\ntwo\n"));
        }
    }

    private static boolean contains(Collector collector, String text) {
        try {
            return collector.status().contains(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatTheServiceNeverTakesIsKeptAsideAndHoldsNothingUp() throws Exception {
        answer.set(503);
        Path file = settings("feed.office.way=listen", "feed.office.bind=127.0.0.1", "feed.office.port=0");
        try (Collector collector = Collector.start(Settings.read(file));
                Socket pbx = new Socket(HERE, port(collector))) {
            for (String line : List.of("one\n", "poison\n", "three\n")) {
                pbx.getOutputStream().write(line.getBytes(US_ASCII));
                Thread.sleep(1_500);
            }
            answer.set(200);
            await("the others", () -> received().equals("one\nthree\n"));
            assertThat(collector.status()).contains("1 refused");
        }
        assertThat(folder.resolve("journal/office").toFile().list((dir, name) -> name.endsWith(".refused")))
                .hasSize(1);
    }

    @Test
    void logsInToAPhoneSystemThatAsks() throws Exception {
        try (ServerSocket panasonic = new ServerSocket(0, 1, HERE)) {
            Path file = settings(
                    "feed.office.way=connect",
                    "feed.office.host=127.0.0.1",
                    "feed.office.port=" + panasonic.getLocalPort(),
                    "feed.office.login=SMDR|PCCSMDR");
            try (Collector collector = Collector.start(Settings.read(file));
                    Socket socket = panasonic.accept()) {
                socket.getOutputStream().write("-".getBytes(US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(6), US_ASCII))
                        .isEqualTo("SMDR\r\n");
                socket.getOutputStream().write("Enter Password:".getBytes(US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(9), US_ASCII))
                        .isEqualTo("PCCSMDR\r\n");
                Thread.sleep(200);
                socket.getOutputStream().write("09/01/26  9:02AM   201\r\n".getBytes(US_ASCII));
                await("the record", () -> received().equals("09/01/26  9:02AM   201\r\n"));
                assertThat(collector.status()).contains("connected to 127.0.0.1");
            }
        }
    }

    @Test
    void followsAFileAcrossRotationsAndRestarts() throws Exception {
        Path log = folder.resolve("cdr/Master.csv");
        Files.createDirectories(log.getParent());
        Path file = settings("feed.office.way=follow", "feed.office.file=" + log);
        Files.writeString(log, "1\n2\nhal");
        try (Collector collector = Collector.start(Settings.read(file))) {
            await("whole lines", () -> received().equals("1\n2\n"));
            Files.writeString(log, "f\n", StandardOpenOption.APPEND);
            await("the third", () -> received().equals("1\n2\nhalf\n"));
            assertThat(collector.status()).contains("following");
        }
        Files.writeString(log, "4\n", StandardOpenOption.APPEND);
        Files.move(log, log.resolveSibling("Master.csv.2"));
        Files.writeString(log, "5\n");
        Thread.sleep(20);
        Files.move(log, log.resolveSibling("Master.csv.1"));
        Files.writeString(log, "6\n");
        try (Collector collector = Collector.start(Settings.read(file))) {
            await("what was written meanwhile", () -> received().equals("1\n2\nhalf\n4\n5\n6\n"));
            Files.writeString(log, "");
            Thread.sleep(1_200);
            Files.writeString(log, "7\n", StandardOpenOption.APPEND);
            await("after it was cut", () -> received().endsWith("6\n7\n"));
            assertThat(collector.status()).contains("following");
        }
    }

    /** A process of its own, killed without warning while records come in; each line arrives, in order. */
    @Test
    void losesNothingWhenItIsKilled() throws Exception {
        int port = freePort();
        Path file = settings("feed.office.way=listen", "feed.office.bind=127.0.0.1", "feed.office.port=" + port);
        answer.set(503);
        Random random = new Random(7);
        int line = 0;
        for (int round = 0; round < 4; round++) {
            if (round == 3) {
                answer.set(200);
            }
            Process collector = process(file);
            try (Socket pbx = connect(port)) {
                OutputStream out = pbx.getOutputStream();
                for (int i = 0; i < 50; i++) {
                    out.write(("line " + line++ + "\n").getBytes(US_ASCII));
                    Thread.sleep(random.nextInt(10));
                }
                // What is on its way when the process dies is for the phone system to send again: wait until it is
                // read.
                int last = line - 1;
                await(
                        "the bytes on disk",
                        () -> journal().contains("line " + last + "\n")
                                || received().contains("line " + last + "\n"));
                if (round < 3) {
                    collector.destroyForcibly().waitFor();
                } else {
                    String all = lines(line);
                    await("all lines", () -> received().equals(all));
                }
            } finally {
                collector.destroyForcibly().waitFor();
            }
        }
    }

    private static String lines(int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append("line ").append(i).append('\n');
        }
        return all.toString();
    }

    private String journal() {
        StringBuilder all = new StringBuilder();
        try (var pieces = Files.list(folder.resolve("journal/office"))) {
            for (Path piece : pieces.sorted().toList()) {
                all.append(Files.readString(piece));
            }
        } catch (IOException e) {
            // A piece was sealed or sent meanwhile: the next look finds it.
            return "";
        }
        return all.toString();
    }

    private static Process process(Path settings) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Collector.class.getName(),
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(settings.resolveSibling("out.txt").toFile())
                .start();
    }

    private static Socket connect(int port) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return new Socket(HERE, port);
            } catch (IOException e) {
                assertThat(System.nanoTime())
                        .as("no collector on port %s", port)
                        .isLessThan(end);
                Thread.sleep(50);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void runsOnceInAFolder() throws Exception {
        Path file = settings("feed.office.way=listen", "feed.office.bind=127.0.0.1", "feed.office.port=0");
        try (Collector collector = Collector.start(Settings.read(file))) {
            assertThat(collector.workers()).hasSize(1);
            assertThatThrownBy(() -> Collector.start(Settings.read(file)))
                    .isInstanceOf(SettingsProblem.class)
                    .hasMessageContaining("already running");
        }
    }

    @Test
    void tellsWhatIsWrongWithTheConfiguration() throws Exception {
        assertThatThrownBy(() -> Settings.read(folder.resolve("none.properties")))
                .hasMessageContaining("can't be read");
        assertThatThrownBy(() -> start("feed.office.way=carrier-pigeon")).hasMessageContaining("listen, connect");
        assertThatThrownBy(() -> start("feed.office.way=listen", "feed.office.port=http"))
                .hasMessageContaining("feed.office.port is 'http'; a whole number from 0 to 65535");
        assertThatThrownBy(() -> start("feed.office.way=follow")).hasMessageContaining("feed.office.file is missing");
        assertThatThrownBy(() -> start("feed.office.way=serial", "feed.office.device=COM9", "feed.office.parity=x"))
                .hasMessageContaining("feed.office.parity is 'x'");
        assertThatThrownBy(() -> start("service=http://rebill.example")).hasMessageContaining("https://");
    }

    private void start(String... lines) throws Exception {
        Collector.start(Settings.read(settings(lines))).close();
    }

    @Test
    void aSerialPortThatIsNotThereIsTold() throws Exception {
        Path file = settings("feed.office.way=serial", "feed.office.device=" + folder.resolve("ttyS99"));
        try (Collector collector = Collector.start(Settings.read(file))) {
            await("the message", () -> contains(collector, "serial port"));
        }
    }
}
