package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;

/** A professional reads clients, agreements and issued statements of those for whom he talked, and changes nothing. */
class ProfessionalsIT extends FromOutside {
    private static BilledFirm office;
    private static Api professional;
    private static UUID own;
    private static UUID others;
    private static UUID ownAgreement;
    private static UUID othersAgreement;
    private static String ownIssued;
    private static String othersIssued;
    private static String ownDraft;

    /** Extension 101 is the professional's; 199 is nobody's. */
    @BeforeAll
    static void twoClients() {
        office = new BilledFirm();
        professional = Api.as(office.firm().professional());
        own = office.firm().client();
        others = office.client("Nina Wexler");
        ownAgreement = office.agree(own, "1042");
        othersAgreement = office.agree(others, "1043");
        office.bring("101", "1042", 301);
        office.bring("199", "1042", 600);
        office.bring("199", "1043", 600);
        ownIssued = office.drafted(own);
        othersIssued = office.drafted(others);
        assertThat(professional.get(office.at("/statements/" + ownIssued)).status())
                .as("a draft is not for reading")
                .isEqualTo(404);
        office.issue(ownIssued);
        office.issue(othersIssued);
        office.bring("101", "1042", 45);
        ownDraft = office.nextDraft(own);
    }

    private static List<String> ids(String path) {
        Answer answer = professional.get(office.at(path));
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        answer.json().path("items").forEach(item -> ids.add(item.path("id").asText()));
        return ids;
    }

    private static void status(int status, String path) {
        Answer answer = professional.get(office.at(path));
        assertThat(answer.status()).as(answer::toString).isEqualTo(status);
    }

    @Test
    void listsHoldOwnOnesOnly() {
        assertThat(ids("/statements")).containsExactly(ownIssued);
        assertThat(ids("/statements?client=" + others)).isEmpty();
        assertThat(ids("/statements?state=DRAFT")).isEmpty();
        assertThat(ids("/statements?month=" + office.month())).containsExactly(ownIssued);
        assertThat(ids("/clients")).containsExactly(own.toString());
        assertThat(ids("/clients?q=Wexler")).isEmpty();
        assertThat(ids("/agreements")).containsExactly(ownAgreement.toString());
        assertThat(ids("/agreements?client=" + others)).isEmpty();
        status(404, "/statements?after=" + othersIssued);
        status(404, "/clients?after=" + others);
        status(404, "/agreements?after=" + othersAgreement);
    }

    @Test
    void totalsCountWhatIsListed() {
        JsonNode totals = professional.get(office.at("/statements")).json().path("totals");

        assertThat(totals).hasSize(1);
        assertThat(totals.at("/0/statements").asInt()).isEqualTo(1);
        assertThat(totals.at("/0/amount").decimalValue())
                .isEqualByComparingTo(professional
                        .get(office.at("/statements/" + ownIssued))
                        .json()
                        .path("total")
                        .decimalValue());
    }

    @Test
    void anOwnClientsStatementIsReadWhole() {
        JsonNode document = professional
                .get(office.at("/statements/" + ownIssued + "/document"))
                .json();
        assertThat(document.at("/matters/0/lines")).as("colleagues' talks too").hasSize(2);
        assertThat(professional
                        .get(office.at("/statements/" + ownIssued + "/pdf"))
                        .bytes())
                .isEqualTo(office.owner()
                        .get(office.at("/statements/" + ownIssued + "/pdf"))
                        .bytes());
        status(200, "/clients/" + own);
        status(200, "/clients/" + own + "/matters");
        status(200, "/agreements/" + ownAgreement);
        status(200, "/agreements/" + ownAgreement + "/versions/1");
    }

    @Test
    void othersSoundLikeMissingOnes() {
        for (String statement : List.of(othersIssued, ownDraft)) {
            status(404, "/statements/" + statement);
            status(404, "/statements/" + statement + "/document");
            status(404, "/statements/" + statement + "/pdf");
        }
        status(404, "/clients/" + others);
        status(404, "/clients/" + others + "/matters");
        status(404, "/agreements/" + othersAgreement);
        status(404, "/agreements/" + othersAgreement + "/versions");
        status(404, "/agreements/" + othersAgreement + "/versions/1");
    }

    @Test
    void nothingIsChanged() {
        for (String act : List.of(
                "/statements/runs",
                "/statements/issue",
                "/statements/" + ownDraft + "/issue",
                "/agreements/" + ownAgreement + "/versions/1/withdraw")) {
            Answer answer = professional.post(
                    office.at(act),
                    act.endsWith("runs")
                            ? Map.of("month", office.month().toString())
                            : act.endsWith("statements/issue") ? Map.of("ids", List.of(ownDraft)) : Map.of());
            assertThat(answer.status()).as(answer::toString).isEqualTo(403);
        }
        assertThat(professional.delete(office.at("/statements/" + ownDraft)).status())
                .isEqualTo(403);
        status(403, "/statements/held?month=" + office.month());
    }

    @Test
    void pagesShowTheSame() {
        Pages pages = Pages.as(office.firm().professional());
        String front = pages.get("/app/").body();
        assertThat(front)
                .contains("data-nav=\"clients\"", "data-nav=\"statements\"")
                .doesNotContain("data-nav=\"codes\"", "data-nav=\"audit\"", "data-nav=\"settings\"");

        String list = shown(pages, "/app/statements.xhtml");
        assertThat(list).contains(ownIssued).doesNotContain(othersIssued, ownDraft, "Nina Wexler", "type=\"checkbox\"");
        String statement = shown(pages, "/app/statement.xhtml?id=" + ownIssued);
        assertThat(statement)
                .contains("statement.pdf?id=" + ownIssued)
                .doesNotContain("id=\"issue\"", "id=\"discarding\"");
        String clients = shown(pages, "/app/clients.xhtml?edit=client");
        assertThat(clients).contains("Barton Creek Builders LLC").doesNotContain("Nina Wexler", "id=\"name\"");
        String client = shown(pages, "/app/client.xhtml?id=" + own + "&edit=client");
        assertThat(client).contains(ownAgreement.toString(), ownIssued).doesNotContain(ownDraft, "id=\"name\"");
        assertThat(shown(pages, "/app/agreement.xhtml?id=" + ownAgreement)).doesNotContain("withdraw-form");

        assertThat(pages.get("/app/statement.pdf?id=" + ownIssued).statusCode()).isEqualTo(200);
        for (String missing : List.of(
                "/app/statement.xhtml?id=" + othersIssued,
                "/app/statement.xhtml?id=" + ownDraft,
                "/app/statement.pdf?id=" + othersIssued,
                "/app/client.xhtml?id=" + others,
                "/app/statements.xhtml?client=" + others,
                "/app/agreement.xhtml?id=" + othersAgreement)) {
            assertThat(pages.get(missing).statusCode()).as(missing).isEqualTo(404);
        }
        for (String closed : List.of("/app/offer.xhtml?client=" + own, "/app/audit.xhtml", "/app/settings.xhtml")) {
            assertThat(pages.get(closed).statusCode()).as(closed).isEqualTo(403);
        }
    }

    private static String shown(Pages pages, String path) {
        HttpResponse<String> answer = pages.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
