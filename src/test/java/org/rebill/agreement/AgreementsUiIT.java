package org.rebill.agreement;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** Clients, codes and agreements on the pages: from the first client to the acceptance in the portal. */
class AgreementsUiIT extends InBrowser {
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

    private void follow(String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .first()
                .click();
    }

    private Locator field(String id) {
        return page.locator("#" + id);
    }

    @Test
    void aClientGetsAMatterACodeAndTermsThatItAccepts() {
        signIn(firm.clerk(), "/app/clients.xhtml");
        assertThat(page.locator("tbody tr")).hasCount(1);
        follow("New client");
        press("Add client");
        assertThat(field("name-help")).containsText("Give the client's name.");
        field("name").fill("Lakeway Dental");
        field("email").fill("nobody");
        press("Add client");
        assertThat(field("email-help")).containsText("is no e-mail address");
        assertThat(field("name")).hasValue("Lakeway Dental");
        field("email").fill("office@lakeway.example");
        field("address").fill("1 Lake Street\nLakeway, TX 78734");
        press("Add client");
        assertThat(page.locator("h1")).hasText("Lakeway Dental");

        follow("Matter");
        field("reference").fill("2026-039");
        field("matterName").fill("Lease of the north wing");
        press("Save");
        assertThat(page.getByText("Lease of the north wing").first()).isVisible();
        follow("Code");
        field("code").fill("12#");
        press("Give out");
        assertThat(field("code-help")).containsText("A code is 1 to 9 digits. Remove '#'.");
        field("code").fill("0047");
        field("matterId").selectOption(new SelectOption().setLabel("2026-039 Lease of the north wing"));
        press("Give out");
        assertThat(page.locator("span.code", new Page.LocatorOptions().setHasText("0047")))
                .isVisible();
        shot("client");

        follow("New agreement");
        assertThat(field("increment")).hasValue("6 min");
        field("hourlyRate").fill("0");
        field("minimum").fill("7");
        press("Offer these terms");
        assertThat(field("hourlyRate-help")).containsText("above 0");
        assertThat(field("minimum-help")).containsText("Is that 7 min or 7 s?");
        field("minimum").fill("6 min");
        field("hourlyRate").fill("1,290");
        assertThat(page.locator("#example")).containsText("$258.00");
        shot("offer");
        press("Offer these terms");
        assertThat(page.locator("h1")).hasText("Agreement A-001");
        assertThat(page.locator(".agreed").first()).containsText("An hour of talk time costs 1290.00 USD.");
        shot("agreement");

        field("how").selectOption("STATED");
        field("acceptedBy").fill("Dr. Lin");
        press("Note the acceptance");
        assertThat(field("reason-help")).containsText("Write down what makes you state it");
        field("reason").fill("E-mail of this morning");
        press("Note the acceptance");
        assertThat(page.locator(".log .bd").first()).hasText("In force");
        assertThat(page.getByText("E-mail of this morning").first()).isVisible();
    }

    @Test
    void theClientsUserAcceptsInThePortal() {
        signIn(firm.owner(), "/app/offer.xhtml?client=" + firm.client());
        field("hourlyRate").fill("290");
        page.getByLabel("Rate of " + firm.professional().displayName()).fill("420");
        press("Offer these terms");
        assertThat(page.locator("h1")).hasText("Agreement A-001");

        newWindow(1440, 900);
        signIn(firm.clientUser(), "/portal/");
        assertThat(page.locator("#terms")).containsText("New terms from");
        assertThat(page.locator("table")).containsText("$420.00");
        shot("portal");
        press(page.locator("input.btn.p").inputValue());
        assertThat(field("sure-help")).containsText("Tick this");
        field("sure").check();
        press(page.locator("input.btn.p").inputValue());
        assertThat(page.getByText("Nothing waits for you")).isVisible();
        assertThat(page.locator(".log")).containsText("in the portal, from 127.0.0.1");
        shot("accepted");

        newWindow(390, 844);
        signIn(firm.owner(), "/app/client.xhtml?id=" + firm.client());
        assertThat(page.locator("#content")).containsText("In force");
        shot("client-390");
    }

