package org.rebill.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
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
import org.rebill.testing.TestFirm;

/** Policies decide what waits for what, on the whole way from a policy to a priced call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesIT extends FromOutside {
    /** Of the first minute of {@link MasterCsv}. */
    private static final Instant FIRST = Instant.parse("2026-11-02T15:00:00Z");

    private TestFirm firm;
    private Api clerk;
    private String source;

    @BeforeAll
    void aFirmWithAPhoneSystem() {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
        source = made("/sources", Map.of("name", "Office", "format", "asterisk-cdr-csv", "stampsInUtc", true))
                .path("id")
                .asText();
    }

    private String at(String path) {
        return "/api/v1/firms/" + firm.slug() + path;
    }

    private JsonNode made(String path, Object body) {
        Answer answer = clerk.post(at(path), body);
        assertThat(answer.status()).as(answer::toString).isEqualTo(201);
        return answer.json();
    }

    /** Imports one call of extension 101 that starts in the minute after a moment; the state of the newest call. */
    private String imported(String code, Instant after) throws InterruptedException {
        int minute = (int) Duration.between(FIRST, after).toMinutes() + 1;
        Answer file = clerk.sendBytes(
                "POST",
                at("/sources/" + source + "/files?name=Master.csv"),
                "text/csv",
                MasterCsv.of(List.of(MasterCsv.call(minute, code, "101"))));
        assertThat(file.status()).as(file::toString).isLessThan(300);
        String id = file.json().path("id").asText();
        while (!clerk.get(at("/files/" + id)).json().path("state").asText().equals("DONE")) {
            Thread.sleep(100);
        }
        return clerk.get(at("/calls?limit=1")).json().at("/items/0/state").asText();
    }

    @Test
    void aTelephonesPolicySaysWhatWaitsFromItsMomentOnAndAMappedCodePricesItsCalls() throws Exception {
        assertThat(imported("7700", Instant.now().minusSeconds(3_600))).isEqualTo("UNKNOWN_CODE");
        JsonNode set = made(
                "/code-policies",
                Map.of(
                        "scope",
                        "EXTENSION",
                        "siteId",
                        firm.site().toString(),
                        "extension",
                        "101",
                        "forced",
                        false,
                        "verified",
                        false));

        assertThat(imported("", Instant.parse(set.path("validFrom").asText()))).isEqualTo("NO_CODE");
        assertThat(imported(
                        "7701", Instant.parse(set.path("validFrom").asText()).plusSeconds(120)))
                .isEqualTo("UNMAPPED_CODE");
        JsonNode unknown = clerk.get(at("/unknown-codes")).json().path("items");
        assertThat(unknown.findValuesAsText("code")).containsExactlyInAnyOrder("7700", "7701");
        made("/codes", Map.of("code", "7701", "house", true));

        assertThat(clerk.get(at("/calls?limit=1")).json().at("/items/0/state").asText())
                .isEqualTo("HOUSE");
        assertThat(clerk.get(at("/unknown-codes")).json().path("items").findValuesAsText("code"))
                .containsExactly("7700");
        String trial = clerk.get(at("/code-policies/trial?extension=101&number=%2B15125550144"))
                .json()
                .toString();
        assertThat(trial).contains("\"forced\":false", "\"scope\":\"EXTENSION\"", "\"scope\":\"FIRM\"");
        assertThat(clerk.get(at("/code-policies/trial?number=911"))
                        .json()
                        .path("exempt")
                        .asText())
                .isEqualTo("EMERGENCY");
    }

    @Test
    void thePageTellsWhatWouldHappenAndProfessionalsStayOut() {
        Answer group = clerk.post(at("/person-groups"), Map.of("name", "Partners"));
        assertThat(group.status()).isEqualTo(201);
        Answer moved = clerk.post(
                at("/person-groups/members"),
                Map.of(
                        "personId",
                        firm.person().toString(),
                        "groupId",
                        group.json().path("id").asText()));
        assertThat(moved.status()).as(moved::toString).isEqualTo(204);

        String page = Pages.as(firm.clerk())
                .get("/app/policies.xhtml?number=%2B4420794601&person=" + firm.person())
                .body();

        assertThat(page).contains("The whole firm", "Partners", "Numbers: international", "held");
        assertThat(page).doesNotContain("???");
        Api professional = Api.as(firm.professional());
        for (String path : List.of("/code-policies", "/unknown-codes", "/person-groups", "/code-policies/trial")) {
            assertThat(professional.get(at(path)).status()).as(path).isEqualTo(403);
        }
    }
}
