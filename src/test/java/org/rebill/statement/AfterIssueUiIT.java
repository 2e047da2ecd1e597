package org.rebill.statement;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.InBrowser;

/** What comes after the issue, on both sides' pages: payments, a question, credit notes, the bank's file, settings. */
class AfterIssueUiIT extends InBrowser {
    private BilledFirm office;
    private String id;
    private String number;

    @BeforeEach
    void anIssuedStatement() {
        office = new BilledFirm();
        office.agree(office.firm().client(), "1042");
        office.bring("101", "1042", 301, 600, 45);
        id = office.drafted(office.firm().client());
        number = office.issue(id).path("number").asText();
    }

    @Test
    void isPaidQuestionedCreditedAndTakenBack() {
        signIn(office.firm().owner(), "/app/statement.xhtml?id=" + id);
        page.locator("[data-open=pay]").click();
        page.locator("#amount").fill("40.00");
        page.locator("#paying").click();
        assertThat(page.locator(".toast")).containsText("$40.00");
        assertThat(page.locator("main aside")).containsText("$60.00");
        assertThat(page.locator("main .tools")).containsText("Partly paid");
        shot("paid");

        newWindow(1440, 900);
        signIn(office.firm().clientUser(), "/portal/statements.xhtml?id=" + id);
        page.locator("#line").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        page.locator("#text").fill("I was on holiday then");
        page.locator("#ask").click();
        assertThat(page.locator(".toast")).isVisible();
        assertThat(page.locator("#questions")).containsText("Waits for an answer");
        shot("asked");

        newWindow(1440, 900);
        signIn(office.firm().owner(), "/app/statement.xhtml?id=" + id);
        assertThat(page.locator("main .tools")).containsText("Questioned");
        page.locator("[data-open=answer]").click();
        page.locator("#text").fill("You are right");
        page.locator("#agreeing").click();
        assertThat(page.locator(".toast")).containsText(Pattern.compile("T-CN-[0-9]{4}-0001"));
        shot("credited");

        page.locator("[data-open=takeback]").click();
        page.locator("#takeBackReason").fill("Wrong matter");
        page.locator("#takingback").click();
        assertThat(page.locator(".toast")).containsText(Pattern.compile("T-CN-[0-9]{4}-0002"));
        assertThat(page.locator("main .tools")).containsText("Draft");
        assertThat(page.locator("#review-head")).isVisible();
        page.locator("#approve").click();
        assertThat(page.locator("main .tools")).containsText("Approved");
        shot("approved");
    }

    @Test
    void theBanksFileIsShownThenEntered() {
        signIn(office.firm().owner(), "/app/payments.xhtml");
        assertThat(page.locator("main")).containsText("Barton Creek Builders LLC");
        page.locator("#file")
                .setInputFiles(new FilePayload(
                        "bank.csv",
                        "text/csv",
                        ("Date,Description,Amount\n2026-01-02,WIRE " + number + ",100.00\n")
                                .getBytes(StandardCharsets.UTF_8)));
        page.locator("#preview").click();
        assertThat(page.locator("#bank")).containsText("By number");
        shot("bank");
        page.locator("#enter").click();
        assertThat(page.locator(".toast")).containsText("1 payment was entered");
        assertThat(page.locator("main")).containsText("Nothing is open");

        page.navigate("/app/billing.xhtml");
        page.locator("#name").fill("VAT");
        page.locator("#percent").fill("8.25");
        page.locator("#add").click();
        assertThat(page.locator("main")).containsText("8.25");
        page.locator("#taxRateId").selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        page.locator("#grouping").selectOption("DAY");
        page.locator("#save").click();
        assertThat(page.locator(".toast")).isVisible();
        assertThat(page.locator("#grouping")).hasValue("DAY");
        shot("billing");
        newWindow(390, 844);
        signIn(office.firm().owner(), "/app/billing.xhtml");
        shot("billing-phone");
        page.navigate("/app/payments.xhtml");
        shot("payments-phone");
    }
}
