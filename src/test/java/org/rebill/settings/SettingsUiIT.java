package org.rebill.settings;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** The owner changes how the firm appears on its statements; a clerk reads it. */
class SettingsUiIT extends InBrowser {
    private static final String PLACE = "/app/settings.xhtml";
    private static final String SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 52 52'>"
            + "<rect width='52' height='52' rx='4' fill='#7a2331'/>"
            + "<path d='M14 14v24M14 26h10M24 14v24' stroke='#fff' stroke-width='3.2' fill='none'/></svg>";

    private TestFirm firm;

    @BeforeEach
    void aFirm() {
        firm = TestFirm.create();
    }

    private Locator field(String id) {
        return page.locator("#" + id);
    }

    private void press(String name) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private void choose(String name, String type, String content) {
        field("logo").setInputFiles(new FilePayload(name, type, content.getBytes(StandardCharsets.UTF_8)));
        press("Use this logo");
    }

    @Test
    void whatIsWrongIsSaidAtTheFieldAndWhatIsRightIsSaved() {
        signIn(firm.owner(), "/app/");
        page.locator(".side a[data-nav=settings]").click();
        assertThat(page.getByText("Not saved yet")).isHidden();
        field("name").fill("");
        assertThat(page.getByText("Not saved yet")).isVisible();
        field("address").fill("1\n2\n3\n4\n5\n6\n7");
        field("email").fill("nobody");
        press("Save");
        assertThat(field("name-help")).containsText("Give the firm's name.");
        assertThat(field("address-help")).containsText("Use at most 6 lines; there are 7.");
        assertThat(field("email-help")).containsText("is no e-mail address");
        assertThat(page.getByText("Not saved yet")).isVisible();
        shot("wrong");

        field("name").fill("Hale & Ortiz LLP");
        field("tagline").fill("Attorneys and counselors, Austin, Texas");
        field("address").fill("816 Congress Avenue, Suite 1100\nAustin, TX 78701");
        field("email").fill("billing@haleortiz.example");
        field("phone").fill("(512) 555-0100");
        field("taxId").fill("Tax ID 00-0000000");
        field("payment").fill("By wire to First Example Bank\naccount 0000 1234");
        field("paymentDays").fill("soon");
        press("Save");
        assertThat(field("paymentDays-help")).containsText("'soon' is no whole number of days");
        field("paymentDays").fill("14");
        field("brandColour").fill("#7a2331");
        press("Save");

        assertThat(page.locator(".toast")).containsText("Saved.");
        assertThat(page.locator(".letterhead")).containsText("816 Congress Avenue, Suite 1100");
        assertThat(page.locator(".side .firm")).containsText("Hale & Ortiz LLP");
        assertThat(field("paymentDays")).hasValue("14");
        page.navigate("/app/audit.xhtml");
        assertThat(page.locator("main")).containsText("changed the firm's profile");
    }

    @Test
    void aLogoIsRefusedInWordsTakenShownAndRemoved() {
        signIn(firm.owner(), PLACE);
        press("Use this logo");
        assertThat(field("logo-help")).containsText("Choose a picture first");
        choose("logo.svg", "image/svg+xml", SQUARE.replace("<path", "<script>x()</script><path"));
        assertThat(field("logo-help")).containsText("The SVG has an element <script>");
        choose("logo.gif", "image/gif", "GIF89a");
        assertThat(field("logo-help")).containsText("no SVG, PNG or JPEG picture");
        assertThat(field("name")).hasValue("Firm " + firm.slug());
        assertThat(field("address")).hasValue("1 Test Street\nTestville");
        shot("refused");

        choose("logo.svg", "image/svg+xml", SQUARE);
        assertThat(field("logo-shown")).hasAttribute("src", Pattern.compile("data:image/svg\\+xml;base64,.*"));
        assertThat(page.getByText("SVG, 1 KB")).isVisible();
        shot("light");
        theme("dark");
        page.navigate(PLACE);
        shot("dark");

        press("Remove");
        page.locator("#remove")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Remove"))
                .click();
        assertThat(field("logo-shown")).hasCount(0);
        assertThat(page.getByText("No logo. Statements begin with the name.")).isVisible();
    }

    @Test
    void somebodyElsesChangeIsNotOverwritten() {
        signIn(firm.owner(), PLACE);
        field("phone").fill("1");
        Page second = page.context().newPage();
        second.navigate(PLACE);
        second.locator("#phone").fill("2");
        second.locator("#save").click();
        assertThat(second.locator(".toast")).containsText("Saved.");

        press("Save");

        assertThat(page.locator("[role=alert]")).containsText("Somebody changed this profile meanwhile");
    }

    @Test
    void aClerkReadsOnlyAndAProfessionalHasNoSuchPage() {
        signIn(firm.clerk(), PLACE);
        assertThat(page.getByText("Only an owner can change this.")).isVisible();
        assertThat(page.locator("main input:not([type=hidden])")).hasCount(0);
        shot("clerk");

        newWindow(390, 844);
        signIn(firm.professional(), "/app/");
        assertThat(page.locator("a[data-nav=settings]")).hasCount(0);
    }

    @Test
    void itLooksRightOnThePhone() {
        newWindow(390, 844);
        signIn(firm.owner(), PLACE);
        assertThat(field("name")).isVisible();
        shot("phone");
        theme("dark");
        page.navigate(PLACE);
        choose("logo.svg", "image/svg+xml", SQUARE);
        assertThat(field("logo-shown")).isVisible();
        shot("phone-dark");
    }
}
