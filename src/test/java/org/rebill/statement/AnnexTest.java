package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rebill.ledger.SourceRecords;
import org.rebill.platform.Sha256;
import org.rebill.statement.BillingRules.Grouping;
import org.rebill.statement.StatementDocument.PhoneRecord;

/** What is printed behind and instead of the lines: records with others' numbers covered (B24), groups, sums only. */
class AnnexTest {
    private static final String COVERED = "\u2022\u2022\u2022\u2022\u2022";

    private static String text(String name, StatementDocument document) throws IOException {
        byte[] pdf = new StatementPaper().pdf(document);
        Files.createDirectories(Path.of("target/papers"));
        Files.write(Path.of("target/papers", name + ".pdf"), pdf);
        try (PDDocument read = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(read);
        }
    }

    private static StatementDocument draft(BareStatements office, Grouping grouping, boolean summary, boolean annex)
            throws Exception {
        office.rules(rules -> BareStatements.printed(rules, grouping, summary, true, annex));
        UUID id = office.drafts().get(0);
        return office.in(() -> office.get(Statements.class).document(id));
    }

    @ParameterizedTest
    @CsvSource({
        "915125550144, +15125550144, 915125550144",
        "5125550144, +15125550144, 5125550144",
        "+1 (512) 555-0144, +15125550144, +1 (512) 555-0144",
        "101, +15125550144, 101",
        "915125550199, +15125550144, COVERED",
        "15125550144, '', COVERED",
        "SIP/trunk5125550199, +15125550144, COVERED",
        "Jones, +15125550144, COVERED",
        "anonymous7, +15125550144, COVERED",
    })
    void coversWhatIsNotTheCalls(String written, String party, String shown) {
        PhoneRecord record = Annex.covered(
                new SourceRecords.Excerpt(Instant.EPOCH, written, "101", 60, "1042", Sha256.of("x")), party, "1042");
        assertThat(record.from()).isEqualTo(shown.equals("COVERED") ? COVERED : shown);
        assertThat(record.to()).isEqualTo("101");
        assertThat(record.code()).isEqualTo("1042");
    }

    @Test
    void thePaperHoldsNoOtherClientsNumber() throws Exception {
        BareStatements office = new BareStatements();
        office.calls(office.client("Barton Creek"), 1, 3, 7);
        StatementDocument document = draft(office, Grouping.MATTER, false, true);
        assertThat(document.annex()).hasSize(6);
        String text = text("annex", document);
        assertThat(text).contains("Phone records", "915125550144", COVERED);
        assertThat(text.replaceAll("[^0-9]", ""))
                .as("another client's number and code")
                .doesNotContain("5125550199", "2042");
    }

    @Test
    void goesOnOverPages() throws Exception {
        List<PhoneRecord> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(new PhoneRecord(
                    Instant.parse("2026-10-05T14:00:00Z").plusSeconds(i * 60L),
                    "101",
                    "512555" + (1000 + i),
                    60,
                    "7",
                    "0".repeat(64)));
        }
        String text = text("annex-long", SampleStatements.of(3).annex(records).document());
        assertThat(text).contains("5125551000", "5125551199", "Page 2 of", "continued");
    }

    @ParameterizedTest
    @EnumSource(Grouping.class)
    void groupsByWhatTheFirmChose(Grouping grouping) throws Exception {
        BareStatements office = new BareStatements();
        office.calls(office.client("Barton Creek"), 1, 3);
        StatementDocument document = draft(office, grouping, false, false);
        assertThat(document.total()).isEqualByComparingTo("100.00");
        assertThat(text("group-" + grouping, document))
                .contains(
                        switch (grouping) {
                            case MATTER -> "General (code 1042)";
                            case DAY -> "October 5, 2026 (code 1042)";
                            case PERSON -> "Extension 101 (code 1042)";
                            case CODE -> "Code";
                        });
    }

    @Test
    void printsSumsOnlyAndWhatIsStillOpen() throws Exception {
        String text = text(
                "sums-only", SampleStatements.of(12, 30).summaryOnly().earlier().document());
        assertThat(text)
                .contains(
                        "2026-014 Cedar Park retaining wall",
                        "HO-2026-0301, due October 1, 2026: $125.50",
                        "Page 1 of 1")
                .doesNotContain("Billed time \u00d7 rate", "Priya Raman");
    }
}
