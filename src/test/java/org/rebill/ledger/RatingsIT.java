package org.rebill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Rating from outside, and with it how the API reads and writes JSON. */
class RatingsIT extends FromOutside {
    private static TestFirm firm;
    private static Api owner;

    @BeforeAll
    static void aFirm() {
        firm = TestFirm.create();
        owner = Api.as(firm.owner());
    }

    @Test
    void decimalsAreWrittenAsTheyArePrinted() {
        Answer answer = rate("""
                {"terms": {"currency": "USD", "hourlyRate": 250, "incrementSeconds": 360, "rounding": "up"},
                 "calls": [{"talkSeconds": 311.9}]}""");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains(
                        "\"billedSeconds\":360,\"quantity\":0.1,\"unit\":\"HOUR\",\"unitRate\":250.00,\"amount\":25.00")
                .contains("{\"rule\":\"TALK\",\"result\":311}")
                .contains("\"words\":[\"Talked 5:11.\"");
    }

    @Test
    void anUnknownFieldIsRefusedWithTheKnownOnes() {
        JsonNode problem = problem(400, "{\"terms\": {\"currency\": \"USD\", \"rate\": 250}, \"calls\": []}");
        assertThat(problem.path("code").asText()).isEqualTo("json.unreadable");
        assertThat(problem.path("field").asText()).isEqualTo("terms.rate");
        assertThat(problem.path("detail").asText())
                .startsWith("There is no field 'rate' here; known are currency, ")
                .contains(" Line 1, column ");
    }

    @Test
    void aFractionIsNoWholeNumber() {
        JsonNode problem = problem(400, """
                {"terms": {"currency": "USD", "hourlyRate": 250, "incrementSeconds": 6.5}, "calls": []}""");
        assertThat(problem.path("field").asText()).isEqualTo("terms.incrementSeconds");
        assertThat(problem.path("detail").asText()).startsWith("This field takes a whole number.");
    }

    @Test
    void aWrongKindOfValueIsToldAtItsPlaceInTheList() {
        JsonNode problem = problem(400, """
                {"terms": {"currency": "USD", "hourlyRate": 250},
                 "calls": [{"talkSeconds": 1}, {"talkSeconds": "long"}]}""");
        assertThat(problem.path("field").asText()).isEqualTo("calls[1].talkSeconds");
        assertThat(problem.path("detail").asText()).startsWith("This field takes a number. Line 2");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        JsonNode problem = problem(422, """
                {"terms": {"currency": "USD", "hourlyRate": 0, "incrementSeconds": 0}, "calls": [{}]}""");
        assertThat(problem.path("problems").findValuesAsText("field"))
                .containsExactly("terms.hourlyRate", "terms.incrementSeconds", "calls[0].talkSeconds");
    }

    @Test
    void aClientsUserDoesNotRate() {
        Answer answer = Api.as(firm.clientUser()).post(path(), "{}");
        assertThat(answer.status()).isEqualTo(403);
    }

    private static JsonNode problem(int status, String document) {
        Answer answer = rate(document);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        return answer.json();
    }

    private static Answer rate(String document) {
        return owner.post(path(), document);
    }

    private static String path() {
        return "/api/v1/firms/" + firm.slug() + "/ratings";
    }
}
