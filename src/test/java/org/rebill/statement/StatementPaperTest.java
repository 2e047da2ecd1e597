package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.sf.jasperreports.engine.JasperFillManager;
import net.sf.jasperreports.pdf.JRPdfExporter;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.platform.Json;
import org.rebill.statement.StatementDocument.Line;
import org.rebill.statement.StatementDocument.Matter;

/** Each paper printed here can be looked at in target/papers. */
class StatementPaperTest {
    private static final String LINE = "(?m)^[A-Z][a-z]{2} \\d{1,2} \\d{1,2}:\\d\\d [AP]M .*$";
    private static final String HEADS = "Date Time Call Person Talk Billed h Rate Amount";

    private final StatementPaper paper = new StatementPaper();

    /** What a reader finds on each page, in reading order. */
    private static List<String> pages(PDDocument pdf) throws IOException {
        PDFTextStripper stripper = new PDFTextStripper();
        stripper.setSortByPosition(true);
        stripper.setLineSeparator("\n");
        List<String> pages = new ArrayList<>();
        for (int page = 1; page <= pdf.getNumberOfPages(); page++) {
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            pages.add(stripper.getText(pdf).replace('\u00a0', ' '));
        }
        return pages;
    }

    private PDDocument print(String name, StatementDocument document) throws IOException {
        byte[] pdf = paper.pdf(document);
        Files.createDirectories(Path.of("target/papers"));
        Files.write(Path.of("target/papers", name + ".pdf"), pdf);
        return Loader.loadPDF(pdf);
    }

    private List<String> printed(String name, StatementDocument document) throws IOException {
        try (PDDocument pdf = print(name, document)) {
            return pages(pdf);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40, 2_000})
    void printsEveryLineAndTotal(int count) throws IOException {
        StatementDocument document = SampleStatements.of(count, 22).document();
        Wording wording = new Wording(document);
        List<String> pages = printed("lines-" + count, document);
        String all = String.join("\n", pages);
        for (Matter matter : document.matters()) {
            for (Line line : matter.lines()) {
                assertThat(all)
                        .contains(String.join(
                                " ",
                                wording.shortDate(wording.day(line.at()), false),
                                wording.time(line.at()).replace('\u00a0', ' '),
                                line.outgoing() ? "To" : "From",
                                line.number(),
                                line.person(),
                                Wording.talk(line.talkSeconds()),
                                wording.decimal(line.quantity(), 1),
                                wording.rate(line.unitRate()),
                                wording.amount(line.amount())));
            }
            assertThat(all).contains(" " + wording.amount(matter.amount()) + "\n");
            assertThat(all).contains(matter.reference() + " " + matter.name());
        }
        assertThat(all).containsPattern("Amount due\\s+\\" + wording.money(document.total()));
        assertThat(all.split(LINE, -1)).hasSize(count + 22 + 1);
    }

    @Test
    void namesTheNumberAndThePageOnEachPage() throws IOException {
        List<String> pages = printed("number", SampleStatements.of(90).document());
        assertThat(pages).hasSizeGreaterThan(2);
        assertThat(pages.get(1)).contains("2026-014 Cedar Park retaining wall (code 1042), continued");
        for (int i = 0; i < pages.size(); i++) {
            assertThat(pages.get(i))
                    .contains("Statement HO-2026-0398")
                    .contains("Page " + (i + 1) + " of " + pages.size())
                    .contains("Evidence SHA-256 3f8a61c07be2d94415ac0e7790b1f2d83f8a61c07be2d94415ac0e7790b1f2d8")
                    .contains("816 Congress Avenue, Suite 1100, Austin, TX 78701")
                    .doesNotContain("Draft");
        }
    }

