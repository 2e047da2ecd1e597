package org.rebill.intake;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.InBrowser;
import org.rebill.testing.TestFirm;

/** From the first source to a file of which every record is accounted for, on the pages. */
class SourcesUiIT extends InBrowser {
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

    private void addSource(String name) {
        page.locator("#name").fill(name);
        page.locator("#format").selectOption("asterisk-cdr-csv");
        page.locator("#areaCode").fill("512");
        page.locator("#stampsInUtc").check();
        press("Add source");
        assertThat(page.locator(".toast").first()).containsText(name + " was added.");
    }

    private void choose(FilePayload... files) {
        page.locator("#file").setInputFiles(files);
        press("Upload");
    }

    private static FilePayload file(String name, byte[] bytes) {
        return new FilePayload(name, "text/csv", bytes);
    }

    private static byte[] sample() {
        List<String> lines = new ArrayList<>(MasterCsv.calls(40));
        lines.addAll(MasterCsv.rings(100, 12));
        lines.add("");
        lines.add(MasterCsv.call(3, "1042", "101"));
        lines.add(MasterCsv.call(4, "1043", "101"));
        lines.add("\"1042\",\"101\",\"151255501");
        return MasterCsv.of(lines);
    }

    @Test
    void aFileIsSentAndEveryRecordIsAccountedFor() throws IOException {
        signIn(firm.clerk(), "/app/sources.xhtml");
        assertThat(page.locator("main")).containsText("No source yet");
        shot("empty");
        page.locator("#extensionDigits").fill("x");
        press("Add source");
        assertThat(page.locator("#extensionDigits-help")).containsText("no whole number");
        page.locator("#extensionDigits").fill("3");
        page.locator("#zone").fill("Mars/Olympus");
        press("Add source");
        assertThat(page.locator("#name-help")).containsText("Give the phone system a name");
        assertThat(page.locator("#zone-help")).containsText("There is no time zone 'Mars/Olympus'");
        shot("refused");
        page.locator("#zone").fill("");
        addSource("Austin office");

        press("Upload");
        assertThat(page.locator("#upload")).containsText("Choose a file first.");
        choose(
                file("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}),
                file("empty.csv", new byte[0]));
        assertThat(page.locator("#upload")).containsText("logo.png:");
        assertThat(page.locator("#upload")).containsText("empty.csv: The file is empty.");

        choose(file("Master.csv", sample()));
        assertThat(page.locator("h1")).hasText("Master.csv");
        assertThat(page.locator("#counts")).containsText("76 + 2 + 1 + 1 = 80");
        page.reload();
        assertThat(page.locator("main")).containsText("Line 80");
        assertThat(page.locator(".raw").first()).containsText("\"1042\",\"101\",\"151255501");
        shot("file");
        page.getByRole(
                        AriaRole.LINK,
                        new Page.GetByRoleOptions().setName("Duplicate 2").setExact(true))
                .click();
        assertThat(page.locator("main")).containsText("One duplicate has other content");
        shot("duplicates");
        Download download = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Original bytes"))
                        .click());
        assertThat(download.suggestedFilename()).isEqualTo("Master.csv");
        try (InputStream content = download.createReadStream()) {
            assertThat(content.readAllBytes()).isEqualTo(sample());
        }
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("See the calls"))
                .click();
        assertThat(page).hasURL(java.util.regex.Pattern.compile(".*/app/calls\\.xhtml\\?file=.*"));
    }

    @Test
    void manyFilesAtOnceAndTheSameOneAgain() {
        signIn(firm.clerk(), "/app/sources.xhtml");
        addSource("Austin office");
        choose(
                file("monday.csv", MasterCsv.of(MasterCsv.calls(5))),
                file("tuesday.csv", MasterCsv.of(MasterCsv.calls(9))));
        assertThat(page.locator("[data-sent-list] li.ok")).hasCount(2);
        assertThat(page.locator("[data-sent-list]")).containsText("tuesday.csv is kept and being read.");
        assertThat(page.locator("#files tbody tr")).hasCount(2);
        assertThat(page.locator("#files .bd.ok")).hasCount(2);
        assertThat(page.locator("#lines")).containsText("tuesday.csv");
        shot("sent");
        choose(file("again.csv", MasterCsv.of(MasterCsv.calls(5))));
        assertThat(page.locator(".toast")).containsText("came before, with the same bytes");
        assertThat(page.locator("h1")).hasText("monday.csv");

        page.navigate("/app/sources.xhtml");
        shot("sources");
        theme("dark");
        page.reload();
        shot("sources-dark");
        page.setViewportSize(390, 844);
        shot("sources-phone");
        page.locator("#files a.row-link").first().click();
        shot("file-phone-dark");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
    }

    @Test
    void anArchiveIsUnpackedAndWithoutScriptTheFormDoesTheSame() throws IOException {
        signIn(firm.clerk(), "/app/sources.xhtml");
        addSource("Austin office");
        byte[] zip = ArchiveTest.zip(List.of(
                new ArchiveTest.Packed("week/monday.csv", MasterCsv.of(MasterCsv.calls(5))),
                new ArchiveTest.Packed("week/tuesday.csv", MasterCsv.of(MasterCsv.calls(9)))));
        choose(file("week.zip", zip));
        assertThat(page.locator("[data-sent-list] li.ok a")).hasCount(2);
        assertThat(page.locator("#files tbody tr")).hasCount(3);
        page.locator("#files").getByText("week.zip").click();
        assertThat(page.locator("h1")).hasText("week.zip");
        assertThat(page.locator("main")).containsText("Files in this archive");
        assertThat(page.locator("tbody .bd.ok")).hasCount(2);
        shot("archive");
        page.setViewportSize(390, 844);
        theme("dark");
        page.reload();
        shot("archive-phone-dark");
        page.setViewportSize(1440, 900);
        page.locator("main").getByText("tuesday.csv").click();
        assertThat(page.locator(".head")).containsText("in week.zip");

        page.navigate("/app/sources.xhtml");
        page.locator("label.drop").evaluate("zone => { delete zone.dataset.send; }");
        choose(file("week.zip", zip), file("wednesday.csv", MasterCsv.of(MasterCsv.rings(50, 2))));
        assertThat(page.locator(".toast")).containsText("1 file is kept and being read; 2 had come before.");
        assertThat(page.locator("#files tbody tr")).hasCount(4);
    }

    @Test
    void onlyOurOwnPageSendsToTheUpload() {
        signIn(firm.clerk(), "/app/sources.xhtml");
        addSource("Austin office");
        String status =
                "headers => fetch('upload?source=x&name=a', {method: 'POST', body: 'a', headers}).then(r => r.status)";
        assertThat(page.evaluate(status, java.util.Map.of())).isEqualTo(403);
        assertThat(page.evaluate(status, java.util.Map.of("X-Rebill-Upload", "1")))
                .isEqualTo(404);
    }

    @Test
    void aFileThatIsTooLargeIsRefusedAtThePlace() {
        signIn(firm.clerk(), "/app/sources.xhtml");
        addSource("Austin office");
        // The browser is told of a small limit, so that no gigabyte has to be made.
        page.locator("label.drop").evaluate("zone => zone.dataset.most = '10'");
        page.locator("#file").setInputFiles(file("big.csv", "01234567890".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.locator("[data-file]")).containsText("big.csv: The file is larger than 1 GiB. Split it");
        page.navigate("/app/sources.xhtml?refused=size");
        assertThat(page.locator("#upload [role=alert]")).containsText("The file is larger than 1 GiB.");
    }

    @Test
    void theSettingsOfASourceAreChanged() {
        signIn(firm.clerk(), "/app/sources.xhtml");
        addSource("Austin office");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Settings: Austin office"))
                .click();
        assertThat(page.locator("h1")).hasText("Austin office");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Change"))
                .click();
        assertThat(page.locator("#settings")).containsText("Changes count for records read from now on.");
        page.locator("#extensionDigits").fill("9");
        press("Save");
        assertThat(page.locator("#extensionDigits-help")).containsText("2 to 8 digits");
        shot("edit");
        theme("dark");
        page.setViewportSize(390, 844);
        page.reload();
        shot("edit-phone-dark");
        page.setViewportSize(1440, 900);
        page.locator("#extensionDigits").fill("4");
        page.locator("#name").fill("Austin, 5th floor");
        press("Save");
        assertThat(page.locator(".toast")).containsText("Austin, 5th floor was changed.");
        assertThat(page.locator("h1")).hasText("Austin, 5th floor");
        assertThat(page.locator("#settings")).containsText("Digits of an extension4");
    }

    @Test
    void aKeyIsShownOnceAndRevoked() {
        signIn(firm.owner(), "/app/sources.xhtml");
        addSource("Austin office");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Settings: Austin office"))
                .click();
        assertThat(page.locator("#keys-card")).containsText("No key yet");
        press("Make a key");
        assertThat(page.locator("#new-key")).hasText(java.util.regex.Pattern.compile("rbk_[0-9a-z]{35}_[0-9a-z]{50}"));
        String key = page.locator("#new-key").textContent();
        shot("key");
        assertThat(push(key, MasterCsv.of(MasterCsv.calls(2)))).isEqualTo(200);
        press("Make a key");
        assertThat(page.locator("#keys-card tbody tr")).hasCount(2);
        assertThat(page.locator("#keys-card")).containsText("Two keys are valid.");
        assertThat(page.locator("#new-key")).not().hasText(key);

        page.navigate(page.url());
        assertThat(page.locator("#new-key")).hasCount(0);
        assertThat(page.content()).doesNotContain(key.substring(key.lastIndexOf('_')));
        shot("keys");
        theme("dark");
        page.setViewportSize(390, 844);
        page.reload();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        shot("keys-phone-dark");
        theme("light");
        page.reload();
        shot("keys-phone");
        page.setViewportSize(1440, 900);
        theme("dark");
        page.reload();
        shot("keys-dark");
        page.locator("#keys-card tbody tr").last().getByRole(AriaRole.BUTTON).click();
        page.locator("dialog[open] .btn.dd").click();
        assertThat(page.locator(".toast")).containsText("was revoked.");
        assertThat(page.locator("#keys-card tbody tr").last()).containsText("Revoked");
        assertThat(push(key, MasterCsv.of(MasterCsv.calls(2)))).isEqualTo(401);
        page.navigate("/app/sources.xhtml");
        assertThat(page.locator("#files tbody tr")).hasCount(1);
    }

    private static int push(String key, byte[] records) {
        return Api.withToken(key)
                .upload("/intake/v1/records", records, "text/csv")
                .status();
    }

    @Test
    void othersDoNotComeIn() {
        signIn(firm.professional(), "/app/sources.xhtml");
        assertThat(page.locator("h1")).hasText("Not for your role");
    }
}
