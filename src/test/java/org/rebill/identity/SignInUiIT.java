package org.rebill.identity;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** Signing in on Keycloak's pages, out again, and going from firm to firm. */
class SignInUiIT extends InBrowser {
    @Test
    void theSignInLeadsToThePageThatWasAskedFor() {
        TestFirm firm = TestFirm.create();

        signIn(firm.clerk(), "/app/calls.xhtml?q=0143");

        assertThat(page).hasURL(Pattern.compile("/app/calls\\.xhtml\\?q=0143$"));
        assertThat(page.locator(".side .firm")).containsText("Firm " + firm.slug());
        assertThat(page.locator(".side .me")).containsText("Billing clerk");
    }

    @Test
    void clientsLandInThePortal() {
        TestFirm firm = TestFirm.create();

        signIn(firm.clientUser(), "/app/");

        assertThat(page).hasURL(Pattern.compile("/portal/"));
    }

    @Test
    void aWrongPasswordIsToldAndLetsNobodyIn() {
        TestFirm firm = TestFirm.create();
        page.navigate("/app/");
        page.locator("#username").fill(firm.owner().username());
        if (!page.locator("#password").isVisible()) {
            page.locator("#kc-login").click();
        }
        page.locator("#password").fill("wrong");
        page.locator("#kc-login").click();

        assertThat(page.getByText("User name or password is wrong")).isVisible();
        page.navigate("/app/");
        assertThat(page).hasURL(Pattern.compile("/realms/rebill/"));
    }

    @Test
    void afterTheSignOutThePagesAreClosed() {
        TestFirm firm = TestFirm.create();
        signIn(firm.owner(), "/app/");

        page.locator("a[href$='/logout']").first().click();

        assertThat(page).hasURL(Pattern.compile("^http://localhost:\\d+/$"));
        page.navigate("/app/");
        assertThat(page).hasURL(Pattern.compile("/realms/rebill/"));
    }

    @Test
    void whoWorksForTwoFirmsGoesFromOneToTheOther() {
        TestFirm one = TestFirm.create();
        TestFirm two = TestFirm.create("Europe/Berlin", "EUR", "de-DE");
        two.admit(one.owner(), Role.CLERK);
        signIn(one.owner(), "/app/?firm=" + one.slug());
        Locator firm = page.locator(".side .firm");
        assertThat(firm).containsText("Firm " + one.slug());

        firm.click();
        page.locator("a[href*='firm=" + two.slug() + "']").first().click();

        assertThat(firm).containsText("Firm " + two.slug());
        page.navigate("/app/calls.xhtml");
        assertThat(firm).containsText("Firm " + two.slug());
        assertThat(page.locator(".side .me")).containsText("Billing clerk");
    }
}
