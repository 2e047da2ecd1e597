package org.rebill.collector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** From the phone system's socket to calls: the collector with the configuration that the service gives out. */
class CollectorIT extends FromOutside {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static TestFirm firm;
    private static Api owner;
    private static String root;

    @TempDir
    Path folder;

    @BeforeAll
    static void firm() {
        firm = TestFirm.create();
        owner = Api.as(firm.owner());
        root = "/api/v1/firms/" + firm.slug();
    }

    private static String record(int number) {
        return String.format(
                Locale.ROOT,
                "2026/09/01 %02d:%02d:11,00:02:21,8,201,O,12145550143,912145550143,1042,0,%d,0,E201,Hale M,T9001,"
                        + "Line 1.1,0,0\r\n",
                8 + number / 60,
                number % 60,
                1_000_000 + number);
    }

    @Test
    void recordsReachTheirCallsThroughAKilledCollector() throws Exception {
        String source = newSource();
        int port = freePort();
        Path settings = settings(source, port);
        int sent = 0;
        for (int round = 0; round < 3; round++) {
            Process collector = process(settings);
            try (Socket pbx = connect(port)) {
                for (int i = 0; i < 20; i++) {
                    pbx.getOutputStream().write(record(sent++).getBytes(US_ASCII));
                }
                await("kept or sent", record(sent - 1), source, sent);
            } finally {
                collector.destroyForcibly().waitFor();
            }
        }
        Process collector = process(settings);
        try {
            awaitCalls(source, sent);
        } finally {
            collector.destroyForcibly().waitFor();
        }
        for (JsonNode file : owner.get(root + "/files?source=" + source).json().path("items")) {
            assertThat(file.path("quarantined").asLong()).as(file.toString()).isZero();
            assertThat(file.path("via").asText()).isEqualTo("PUSH");
        }
    }

    @Test
    void theConfigurationIsForThoseWhoMaySeeTheSource() {
        String source = newSource();
        String path = root + "/sources/" + source + "/collector";
        assertThat(owner.get(path).text())
                .contains("feed.office-")
                .contains("way=listen")
                .contains("PASTE-THE-KEY-HERE");
        assertThat(Api.as(firm.professional()).get(path).status()).isEqualTo(403);
        assertThat(Api.as(TestFirm.create().owner()).get(path).status()).isEqualTo(404);
    }

    private static int sources;

    private static String newSource() {
        Answer created =
                owner.post(root + "/sources", Map.of("name", "Office " + sources++, "format", "avaya-ip-office"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().path("id").asText();
    }

    /** As the service gives it out, with a key pasted in and another port. */
    private Path settings(String source, int port) throws IOException {
        Answer made = owner.post(root + "/sources/" + source + "/keys", "");
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        String text = owner.get(root + "/sources/" + source + "/collector")
                .text()
                .replace("PASTE-THE-KEY-HERE", made.json().path("key").asText())
                .replace("port=1150", "port=" + port);
        return Files.writeString(folder.resolve("collector.properties"), text);
    }

    private Process process(Path settings) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Collector.class.getName(),
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
    }

    private static Socket connect(int port) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return new Socket(HERE, port);
            } catch (IOException e) {
                assertThat(Instant.now()).as("no collector on port %s", port).isBefore(end);
                Thread.sleep(50);
            }
        }
    }

    /** What is on its way when the collector dies is for the phone system to send again: wait until it has it. */
    private void await(String what, String last, String source, int sent) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!inJournal(last) && calls(source) < sent) {
            assertThat(Instant.now()).as("waited in vain until it was %s", what).isBefore(end);
            Thread.sleep(20);
        }
    }

    private boolean inJournal(String record) {
        try (var pieces = Files.walk(folder.resolve("journal"))) {
            for (Path piece : pieces.filter(Files::isRegularFile).toList()) {
                if (Files.readString(piece).contains(record)) {
                    return true;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // A piece was sealed or sent meanwhile: the next look tells.
            return false;
        }
        return false;
    }

    private static void awaitCalls(String source, int wanted) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (calls(source) != wanted) {
            assertThat(Instant.now())
                    .as("%s of %s calls came", calls(source), wanted)
                    .isBefore(end);
            Thread.sleep(200);
        }
    }

    private static int calls(String source) {
        return owner.get(root + "/calls?limit=500&source=" + source)
                .json()
                .path("items")
                .size();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            return socket.getLocalPort();
        }
    }
}
