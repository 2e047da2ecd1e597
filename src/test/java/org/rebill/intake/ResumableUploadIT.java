package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Json;
import org.rebill.platform.Sha256;
import org.rebill.testing.Api;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;
import org.rebill.testing.TestFirm;

/** A large file of the sources page goes on after cuts, with the byte behind the last that was kept. */
class ResumableUploadIT extends FromOutside {
    private static TestFirm firm;
    private static Api clerk;
    private static Pages pages;
    private static String source;

    @BeforeAll
    static void firm() {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
        pages = Pages.as(firm.clerk());
        source = clerk.post(
                        "/api/v1/firms/" + firm.slug() + "/sources",
                        Map.of("name", "Office", "format", "asterisk-cdr-csv"))
                .json()
                .path("id")
                .asText();
    }

    @Test
    void whateverIsCutTheFileIsTheSameToTheByte() throws Exception {
        byte[] bytes = MasterCsv.of(MasterCsv.calls(20_000));
        Random random = new Random(7);
        String upload = begin("Master.csv", bytes.length);
        assertThat(pages.get(upload).statusCode()).isEqualTo(409);
        int cuts = 0;
        long offset = 0;
        while (offset < bytes.length) {
            int end = (int) Math.min(bytes.length, offset + 1 + random.nextInt(1_500_000));
            byte[] part = Arrays.copyOfRange(bytes, (int) offset, end);
            if (random.nextBoolean()) {
                cuts++;
                int sent = random.nextInt(part.length);
                cut(upload, offset, part, sent);
                offset += sent;
                awaitOffset(upload, offset);
            } else {
                HttpResponse<String> answer = patch(upload, offset, BodyPublishers.ofByteArray(part));
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
                offset = end;
                assertThat(offset(upload)).isEqualTo(offset);
            }
        }
        assertThat(cuts).isPositive();
        assertThat(offset).isEqualTo(bytes.length);
        // The last answer may be what was cut: asked once more, nothing is done twice.
        assertThat(patch(upload, offset, BodyPublishers.noBody()).statusCode()).isEqualTo(204);

        JsonNode line =
                Json.mapper().readTree(pages.get(upload).body()).path("lines").get(0);
        String id = line.path("href").asText().replaceAll(".*id=", "");
        Api.Answer file = clerk.get("/api/v1/firms/" + firm.slug() + "/files/" + id);
        assertThat(file.json().path("sha256").asText()).isEqualTo(HexFormat.of().formatHex(Sha256.of(bytes)));
        assertThat(clerk.get("/api/v1/firms/" + firm.slug() + "/files/" + id + "/content")
                        .bytes())
                .isEqualTo(bytes);
        assertThat(file.json().path("via").asText()).isEqualTo("UPLOAD");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        String upload = begin("Master.csv", 10);
        BodyPublisher five = BodyPublishers.ofString("12345");
        assertThat(patch(upload, 3, five).statusCode()).isEqualTo(409);
        assertThat(pages.send("PATCH", upload, five, "Tus-Resumable", "1.0.0", "Upload-Offset", "0")
                        .statusCode())
                .isEqualTo(415);
        assertThat(pages.send("PATCH", upload, five, "Upload-Offset", "0").statusCode())
                .isEqualTo(412);
        assertThat(patch(upload, 0, BodyPublishers.ofString("123456789012")).statusCode())
                .isEqualTo(413);
        assertThat(pages.send("DELETE", upload, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0")
                        .statusCode())
                .isEqualTo(204);
        assertThat(patch(upload, 0, five).statusCode()).isEqualTo(404);
        assertThat(create("Master.csv", (1L << 30) + 1).statusCode()).isEqualTo(413);
        String picture = begin("logo.png", 8);
        HttpResponse<String> refused = patch(
                picture, 0, BodyPublishers.ofByteArray(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'
                }));
        assertThat(refused.statusCode()).isEqualTo(415);
    }

    @Test
    void anotherFirmsUploadIsNotThere() {
        String upload = begin("Master.csv", 10);
        TestFirm other = TestFirm.create();
        Pages stranger = Pages.as(other.clerk());
        assertThat(stranger.send(
                                "PATCH",
                                upload,
                                BodyPublishers.ofString("12345"),
                                "Tus-Resumable",
                                "1.0.0",
                                "Upload-Offset",
                                "0",
                                "Content-Type",
                                "application/offset+octet-stream")
                        .statusCode())
                .isEqualTo(404);
        assertThat(Pages.as(firm.professional()).get(upload).statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> create(String name, long size) {
        return pages.send(
                "POST",
                "/app/uploads",
                BodyPublishers.noBody(),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Length",
                Long.toString(size),
                "Upload-Metadata",
                "filename " + base64(name) + ",source " + base64(source));
    }

    private static String begin(String name, long size) {
        HttpResponse<String> created = create(name, size);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> patch(String upload, long offset, BodyPublisher body) {
        return pages.send(
                "PATCH",
                upload,
                body,
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                Long.toString(offset),
                "Content-Type",
                "application/offset+octet-stream");
    }

    /** Sends some bytes of a part, then the connection breaks. */
    private static void cut(String upload, long offset, byte[] part, int after) {
        pages.cut(
                "PATCH",
                upload,
                part.length,
                Arrays.copyOf(part, after),
                "Tus-Resumable",
                "1.0.0",
                "Upload-Offset",
                Long.toString(offset),
                "Content-Type",
                "application/offset+octet-stream");
    }

    /** The server notices a cut a moment later; what came before it is kept then. */
    private static void awaitOffset(String upload, long offset) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (offset(upload) != offset) {
            assertThat(Instant.now()).as("bytes before the cut are kept").isBefore(end);
            Thread.sleep(50);
        }
    }

    private static long offset(String upload) {
        HttpResponse<String> head = pages.send("HEAD", upload, BodyPublishers.noBody(), "Tus-Resumable", "1.0.0");
        assertThat(head.statusCode()).isEqualTo(200);
        return head.headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }
}
