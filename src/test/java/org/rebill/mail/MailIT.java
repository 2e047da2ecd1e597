package org.rebill.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.statement.BilledFirm;
import org.rebill.testing.Api;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;
import org.rebill.testing.SharedServers;
import org.rebill.testing.TestMail;

/** Mail of the running application, to a real mail server. */
class MailIT extends FromOutside {
    private static final Pattern LINK = Pattern.compile("(/link/statement\\.xhtml)\\?t=([A-Za-z0-9_-]+)");

    private static final Pattern TAP =
            Pattern.compile("/link/calls\\.xhtml\\?t=([A-Za-z0-9_-]+)&call=([0-9a-f-]{36})&code=1042");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static BilledFirm billed;
    private static String statement;
    private static String number;
    private static byte[] pdf;

    @BeforeAll
    static void anIssuedStatement() {
        billed = new BilledFirm();
        billed.agree(billed.firm().client(), "1042");
        billed.bring("101", "1042", 311, 600);
        statement = billed.drafted(billed.firm().client());
        number = billed.issue(statement).path("number").asText();
        pdf = billed.clerk().get(billed.at("/statements/" + statement + "/pdf")).bytes();
    }

    private static JsonNode newestMail() {
        return billed.clerk().get(billed.at("/mail?about=" + statement)).json().at("/items/0");
    }

    private static JsonNode sent(String mail) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            JsonNode known = billed.clerk().get(billed.at("/mail/" + mail)).json();
            if (known.path("state").asText().equals("SENT")) {
                return known;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(billed.clerk().get(billed.at("/mail/" + mail)).toString());
    }

