package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Account;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.ApiDocument;
import org.rebill.testing.FromOutside;
import org.rebill.testing.SharedServers;
import org.rebill.testing.TestFirm;

/** Records that machines push with a source's key: acknowledged after the commit, to their own source only. */
class PushIT extends FromOutside {
    private static final String PUSH = "/intake/v1/records";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestFirm firm;
    private static TestFirm other;
    private static Api clerk;
    private static String root;
    private static int sources;

    private String source;
    private String key;

    @BeforeAll
    static void firms() {
        firm = TestFirm.create();
        other = TestFirm.create();
        clerk = Api.as(firm.clerk());
        root = "/api/v1/firms/" + firm.slug();
    }

    @BeforeEach
    void aSourceWithAKey() {
        source = newSource(clerk, root);
        key = newKey(clerk, root, source);
    }

    private static String newSource(Api api, String firmRoot) {
        Answer created = api.post(
                firmRoot + "/sources",
                Map.of("name", "PBX " + sources++, "format", "asterisk-cdr-csv", "stampsInUtc", true));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().path("id").asText();
    }

    private static String newKey(Api api, String firmRoot, String source) {
        Answer made = api.post(firmRoot + "/sources/" + source + "/keys", null);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        return made.json().path("key").asText();
    }

    private Answer push(byte[] records, String type, String... headers) {
        return Api.withToken(key).upload(PUSH, records, type, headers);
    }

