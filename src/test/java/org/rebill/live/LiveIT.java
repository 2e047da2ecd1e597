package org.rebill.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rebill.intake.MasterCsv;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;
import org.rebill.testing.SharedServers;
import org.rebill.testing.TestFirm;

/** Live checks over HTTP as phone systems ask them, on the running server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveIT extends FromOutside {
    private final HttpClient http = HttpClient.newHttpClient();
    private TestFirm firm;
    private Api clerk;
    private String source;
    private String keyId;
    private String key;

    @BeforeAll
    void aFirmWithAPhoneSystem() {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
        source = made("/sources", Map.of("name", "Office", "format", "asterisk-cdr-csv", "stampsInUtc", true))
                .path("id")
                .asText();
        JsonNode madeKey = made("/sources/" + source + "/keys", Map.of());
        keyId = madeKey.path("id").asText();
        key = madeKey.path("key").asText();
        made("/codes", Map.of("code", "1042", "clientId", firm.client().toString()));
    }

    private String at(String path) {
        return "/api/v1/firms/" + firm.slug() + path;
    }

    private JsonNode made(String path, Object body) {
        Answer answer = clerk.post(at(path), body);
        assertThat(answer.status()).as(answer::toString).isEqualTo(201);
        return answer.json();
    }

    private HttpResponse<String> ask(String shown, String query, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(SharedServers.running().url() + "/live/v1/" + query))
                .timeout(Duration.ofSeconds(20));
        if (shown != null) {
            String pair = Base64.getEncoder().encodeToString(("rebill:" + shown).getBytes(StandardCharsets.UTF_8));
            request.header("Authorization", "Basic " + pair);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPhoneSystemIsToldWithinFiveSecondsOfAChangeAndTheCallRemembersTheChecks() throws Exception {
        assertThat(ask(key, "verify?code=1042&number=15125550143&extension=101").body())
                .isEqualTo("ok");
        assertThat(ask(key, "verify?code=77&number=15125550143&extension=101&call=1794000000.300000")
                        .body())
                .isEqualTo("unknown");
        assertThat(ask(key, "verify?number=15125550143&extension=101").body()).isEqualTo("ask_again");
        assertThat(ask(key, "verify?code=&number=911").body()).isEqualTo("not_needed");
        assertThat(ask(key, "verify?code=1042", "Accept", "application/json").body())
                .isEqualTo("{\"answer\":\"ok\"}");
        assertThat(ask(
                                key,
                                "freeswitch?section=dialplan&variable_rebill_code=1042&Caller-Destination-Number=15125550143")
                        .body())
                .contains("accountcode=1042", "15125550143 XML rebill_ok");

        made("/codes", Map.of("code", "77", "house", true));
        Instant given = Instant.now();
        while (!ask(key, "verify?code=77&number=15125550143").body().equals("ok")) {
            assertThat(Duration.between(given, Instant.now())).isLessThan(Duration.ofSeconds(5));
            Thread.sleep(100);
        }

        Answer file = clerk.sendBytes(
                "POST",
                at("/sources/" + source + "/files?name=Master.csv"),
                "text/csv",
                MasterCsv.of(List.of(MasterCsv.call(30_000, "77", "101"))));
        String id = file.json().path("id").asText();
        while (!clerk.get(at("/files/" + id)).json().path("state").asText().equals("DONE")) {
            Thread.sleep(100);
        }
        String call = clerk.get(at("/calls?limit=1")).json().at("/items/0/id").asText();
        JsonNode checks = clerk.get(at("/calls/" + call)).json().path("checks");
        assertThat(checks.findValuesAsText("answer")).containsExactly("UNKNOWN");
        assertThat(clerk.get(at("/live-checks")).json().path("items")).hasSizeGreaterThan(5);
        assertThat(Pages.as(firm.clerk()).get("/app/live.xhtml").body())
                .contains("/live/v1/verify?code=${CODE}", "AGI(agi://localhost/verify")
                .doesNotContain("???");
    }

    @Test
    void onlyAKeyOpensItAndNoLongerThanItIsValid() throws Exception {
        assertThat(ask(null, "verify?code=1042").statusCode()).isEqualTo(401);
        assertThat(ask("rbk_nonsense", "verify?code=1042").statusCode()).isEqualTo(401);
        assertThat(ask(key, "nothing").statusCode()).isEqualTo(404);
        JsonNode other = made("/sources/" + source + "/keys", Map.of());
        String second = other.path("key").asText();
        assertThat(ask(second, "verify?code=1042").body()).isEqualTo("ok");
        assertThat(other.path("id").asText()).isNotEqualTo(keyId);
        clerk.post(at("/sources/" + source + "/keys/" + other.path("id").asText() + "/revoke"), Map.of());
        Thread.sleep(4_000);
        assertThat(ask(second, "verify?code=1042").statusCode()).isEqualTo(401);
    }
}