    @Test
    void tellsThePartiesThePeriodAndTheAgreement() throws IOException {
        String page = String.join(
                        "\n", printed("parties", SampleStatements.of(3).document()))
                .replace('\n', ' ');
        assertThat(page)
                .contains("Hale & Ortiz LLP", "Attorneys and counselors, Austin, Texas")
                .contains("Barton Creek Builders LLC", "Thomas Reyes, CFO", "1204 Bee Caves Road", "Austin, TX 78746")
                .contains("October 1 to October 31, 2026", "November 2, 2026", "due December 2, 2026")
                .contains("A-031, version 3", "(in the portal)", "rounded up")
                .contains("No sales tax on legal services")
                .contains("Times are Central Time (America/Chicago)")
                .contains("2026-014 Cedar Park retaining wall (code 1042)")
                .contains("Total of 3 calls")
                .contains("Please pay by December 2, 2026");
    }

    @Test
    void saysSoWhenNothingWasBilled() throws IOException {
        List<String> pages = printed("none", SampleStatements.of().document());
        assertThat(pages).singleElement().satisfies(page -> assertThat(page)
                .contains("No calls were billed in this period.", "$0.00", "Page 1 of 1")
                .doesNotContain("Summary", HEADS, "Please pay"));
    }

    @Test
    void marksCallsOfEarlierPeriods() throws IOException {
        String all =
                String.join("\n", printed("late", SampleStatements.of(12).late().document()));
        assertThat(all)
                .contains("October 16 to October 31, 2026", "Oct 13 * 9:11 PM", "Oct 16 8:55 AM")
                .containsPattern("\\* A call before this\\s+period");
    }

    @Test
    void marksEachPageOfADraft() throws IOException {
        List<String> pages = printed("draft", SampleStatements.of(70, 5).draft().document());
        assertThat(pages).hasSizeGreaterThan(1).allSatisfy(page -> assertThat(page)
                .containsPattern("(?m)^.*Draft statement$")
                .doesNotContain("Amount due", "Please pay"));
        assertThat(pages.get(0)).contains("Draft, not issued", "Not issued yet", "Total so far");
    }

    /** Wherever the pages break, nothing stands alone and the heads are repeated. */
    @ParameterizedTest
    @CsvSource({"14, 62, 0", "8, 24, 1", "8, 24, 9"})
    void breaksPagesWhereAReaderCanFollow(int least, int most, int second) throws IOException {
        for (int count = least; count <= most; count++) {
            SampleStatements statements = second == 0 ? SampleStatements.of(count) : SampleStatements.of(count, second);
            String where = count + " and " + second + " lines: ";
            try (PDDocument pdf = Loader.loadPDF(paper.pdf(statements.document()))) {
                List<String> pages = pages(pdf);
                for (int i = 0; i < pages.size(); i++) {
                    assertReadable(where + "page " + (i + 1), pages.get(i));
                }
                assertThat(String.join("\n", pages).split(LINE, -1)).as(where).hasSize(count + second + 1);
                assertWellTagged(where, pdf, count + second);
            }
        }
    }

