package org.rebill.statement;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.InBrowser;

/** The month's statements on the pages: drafted, looked through and issued. */
class StatementsUiIT extends InBrowser {
    private BilledFirm office;
    private String month;

    @BeforeEach
    void aFirm() {
        office = new BilledFirm();
        month = "/app/statements.xhtml?month=" + office.month();
    }

    private Locator row(String client) {
        return page.locator("main tbody tr", new Page.LocatorOptions().setHasText(client));
    }

    private void twoClients() {
        office.agree(office.firm().client(), "1042");
        UUID other = office.client("Nina Wexler");
        office.agree(other, "1043");
        office.bring("101", "1042", 301, 600, 45);
        office.bring("101", "1043", 3600);
    }

    @Test
    void aMonthWithoutCallsSaysWhatToDo() {
        signIn(office.firm().clerk(), month);

        assertThat(page.locator(".empty h2")).isVisible();
        assertThat(page.locator("#run")).hasCount(0);
        shot("empty");
        page.locator(".empty a").click();
        assertThat(page.locator("h1")).hasText("Calls");
    }

    @Test
    void allAreIssuedInOneGo() {
        twoClients();
        signIn(office.firm().owner(), month);
        page.locator("#run").click();
        assertThat(row("Nina Wexler")).isVisible();
        row("Nina Wexler").locator("input[name=pick]").uncheck();
        assertThat(page.locator("[data-open=sure] [data-count]")).hasText("1");
        page.locator("input[data-all=pick]").check();
        assertThat(page.locator("[data-open=sure] [data-count]")).hasText("2");
        page.locator("[data-open=sure]").click();
        page.locator("#issue").click();

        assertThat(row("Barton Creek Builders LLC")).containsText(Pattern.compile("T-[0-9]{4}-0001"));
        assertThat(row("Nina Wexler")).containsText(Pattern.compile("T-[0-9]{4}-0002"));
        assertThat(page.locator("main")).containsText("2 statements");
        shot("all");
        page.locator(".seg a", new Page.LocatorOptions().setHasText("Draft")).click();
        assertThat(page.locator(".empty h2")).isVisible();

        newWindow(390, 844);
        for (String theme : List.of("light", "dark")) {
            if (theme.equals("light")) {
                signIn(office.firm().professional(), "/app/statements.xhtml");
            } else {
                theme(theme);
                page.navigate("/app/statements.xhtml");
            }
            assertThat(row("Nina Wexler")).isVisible();
            assertThat(page.locator("main input[type=checkbox]")).hasCount(0);
            shot("professional-" + theme);
        }
    }
}
