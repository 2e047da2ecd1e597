package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Account;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Files sent to the running application: nothing lost, once only, every record accounted for. */
class ImportIT extends FromOutside {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static TestFirm firm;
    private static TestFirm other;
    private static Api clerk;
    private static String root;
    private static int sources;

    private String source;

    @BeforeAll
    static void firms() {
        firm = TestFirm.create();
        other = TestFirm.create();
        clerk = Api.as(firm.clerk());
        root = "/api/v1/firms/" + firm.slug();
    }

    @BeforeEach
    void source() {
        source = newSource(clerk, root);
    }

    private static String newSource(Api api, String firmRoot) {
        Answer created = api.post(
                firmRoot + "/sources",
                Map.of(
                        "name",
                        "Office " + sources++,
                        "format",
                        "asterisk-cdr-csv",
                        "stampsInUtc",
                        true,
                        "areaCode",
                        "512"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.json().path("id").asText();
    }

    @Test
    void everyRecordIsAccountedForAndTheBytesStay() {
        List<String> lines = new ArrayList<>(MasterCsv.calls(4));
        lines.addAll(MasterCsv.rings(10, 2));
        lines.add(2, "");
        lines.add(MasterCsv.call(0, "1042", "101"));
        byte[] broken = "\"1042\",\"101\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = MasterCsv.of(lines);
        byte[] bytes = Arrays.copyOf(whole, whole.length + broken.length);
        System.arraycopy(broken, 0, bytes, whole.length, broken.length);

        JsonNode file = sendAndWait(source, "Master.csv", bytes);

        assertCounts(file, 13, 10, 1, 1, 1);
        assertThat(file.path("calls").asLong()).isEqualTo(6);
        JsonNode quarantined = records(file, "QUARANTINED").get(0);
        assertThat(quarantined.path("lineNo").asLong()).isEqualTo(lines.size() + 1);
        assertThat(quarantined.path("byteOffset").asLong()
                        + quarantined.path("byteLength").asLong())
                .isEqualTo(bytes.length);
        assertThat(quarantined.path("text").asText()).isEqualTo("\"1042\",\"101\\x00\\xff");
        assertThat(quarantined.path("detail").asText()).isNotBlank();
        JsonNode duplicate = records(file, "DUPLICATE").get(0);
        assertThat(duplicate.path("firstFileId").asText())
                .isEqualTo(file.path("id").asText());
        assertThat(duplicate.path("firstLineNo").asLong()).isEqualTo(1);
        Answer content = clerk.get(root + "/files/" + file.path("id").asText() + "/content");
        assertThat(content.bytes()).isEqualTo(bytes);
        assertThat(content.header("Repr-Digest")).startsWith("sha-256=:");
    }

    @Test
    void theSameFileAgainIsTheSameFile() {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(3));
        JsonNode first = sendAndWait(source, "Master.csv", bytes);

        Answer again = send(source, "Copy of Master.csv", bytes);

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(first.path("id"));
        assertThat(count("source=" + source)).isEqualTo(3);
    }

    @Test
    void theSameRecordsInOtherFilesInAnyOrderGiveNoSecondCall() {
        List<String> lines = new ArrayList<>(MasterCsv.calls(30));
        lines.addAll(MasterCsv.rings(100, 20));
        sendAndWait(source, "Master.csv", MasterCsv.of(lines));
        List<JsonNode> before = calls("source=" + source);

        JsonNode again = sendAndWait(source, "shuffled.csv", MasterCsv.of(MasterCsv.shuffled(lines, 7)));

        assertCounts(again, 90, 0, 90, 0, 0);
        assertThat(again.path("calls").asLong()).isZero();
        assertThat(calls("source=" + source)).isEqualTo(before).hasSize(50);
    }

    @Test
    void filesThatComeAtOnceGiveEachRecordOnce() {
        List<String> lines = new ArrayList<>(MasterCsv.calls(400));
        lines.addAll(MasterCsv.rings(1000, 200));
        List<CompletableFuture<JsonNode>> imports = new ArrayList<>();
        for (int copy = 0; copy < 3; copy++) {
            byte[] bytes = MasterCsv.of(MasterCsv.shuffled(lines, copy));
            String name = "copy-" + copy + ".csv";
            imports.add(CompletableFuture.supplyAsync(() -> sendAndWait(source, name, bytes)));
        }

        List<JsonNode> files = imports.stream().map(CompletableFuture::join).toList();

        assertThat(files.stream().mapToLong(file -> file.path("legs").asLong()).sum())
                .isEqualTo(1000);
        assertThat(files.stream()
                        .mapToLong(file -> file.path("duplicates").asLong())
                        .sum())
                .isEqualTo(2000);
        assertThat(files.stream().mapToLong(file -> file.path("calls").asLong()).sum())
                .isEqualTo(600);
        assertThat(count("source=" + source)).isEqualTo(600);
        assertThat(calls("source=" + source + "&limit=500").stream()
                        .filter(call -> call.path("records").asInt() == 3))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.path("talkSeconds").asInt()).isEqualTo(120));
    }

    @Test
    void theSameBytesTwiceAtOnceAreOneFile() {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(2));
        List<CompletableFuture<Answer>> posts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            posts.add(CompletableFuture.supplyAsync(() -> send(source, "Master.csv", bytes)));
        }
        List<Answer> answers = posts.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 202));
        assertThat(answers.stream()
                        .map(answer -> answer.json().path("id").asText())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void aLateLegJoinsItsCall() {
        JsonNode early =
                sendAndWait(source, "early.csv", MasterCsv.of(List.of(MasterCsv.ring(0, 0), MasterCsv.ring(0, 2))));
        assertThat(calls("source=" + source).get(0).path("state").asText()).isEqualTo("NO_ANSWER");

        JsonNode late =
                sendAndWait(source, "late.csv", MasterCsv.of(List.of(MasterCsv.ring(0, 1), MasterCsv.ring(1, 1))));

        assertThat(late.path("joined").asLong()).isEqualTo(1);
        assertThat(late.path("calls").asLong()).isEqualTo(1);
        JsonNode call = calls("file=" + early.path("id").asText()).get(0);
        assertThat(call.path("records").asInt()).isEqualTo(3);
        assertThat(call.path("talkSeconds").asInt()).isEqualTo(120);
        assertThat(call.path("state").asText()).isEqualTo("NO_CODE");
        assertThat(call.at("/person/id").asText()).isEqualTo(firm.person().toString());
        assertThat(calls("file=" + late.path("id").asText())).hasSize(2);
    }

    @Test
    void aRecordWithOtherContentIsFoundAgainBesideTheOneThatCounts() {
        JsonNode first = sendAndWait(source, "Master.csv", MasterCsv.of(MasterCsv.calls(1)));
        JsonNode changed = sendAndWait(source, "changed.csv", MasterCsv.of(List.of(MasterCsv.call(0, "1043", "101"))));

        assertCounts(changed, 1, 0, 1, 0, 0);
        JsonNode record = records(changed, "DUPLICATE").get(0);
        assertThat(record.path("reason").asText()).isEqualTo("changed");
        assertThat(record.path("firstFileId")).isEqualTo(first.path("id"));
        assertThat(calls("source=" + source).get(0).path("code").asText()).isEqualTo("1042");
    }

    @Test
    void aCallLeadsBackToItsBytes() {
        List<String> lines = MasterCsv.rings(0, 1);
        JsonNode file = sendAndWait(source, "Master.csv", MasterCsv.of(lines));
        String id = calls("source=" + source).get(0).path("id").asText();

        JsonNode call = clerk.get(root + "/calls/" + id).json();

        assertThat(call.path("records")).hasSize(3);
        assertThat(call.path("records").findValuesAsText("text")).containsExactlyInAnyOrderElementsOf(lines);
        assertThat(call.at("/records/0/fileSha256")).isEqualTo(file.path("sha256"));
        assertThat(call.path("talks")).hasSize(1);
        assertThat(call.at("/talks/0/extension").asText()).isEqualTo("101");
    }

    @Test
    void anArchiveIsKeptWithEachFileInItAsOneOfItsOwn() throws IOException {
        byte[] monday = MasterCsv.of(MasterCsv.calls(3));
        byte[] tuesday = MasterCsv.of(MasterCsv.rings(20, 2));
        JsonNode earlier = sendAndWait(source, "monday.csv", monday);
        byte[] zip = ArchiveTest.zip(List.of(
                new ArchiveTest.Packed("cdr/monday.csv", monday), new ArchiveTest.Packed("cdr/tuesday.csv", tuesday)));

        Answer sent = send(source, "week.zip", zip);

        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        JsonNode archive = sent.json();
        assertThat(archive.path("state").asText()).isEqualTo("UNPACKED");
        assertThat(archive.path("files").findValuesAsText("name")).containsExactly("monday.csv", "tuesday.csv");
        assertThat(archive.at("/files/0/id")).as("known by its bytes").isEqualTo(earlier.path("id"));
        JsonNode file = await(clerk, root, archive.at("/files/1/id").asText());
        assertCounts(file, 6, 6, 0, 0, 0);
        assertThat(file.at("/archive/id")).isEqualTo(archive.path("id"));
        assertThat(file.at("/archive/sha256")).isEqualTo(archive.path("sha256"));
        assertThat(file.at("/archive/name").asText()).isEqualTo("week.zip");
        String path = root + "/files/";
        assertThat(clerk.get(path + file.path("id").asText() + "/content").bytes())
                .isEqualTo(tuesday);
        assertThat(clerk.get(path + archive.path("id").asText() + "/content").bytes())
                .isEqualTo(zip);
        Answer again = send(source, "again.zip", zip);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(archive.path("id"));
        assertThat(again.json().path("files")).hasSize(2);
        assertThat(count("source=" + source)).isEqualTo(5);
    }

    @Test
    void anArchiveWithSomethingElseInItIsRefusedAsAWhole() throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
        byte[] zip = ArchiveTest.zip(List.of(
                new ArchiveTest.Packed("a.csv", MasterCsv.of(MasterCsv.calls(3))),
                new ArchiveTest.Packed("logo.png", png)));
        Answer refused = send(source, "week.zip", zip);
        assertProblem(refused, 415, "file.type");
        assertThat(refused.json().path("detail").asText()).contains("logo.png");
        assertThat(clerk.get(root + "/files?source=" + source).json().path("items"))
                .isEmpty();
    }

    @Test
    void whatIsNoFileOfRecordsIsRefusedWithNothingKept() {
        assertProblem(send(source, "empty.csv", new byte[0]), 422, "file.empty");
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
        assertProblem(send(source, "logo.png", png), 415, "file.type");
        assertThat(clerk.get(root + "/files?source=" + source).json().path("items"))
                .isEmpty();
    }

    @Test
    void sourcesAreRefusedAtTheFieldsAllAtOnce() {
        Answer refused = clerk.post(
                root + "/sources",
                Map.of("name", " ", "format", "telex", "zone", "Mars/Olympus", "areaCode", "5a", "extensionDigits", 1));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("problems").findValuesAsText("field"))
                .containsExactlyInAnyOrder("name", "format", "zone", "areaCode", "extensionDigits");
    }

    @Test
    void anotherFirmsThingsAreNotThere() {
        JsonNode file = sendAndWait(source, "Master.csv", MasterCsv.of(MasterCsv.calls(1)));
        String call = calls("source=" + source).get(0).path("id").asText();
        Api stranger = Api.as(other.owner());
        String theirs = "/api/v1/firms/" + other.slug();
        String id = file.path("id").asText();
        for (String path : List.of(
                "/sources/" + source,
                "/files/" + id,
                "/files/" + id + "/records",
                "/files/" + id + "/content",
                "/calls/" + call)) {
            assertThat(stranger.get(theirs + path).status()).as(path).isEqualTo(404);
            assertThat(stranger.get(root + path).status()).as(path).isEqualTo(404);
        }
        assertThat(stranger.upload(
                                theirs + "/sources/" + source + "/files", MasterCsv.of(MasterCsv.calls(1)), "text/csv")
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post(theirs + "/calls/" + call + "/code", Map.of("code", "1042"))
                        .status())
                .isEqualTo(404);
        // The same records there are that firm's own.
        String own = newSource(stranger, theirs);
        Answer sent =
                stranger.upload(theirs + "/sources/" + own + "/files", MasterCsv.of(MasterCsv.calls(1)), "text/csv");
        JsonNode read = await(stranger, theirs, sent.json().path("id").asText());
        assertThat(read.path("legs").asLong()).isEqualTo(1);
    }

    @Test
    void onlyTheOfficeSendsFiles() {
        for (Account account : List.of(firm.professional(), firm.clientUser())) {
            Api api = Api.as(account);
            byte[] bytes = MasterCsv.of(MasterCsv.calls(1));
            assertThat(api.upload(root + "/sources/" + source + "/files", bytes, "text/csv")
                            .status())
                    .isEqualTo(403);
            assertThat(api.get(root + "/files").status()).isEqualTo(403);
        }
        assertThat(Api.as(firm.clientUser()).get(root + "/calls").status()).isEqualTo(403);
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }

    private static void assertCounts(
            JsonNode file, long records, long legs, long duplicates, long ignored, long quarantined) {
        assertThat(List.of(
                        file.path("records").asLong(),
                        file.path("legs").asLong(),
                        file.path("duplicates").asLong(),
                        file.path("ignored").asLong(),
                        file.path("quarantined").asLong()))
                .as(file.toString())
                .containsExactly(records, legs, duplicates, ignored, quarantined);
    }

    private static Answer send(String source, String name, byte[] bytes) {
        return clerk.upload(
                root + "/sources/" + source + "/files?name=" + name.replace(" ", "%20"),
                bytes,
                "application/octet-stream");
    }

    private static JsonNode sendAndWait(String source, String name, byte[] bytes) {
        Answer answer = send(source, name, bytes);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        String id = answer.json().path("id").asText();
        assertThat(answer.header("Location")).endsWith(root + "/files/" + id);
        return await(clerk, root, id);
    }

    private static JsonNode await(Api api, String firmRoot, String id) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode file = api.get(firmRoot + "/files/" + id).json();
            if (file.path("state").asText().equals("DONE")) {
                return file;
            }
            assertThat(Instant.now()).as("still not read: " + file).isBefore(end);
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static List<JsonNode> records(JsonNode file, String outcome) {
        return items(clerk.get(root + "/files/" + file.path("id").asText() + "/records?outcome=" + outcome));
    }

    private static List<JsonNode> calls(String query) {
        return items(clerk.get(root + "/calls?limit=500&" + query));
    }

    private static long count(String query) {
        return clerk.get(root + "/calls/summary?" + query).json().path("calls").asLong();
    }

    private static List<JsonNode> items(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .toList();
    }
}