    @Test
    void anOfferIsWithdrawnOnlyAfterAQuestion() {
        signIn(firm.clerk(), "/app/offer.xhtml?client=" + firm.client());
        field("hourlyRate").fill("290");
        press("Offer these terms");
        press("Withdraw the offer");
        Locator question = page.locator("#withdraw");
        assertThat(question).containsText("Withdraw version 1?");
        question.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Withdraw the offer"))
                .click();
        assertThat(page.locator(".log .bd").first()).hasText("Withdrawn");

        newWindow(1440, 900);
        signIn(firm.clientUser(), "/portal/");
        assertThat(page.getByText("Nothing waits for you")).isVisible();
    }

    @Test
    void codesAreGivenOutFoundAndRetired() {
        signIn(firm.clerk(), "/app/codes.xhtml");
        assertThat(page.getByText("No codes yet")).isVisible();
        field("code").fill("1042");
        field("owner").fill("Nobody Inc");
        press("Give out");
        assertThat(field("owner-help")).containsText("There is no client named 'Nobody Inc'.");
        field("owner").fill("Barton Creek Builders LLC");
        press("Give out");
        assertThat(page.locator("tbody tr")).hasCount(1);
        field("code").fill("900");
        field("owner").fill("House");
        press("Give out");
        assertThat(page.locator("tbody tr")).hasCount(2);
        field("code").fill("1042");
        field("owner").fill("House");
        press("Give out");
        assertThat(field("code-help")).containsText("Code 1042 is Barton Creek Builders LLC's.");
        shot("codes");

        page.navigate("/app/codes.xhtml?state=HOUSE");
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.navigate("/app/codes.xhtml?q=barton");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Retire code 1042"))
                .click();
        press("Retire 1042");
        assertThat(page.locator("tbody .bd")).hasText("Retired");
        page.navigate("/app/codes.xhtml?q=zzz");
        assertThat(page.getByText("No code matches")).isVisible();
    }

    @Test
    void itLooksRightInTheDarkAndOnThePhone() {
        signIn(firm.owner(), "/app/offer.xhtml?client=" + firm.client());
        field("hourlyRate").fill("290");
        press("Offer these terms");
        theme("dark");
        for (String name : List.of("clients", "codes", "client", "agreement", "offer")) {
            String target =
                    switch (name) {
                        case "client" -> "client.xhtml?id=" + firm.client();
                        case "offer" -> "offer.xhtml?client=" + firm.client();
                        case "agreement" -> null;
                        default -> name + ".xhtml";
                    };
            if (target == null) {
                page.navigate("/app/client.xhtml?id=" + firm.client());
                follow("Agreement A-001");
            } else {
                page.navigate("/app/" + target);
            }
            page.setViewportSize(1440, 900);
            shot(name + "-dark");
            page.setViewportSize(390, 844);
            shot(name + "-390-dark");
            Object overflow =
                    page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
            org.assertj.core.api.Assertions.assertThat(overflow)
                    .as("%s is wider than a phone", name)
                    .isEqualTo(false);
        }
    }

    @Test
    void thePagesRefuseAnotherFirmsThingsAndTheWrongRole() {
        TestFirm other = TestFirm.create();
        signIn(firm.owner(), "/app/client.xhtml?id=" + other.client());
        assertThat(page.locator("h1")).hasText("Nothing here");
        page.navigate("/app/agreement.xhtml?id=" + other.client());
        assertThat(page.locator("h1")).hasText("Nothing here");
        page.navigate("/app/offer.xhtml?client=" + other.client());
        assertThat(page.locator("h1")).hasText("Nothing here");
        page.navigate("/portal/");
        assertThat(page.locator("h1")).hasText("Not for your role");

        newWindow(1440, 900);
        signIn(firm.professional(), "/app/client.xhtml?id=" + firm.client());
        assertThat(page.locator("h1")).hasText("Nothing here");
        page.navigate("/app/clients.xhtml");
        assertThat(page.getByText("New client")).hasCount(0);
        newWindow(1440, 900);
        signIn(firm.clientUser(), "/app/clients.xhtml");
        assertThat(page.locator("h1")).hasText("Not for your role");
    }
}
