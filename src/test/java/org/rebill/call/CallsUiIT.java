package org.rebill.call;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.page.Axe;
import org.rebill.testing.Api;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** The list of calls and the open call, by mouse, by keys and on a phone. */
class CallsUiIT extends InBrowser {
    private static final int TRIES = 240;

    private static TestFirm firm;
    private static Api clerk;
    private static String root;
    private static String source;

    @BeforeAll
    static void calls() throws InterruptedException {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
        root = "/api/v1/firms/" + firm.slug();
        post("/codes", Map.of("code", "1042", "clientId", firm.client()));
        String agreement = post(
                        "/agreements",
                        Map.of(
                                "clientId",
                                firm.client(),
                                "validFrom",
                                "2026-08-01",
                                "terms",
                                Map.of("hourlyRate", 290, "incrementSeconds", 360, "minimumSeconds", 360)))
                .path("id")
                .asText();
        post(
                "/agreements/" + agreement + "/versions/1/accept",
                Map.of("how", "SIGNED", "acceptedBy", "Thomas Reyes", "acceptedAt", "2026-07-20T15:00:00Z"));
        source = post("/sources", Map.of("name", "Office", "format", "asterisk-cdr-csv", "areaCode", "512"))
                .path("id")
                .asText();
        upload(
                "/sources/" + source + "/files?name=Master.csv",
                record(1, "1042", "15:07:51", "15:08:28")
                        + record(2, "", "15:20:00", "15:21:00")
                        + record(3, "", "15:40:00", "15:41:00")
                        + record(4, "12#", "16:00:00", "16:01:00")
                        + record(5, "1042", "17:00:00", "17:01:00").replace(",60,56,", ",90,86,"));
    }

    private static void upload(String path, String content) throws InterruptedException {
        String file = clerk.upload(root + path, content.getBytes(StandardCharsets.UTF_8), "text/csv")
                .json()
                .path("id")
                .asText();
        for (int i = 0; i < TRIES && !state(file).equals("DONE"); i++) {
            Thread.sleep(Duration.ofMillis(250).toMillis());
        }
        assertThat(state(file)).isEqualTo("DONE");
    }

    private static JsonNode post(String path, Object body) {
        Api.Answer answer = clerk.post(root + path, body);
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
        return answer.json();
    }

    private static String state(String file) {
        return clerk.get(root + "/files/" + file).json().path("state").asText();
    }

    /** An outgoing call of the professional on 24 November 2026, answered after four seconds. */
    private static String record(int no, String code, String start, String end) {
        Duration whole = Duration.between(LocalTime.parse(start), LocalTime.parse(end));
        String answer = LocalTime.parse(start).plusSeconds(4).toString();
        String unique = "179555447" + no + ".1268";
        return "\"" + code + "\",\"101\",\"15125550144\",\"from-internal\",\"\"\"Test\"\" <101>\","
                + "\"PJSIP/101-0000054" + no + "\",\"PJSIP/trunk-0000064" + no
                + "\",\"Dial\",\"PJSIP/15125550144@trunk,300\",\"2026-11-24 " + start + "\",\"2026-11-24 " + answer
                + "\",\"2026-11-24 " + end + "\"," + whole.toSeconds() + "," + (whole.toSeconds() - 4)
                + ",\"ANSWERED\",\"DOCUMENTATION\",\"" + unique + "\",\"\",\"\",\"" + unique + "\"," + no + "\n";
    }

    private Locator row(String time) {
        return page.locator("tr[data-row]", new Page.LocatorOptions().setHasText(time));
    }

    @Test
    void anOpenCallLeadsFromTheAmountBackToTheBytes() {
        signIn(firm.clerk(), "/app/calls.xhtml");

        row("3:07").locator("a.row-link").click();

        Locator panel = page.locator("#panel");
        assertThat(panel).containsText("0.1 h × $290.00 = $29.00.");
        assertThat(panel).containsText("Barton Creek Builders LLC");
        assertThat(panel.locator(".raw").first()).containsText("15125550144");
        assertThat(panel).containsText("byte for byte as received");
        assertThat(panel).containsText("Price computed again: same result");
        assertThat(page.url()).contains("call=");
        Axe.nothingSerious(page);
        page.reload();
        assertThat(panel).containsText("$29.00");
        page.keyboard().press("Escape");
        assertThat(panel).isHidden();
        assertThat(page.url()).doesNotContain("call=");
    }

    @Test
    void whatTheRecordsCouldNotTellIsSaidInTheOpenCall() {
        signIn(firm.clerk(), "/app/calls.xhtml");

        row("1:26").locator("a.row-link").click();

        assertThat(page.locator("#panel .note.warn")).containsText("differ by more than two seconds");
        Axe.nothingSerious(page);
    }