    private static void assertReadable(String where, String page) {
        int heads = page.indexOf(HEADS);
        assertThat(heads).as(where + " has column heads").isNotNegative();
        assertThat(page.indexOf(HEADS, heads + 1)).as(where + " has them once").isNegative();
        String body = page.substring(heads + HEADS.length());
        assertThat(body).as(where + " has a line").containsPattern(LINE);
        List<String> rows = body.lines()
                .filter(row -> row.matches(LINE) || row.startsWith("Total of") || row.startsWith("2026-0"))
                .toList();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).startsWith("Total of") && !rows.get(i).contains(" all ")) {
                assertThat(rows.get(i - 1))
                        .as(where + ": a total follows a line")
                        .matches(LINE);
            }
            if (rows.get(i).startsWith("2026-0")) {
                assertThat(rows).as(where + ": a matter has a line").hasSizeGreaterThan(i + 1);
                assertThat(rows.get(i + 1)).as(where).matches(LINE);
            }
        }
    }

    private static void assertWellTagged(String where, PDDocument pdf, int lines) {
        List<String> faults = new ArrayList<>();
        int[] rows = {0};
        walk(pdf.getDocumentCatalog().getStructureTreeRoot(), "", faults, rows);
        assertThat(faults).as(where).isEmpty();
        assertThat(rows[0]).as(where + " rows of eight cells").isEqualTo(lines);
    }

    private static void walk(PDStructureNode node, String type, List<String> faults, int[] rows) {
        int cells = 0;
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                String kind = element.getStructureType();
                boolean right =
                        switch (kind) {
                            case "TD", "TH" -> type.equals("TR");
                            case "TR" -> type.equals("Table");
                            default -> !type.equals("TR") && !type.equals("Table");
                        };
                if (!right) {
                    faults.add(kind + " in " + type);
                }
                cells += kind.equals("TD") ? 1 : 0;
                walk(element, kind, faults, rows);
            }
        }
        rows[0] += cells == 8 ? 1 : 0;
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, America/Chicago, LETTER, USD, '$5,'",
        "en-GB, Europe/London, A4, GBP, '£5,'",
        "de-DE, Europe/Berlin, A4, EUR, 'EUR'",
        "en-US, Asia/Bahrain, LETTER, BHD, 'BHD 5,'",
        "en-US, Asia/Tokyo, A4, JPY, '¥5,'"
    })
    void writesMoneyAndTimesOfThePlace(String locale, String zone, String size, String currency, String sign)
            throws IOException {
        StatementDocument document =
                SampleStatements.of(40, 12).place(locale, zone, size, currency).document();
        Wording wording = new Wording(document);
        try (PDDocument pdf = print("place-" + locale + "-" + currency, document)) {
            String all = String.join("\n", pages(pdf));
            assertThat(all).contains(sign, " " + currency, zone);
            Line last = document.matters().get(1).lines().get(11);
            assertThat(all)
                    .contains(wording.money(document.total()).replace('\u00a0', ' '))
                    .contains(wording.amount(last.amount()))
                    .contains(wording.time(last.at()).replace('\u00a0', ' '));
            PDRectangle page = pdf.getPage(0).getMediaBox();
            assertThat(page.getWidth()).isEqualTo(size.equals("A4") ? 595f : 612f);
            assertThat(page.getHeight()).isEqualTo(size.equals("A4") ? 842f : 792f);
        }
    }

    @Test
    void speaksTheLanguageOfTheFirm() throws IOException {
        StatementDocument document = SampleStatements.of(12, 3, 7)
                .logo(SampleStatements.base64(SampleStatements.WIDE_LOGO))
                .place("de-DE", "Europe/Berlin", "A4", "EUR")
                .numbers("030 901820", "+49 89 1234567", "")
                .matterWord("project")
                .agreements(4)
                .document();
        String all = String.join("\n", printed("german", document));
        assertThat(all)
                .contains("Abrechnung", "1. Oktober bis 31. Oktober 2026", "Projekt", "Summe aus 12 Gesprächen")
                .contains("Von unterdrückter Nummer", "An +49 89 1234567", "Vereinbarungen")
                .contains("A-031", "A-032", "A-033", "A-034", "(durch Unterschrift)")
                .contains("Codes 1044, 007", "Mitteleuropäische Zeit", "Seite 1 von 2")
                .containsPattern("Zu zahlen\\s+2\\.744,00 €");
    }

    @Test
    void printsUnitsOfDifferentAgreementsBesideTheNumber() throws IOException {
        StatementDocument document = SampleStatements.of(12, 9)
                .logo(null)
                .place("en-GB", "Europe/London", "A4", "GBP")
                .units("HOUR", "MINUTE", "BLOCK")
                .matterWord("engagement")
                .agreements(2)
                .document();
        String all = String.join("\n", printed("mixed", document));
        assertThat(all)
                .contains("0.4 h 145.00 58.00", "6 min 2.416667 14.50", "1 unit 14.50 14.50", "7 units 14.50 101.50")
                .contains("4.30 h", "3.70 h", "8.00 h", "Engagement");
    }

    @ParameterizedTest
    @CsvSource({"MINUTE, Billed min", "BLOCK, Billed units"})
    void namesTheOneUnitInTheHeads(String unit, String head) throws IOException {
        StatementDocument document = SampleStatements.of(12).units(unit).document();
        BigDecimal sum =
                document.matters().get(0).lines().stream().map(Line::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
        String all = String.join("\n", printed("unit-" + unit, document));
        assertThat(all).contains("Talk " + head + " Rate Amount").contains(" " + sum.toPlainString() + " 1,4");
    }

    @Test
    void wrapsLongNamesAndCutsNothing() throws IOException {
        String firm = "Hale, Ortiz, Featherstonehaugh, Przybyszewski & Vandenberghe Attorneys at Law LLP";
        String client =
                "Barton Creek Builders, Excavation, Retaining Walls and Specialty Concrete of Central Texas LLC";
        StatementDocument document = SampleStatements.of(12, 3)
                .firm(
                        firm,
                        "Attorneys, counselors, mediators and notaries public in Austin, San Antonio and Houston, Texas",
                        "816 Congress Avenue, Suite 1100, Eleventh Floor, North Tower of the Old Exchange\nAustin, TX 78701",
                        "#f4d35e",
                        SampleStatements.base64(SampleStatements.SQUARE_LOGO))
                .client(client, "Maximiliana Wolfeschlegelsteinhausen, Chief Financial Officer", "1204 Bee Caves Road")
                .note(
                        "No sales tax on legal services. Payments after the day named bear the interest of our engagement letter.")
                .place("en-US", "America/Chicago", "LETTER", "BHD")
                .units("MINUTE", "HOUR")
                .numbers("+49 30 1234567890123", "withheld by the network")
                .document();
        String all = String.join("\n", printed("long", document)).replaceAll("\\s+", " ");
        for (String word : (firm + " " + client + " " + document.note()).split(" ", -1)) {
            assertThat(all).contains(word);
        }
        assertThat(all).contains("North Tower of the Old Exchange, Austin, TX 78701");
    }

    @Test
    void saysHowToPayInItsLinesAndTheTaxNumberAtTheFoot() throws IOException {
        StatementDocument document = SampleStatements.of(3)
                .note("By check to Hale & Ortiz LLP, or by wire to\nFirst Example Bank, routing 000000000\n"
                        + "Account 0000 1234\nNaming the statement number")
                .document();

        List<String> pages = printed("payment", document);

        assertThat(pages.get(0)).contains(document.note().split("\n"));
        assertThat(pages).allMatch(page -> page.contains("Tax ID 00-0000000"));
    }

    @Test
    void writesOtherScriptsAndShowsWhatItCannotWrite() throws IOException {
        String all = String.join(
                "\n",
                printed(
                        "scripts",
                        SampleStatements.of(2)
                                .client("Żółć & Ελληνικά Ωμέγα, Київ", "שלום 漢字", "Đường Nguyễn Huệ\tĀ")
                                .document()));
        assertThat(all).contains("Żółć & Ελληνικά Ωμέγα, Київ", "□□", "Đường Nguyễn Huệ Ā");
    }

    @Test
    void embedsItsFontsAndIsTagged() throws IOException {
        try (PDDocument pdf = print("fonts", SampleStatements.of(40).draft().document())) {
            List<String> names = new ArrayList<>();
            for (PDPage page : pdf.getPages()) {
                for (var name : page.getResources().getFontNames()) {
                    PDFont font = page.getResources().getFont(name);
                    assertThat(font.isEmbedded()).as(font.getName()).isTrue();
                    names.add(font.getName().replaceFirst("^[A-Z]{6}\\+", ""));
                }
            }
            assertThat(names).contains("InterTabular-Regular", "InterTabular-SemiBold");
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("en-US");
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Draft statement");
            assertThat(pdf.getDocumentInformation().getAuthor()).isEqualTo("Hale & Ortiz LLP");
            assertWellTagged("draft", pdf, 40);
        }
    }

    @Test
    void printsCreditNotesWithMinusLinesAndWhatTheyTakeBack() throws IOException {
        StatementDocument note = SampleStatements.of(3, 2).credit(true).document();
        String text = whole("credit", note);
        assertThat(text)
                .contains("Credit note", "HO-CN-2026-0004", "takes statement HO-2026-0398 of November 2, 2026 back")
                .contains("Reason: Two calls were with", "Credited", "Issued")
                .contains("\u2212$", "\u22120.")
                .doesNotContain("Please pay", "Amount due", "due\n");
        assertThat(whole("credit-part", SampleStatements.of(1).credit(false).document()))
                .contains("takes a part of statement HO-2026-0398");
        assertThat(whole(
                        "credit-de",
                        SampleStatements.of(2)
                                .credit(true)
                                .place("de-DE", "Europe/Berlin", "A4", "EUR")
                                .document()))
                .contains("Gutschrift", "hebt die Abrechnung HO-2026-0398 vom 2. November 2026 auf", "Grund:");
        assertThat(whole(
                        "credit-es",
                        SampleStatements.of(2)
                                .credit(true)
                                .place("es-ES", "Europe/Madrid", "A4", "EUR")
                                .document()))
                .contains("Nota de cr\u00e9dito", "Motivo:");
    }

    @Test
    void printsDiscountAndTaxWithTheirBase() throws IOException {
        StatementDocument taxed = SampleStatements.of(12, 3)
                .discount("10", null)
                .tax("Umsatzsteuer", "STANDARD", "19", null, false)
                .place("de-DE", "Europe/Berlin", "A4", "EUR")
                .document();
        assertThat(whole("taxed", taxed))
                .contains(
                        "Nachlass 10 %",
                        "Umsatzsteuer 19 % auf "
                                + german(taxed.sums().taxes().get(0).base()))
                .contains(german(taxed.tax()), german(taxed.total()));
        String exempt = whole(
                "exempt",
                SampleStatements.of(3)
                        .discount(null, "20.00")
                        .tax("Exempt", "EXEMPT", "0", "Article 132 of the VAT Directive", false)
                        .document());
        assertThat(exempt).contains("Discount", "\u221220.00", "Article 132 of the VAT Directive");
        assertThat(whole(
                        "included",
                        SampleStatements.of(3)
                                .tax("VAT", "STANDARD", "20", null, true)
                                .document()))
                .contains("Contains VAT 20 % on");
        try (PDDocument pdf = print("taxed-tags", taxed)) {
            assertWellTagged("taxed", pdf, 15);
        }
    }

    private String whole(String name, StatementDocument document) throws IOException {
        return String.join("\n", printed(name, document));
    }

    private static String german(BigDecimal amount) {
        return String.format(java.util.Locale.GERMANY, "%,.2f", amount);
    }

    @Test
    void whatIsStoredIsReadBackAsItWas() {
        StatementDocument credit = SampleStatements.of(3, 2)
                .discount("10", null)
                .tax("VAT", "STANDARD", "20", null, false)
                .credit(true)
                .document();
        assertThat(Json.read(Json.write(credit), StatementDocument.class)).isEqualTo(credit);
    }

    @Test
    void printsTheSamePagesTwice() throws IOException {
        StatementDocument document = SampleStatements.of(40, 12).document();
        assertThat(printed("twice", document)).isEqualTo(printed("twice", document));
    }

    @Test
    void refusesLinesThatDoNotAddUp() {
        StatementDocument right = SampleStatements.of(3).document();
        StatementDocument wrong = new StatementDocument(
                right.firm(),
                right.client(),
                right.number(),
                right.from(),
                right.to(),
                right.issuedOn(),
                right.dueOn(),
                right.locale(),
                right.zone(),
                right.paper(),
                right.currency(),
                right.matterWord(),
                right.agreements(),
                right.matters(),
                right.total().add(new BigDecimal("0.01")),
                right.note(),
                right.evidence(),
                null,
                null,
                null,
                null,
                null,
                null);
        assertThatThrownBy(() -> paper.pdf(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of the statement");
    }

    /** 7.0.8 of the PDF part refuses tagged PDF, hence an older one beside the newer core. */
    @Test
    void keepsTheMixOfJasperVersions() {
        assertThat(jar(JRPdfExporter.class)).endsWith("jasperreports-pdf-7.0.6.jar");
        assertThat(jar(JasperFillManager.class)).endsWith("jasperreports-7.0.8.jar");
    }

    private static String jar(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }
}
