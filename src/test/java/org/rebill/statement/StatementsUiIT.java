package org.rebill.statement;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Sha256;
import org.rebill.testing.InBrowser;

/** The month's statements on the pages: drafted, looked through, issued, and downloaded by both sides. */
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

    private byte[] download(Locator link) throws IOException {
        Download download = page.waitForDownload(link::click);
        try (InputStream bytes = download.createReadStream()) {
            return bytes.readAllBytes();
        }
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
    void oneIsPreviewedIssuedAndDownloadedByBothSides() throws IOException {
        twoClients();
        signIn(office.firm().clerk(), month);
        assertThat(page.locator(".empty h2")).containsText("4 priced calls");
        shot("ready");
        page.locator("#run").click();
        assertThat(page.locator(".toast")).isVisible();
        assertThat(row("Barton Creek Builders LLC")).containsText("$100.00");
        assertThat(row("Nina Wexler")).containsText("$250.00");
        shot("drafts");

        row("Barton Creek Builders LLC").locator("a.row-link").click();
        assertThat(page.locator(".paper")).containsText("100.00");
        String preview = page.locator("a[data-key=p]").getAttribute("href");
        byte[] draft = page.request()
                .get(URI.create(page.url()).resolve(preview).toString())
                .body();
        assertThat(new String(draft, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("%PDF");
        shot("draft");
        page.locator("button[data-key=i]").click();
        assertThat(page.locator("#sure")).containsText("Barton Creek Builders LLC");
        page.locator("#issue").click();

        assertThat(page.locator(".toast")).containsText("T-");
        String number = page.locator("main dl.kvs dd").first().innerText();
        assertThat(number).matches("T-[0-9]{4}-0001");
        assertThat(page.locator(".paper")).containsText(number);
        String hash = page.locator("[data-copy]").first().getAttribute("data-copy");
        byte[] own = download(page.locator("a[data-key=p]"));
        assertThat(HexFormat.of().formatHex(Sha256.of(own))).isEqualTo(hash);
        shot("issued");

        newWindow(1440, 900);
        signIn(office.firm().clientUser(), "/portal/statements.xhtml");
        assertThat(page.locator("main")).containsText(number);
        assertThat(page.locator("main")).not().containsText("Nina Wexler");
        byte[] theirs = download(page.locator("main a[href*='statement.pdf']").first());
        assertThat(theirs).isEqualTo(own);
        shot("portal");

        newWindow(1440, 900);
        signIn(office.firm().owner(), month);
        row("Barton Creek Builders LLC").locator("a.row-link").click();
        assertThat(page.locator("main aside"))
                .containsText(office.firm().clientUser().displayName());
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
