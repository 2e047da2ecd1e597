package org.rebill.identity;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.HttpHeader;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.util.List;
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

        page.locator("form[action$='/logout'] button").first().click();

        assertThat(page).hasURL(Pattern.compile("^http://localhost:\\d+/$"));
        page.navigate("/app/");
        assertThat(page).hasURL(Pattern.compile("/realms/rebill/"));
    }

    @Test
    void neitherALinkNorAnotherSiteSignsOut() {
        TestFirm firm = TestFirm.create();
        signIn(firm.owner(), "/app/");
        APIRequestContext sameSession = page.context().request();

        assertThat(sameSession.get("/logout").status()).isEqualTo(405);
        assertThat(sameSession
                        .post("/logout", RequestOptions.create().setHeader("Sec-Fetch-Site", "cross-site"))
                        .status())
                .isEqualTo(403);

        page.navigate("/app/");
        assertThat(page).hasURL(Pattern.compile("/app/$"));
    }

    @Test
    void theSessionsCookieIsForOurPagesOnly() {
        TestFirm firm = TestFirm.create();
        signIn(firm.owner(), "/app/");

        assertThat(page.context().cookies())
                .filteredOn(cookie -> cookie.name.equals("JSESSIONID") && cookie.path.equals("/"))
                .singleElement()
                .satisfies(cookie -> {
                    assertThat(cookie.httpOnly).isTrue();
                    assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.LAX);
                });
    }

    @Test
    void behindHttpsTheSessionsCookieGoesOnlyThere() {
        List<HttpHeader> headers = page.context()
                .request()
                .get(
                        "/app/",
                        RequestOptions.create()
                                .setHeader("X-Forwarded-Proto", "https")
                                .setMaxRedirects(0))
                .headersArray();

        assertThat(headers)
                .filteredOn(header -> header.value.startsWith("JSESSIONID="))
                .singleElement()
                .satisfies(header -> assertThat(header.value).contains("Secure", "HttpOnly"));
        assertThat(headers)
                .filteredOn(header -> header.name.equalsIgnoreCase("Location"))
                .singleElement()
                .satisfies(header -> assertThat(header.value).contains("redirect_uri=https%3A%2F%2Flocalhost"));
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
