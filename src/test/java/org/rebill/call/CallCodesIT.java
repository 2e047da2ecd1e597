package org.rebill.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rebill.intake.MasterCsv;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Codes given after the call, and what calls cost from then on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallCodesIT extends FromOutside {
    private TestFirm firm;
    private Api clerk;
    private Api professional;
    private String source;
    private int minute;

    @BeforeAll
    void aFirmWithAnAgreement() {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
        professional = Api.as(firm.professional());
        source = made(
                        "/sources",
                        Map.of("name", "Office", "format", "asterisk-cdr-csv", "stampsInUtc", true, "areaCode", "512"))
                .path("id")
                .asText();
        made("/codes", Map.of("code", "1042", "clientId", firm.client().toString()));
        made("/codes", Map.of("code", "9", "house", true));
        JsonNode agreement = made(
                "/agreements",
                Map.of(
                        "clientId",
                        firm.client().toString(),
                        "validFrom",
                        "2026-01-01",
                        "terms",
                        Map.of("hourlyRate", new BigDecimal("290"), "incrementSeconds", 360, "minimumSeconds", 0)));
        Answer accepted = clerk.post(
                at("/agreements/" + agreement.path("id").asText() + "/versions/1/accept"),
                Map.of("how", "SIGNED", "acceptedAt", "2026-01-02T12:00:00Z", "acceptedBy", "Thomas Reyes"));
        assertThat(accepted.status()).as(accepted::toString).isEqualTo(200);
    }

    @Test
    void aCodeGivenByHandPricesTheCallAtOnceAndIsKeptWithItsAuthor() {
        String call = imported("", "101");
        assertThat(state(call)).isEqualTo("NO_CODE");

        Answer given = clerk.post(at("/calls/" + call + "/code"), Map.of("code", "1042"));

        assertThat(given.status()).as(given::toString).isEqualTo(200);
        JsonNode whole = given.json();
        assertThat(whole.at("/call/state").asText()).isEqualTo("RATED");
        assertThat(whole.at("/call/codeOrigin").asText()).isEqualTo("WEB");
        assertThat(whole.at("/call/client/name").asText()).isEqualTo("Barton Creek Builders LLC");
        assertThat(whole.at("/call/amount").decimalValue()).isEqualByComparingTo("29.00");
        assertThat(whole.at("/call/currency").asText()).isEqualTo("USD");
        assertThat(whole.at("/codes/0/code").asText()).isEqualTo("1042");
        assertThat(whole.at("/codes/0/author").asText()).isEqualTo(firm.clerk().displayName());
        assertThat(whole.at("/charges/0/explanation")).isNotEmpty();
        assertThat(whole.at("/charges/0/quantity").decimalValue()).isEqualByComparingTo("0.1");
        JsonNode act = clerk.get(at("/audit?limit=1")).json().at("/items/0");
        assertThat(act.path("action").asText()).isEqualTo("call.coded");
        assertThat(act.path("subject").asText()).isEqualTo("call/" + call);
    }

    @Test
    void aCodeTakenBackLetsThePhoneSystemsStandAgain() {
        String call = imported("1042", "101");
        assertThat(state(call)).isEqualTo("RATED");
        clerk.post(at("/calls/" + call + "/code"), Map.of("code", "9"));
        assertThat(state(call)).isEqualTo("HOUSE");

        Answer back = clerk.post(at("/calls/" + call + "/code"), Map.of("code", ""));

        assertThat(back.json().at("/call/code").asText()).isEqualTo("1042");
        assertThat(back.json().at("/call/codeOrigin").asText()).isEqualTo("PBX");
        assertThat(back.json().at("/call/state").asText()).isEqualTo("RATED");
        assertThat(back.json().path("codes")).hasSize(2);
    }

    @Test
    void manyGetTheSameCodeAllOrNone() {
        List<String> calls = List.of(imported("", "101"), imported("", "101"), imported("", "101"));
        List<String> withAStranger = new ArrayList<>(calls);
        withAStranger.add(firm.client().toString());
        assertThat(clerk.post(at("/calls/code"), Map.of("calls", withAStranger, "code", "1042"))
                        .status())
                .isEqualTo(404);
        assertThat(calls).allSatisfy(call -> assertThat(state(call)).isEqualTo("NO_CODE"));

        Answer given = clerk.post(at("/calls/code"), Map.of("calls", calls, "code", "1042"));

        assertThat(given.status()).as(given::toString).isEqualTo(200);
        assertThat(given.json().path("items").findValuesAsText("state")).containsExactly("RATED", "RATED", "RATED");
    }

    @Test
    void wrongCodesAreRefusedAtTheFieldWithWhatToDo() {
        String call = imported("", "101");
        refused(call, "1042#", "code.digits", "Remove #");
        refused(call, "1234567890", "code.digits", "1 to 9 digits");
        refused(call, "1043", "code.unknown", "1042");
        refused(call, "555", "code.unknown", "Add it under Codes");
        assertThat(state(call)).isEqualTo("NO_CODE");
    }

    private void refused(String call, String code, String problem, String part) {
        Answer answer = clerk.post(at("/calls/" + call + "/code"), Map.of("code", code));
        assertThat(answer.status()).as(answer::toString).isEqualTo(422);
        assertThat(answer.json().path("field").asText()).isEqualTo("code");
        assertThat(answer.json().path("code").asText()).isEqualTo(problem);
        assertThat(answer.json().path("detail").asText()).contains(part);
    }

    @Test
    void professionalsSeeAndCodeTheirOwnCallsOnly() {
        String own = imported("", "101");
        String others = imported("", "199");

        assertThat(professional.get(at("/calls/" + own)).status()).isEqualTo(200);
        assertThat(professional.get(at("/calls/" + others)).status()).isEqualTo(404);
        List<String> seen = items(professional.get(at("/calls?limit=500")), "id");
        assertThat(seen).contains(own).doesNotContain(others);
        assertThat(professional
                        .post(at("/calls/" + others + "/code"), Map.of("code", "1042"))
                        .status())
                .isEqualTo(404);
        assertThat(professional
                        .post(at("/calls/code"), Map.of("calls", List.of(own, others), "code", "1042"))
                        .status())
                .isEqualTo(404);
        assertThat(state(own)).isEqualTo("NO_CODE");
        assertThat(professional
                        .post(at("/calls/" + own + "/code"), Map.of("code", "1042"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aNewCodeAndNewTermsSettleTheCallsThatWaited() {
        String call = imported("2207", "101");
        assertThat(state(call)).isEqualTo("UNKNOWN_CODE");
        String client = made("/clients", Map.of("name", "Lone Star Orthopedics"))
                .path("id")
                .asText();

        made("/codes", Map.of("code", "2207", "clientId", client));
        assertThat(state(call)).isEqualTo("NOT_AGREED");

        JsonNode agreement = made(
                "/agreements",
                Map.of(
                        "clientId",
                        client,
                        "validFrom",
                        "2026-01-01",
                        "terms",
                        Map.of("hourlyRate", 360, "incrementSeconds", 1, "minimumSeconds", 0)));
        clerk.post(
                at("/agreements/" + agreement.path("id").asText() + "/versions/1/accept"),
                Map.of("how", "SIGNED", "acceptedAt", "2026-01-02T12:00:00Z", "acceptedBy", "Dr. Lone"));
        JsonNode whole = clerk.get(at("/calls/" + call)).json();
        assertThat(whole.at("/call/state").asText()).isEqualTo("RATED");
        assertThat(whole.at("/call/talkSeconds").asInt())
                .as("raw seconds never change")
                .isEqualTo(300);
    }

    @Test
    void issuedCallsKeepTheirCode() {
        String client = made("/clients", Map.of("name", "Okafor Family Trust"))
                .path("id")
                .asText();
        made("/codes", Map.of("code", "6120", "clientId", client));
        JsonNode agreement = made(
                "/agreements",
                Map.of(
                        "clientId",
                        client,
                        "validFrom",
                        "2026-01-01",
                        "terms",
                        Map.of("hourlyRate", 400, "incrementSeconds", 900, "minimumSeconds", 0)));
        clerk.post(
                at("/agreements/" + agreement.path("id").asText() + "/versions/1/accept"),
                Map.of("how", "SIGNED", "acceptedAt", "2026-01-02T12:00:00Z", "acceptedBy", "N. Okafor"));
        String call = imported("6120", "101");
        Api owner = Api.as(firm.owner());
        Answer run = owner.post(at("/statements/runs"), Map.of("from", "2026-11-01", "to", "2026-11-30"));
        assertThat(run.status()).as(run::toString).isBetween(200, 202);
        assertThat(state(call)).isEqualTo("ON_DRAFT");
        String statement = StreamSupport.stream(
                        clerk.get(at("/statements?limit=500"))
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(item -> item.toString().contains(client))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();

        Answer issued = owner.post(at("/statements/" + statement + "/issue"), null);
        assertThat(issued.status()).as(issued::toString).isBetween(200, 201);

        assertThat(state(call)).isEqualTo("BILLED");
        Answer refused = clerk.post(at("/calls/" + call + "/code"), Map.of("code", "1042"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("call.issued");
    }

    @Test
    void filtersThatMakeNoSenseAreToldAtTheirField() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "from=yesterday", "from",
                        "group=LOST", "group",
                        "sort=colour", "sort",
                        "from=2026-11-30&to=2026-11-01", "to",
                        "after=x", "after")
                .entrySet()) {
            Answer answer = clerk.get(at("/calls?" + wrong.getKey()));
            assertThat(answer.status()).as(answer::toString).isEqualTo(422);
            assertThat(answer.json().path("field").asText()).isEqualTo(wrong.getValue());
        }
    }

    private String at(String path) {
        return "/api/v1/firms/" + firm.slug() + path;
    }

    private JsonNode made(String path, Object body) {
        Answer made = clerk.post(at(path), body);
        assertThat(made.status()).as(made::toString).isEqualTo(201);
        return made.json();
    }

    private String state(String call) {
        return clerk.get(at("/calls/" + call)).json().at("/call/state").asText();
    }

    /** A call of its own, 300 s long. */
    private synchronized String imported(String code, String extension) {
        byte[] bytes = MasterCsv.of(List.of(MasterCsv.call(minute++, code, extension)));
        String file = clerk.upload(at("/sources/" + source + "/files?name=Master.csv"), bytes, "text/csv")
                .json()
                .path("id")
                .asText();
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!clerk.get(at("/files/" + file)).json().path("state").asText().equals("DONE")) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return items(clerk.get(at("/calls?file=" + file)), "id").get(0);
    }

    private static List<String> items(Answer answer, String field) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        return StreamSupport.stream(answer.json().path("items").spliterator(), false)
                .map(item -> item.path(field).asText())
                .collect(Collectors.toList());
    }
}