    private static HttpResponse<byte[]> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(SharedServers.running().url() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> post(String path, String form) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(SharedServers.running().url() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void aStatementGoesToItsClientWithTheStoredPdf() throws Exception {
        JsonNode queued = billed.made("/mail/statements", Map.of("ids", List.of(statement)));
        assertThat(queued.path("queued").asInt()).isEqualTo(1);
        String mail = newestMail().path("id").asText();

        MimeMessage message = TestMail.await(mail);

        assertThat(message.getSubject()).contains(number).contains("$");
        assertThat(message.getFrom()[0].toString()).contains("<" + TestMail.FROM + ">");
        Multipart parts = (Multipart) message.getContent();
        assertThat(parts.getBodyPart(1).getFileName()).isEqualTo(number + ".pdf");
        assertThat(parts.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(pdf);
        JsonNode known = sent(mail);
        assertThat(known.path("to").asText())
                .isEqualTo(billed.firm().clientUser().email());
        assertThat(known.path("text").asText()).contains(number);
        assertThat(billed.clerk()
                        .get(billed.at("/statements/" + statement))
                        .json()
                        .path("stage")
                        .asText())
                .isIn("SENT", "VIEWED");
        assertThat(TestMail.count(mail)).isEqualTo(1);
        JsonNode nothing =
                billed.made("/mail/statements", Map.of("month", billed.month().toString()));
        assertThat(nothing.path("queued").asInt()).as("sent already").isZero();
    }

    @Test
    void anotherAddressCanBeGivenAndAWrongOneIsRefused() throws Exception {
        billed.made("/mail/statements", Map.of("ids", List.of(statement), "to", "bookkeeper@client.example"));
        assertThat(newestMail().path("to").asText()).isEqualTo("bookkeeper@client.example");
        assertThat(TestMail.await(newestMail().path("id").asText())
                        .getAllRecipients()[0]
                        .toString())
                .contains("bookkeeper@client.example");

        Api.Answer refused =
                billed.clerk().post(billed.at("/mail/statements"), Map.of("ids", List.of(statement), "to", "nobody"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/field").asText() + refused.text())
                .contains("to");
        assertThat(billed.clerk().post(billed.at("/mail/statements"), Map.of()).status())
                .isEqualTo(422);
    }

    @Test
    void aLinkOpensThatStatementOnlyAndOnlyByAPost() throws Exception {
        Api.Answer settings = billed.owner().get(billed.at("/mail/settings"));
        Map<String, Object> linked = Map.of(
                "statementWay", "LINK",
                "statementLinkDays", 30,
                "callsOn", false,
                "callsMinute", 1020,
                "callsWeekdays", 31,
                "callsLeast", 1,
                "callsAgeDays", 2,
                "quarantineLeast", 10);
        assertThat(billed.clerk()
                        .send("PUT", billed.at("/mail/settings"), linked, "If-Match", settings.header("ETag"))
                        .status())
                .isEqualTo(403);
        Api.Answer changed =
                billed.owner().send("PUT", billed.at("/mail/settings"), linked, "If-Match", settings.header("ETag"));
        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        try {
            billed.made("/mail/statements", Map.of("ids", List.of(statement)));
            String mail = newestMail().path("id").asText();
            MimeMessage message = TestMail.await(mail);
            Multipart parts = (Multipart) message.getContent();
            String text = (String) parts.getBodyPart(0).getContent();
            Matcher link = LINK.matcher(text);
            assertThat(link.find()).as(text).isTrue();
            String secret = link.group(2);
            sent(mail);

            HttpResponse<byte[]> page = get("/link/statement.xhtml?t=" + secret);
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains(number);
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(get("/link/statement.pdf?t=" + secret).statusCode()).isEqualTo(405);
            String form = "t=" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
            HttpResponse<byte[]> download = post("/link/statement.pdf", form);
            assertThat(download.statusCode()).isEqualTo(200);
            assertThat(download.body()).isEqualTo(pdf);

            char first = secret.charAt(80) == 'A' ? 'B' : 'A';
            String other = secret.substring(0, 80) + first + secret.substring(81);
            assertThat(get("/link/statement.xhtml?t=" + other).statusCode()).isEqualTo(404);
            assertThat(get("/link/statement.xhtml").statusCode()).isEqualTo(404);
            assertThat(get("/link/calls.xhtml?t=" + secret).statusCode()).isEqualTo(404);
            assertThat(newestMail().toString()).doesNotContain(secret);
        } finally {
            Api.Answer now = billed.owner().get(billed.at("/mail/settings"));
            Map<String, Object> back = new HashMap<>(linked);
            back.put("statementWay", "ATTACHED");
            billed.owner().send("PUT", billed.at("/mail/settings"), back, "If-Match", now.header("ETag"));
        }
    }

    @Test
    void thePagesShowWhatWasSent() throws Exception {
        billed.made("/mail/statements", Map.of("ids", List.of(statement)));
        String mail = newestMail().path("id").asText();
        Pages clerk = Pages.as(billed.firm().clerk());

        assertThat(clerk.get("/app/mail.xhtml").body()).contains(number).doesNotContain("???");
        String open = clerk.get("/app/mail.xhtml?id=" + mail).body();
        assertThat(open).contains("srcdoc=").contains(mail).doesNotContain("???");
        assertThat(clerk.get("/app/mail-settings.xhtml").body())
                .contains("Daily mail of calls to code")
                .doesNotContain("???");
        assertThat(clerk.get("/app/statement.xhtml?id=" + statement).body())
                .contains(billed.firm().clientUser().email())
                .doesNotContain("???");
        assertThat(clerk.get("/app/statements.xhtml?month=" + billed.month()).body())
                .contains("mail.xhtml?id=")
                .doesNotContain("???");
    }

    @Test
    void aProfessionalCodesOwnCallsFromTheMailWithoutASignIn() throws Exception {
        BilledFirm firm = new BilledFirm();
        firm.agree(firm.firm().client(), "1042");
        firm.bring("101", "1042", 311);
        firm.bring("101", "", 600, 90);
        firm.bring("102", "", 45);
        assertThat(firm.made("/mail/calls", "").path("mails").asInt()).isEqualTo(1);
        assertThat(firm.made("/mail/calls", "").path("mails").asInt())
                .as("once a day")
                .isZero();
        JsonNode mail = firm.clerk().get(firm.at("/mail?kind=CALLS")).json().at("/items/0");
        assertThat(mail.path("to").asText())
                .isEqualTo(firm.firm().professional().email());
        MimeMessage message = TestMail.await(mail.path("id").asText());
        String text = (String) ((Multipart) message.getContent()).getBodyPart(0).getContent();
        assertThat(text).contains("1042 · Barton Creek Builders LLC (1 of 1 of your calls with this number)");
        Matcher tap = TAP.matcher(text);
        assertThat(tap.find()).as(text).isTrue();
        String secret = tap.group(1);
        String call = tap.group(2);
        String list = "t=" + secret;

        String page = new String(
                get("/link/calls.xhtml?" + list + "&call=" + call + "&code=1042")
                        .body(),
                StandardCharsets.UTF_8);
        assertThat(page).contains("Give this code").contains("value=\"1042\"").doesNotContain("???");
        assertThat(state(firm, call)).as("a scanner followed the link").isEqualTo("NO_CODE");

        assertThat(post("/link/code", list + "&call=" + call + "&code=9999").statusCode())
                .isEqualTo(422);
        HttpResponse<byte[]> given = post("/link/code", list + "&call=" + call + "&code=1042");
        assertThat(given.statusCode()).isEqualTo(302);
        assertThat(state(firm, call)).isEqualTo("RATED");
        assertThat(post("/link/code", list + "&call=" + call + "&code=1042").statusCode())
                .as("once")
                .isEqualTo(409);
        String audit = firm.owner().get(firm.at("/audit?limit=20")).text();
        assertThat(audit).contains("(link in mail " + mail.path("id").asText() + ")");

        String others = firm.clerk().get(firm.at("/calls?state=NO_CODE")).json().path("items").findValues("id").stream()
                .map(JsonNode::asText)
                .filter(id -> !text.contains(id))
                .findFirst()
                .orElseThrow();
        assertThat(post("/link/code", list + "&call=" + others + "&code=1042").statusCode())
                .as("another person's call")
                .isEqualTo(404);
        assertThat(post("/link/code", list + "&call=" + statement + "&code=1042")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/link/statement.xhtml?" + list).statusCode()).isEqualTo(404);
        assertThat(get("/link/code?" + list).statusCode()).isEqualTo(405);
    }

    private static String state(BilledFirm firm, String call) {
        return firm.clerk()
                .get(firm.at("/calls/" + call))
                .json()
                .at("/call/state")
                .asText();
    }
}
