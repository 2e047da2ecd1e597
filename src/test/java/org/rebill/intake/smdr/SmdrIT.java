package org.rebill.intake.smdr;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Phone systems that connect to the service itself, with real sockets. */
class SmdrIT extends FromOutside {
    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int FIRST = 21_000;
    private static final String CALL = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042,0,1000035,0,"
            + "E201,Hale M,T9001,Line 1.1,0,0\r\n";

    private static TestFirm firm;
    private static Api owner;
    private static String root;
    private static int sources;

    private String source;
    private int port;

    @BeforeAll
    static void firm() {
        firm = TestFirm.create();
        owner = Api.as(firm.owner());
        root = "/api/v1/firms/" + firm.slug();
    }

    @BeforeEach
    void listening() throws Exception {
        source = owner.post(root + "/sources", Map.of("name", "Listened " + sources++, "format", "avaya-ip-office"))
                .json()
                .path("id")
                .asText();
        port = freePort();
        Answer set = owner.put(root + "/sources/" + source + "/listener", Map.of("port", port));
        assertThat(set.status()).as(set.toString()).isEqualTo(200);
    }

    private static int freePort() throws IOException {
        for (int port = FIRST + sources; ; port++) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                assertThat(port).isLessThan(FIRST + 900);
            }
        }
    }

    private Socket connect() throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), port);
            } catch (ConnectException e) {
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(100);
            }
        }
    }

    private static String call(int no) {
        return CALL.replace("1000035", Integer.toString(1_000_100 + no)).replace("09:02", "09:" + (10 + no));
    }

    @Test
    void recordsOfASlowSenderBecomeFilesAtLineEnds() throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (Socket phones = connect()) {
            OutputStream out = phones.getOutputStream();
            for (int no = 0; no < 3; no++) {
                byte[] bytes = call(no).getBytes(US_ASCII);
                sent.writeBytes(bytes);
                out.write(bytes, 0, 40);
                out.flush();
                Thread.sleep(2_500);
                out.write(bytes, 40, bytes.length - 40);
                out.flush();
            }
            await(files -> sum(files, "legs") == 3);
        }
        JsonNode files = files();
        assertThat(sum(files, "records")).isEqualTo(3);
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        for (int i = files.size() - 1; i >= 0; i--) {
            assertThat(files.get(i).path("via").asText()).isEqualTo("SMDR");
            assertThat(files.get(i).path("receivedBy").asText()).isEqualTo("SMDR port " + port);
            kept.writeBytes(owner.get(root + "/files/" + files.get(i).path("id").asText() + "/content")
                    .bytes());
        }
        assertThat(kept.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void whatIsCutIsKeptAndALaterConnectionIsAnother() throws Exception {
        try (Socket phones = connect()) {
            phones.getOutputStream().write((call(1) + call(2).substring(0, 50)).getBytes(US_ASCII));
        }
        try (Socket phones = connect()) {
            phones.getOutputStream().write(call(3).getBytes(US_ASCII));
            await(files -> sum(files, "legs") == 2 && sum(files, "quarantined") == 1);
        }
    }

    @Test
    void anEndlessLineIsCutIntoFilesAndAccountedFor() throws Exception {
        byte[] endless = new byte[2_500_000];
        Arrays.fill(endless, (byte) 'x');
        try (Socket phones = connect()) {
            phones.getOutputStream().write(endless);
            phones.getOutputStream().flush();
        }
        await(files -> sum(files, "sizeBytes") == endless.length && sum(files, "quarantined") == files.size());
        assertThat(files().size()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void onlyOneSourceHasAPortAndItCanBeGivenUp() throws Exception {
        connect().close();
        TestFirm other = TestFirm.create();
        Api stranger = Api.as(other.owner());
        String there = "/api/v1/firms/" + other.slug() + "/sources";
        String otherSource = stranger.post(there, Map.of("name", "Other", "format", "avaya-ip-office"))
                .json()
                .path("id")
                .asText();
        Answer taken = stranger.put(there + "/" + otherSource + "/listener", Map.of("port", port));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text()).contains("port.taken").doesNotContain(firm.slug());
        assertThat(owner.put(root + "/sources/" + source + "/listener", Map.of("port", 80))
                        .status())
                .isEqualTo(422);
        assertThat(owner.put(root + "/sources/" + source + "/listener", Map.of("port", port, "allowed", "nowhere"))
                        .status())
                .isEqualTo(422);

        assertThat(owner.delete(root + "/sources/" + source + "/listener").status())
                .isLessThan(300);
        assertThat(owner.get(root + "/sources/" + source + "/listener").status())
                .isEqualTo(404);
        Instant end = Instant.now().plus(PATIENCE);
        assertThatThrownBy(() -> {
                    while (Instant.now().isBefore(end)) {
                        new Socket(InetAddress.getLoopbackAddress(), port).close();
                        Thread.sleep(200);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private JsonNode files() {
        return owner.get(root + "/files?source=" + source).json().path("items");
    }

    private static long sum(JsonNode files, String field) {
        long sum = 0;
        for (JsonNode file : files) {
            sum += file.path(field).asLong();
        }
        return sum;
    }

    private void await(Predicate<JsonNode> wanted) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wanted.test(files())) {
            assertThat(Instant.now()).as(files().toString()).isBefore(end);
            Thread.sleep(200);
        }
    }
}