    @Test
    void eventsOfTheSameCallAreShownBesideItsRecord() throws InterruptedException {
        String phone = "PJSIP/101-00000541";
        String trunk = "PJSIP/trunk-00000641";
        upload(
                "/sources/" + source + "/files?name=cel.csv",
                event("CHAN_START", "1.1", phone, "")
                        + event("CHAN_START", "1.2", trunk, "")
                        + event("ANSWER", "5.1", trunk, "")
                        + event("BRIDGE_ENTER", "5.2", trunk, "")
                        + event("BRIDGE_ENTER", "5.2", phone, trunk)
                        + event("BRIDGE_EXIT", "8.0", trunk, phone)
                        + event("BRIDGE_EXIT", "8.0", phone, "")
                        + event("HANGUP", "8.1", trunk, "")
                        + event("HANGUP", "8.1", phone, "")
                        + event("LINKEDID_END", "8.1", phone, ""));
        signIn(firm.clerk(), "/app/calls.xhtml");

        row("3:07").locator("a.row-link").click();

        Locator panel = page.locator("#panel");
        assertThat(panel.locator("details.events summary")).hasText("10 events of the phone system");
        panel.locator("details.events summary").click();
        assertThat(panel.locator("details.events"))
                .containsText("3:07:55 PM Connected: " + trunk + " (cel.csv, line 4)");
        assertThat(panel.locator("svg.timeline rect.talk")).hasCount(1);
        assertThat(panel).containsText("Its 11 records are byte for byte as received");
        Axe.nothingSerious(page);
    }

    /** An event of the first call, in seconds after 15:07:50. */
    private static String event(String type, String second, String channel, String peer) {
        boolean phone = channel.contains("/101-");
        boolean called = !phone && !type.equals("CHAN_START");
        String extra = type.startsWith("BRIDGE") ? "\"{\"\"bridge_id\"\":\"\"b1\"\"}\"" : "\"\"";
        String time = 1_795_554_470L + Long.parseLong(second.substring(0, 1)) + second.substring(1) + "00000";
        return "\"" + type + "\",\"" + time + "\",\"\",\"" + (phone ? "101" : "") + "\",\"\",\"\",\"\",\""
                + (phone ? "15125550144" : "s") + "\",\"from-internal\",\"" + channel + "\",\""
                + (called ? "AppDial" : "Dial") + "\",\"" + (called ? "" : "PJSIP/15125550144@trunk,300")
                + "\",\"3\",\"" + (phone ? "1042" : "") + "\",\"1795554471." + (phone ? "1268" : "1269")
                + "\",\"1795554471.1268\",\"" + peer + "\",\"\",\"\"," + extra + "\n";
    }

    @Test
    void aCallGetsItsCodeByKeysAlone() {
        signIn(firm.professional(), "/app/calls.xhtml?state=NO_CODE&sort=time");
        assertThat(row("3:20")).containsText("No code");

        page.keyboard().press("j");
        page.keyboard().press("x");
        page.keyboard().press("c");
        page.keyboard().type("barton");
        page.keyboard().press("Enter");

        assertThat(page.locator(".toast")).containsText("1 call got 1042");
        page.navigate("/app/calls.xhtml");
        assertThat(row("3:20")).containsText("Rated");
        assertThat(row("3:20")).containsText("$29.00");
    }

    @Test
    void aWrongCodeIsToldInTheDialogAndTheTicksStay() {
        signIn(firm.clerk(), "/app/calls.xhtml");
        row("3:40").locator("input[name=pick]").check();
        page.locator("[data-bulk] [data-open=give]").click();
        page.locator("#newCode").fill("12ü");
        page.locator("#give input[type=submit]").click();

        assertThat(page.locator("#newCode-help")).containsText("Remove ü");
        assertThat(page.locator("#newCode")).isFocused();
        assertThat(row("3:40").locator("input[name=pick]")).isChecked();
    }

    @Test
    void segmentsCountAndNarrow() {
        signIn(firm.clerk(), "/app/calls.xhtml");

        page.locator(".seg a", new Page.LocatorOptions().setHasText("No code")).click();

        assertThat(page.url()).contains("state=NO_CODE");
        assertThat(row("4:00")).containsText("Malformed code");
        assertThat(row("3:07")).hasCount(0);
    }

    @Test
    void theListAndTheOpenCallFitAPhone() {
        newWindow(390, 844);
        signIn(firm.clerk(), "/app/calls.xhtml");
        for (String theme : List.of("light", "dark")) {
            theme(theme);
            page.navigate("/app/calls.xhtml");
            Axe.fits(page);
            Axe.nothingSerious(page);
            row("3:07").locator("a.row-link").click();
            assertThat(page.locator("#panel")).containsText("$29.00");
            Axe.fits(page);
            Axe.nothingSerious(page);
        }
    }
}
