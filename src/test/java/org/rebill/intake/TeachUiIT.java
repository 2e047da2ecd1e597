package org.rebill.intake;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** An unknown layout is pasted, corrected, saved, and then read from a file; and guessed by REST. */
class TeachUiIT extends InBrowser {
    private static final String SAMPLE = """
            Call Date,Call Time,From,To,Dir,Minutes,Ref,Matter
            9/1/2026,9:02:11 AM,201,(214) 555-0143,Outbound,12.4,77,1042
            9/1/2026,10:01:07 AM,(214) 555-0199,202,Inbound,5.0,78,
            9/13/2026,3:44:00 PM,202,(800) 555-0100,Forwarded,20.0,79,007
            """;

    private TestFirm firm;

    @BeforeEach
    void aFirm() {
        firm = TestFirm.create();
    }

    private void press(String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    @Test
    void anUnknownFormatIsTaughtAndRead() {
        signIn(firm.clerk(), "/app/sources.xhtml");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Teach an unknown format"))
                .click();
        press("Look at it");
        assertThat(page.locator("#sample-help")).containsText("Paste some records");

        page.locator("#sample").fill(SAMPLE);
        press("Look at it");
        assertThat(page.locator("#meaning-7")).hasValue("code");
        assertThat(page.locator("#meaning-4")).hasValue("");
        // Forwarded is no direction that is known: by the numbers it is clear, but the column shall count.
        page.locator("#meaning-4").selectOption("direction");
        page.locator("#detail-4").fill("in \"Inbound\" out \"Outbound\"");
        press("Read the sample again");
        assertThat(page.locator("#counts")).hasText("2 calls · 1 line left out · 1 not understood");
        assertThat(page.locator("#missed")).containsText("Column 5 (Dir) holds 'Forwarded'");
        shot("missed");
        page.locator("#name").fill("Lobby phones");
        press("Save");
        assertThat(page.locator("#leave-help")).containsText("1 record of the sample could not be understood");
        page.locator("#detail-4").fill("in \"Inbound\" out \"Outbound\" \"Forwarded\"");
        press("Read the sample again");
        assertThat(page.locator("#counts")).hasText("3 calls · 1 line left out · 0 not understood");
        assertThat(page.locator("#name")).hasValue("Lobby phones");
        shot("understood");
        theme("dark");
        page.setViewportSize(390, 844);
        press("Read the sample again");
        assertThat(page.locator("#counts")).hasText("3 calls · 1 line left out · 0 not understood");
        shot("phone-dark");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        theme("light");
        press("Save");
        assertThat(page.locator(".toast").first()).containsText("Lobby phones was added.");
        shot("sources-phone");

        page.setViewportSize(1440, 900);
        page.locator("#file")
                .setInputFiles(new FilePayload(
                        "september.csv",
                        "text/csv",
                        SAMPLE.replace("9/1/2026", "9/2/2026").getBytes(StandardCharsets.UTF_8)));
        press("Upload");
        assertThat(page.locator("#counts")).containsText("3 +");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See the calls"))
                .click();
        assertThat(page.locator("main")).containsText("(800) 555-0100");
        assertThat(page).hasURL(Pattern.compile(".*/app/calls\\.xhtml\\?file=.*"));

        theWordsAreChangedLater();
    }

    private void theWordsAreChangedLater() {
        page.navigate("/app/sources.xhtml");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Settings: Lobby phones"))
                .click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Teach again"))
                .click();
        theme("dark");
        page.locator("#sample").fill(SAMPLE.replace("Forwarded", "Placed"));
        press("Look at it");
        assertThat(page.locator("#detail-4")).hasValue("in \"Inbound\" out \"Outbound\" \"Forwarded\"");
        assertThat(page.locator("#missed")).containsText("'Placed'");
        shot("again-dark");
        page.locator("#leave").check();
        press("Save");
        assertThat(page.locator(".toast").first()).containsText("Lobby phones was changed.");
    }

    @Test
    void aKnownFormatNeedsNoTeaching() {
        signIn(firm.owner(), "/app/teach.xhtml");
        page.locator("#file")
                .setInputFiles(new FilePayload("Master.csv", "text/csv", MasterCsv.of(MasterCsv.calls(5))));
        press("Look at it");
        assertThat(page.locator("#known")).containsText("Asterisk");
    }

    @Test
    void whoMayTeach() {
        signIn(firm.professional(), "/app/teach.xhtml");
        assertThat(page.locator("h1")).hasText("Not for your role");
    }

    @Test
    void aSampleIsGuessedByRest() {
        String path = "/api/v1/firms/" + firm.slug() + "/sources/formats/guess";
        Api.Answer answer = Api.as(firm.clerk()).upload(path, SAMPLE.getBytes(StandardCharsets.UTF_8), "text/plain");

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        JsonNode guess = answer.json();
        assertThat(guess.path("understood").asInt()).isEqualTo(3);
        assertThat(guess.path("missed").asInt()).isZero();
        assertThat(guess.path("mapping").asText())
                .contains("start = \"Call Date\" + \"Call Time\" as \"M/d/yyyy h:mm:ss a\"");
        assertThat(guess.at("/calls/0/talkSeconds").asInt()).isEqualTo(744);
        assertThat(guess.at("/columns/7/name").asText()).isEqualTo("Matter");
        assertThat(guess.has("problem")).isFalse();
        assertThat(Api.as(firm.professional())
                        .upload(path, SAMPLE.getBytes(StandardCharsets.UTF_8), "text/plain")
                        .status())
                .isEqualTo(403);
        assertThat(Api.as(firm.clerk()).upload(path, new byte[0], "text/plain").status())
                .isEqualTo(422);
        assertThat(Api.as(firm.clerk())
                        .upload(path, "a,1\n".repeat(20_000).getBytes(StandardCharsets.UTF_8), "text/plain")
                        .status())
                .isEqualTo(413);
    }
}
