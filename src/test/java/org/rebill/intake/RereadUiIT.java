package org.rebill.intake;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** A whole file is read again on the pages: what would change is shown first. */
class RereadUiIT extends InBrowser {
    private static final String CALL = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042,0,1000035,0,"
            + "E201,Hale M,T9001,Line 1.1,0,0\r\n";

    @Test
    void theCallsAreShownOldBesideNewThenApplied() {
        TestFirm firm = TestFirm.create();
        Api clerk = Api.as(firm.clerk());
        String sources = "/api/v1/firms/" + firm.slug() + "/sources";
        String source = clerk.post(sources, Map.of("name", "Austin office", "format", "avaya-ip-office"))
                .json()
                .path("id")
                .asText();
        Answer sent = clerk.upload(
                sources + "/" + source + "/files?name=smdr.csv",
                (CALL + CALL.replace("1000035", "1000036").replace("09:02", "11:02")).getBytes(US_ASCII),
                "text/csv");
        String file = "/api/v1/firms/" + firm.slug() + "/files/"
                + sent.json().path("id").asText();
        while (!clerk.get(file).json().path("state").asText().equals("DONE")) {
            page.waitForTimeout(100);
        }
        Answer now = clerk.get(sources + "/" + source);
        ObjectNode draft = now.json().deepCopy();
        draft.remove("id");
        draft.remove("lastFile");
        draft.remove("version");
        draft.put("zone", "America/New_York");
        assertThat(clerk.send("PUT", sources + "/" + source, draft, "If-Match", now.header("ETag"))
                        .status())
                .isEqualTo(200);

        signIn(firm.clerk(), "/app/file.xhtml?id=" + sent.json().path("id").asText());
        page.locator("#reread-file").click();
        assertThat(page.locator("main")).containsText("This is a preview");
        assertThat(page.locator("#progress")).containsText("Changed");
        assertThat(page.locator("main ins").first()).isVisible();
        shot("preview");
        page.setViewportSize(390, 844);
        theme("dark");
        page.reload();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        shot("preview-phone-dark");
        page.setViewportSize(1440, 900);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Apply").setExact(true))
                .first()
                .click();
        page.locator("#apply").click();
        assertThat(page.locator("#progress")).containsText("Old versions of the records are kept");

        page.navigate("/app/source.xhtml?id=" + source);
        assertThat(page.locator("#rereads")).containsText("Applied");
        page.locator("#reread-source").click();
        assertThat(page.locator("#from-help")).containsText("Choose the first day");
        shot("source");
    }
}