    private static void assertCounts(Answer answer, long records, long legs, long duplicates, long quarantined) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode receipt = answer.json();
        assertThat(receipt.path("state").asText()).isEqualTo("DONE");
        assertThat(List.of(
                        receipt.path("records").asLong(),
                        receipt.path("legs").asLong(),
                        receipt.path("duplicates").asLong(),
                        receipt.path("ignored").asLong(),
                        receipt.path("quarantined").asLong()))
                .as(receipt.toString())
                .containsExactly(records, legs, duplicates, 0L, quarantined);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String basic(String password) {
        return "Basic "
                + Base64.getEncoder().encodeToString(("freeswitch:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private long files(String of) {
        return clerk.get(root + "/files?source=" + of).json().path("items").size();
    }

    private long calls() {
        return clerk.get(root + "/calls/summary?source=" + source)
                .json()
                .path("calls")
                .asLong();
    }

    @Test
    void recordsAreReadBeforeTheAnswerAndTheBytesStay() {
        List<String> lines = new ArrayList<>(MasterCsv.calls(4));
        lines.addAll(MasterCsv.rings(10, 2));
        lines.add(MasterCsv.call(0, "1042", "101"));
        lines.add("\"1042\",\"101\",\"cut");
        byte[] bytes = MasterCsv.of(lines);

        Answer answer = push(bytes, "text/csv");

        assertCounts(answer, 12, 10, 1, 1);
        assertThat(answer.json().path("calls").asLong()).isEqualTo(6);
        assertThat(answer.json().path("known").asBoolean()).isFalse();
        assertThat(calls()).isEqualTo(6);
        String file = root + "/files/" + answer.json().path("fileId").asText();
        assertThat(clerk.get(file + "/content").bytes()).isEqualTo(bytes);
        assertThat(clerk.get(file).json().path("via").asText()).isEqualTo("PUSH");
        assertThat(clerk.get(file).json().path("receivedBy").asText()).startsWith("Key ");
    }

    @Test
    void theSameRequestAgainTellsTheEarlierCountsAndTheSameRecordsGiveNoSecondCall() {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(3));
        Answer first = push(bytes, "text/plain");

        Answer again = push(bytes, "text/plain");

        assertCounts(again, 3, 3, 0, 0);
        assertThat(again.json().path("known").asBoolean()).isTrue();
        assertThat(again.json().path("fileId")).isEqualTo(first.json().path("fileId"));
        assertCounts(push(MasterCsv.of(MasterCsv.calls(2)), "text/plain"), 2, 0, 2, 0);
        assertThat(calls()).isEqualTo(3);
        assertThat(files(source)).isEqualTo(2);
    }

    @Test
    void theSameRequestManyTimesAtOnceIsOneFile() {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(5));
        List<Answer> answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> push(bytes, "text/plain")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).allSatisfy(answer -> assertCounts(answer, 5, 5, 0, 0));
        assertThat(answers.stream()
                        .map(answer -> answer.json().path("fileId").asText())
                        .distinct())
                .hasSize(1);
        assertThat(calls()).isEqualTo(5);
    }

    @Test
    void manySourcesAndRequestsAtOnceLoseNothing() {
        List<String> lines = MasterCsv.calls(60);
        List<Answer> answers = lines.stream()
                .map(line -> CompletableFuture.supplyAsync(() -> push(MasterCsv.of(List.of(line)), "text/plain")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).allSatisfy(answer -> assertCounts(answer, 1, 1, 0, 0));
        assertThat(calls()).isEqualTo(60);
    }

    @Test
    void gzipBasicAndTheFormFieldOfFreeSwitchAreTaken() throws IOException {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(2));
        assertCounts(push(gzip(bytes), "text/csv", "Content-Encoding", "gzip"), 2, 2, 0, 0);
        Answer basic = Api.anonymous().upload(PUSH, bytes, "text/csv", "Authorization", basic(key));
        assertThat(basic.json().path("known").asBoolean()).as("the same bytes").isTrue();
        byte[] more = MasterCsv.of(MasterCsv.rings(10, 1));
        String form =
                "uuid=1&cdr=" + URLEncoder.encode(new String(more, StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        Answer posted = Api.anonymous()
                .upload(
                        PUSH,
                        form.getBytes(StandardCharsets.US_ASCII),
                        "application/x-www-form-urlencoded",
                        "Authorization",
                        basic(key));

        assertCounts(posted, 3, 3, 0, 0);
        String file = posted.json().path("fileId").asText();
        assertThat(clerk.get(root + "/files/" + file + "/content").bytes()).isEqualTo(more);
    }

    @Test
    void aLargePushIsKeptAndReadByItself() throws InterruptedException {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(8000));
        assertThat(bytes.length).isGreaterThan(1 << 20);
        Answer answer = push(bytes, "text/csv");
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        Instant end = Instant.now().plus(PATIENCE);
        while (answer.status() == 202) {
            assertThat(Instant.now()).as(answer.toString()).isBefore(end);
            Thread.sleep(200);
            answer = push(bytes, "text/csv");
        }
        assertCounts(answer, 8000, 8000, 0, 0);
        assertThat(calls()).isEqualTo(8000);
    }

    @Test
    void withoutAValidKeyNothingIsTaken() {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(1));
        char last = key.charAt(key.length() - 1);
        String wrong = key.substring(0, key.length() - 1) + (last == '0' ? '1' : '0');
        Api nobody = Api.anonymous();
        Answer missing = nobody.upload(PUSH, bytes, "text/csv");
        assertProblem(missing, 401, "key.missing");
        assertThat(missing.headers().allValues("WWW-Authenticate"))
                .anyMatch(challenge -> challenge.startsWith("Bearer"))
                .anyMatch(challenge -> challenge.startsWith("Basic"));
        for (String sent :
                List.of("Bearer " + wrong, basic(wrong), "Bearer x", "Bearer " + clerk.token(), "Basic eA")) {
            Answer refused = nobody.upload(PUSH, bytes, "text/csv", "Authorization", sent);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).isNotEmpty();
        }
        String id = key.substring(29, 39);
        assertThat(clerk.post(root + "/sources/" + source + "/keys/" + id + "/revoke", null)
                        .status())
                .isEqualTo(200);
        assertProblem(push(bytes, "text/csv"), 401, "key.invalid");
        assertThat(files(source)).isZero();
    }

    @Test
    void whoSendsManyWrongKeysWaits() throws IOException {
        String answer = "";
        for (int i = 0; i < 40 && !answer.startsWith("HTTP/1.1 429"); i++) {
            // From an address of its own, so that no other test waits.
            answer = pushFrom(InetAddress.getByAddress(new byte[] {127, 0, 0, 9}), "rbk_wrong");
        }
        assertThat(answer).startsWith("HTTP/1.1 429").contains("Retry-After: ").contains("key.wrong.rate");
        assertThat(push(MasterCsv.of(MasterCsv.calls(1)), "text/csv").status()).isEqualTo(200);
    }

    private static String pushFrom(InetAddress address, String sent) throws IOException {
        URI service = SharedServers.running().url();
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.getPort()));
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("POST " + PUSH + " HTTP/1.1\r\nHost: " + service.getAuthority()
                                    + "\r\nAuthorization: Bearer " + sent
                                    + "\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aKeyOpensNothingButItsOwnSource() {
        Api machine = Api.withToken(key);
        for (String path : List.of(
                "/api/v1/me", root + "/sources", root + "/sources/" + source, root + "/files", root + "/calls")) {
            assertThat(machine.get(path).status()).as(path).isEqualTo(401);
        }
        assertThat(machine.upload(root + "/sources/" + source + "/files", MasterCsv.of(MasterCsv.calls(1)), "text/csv")
                        .status())
                .isEqualTo(401);
        assertThat(machine.get("/intake/v1/sources").status()).isEqualTo(404);
        String second = newSource(clerk, root);
        Api stranger = Api.as(other.owner());
        String theirs = "/api/v1/firms/" + other.slug();
        String theirSource = newSource(stranger, theirs);

        assertCounts(push(MasterCsv.of(MasterCsv.calls(1)), "text/csv"), 1, 1, 0, 0);

        assertThat(files(source)).isEqualTo(1);
        assertThat(files(second)).isZero();
        assertThat(stranger.get(theirs + "/files").json().path("items")).isEmpty();
        // The same records in the other firm are that firm's own.
        String theirKey = newKey(stranger, theirs, theirSource);
        assertCounts(Api.withToken(theirKey).upload(PUSH, MasterCsv.of(MasterCsv.calls(1)), "text/csv"), 1, 1, 0, 0);
        assertThat(files(source)).isEqualTo(1);
        // And what may be done with keys, may be done in the own firm only.
        assertThat(stranger.get(theirs + "/sources/" + source + "/keys").status())
                .isEqualTo(404);
        assertThat(stranger.post(theirs + "/sources/" + source + "/keys", null).status())
                .isEqualTo(404);
    }

    @Test
    void whatIsNoPushIsRefusedWithNothingKept() throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
        assertProblem(push(png, "image/png"), 415, "content.type");
        assertProblem(push(png, "application/octet-stream"), 415, "file.type");
        assertProblem(push(png, "text/csv", "Content-Encoding", "br"), 415, "content.encoding");
        assertProblem(push(new byte[0], "text/csv"), 422, "file.empty");
        assertProblem(
                push("a=b".getBytes(StandardCharsets.US_ASCII), "application/x-www-form-urlencoded"),
                422,
                "form.field");
        assertProblem(push(png, "text/csv", "Content-Encoding", "gzip"), 422, "gzip.broken");
        byte[] bomb = gzip(new byte[65 << 20]);
        assertProblem(push(bomb, "text/csv", "Content-Encoding", "gzip"), 413, "push.size");
        assertThat(files(source)).isZero();
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeAgain() {
        AtomicReference<Answer> refused = new AtomicReference<>();
        Instant end = Instant.now().plus(PATIENCE);
        List<CompletableFuture<Void>> senders = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    while (refused.get() == null && Instant.now().isBefore(end)) {
                        Answer answer = push(new byte[0], "text/csv");
                        if (answer.status() == 429) {
                            refused.set(answer);
                        }
                    }
                }))
                .toList();
        senders.forEach(CompletableFuture::join);

        assertProblem(refused.get(), 429, "push.rate");
        assertThat(Integer.parseInt(refused.get().header("Retry-After"))).isBetween(1, 60);
        // Another source of the firm is not slowed.
        key = newKey(clerk, root, newSource(clerk, root));
        assertCounts(push(MasterCsv.of(MasterCsv.calls(1)), "text/csv"), 1, 1, 0, 0);
    }

    @Test
    void thePushIsInTheApisDocument() {
        assertThat(ApiDocument.operations().stream().map(ApiDocument.Operation::toString))
                .contains("POST " + PUSH)
                .doesNotContain("POST /api/v1/records");
    }

    @Test
    void onlyTheOfficeMakesKeys() {
        for (Account account : List.of(firm.professional(), firm.clientUser())) {
            Api api = Api.as(account);
            assertThat(api.post(root + "/sources/" + source + "/keys", null).status())
                    .isEqualTo(403);
            assertThat(api.get(root + "/sources/" + source + "/keys").status()).isEqualTo(403);
        }
        JsonNode listed = clerk.get(root + "/sources/" + source + "/keys").json();
        assertThat(listed.path("items")).hasSize(1);
        assertThat(listed.toString()).doesNotContain(key.substring(key.lastIndexOf('_')));
    }

    @Test
    void aRepeatedRequestForAKeyDoesNotTellItAgain() {
        key = null;
        String path = root + "/sources/" + newSource(clerk, root) + "/keys";
        Answer first = clerk.send("POST", path, null, "Idempotency-Key", "k-" + source);
        Answer again = clerk.send("POST", path, null, "Idempotency-Key", "k-" + source);
        assertThat(first.json().path("key").asText()).startsWith("rbk_");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.text()).doesNotContain("rbk_");
        assertThat(clerk.get(path).json().path("items")).hasSize(1);
    }
}
