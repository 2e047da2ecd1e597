package org.rebill.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.identity.Role;
import org.rebill.testing.ApiDocument;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** What stands around every page: themes, the firm switcher, keys, phone width, access. */
class ShellUiIT extends InBrowser {
    private static final List<String> PAGES = List.of(
            "/app/",
            "/app/calls.xhtml",
            "/app/codes.xhtml",
            "/app/code-lists.xhtml",
            "/app/policies.xhtml",
            "/app/live.xhtml",
            "/app/clients.xhtml",
            "/app/statements.xhtml",
            "/app/payments.xhtml",
            "/app/billing.xhtml",
            "/app/reratings.xhtml",
            "/app/lost.xhtml",
            "/app/reports.xhtml",
            "/app/sources.xhtml",
            "/app/teach.xhtml",
            "/app/retention.xhtml",
            "/app/mail.xhtml",
            "/app/mail-settings.xhtml",
            "/app/settings.xhtml",
            "/app/audit.xhtml",
            "/app/nothing-here.xhtml");

    private static TestFirm firm;
    private static TestFirm second;

    @BeforeAll
    static void firms() {
        firm = TestFirm.create();
        second = TestFirm.create("Europe/Berlin", "EUR", "en-GB");
        second.admit(firm.owner(), Role.CLERK);
    }

    @Test
    void theChosenThemeIsKnownToTheServer() {
        signIn(firm.owner(), "/app/");

        page.locator("button.theme").click();
        page.locator("[data-theme=dark]").click();

        assertThat(page.locator("html")).hasClass("dark");
        Response again = page.reload();
        assertThat(again.text()).contains("<html lang=\"en\" class=\"dark\"");
    }

    @Test
    void theSwitcherGoesToAnotherFirmAndItsRole() {
        signIn(firm.owner(), "/app/?firm=" + firm.slug());
        assertThat(page.locator(".side .firm b")).hasText("Firm " + firm.slug());

        page.locator(".side .firm").click();
        page.locator("#firms a", new Page.LocatorOptions().setHasText(second.slug()))
                .click();

        assertThat(page.locator(".side .firm b")).hasText("Firm " + second.slug());
        assertThat(page.locator(".me")).containsText("Billing clerk");
    }

    @Test
    void keysGoToPagesSearchAndHelp() {
        signIn(firm.owner(), "/app/");

        page.keyboard().press("g");
        page.keyboard().press("c");
        page.waitForURL("**/app/calls.xhtml");
        page.keyboard().press("/");
        assertThat(page.locator("#find")).isFocused();
        page.keyboard().type("g c ?");
        assertThat(page.locator("#keys")).isHidden();
        page.keyboard().press("Escape");
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#keys")).isHidden();
    }

    @Test
    void aProfessionalSeesOnlyWhatTheRoleAllows() {
        signIn(firm.professional(), "/app/");
        assertThat(page.locator(".side nav a"))
                .hasText(new String[] {"Overview", "Calls", "Clients", "Statements", "Reports"});

        Response refused = page.navigate("/app/audit.xhtml");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(page.locator("h1")).hasText("Not for your role");
    }

    @Test
    void aFirmOfOthersSoundsLikeOneThatDoesNotExist() {
        signIn(firm.professional(), "/app/");

        assertThat(page.navigate("/app/?firm=" + second.slug()).status()).isEqualTo(404);
        assertThat(page.locator("h1")).hasText("Nothing here");
    }

    @Test
    void pagesFitAPhoneAndReadersInBothThemes() {
        newWindow(390, 844);
        signIn(firm.owner(), "/app/?firm=" + firm.slug());
        for (String theme : List.of("light", "dark")) {
            theme(theme);
            for (String path : PAGES) {
                page.navigate(path);
                assertThat(page.locator("html")).hasClass(Pattern.compile(theme));
                Axe.fits(page);
                Axe.nothingSerious(page);
            }
        }
        page.navigate("/app/");
        page.locator(".tabbar button").click();
        assertThat(page.locator("#more")).isVisible();
        Axe.nothingSerious(page);
    }

    @Test
    void theFrontPageNeedsNobody() {
        Response front = page.navigate("/");

        assertThat(front.status()).isEqualTo(200);
        assertThat(front.headerValue("content-security-policy"))
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("script-src");
        Axe.nothingSerious(page);
    }

    @Test
    void theApisPageListsWhatItsDocumentNames() {
        List<String> errors = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " " + message.location());
            }
        });

        Response docs = page.navigate("/docs/");

        assertThat(docs.status()).isEqualTo(200);
        assertThat(page.locator(".opblock")).hasCount(ApiDocument.operations().size());
        assertThat(errors).isEmpty();
    }
}
