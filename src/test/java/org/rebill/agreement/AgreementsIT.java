package org.rebill.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rebill.testing.Api;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Clients, codes and agreements by REST: what is stored, refused, and whom it is refused to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementsIT extends FromOutside {
    private TestFirm firm;
    private TestFirm other;
    private Api clerk;
    private Api professional;
    private Api client;
    private Api stranger;

    @BeforeAll
    void firms() {
        firm = TestFirm.create();
        other = TestFirm.create("Europe/Berlin", "EUR", "de-DE");
        clerk = Api.as(firm.clerk());
        professional = Api.as(firm.professional());
        client = Api.as(firm.clientUser());
        stranger = Api.as(other.owner());
    }

    private String at(String path) {
        return "/api/v1/firms/" + firm.slug() + path;
    }

    private static Map<String, Object> terms(String rate) {
        return Map.of("hourlyRate", new java.math.BigDecimal(rate), "incrementSeconds", 360, "minimumSeconds", 360);
    }

    private JsonNode newClient(String name) {
        Api.Answer made = clerk.post(at("/clients"), Map.of("name", name));
        assertThat(made.status()).as(made::toString).isEqualTo(201);
        return made.json();
    }

    private JsonNode newAgreement(String clientId, String from) {
        Api.Answer made =
                clerk.post(at("/agreements"), Map.of("clientId", clientId, "terms", terms("290"), "validFrom", from));
        assertThat(made.status()).as(made::toString).isEqualTo(201);
        return made.json();
    }

    @Test
    void aClientIsAddedReadChangedUnderItsEtag() {
        Api.Answer made = clerk.post(at("/clients"), Map.of("name", "Lakeway Dental", "address", "1 Lake St\nLakeway"));
        String place = "/clients/" + made.json().path("id").asText();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith(at(place));
        assertThat(made.json().path("currency").asText()).isEqualTo("USD");
        Map<String, Object> changed = Map.of("name", "Lakeway Dental Group", "currency", "EUR");
        assertThat(clerk.put(at(place), changed).status()).isEqualTo(428);
        Api.Answer first = clerk.send("PUT", at(place), changed, "If-Match", made.header("ETag"));
        assertThat(first.status()).as(first::toString).isEqualTo(200);
        assertThat(first.json().path("currency").asText()).isEqualTo("EUR");
        assertThat(first.header("ETag")).isNotEqualTo(made.header("ETag"));
        Api.Answer second = clerk.send("PUT", at(place), changed, "If-Match", made.header("ETag"));
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json().path("code").asText()).isEqualTo("changed-meanwhile");
    }

    @Test
    void allThatIsWrongWithAClientIsTold() {
        Api.Answer refused = clerk.post(at("/clients"), Map.of("name", " ", "email", "x", "currency", "DOLLARS"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("problems").findValuesAsText("field"))
                .containsExactlyInAnyOrder("name", "email", "currency");
        assertThat(clerk.post(at("/clients"), null).status()).isEqualTo(422);
        assertThat(clerk.post(at("/clients"), "null").status()).isEqualTo(422);
        assertThat(clerk.post(at("/clients"), Map.of("nmae", "x"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("json.unreadable");
    }

    @Test
    void listsGoOnFromPieceToPiece() {
        String mark = "Walk " + UUID.randomUUID().toString().substring(0, 8);
        for (String name : List.of(" c", " a", " b")) {
            newClient(mark + name);
        }
        String query = at("/clients?limit=2&q=" + mark.replace(" ", "%20"));

        JsonNode first = clerk.get(query).json();
        JsonNode second =
                clerk.get(query + "&after=" + first.path("next").asText()).json();

        assertThat(first.path("items").findValuesAsText("name")).containsExactly(mark + " a", mark + " b");
        assertThat(second.path("items").findValuesAsText("name")).containsExactly(mark + " c");
        assertThat(second.has("next")).isFalse();
        assertThat(clerk.get(at("/clients?limit=0")).status()).isEqualTo(422);
        assertThat(clerk.get(at("/clients?after=" + UUID.randomUUID())).status())
                .isEqualTo(404);
    }

    @Test
    void codesAreTextGivenOutOnceAndAgainAfterTheyWereRetired() {
        String barton = firm.client().toString();
        Api.Answer made = clerk.post(at("/codes"), Map.of("code", "007", "clientId", barton));
        assertThat(made.status()).as(made::toString).isEqualTo(201);
        assertThat(made.json().path("code").asText()).isEqualTo("007");
        assertThat(made.json().path("client").asText()).isEqualTo("Barton Creek Builders LLC");

        Api.Answer taken = clerk.post(at("/codes"), Map.of("code", "007", "house", true));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.json().path("field").asText()).isEqualTo("code");
        assertThat(taken.json().path("detail").asText())
                .startsWith("Code 007 is Barton Creek Builders LLC's. Retire it there first");
        assertThat(clerk.post(at("/codes"), Map.of("code", "7", "house", true)).status())
                .isEqualTo(201);

        String retire = at("/codes/" + made.json().path("id").asText() + "/retire");
        assertThat(clerk.post(retire, Map.of()).status()).isEqualTo(200);
        assertThat(clerk.post(retire, Map.of()).status()).isEqualTo(409);
        assertThat(clerk.post(at("/codes"), Map.of("code", "007", "house", true))
                        .status())
                .isEqualTo(201);
        assertThat(clerk.get(at("/codes?q=007&filter=retired")).json().path("items"))
                .hasSize(1);
    }

    @Test
    void malformedCodesAreRefusedAtTheField() {
        for (String code : List.of("", "12#", "1234567890", "a", "\u0661")) {
            Api.Answer refused = clerk.post(at("/codes"), Map.of("code", code, "house", true));
            assertThat(refused.status()).as(refused::toString).isEqualTo(422);
            assertThat(refused.json().path("field").asText()).isEqualTo("code");
        }
    }

    @Test
    void termsAreOfferedAcceptedAndReplacedNeverEdited() {
        String id = newClient("Terms").path("id").asText();
        JsonNode agreement = newAgreement(id, "2026-01-01");
        String place = at("/agreements/" + agreement.path("id").asText());
        JsonNode offered = agreement.path("versions").get(0);
        assertThat(agreement.path("number").asText()).matches("A-\\d{3}");
        assertThat(offered.path("state").asText()).isEqualTo("OFFERED");
        assertThat(offered.path("text").asText()).contains("An hour of talk time costs 290.00 USD.");
        assertThat(offered.path("examples").get(1).path("amount").decimalValue())
                .isEqualByComparingTo("58.00");

        assertThat(clerk.post(place + "/versions", Map.of("terms", terms("310"), "validFrom", "2026-02-01"))
                        .status())
                .isEqualTo(409);
        String yesterday = Instant.now().minus(1, ChronoUnit.DAYS).toString();
        Api.Answer accepted = clerk.post(
                place + "/versions/1/accept",
                Map.of("how", "SIGNED", "acceptedAt", yesterday, "acceptedBy", "Thomas Reyes"));
        assertThat(accepted.status()).as(accepted::toString).isEqualTo(200);
        assertThat(accepted.json().path("state").asText()).isEqualTo("IN_FORCE");
        assertThat(accepted.json().path("acceptance").path("notedBy").asText())
                .isEqualTo(firm.clerk().displayName());

        Api.Answer next = clerk.post(place + "/versions", Map.of("terms", terms("310"), "validFrom", "2099-01-01"));
        assertThat(next.status()).as(next::toString).isEqualTo(201);
        assertThat(clerk.post(
                                place + "/versions/2/accept",
                                Map.of("how", "STATED", "acceptedBy", "Thomas Reyes", "reason", "By telephone today"))
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("ACCEPTED");
        assertThat(clerk.get(place + "/versions/1").json().path("inForceTo").asText())
                .isEqualTo("2099-01-01T06:00:00Z");
    }

    @Test
    void whatIsWrongWithTermsIsToldAtTheFields() {
        Api.Answer refused = clerk.post(at("/agreements"), """
                {"clientId": "%s", "terms": {"hourlyRate": 1.1234567, "incrementSeconds": 0, "currency": "EUR"},
                 "validFrom": "2026-05-01", "validTo": "2026-05-01"}""".formatted(firm.client()));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("problems").findValuesAsText("field"))
                .containsExactlyInAnyOrder("terms.currency", "terms.hourlyRate", "terms.incrementSeconds", "validTo");
    }

    @Test
    void agreementsForTheSameTimeAreRefusedNamingTheOther() {
        String id = newClient("Overlap").path("id").asText();
        JsonNode one = newAgreement(id, "2026-01-01");
        clerk.post(
                at("/agreements/" + one.path("id").asText() + "/versions/1/accept"),
                Map.of("how", "SIGNED", "acceptedBy", "Thomas Reyes"));

        Api.Answer refused =
                clerk.post(at("/agreements"), Map.of("clientId", id, "terms", terms("300"), "validFrom", "2026-06-01"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("field").asText()).isEqualTo("validFrom");
        assertThat(refused.json().path("detail").asText())
                .contains(one.path("number").asText() + ", version 1, was accepted already");
    }

    @Test
    void theClientsUserSeesAndAcceptsItsOwnOffersOnly() {
        String foreign = newAgreement(newClient("Foreign").path("id").asText(), "2026-01-01")
                .path("versions")
                .get(0)
                .path("id")
                .asText();
        String own = newAgreement(firm.client().toString(), "2026-01-01")
                .path("versions")
                .get(0)
                .path("id")
                .asText();

        JsonNode seen = client.get(at("/portal/agreements")).json().path("items");
        assertThat(seen.findValuesAsText("id")).contains(own).doesNotContain(foreign);
        assertThat(client.post(at("/portal/agreements/" + foreign + "/accept"), null)
                        .status())
                .isEqualTo(404);
        Api.Answer accepted = client.post(at("/portal/agreements/" + own + "/accept"), null);
        assertThat(accepted.status()).as(accepted::toString).isEqualTo(200);
        JsonNode acceptance = accepted.json().path("version").path("acceptance");
        assertThat(acceptance.path("how").asText()).isEqualTo("PORTAL");
        assertThat(acceptance.path("by").asText()).isEqualTo(firm.clientUser().displayName());
        assertThat(acceptance.path("from").asText()).isEqualTo("127.0.0.1");
        assertThat(client.post(at("/portal/agreements/" + own + "/accept"), null)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void rolesAreHeld() {
        String barton = firm.client().toString();
        assertThat(professional.get(at("/clients/" + barton)).status())
                .as("has talked for nobody")
                .isEqualTo(404);
        assertThat(professional.post(at("/clients"), Map.of("name", "x")).status())
                .isEqualTo(403);
        assertThat(professional
                        .post(at("/codes"), Map.of("code", "1", "house", true))
                        .status())
                .isEqualTo(403);
        assertThat(professional.get(at("/portal/agreements")).status()).isEqualTo(403);
        for (String path : List.of("/clients", "/codes", "/agreements", "/clients/" + barton)) {
            assertThat(client.get(at(path)).status()).as(path).isEqualTo(403);
        }
    }

    @Test
    void anotherFirmsThingsSoundLikeMissingOnes() {
        String agreement = newAgreement(newClient("Hidden").path("id").asText(), "2026-01-01")
                .path("id")
                .asText();
        String code = clerk.post(at("/codes"), Map.of("code", "888", "house", true))
                .json()
                .path("id")
                .asText();
        String elsewhere = "/api/v1/firms/" + other.slug();

        assertThat(stranger.get(at("/clients")).status()).isEqualTo(404);
        for (String path : List.of("/clients/" + firm.client(), "/codes/" + code, "/agreements/" + agreement)) {
            assertThat(stranger.get(elsewhere + path).status()).as(path).isEqualTo(404);
        }
        assertThat(stranger.post(elsewhere + "/codes/" + code + "/retire", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(stranger.post(
                                elsewhere + "/codes",
                                Map.of("code", "5", "clientId", firm.client().toString()))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void theSameRequestAgainMakesNoSecondClient() {
        Map<String, Object> body = Map.of("name", "Once " + UUID.randomUUID());
        String key = UUID.randomUUID().toString();

        Api.Answer first = clerk.send("POST", at("/clients"), body, "Idempotency-Key", key);
        Api.Answer again = clerk.send("POST", at("/clients"), body, "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
    }
}
