package org.rebill.intake;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Whole files are read again after the settings were changed: first looked at, then applied. */
class RereadIT extends FromOutside {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CALL = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042,0,1000035,0,"
            + "E201,Hale M,T9001,Line 1.1,0,0\r\n";
    private static final String OTHER = CALL.replace("1000035", "1000036").replace("09:02:11", "10:02:11");

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
                clerk.post(root + "/sources", Map.of("name", "Read again " + sources++, "format", "avaya-ip-office"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        source = created.json().path("id").asText();
    }

    @Test
    void aFileIsLookedAtThenReadAgainInAnotherZone() {
        JsonNode file = send(CALL + OTHER + "garbage\r\n");
        Instant before = startOf("1000035");
        become("zone", "Europe/Berlin");

        JsonNode preview = preview("/files/" + file.path("id").asText() + "/rereads", null);

        assertThat(preview.path("changed").asLong()).as(preview.toString()).isEqualTo(2);
        assertThat(preview.path("changedRecords").asLong()).isEqualTo(2);
        assertThat(preview.path("added").asLong() + preview.path("gone").asLong())
                .isZero();
        assertThat(startOf("1000035")).isEqualTo(before);
        JsonNode call = clerk.get(path(preview, "/calls")).json().path("items").get(0);
        assertThat(call.path("change").asText()).isEqualTo("CHANGED");
        assertThat(Duration.between(
                        Instant.parse(call.path("after").path("startedAt").asText()),
                        Instant.parse(call.path("before").path("startedAt").asText())))
                .isEqualTo(Duration.ofHours(7));

        JsonNode applied = apply(preview);

        assertThat(applied.path("changed").asLong()).isEqualTo(2);
        assertThat(startOf("1000035")).isEqualTo(before.minus(Duration.ofHours(7)));
        JsonNode now = clerk.get(root + "/files/" + file.path("id").asText()).json();
        assertThat(now.path("records").asLong()).isEqualTo(3);
        assertThat(now.path("legs").asLong()).isEqualTo(2);
        assertThat(now.path("quarantined").asLong()).isEqualTo(1);
        assertThat(now.path("calls").asLong()).isEqualTo(2);
        assertThat(clerk.post(path(applied, "/apply"), "").json().path("state").asText())
                .isEqualTo("APPLIED");

        JsonNode again = preview("/files/" + file.path("id").asText() + "/rereads", null);
        assertThat(again.path("same").asLong()).isEqualTo(2);
        assertThat(again.path("changed").asLong()).isZero();
        assertThat(clerk.post(path(again, "/drop"), "").json().path("state").asText())
                .isEqualTo("DROPPED");
        assertThat(clerk.post(path(again, "/apply"), "").status()).isEqualTo(409);
    }

    @Test
    void allFilesOfASourceAreReadAgainByAnotherNumberPlan() {
        send(CALL);
        send(OTHER);
        become("outsidePrefix", "");
        become("country", "DE");

        JsonNode preview = preview("/sources/" + source + "/rereads", Map.of("from", "2026-09-01"));

        assertThat(preview.path("files").asLong()).as(preview.toString()).isEqualTo(2);
        assertThat(preview.path("changed").asLong() + preview.path("same").asLong())
                .isEqualTo(2);
        JsonNode later = preview("/sources/" + source + "/rereads", Map.of("from", "2026-09-03"));
        assertThat(later.path("files").asLong()).isZero();
        assertThat(clerk.get(path(preview, "")).json().path("state").asText()).isEqualTo("DROPPED");
        assertThat(clerk.get(root + "/sources/" + source + "/rereads").json().path("items"))
                .hasSize(2);
    }

    @Test
    void aPreviewBySettingsThatWereChangedSinceIsNotApplied() {
        JsonNode file = send(CALL);
        JsonNode preview = preview("/files/" + file.path("id").asText() + "/rereads", null);
        become("zone", "Europe/Berlin");

        Answer refused = clerk.post(path(preview, "/apply"), "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("reread.stale");
    }

    @Test
    void othersMayNot() {
        JsonNode file = send(CALL);
        JsonNode preview = preview("/files/" + file.path("id").asText() + "/rereads", null);
        Api professional = Api.as(firm.professional());
        assertThat(professional.get(path(preview, "")).status()).isEqualTo(403);
        assertThat(professional.post(path(preview, "/apply"), "").status()).isEqualTo(403);
        TestFirm other = TestFirm.create();
        String there = "/api/v1/firms/" + other.slug() + "/rereads/"
                + preview.path("id").asText();
        assertThat(Api.as(other.clerk()).get(there).status()).isEqualTo(404);
        assertThat(Api.as(other.clerk()).post(there + "/apply", "").status()).isEqualTo(404);
        assertThat(clerk.post(root + "/sources/" + source + "/rereads", Map.of())
                        .status())
                .isEqualTo(422);
    }

    private Instant startOf(String callId) {
        for (JsonNode call : clerk.get(root + "/calls?source=" + source).json().path("items")) {
            JsonNode whole =
                    clerk.get(root + "/calls/" + call.path("id").asText()).json();
            if (whole.toString().contains(callId)) {
                return Instant.parse(call.path("startedAt").asText());
            }
        }
        throw new AssertionError("No call of record " + callId);
    }

    private JsonNode preview(String path, Object scope) {
        Answer asked = clerk.post(root + path, scope == null ? "" : scope);
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        assertThat(asked.header("Location")).contains("/rereads/");
        return await(asked.json(), "PREVIEWED");
    }

    private JsonNode apply(JsonNode preview) {
        Answer asked = clerk.post(path(preview, "/apply"), "");
        assertThat(asked.status()).as(asked.toString()).isEqualTo(202);
        return await(asked.json(), "APPLIED");
    }

    private static JsonNode await(JsonNode asked, String state) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode now = clerk.get(path(asked, "")).json();
            if (now.path("state").asText().equals(state)) {
                return now;
            }
            assertThat(Instant.now()).as(now.toString()).isBefore(end);
            pause();
        }
    }

    private static String path(JsonNode reread, String what) {
        return root + "/rereads/" + reread.path("id").asText() + what;
    }

    private void become(String field, String value) {
        Answer now = clerk.get(root + "/sources/" + source);
        ObjectNode draft = now.json().deepCopy();
        draft.remove("id");
        draft.remove("lastFile");
        draft.remove("version");
        draft.put(field, value);
        Answer changed = clerk.send("PUT", root + "/sources/" + source, draft, "If-Match", now.header("ETag"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
    }

    private JsonNode send(String text) {
        Answer sent =
                clerk.upload(root + "/sources/" + source + "/files?name=smdr.csv", text.getBytes(US_ASCII), "text/csv");
        assertThat(sent.status()).as(sent.toString()).isEqualTo(202);
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            JsonNode file = clerk.get(root + "/files/" + sent.json().path("id").asText())
                    .json();
            if (file.path("state").asText().equals("DONE")) {
                return file;
            }
            assertThat(Instant.now()).as(file.toString()).isBefore(end);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
