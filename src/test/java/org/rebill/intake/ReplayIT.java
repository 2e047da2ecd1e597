package org.rebill.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** What lay in quarantine is read again when the source was mended, or set aside; and nothing comes twice. */
class ReplayIT extends FromOutside {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALL = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042,0,1000035,0,"
            + "E201,Hale M,T9001,Line 1.1,0,0\r\n";

    private static TestFirm firm;
    private static Api clerk;
    private static String root;
    private static int sources;

    private String source;

    @BeforeAll
    static void firm() {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
        root = "/api/v1/firms/" + firm.slug();
    }

    @BeforeEach
    void source() {
        Answer created =
                clerk.post(root + "/sources", Map.of("name", "Replayed " + sources++, "format", "asterisk-cdr-csv"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        source = created.json().path("id").asText();
    }

    @Test
    void recordsAreReadAgainAsAnotherFormat() {
        JsonNode file = send(CALL + CALL.replace("1000035", "1000036") + CALL + "garbage\r\n");
        assertCounts(file, 4, 0, 0, 0, 4);

        become("format", "avaya-ip-office");
        Answer asked = clerk.post(path(file, "/replay"), "");

        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        JsonNode mended = await(file);
        assertCounts(mended, 4, 2, 1, 0, 1);
        assertThat(mended.path("calls").asLong()).isEqualTo(2);
        assertThat(calls()).isEqualTo(2);
        Answer left = clerk.get(path(file, "/records?outcome=QUARANTINED"));
        assertThat(left.json().path("items")).hasSize(1);
        assertThat(left.json().path("items").get(0).path("text").asText()).isEqualTo("garbage");
        Answer all = clerk.get(path(file, "/records"));
        assertThat(all.json().path("items").get(0).path("mendedAs").asText()).isEqualTo("LEG");

        Answer aside = clerk.post(path(file, "/set-aside"), Map.of("reason", "A test line of the technician"));
        assertThat(aside.status()).as(aside.toString()).isEqualTo(200);
        assertCounts(aside.json(), 4, 2, 1, 1, 0);
        assertThat(clerk.post(path(file, "/replay"), "").status()).isEqualTo(409);
        assertThat(clerk.post(path(file, "/set-aside"), Map.of("reason", "again"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void allFilesOfASourceAreReadAgain() {
        JsonNode one = send(CALL);
        JsonNode two = send(CALL.replace("1000035", "1000037"));
        become("format", "avaya-ip-office");

        Answer asked = clerk.post(root + "/sources/" + source + "/replay", "");

        assertThat(asked.json().path("files").asInt()).isEqualTo(2);
        assertCounts(await(one), 1, 1, 0, 0, 0);
        assertCounts(await(two), 1, 1, 0, 0, 0);
        Answer fixed = put("format", "asterisk-cdr-csv");
        assertThat(fixed.status()).isEqualTo(409);
    }

    @Test
    void recordsComeOnceThoughTheZoneWasChanged() {
        become("format", "avaya-ip-office");
        assertCounts(send(CALL), 1, 1, 0, 0, 0);

        become("zone", "Europe/Berlin");
        JsonNode again = send(CALL + CALL.replace("1000035", "1000038"));

        assertCounts(again, 2, 1, 1, 0, 0);
        assertThat(calls()).isEqualTo(2);
        assertThat(clerk.get(path(again, "/records?outcome=DUPLICATE"))
                        .json()
                        .path("items")
                        .get(0)
                        .path("reason")
                        .asText())
                .isEqualTo("changed");
    }

    @Test
    void aReasonIsNeededAndOthersMayNot() {
        JsonNode file = send("garbage\r\n");
        Answer without = clerk.post(path(file, "/set-aside"), Map.of());
        assertThat(without.status()).isEqualTo(422);
        assertThat(Api.as(firm.professional()).post(path(file, "/replay"), "").status())
                .isEqualTo(403);
        TestFirm other = TestFirm.create();
        String there =
                "/api/v1/firms/" + other.slug() + "/files/" + file.path("id").asText();
        assertThat(Api.as(other.clerk()).post(there + "/replay", "").status()).isEqualTo(404);
        assertThat(Api.as(other.clerk())
                        .post(there + "/set-aside", Map.of("reason", "Not mine"))
                        .status())
                .isEqualTo(404);
    }

    private static String path(JsonNode file, String what) {
        return root + "/files/" + file.path("id").asText() + what;
    }

    private void become(String field, String value) {
        Answer changed = put(field, value);
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    private Answer put(String field, String value) {
        Answer now = clerk.get(root + "/sources/" + source);
        ObjectNode draft = now.json().deepCopy();
        draft.remove("id");
        draft.remove("lastFile");
        draft.remove("version");
        draft.put(field, value);
        return clerk.send("PUT", root + "/sources/" + source, draft, "If-Match", now.header("ETag"));
    }

    private JsonNode send(String text) {
        Answer sent =
                clerk.upload(root + "/sources/" + source + "/files?name=smdr.csv", text.getBytes(US_ASCII), "text/csv");
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        return await(sent.json());
    }

    private static JsonNode await(JsonNode sent) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode file = clerk.get(path(sent, "")).json();
            if (file.path("state").asText().equals("DONE")
                    && !file.path("replaying").asBoolean()) {
                return file;
            }
            assertThat(Instant.now()).as(file.toString()).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private int calls() {
        return clerk.get(root + "/calls?source=" + source).json().path("items").size();
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
}
