package org.rebill.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Refusal;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Each format, read back by somebody else's reader, holds the same rows and the same totals. */
class FormatTest {
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final Sheet SHEET = new Sheet(
            "calls",
            "Calls of October: A/B",
            List.of("October 2026", "Days and times: Central Time"),
            Locale.US,
            List.of(
                    Column.of("startedAt", "Start", Kind.TIME),
                    Column.of("day", "Day", Kind.DATE),
                    Column.of("client", "Client", Kind.TEXT),
                    Column.summed("calls", "Calls", Kind.COUNT),
                    Column.summed("talkSeconds", "Talk", Kind.SECONDS),
                    Column.of("quantity", "Billed", Kind.QUANTITY),
                    Column.summed("amount", "Amount", Kind.MONEY),
                    Column.of("currency", "Currency", Kind.TEXT)),
            "currency",
            null);

    private final List<List<Object>> rows = List.of(
            row(1, "Barton <Creek> & \"Sons\", Ltd.", 311, "0.1", "25.00", "USD"),
            row(2, "=HYPERLINK(\"http://evil.example\")", 3_720, "1.1", "275.10", "USD"),
            row(3, "+15125550144", 59, null, null, null),
            row(4, "Élan Ωmega 電話", 86_399, "24", "0.05", "EUR"));

    private static List<Object> row(
            int day, String client, long talk, String quantity, String amount, String currency) {
        return Arrays.asList(
                ZonedDateTime.of(2026, 10, day, 9, 2, 11, 0, CHICAGO),
                LocalDate.of(2026, 10, day),
                client,
                1L,
                talk,
                quantity == null ? null : new BigDecimal(quantity),
                amount == null ? null : new BigDecimal(amount),
                currency);
    }

    private byte[] written(Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(SHEET, Rows.of(rows), out);
        return out.toByteArray();
    }

    private static byte[] part(byte[] zip, String name) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return in.readAllBytes();
                }
            }
        }
        throw new AssertionError("No " + name);
    }

    private static Document xml(byte[] bytes) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    }

    @Test
    void csvHoldsTheRowsAndNoFormula() throws IOException {
        List<NamedCsvRecord> read = new ArrayList<>();
        String text = new String(written(Format.CSV), StandardCharsets.UTF_8);
        CsvReader.builder().ofNamedCsvRecord(text).forEach(read::add);
        assertThat(read).hasSize(4);
        assertThat(read.get(0).getField("client")).isEqualTo("Barton <Creek> & \"Sons\", Ltd.");
        assertThat(read.get(0).getField("startedAt")).isEqualTo("2026-10-01T09:02:11-05:00");
        assertThat(read.get(1).getField("client")).isEqualTo("'=HYPERLINK(\"http://evil.example\")");
        assertThat(read.get(2).getField("client")).isEqualTo("+15125550144");
        assertThat(read.get(2).getField("amount")).isEmpty();
        assertThat(read.stream()
                        .mapToLong(one -> Long.parseLong(one.getField("talkSeconds")))
                        .sum())
                .isEqualTo(90_489);
        assertThat(read.stream()
                        .filter(one -> one.getField("currency").equals("USD"))
                        .map(one -> new BigDecimal(one.getField("amount")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("300.10");
    }

    @Test
    void whatBeginsLikeAFormulaIsMadeHarmless() {
        assertThat(CsvFile.harmless("@SUM(A1)")).isEqualTo("'@SUM(A1)");
        assertThat(CsvFile.harmless("-2+3")).isEqualTo("'-2+3");
        assertThat(CsvFile.harmless("\t=1")).isEqualTo("'\t=1");
        assertThat(CsvFile.harmless("+44 20 7946 0000")).isEqualTo("+44 20 7946 0000");
        assertThat(CsvFile.harmless("-12.50")).isEqualTo("-12.50");
        assertThat(CsvFile.harmless("plain = text")).isEqualTo("plain = text");
    }

    @Test
    void jsonHoldsRowsAndTotals() throws IOException {
        JsonNode read = new ObjectMapper().readTree(written(Format.JSON));
        assertThat(read.path("rows")).hasSize(4);
        assertThat(read.path("rows").get(3).path("client").asText()).isEqualTo("Élan Ωmega 電話");
        assertThat(read.path("rows").get(2).has("amount")).isFalse();
        assertThat(read.path("count").asInt()).isEqualTo(4);
        assertThat(read.at("/totals/0/currency").asText()).isEqualTo("EUR");
        assertThat(read.at("/totals/0/talkSeconds").asLong()).isEqualTo(90_489);
        assertThat(read.at("/totals/1/amount").decimalValue()).isEqualByComparingTo("300.10");
    }

    @Test
    void xmlHoldsRowsAndTotals() throws Exception {
        Document read = xml(written(Format.XML));
        NodeList found = read.getElementsByTagName("row");
        assertThat(found.getLength()).isEqualTo(4);
        assertThat(child((Element) found.item(0), "client")).isEqualTo("Barton <Creek> & \"Sons\", Ltd.");
        Element total = (Element) read.getElementsByTagName("total").item(1);
        assertThat(child(total, "amount")).isEqualTo("300.10");
        assertThat(child((Element) read.getElementsByTagName("total").item(0), "talkSeconds"))
                .isEqualTo("90489");
    }

    private static String child(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }

    @Test
    void xlsxHoldsNumbersDaysAndTotals() throws IOException {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(written(Format.XLSX)))) {
            XSSFSheet read = book.getSheetAt(0);
            assertThat(book.getSheetName(0)).isEqualTo("Calls of October  A B");
            assertThat(read.getRow(0).getCell(0).getStringCellValue()).isEqualTo("Calls of October: A/B");
            assertThat(read.getRow(4).getCell(2).getStringCellValue()).isEqualTo("Client");
            assertThat(read.getRow(5).getCell(0).getLocalDateTimeCellValue())
                    .isEqualTo(java.time.LocalDateTime.of(2026, 10, 1, 9, 2, 11));
            assertThat(read.getRow(5).getCell(1).getLocalDateTimeCellValue().toLocalDate())
                    .isEqualTo(LocalDate.of(2026, 10, 1));
            Cell evil = read.getRow(6).getCell(2);
            assertThat(evil.getCellType()).isEqualTo(CellType.STRING);
            assertThat(evil.getStringCellValue()).startsWith("=HYPERLINK");
            assertThat(read.getRow(8).getCell(2).getStringCellValue()).isEqualTo("Élan Ωmega 電話");
            assertThat(decimal(read.getRow(9).getCell(4))).isEqualByComparingTo("90489");
            assertThat(decimal(read.getRow(9).getCell(6))).isEqualByComparingTo("0.05");
            assertThat(decimal(read.getRow(10).getCell(6))).isEqualByComparingTo("300.10");
            assertThat(read.getRow(10).getCell(7).getStringCellValue()).isEqualTo("USD");
        }
    }

    private static BigDecimal decimal(Cell cell) {
        assertThat(cell.getCellType()).isEqualTo(CellType.NUMERIC);
        return new BigDecimal(String.valueOf(cell.getNumericCellValue()));
    }

    @Test
    void odsHoldsNumbersDaysAndTotals() throws Exception {
        byte[] file = written(Format.ODS);
        assertThat(new String(file, 30, 8, StandardCharsets.US_ASCII)).isEqualTo("mimetype");
        assertThat(new String(file, 38, 46, StandardCharsets.US_ASCII))
                .isEqualTo("application/vnd.oasis.opendocument.spreadsheet");
        String office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0";
        String table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0";
        Document read = xml(part(file, "content.xml"));
        NodeList lines = read.getElementsByTagNameNS(table, "table-row");
        assertThat(lines.getLength()).isEqualTo(11);
        Element first = (Element) ((Element) lines.item(5))
                .getElementsByTagNameNS(table, "table-cell")
                .item(0);
        assertThat(first.getAttributeNS(office, "date-value")).isEqualTo("2026-10-01T09:02:11");
        Element talk = (Element) ((Element) lines.item(9))
                .getElementsByTagNameNS(table, "table-cell")
                .item(4);
        assertThat(talk.getAttributeNS(office, "value-type")).isEqualTo("float");
        assertThat(talk.getAttributeNS(office, "value")).isEqualTo("90489");
        Element amount = (Element) ((Element) lines.item(10))
                .getElementsByTagNameNS(table, "table-cell")
                .item(6);
        assertThat(amount.getAttributeNS(office, "value")).isEqualTo("300.10");
        assertThat(xml(part(file, "META-INF/manifest.xml")).getDocumentElement().getLocalName())
                .isEqualTo("manifest");
    }

    @Test
    void docxHoldsATableWithTotals() throws IOException {
        try (XWPFDocument read = new XWPFDocument(new ByteArrayInputStream(written(Format.DOCX)))) {
            XWPFTable table = read.getTables().get(0);
            assertThat(table.getRows()).hasSize(7);
            assertThat(table.getRow(1).getCell(2).getText()).isEqualTo("Barton <Creek> & \"Sons\", Ltd.");
            assertThat(table.getRow(5).getCell(4).getText()).isEqualTo("25:08:09");
            assertThat(table.getRow(6).getCell(0).getText()).isEqualTo("Total USD");
            assertThat(table.getRow(6).getCell(6).getText()).isEqualTo("300.10");
        }
    }

    @Test
    void htmlStandsAloneWithTotals() throws IOException {
        String read = new String(written(Format.HTML), StandardCharsets.UTF_8);
        assertThat(read)
                .contains("Barton &lt;Creek&gt; &amp; &quot;Sons&quot;, Ltd.")
                .doesNotContain("<script");
        Matcher foot = Pattern.compile("<tfoot>(.*)</tfoot>", Pattern.DOTALL).matcher(read);
        assertThat(foot.find()).isTrue();
        assertThat(foot.group(1)).contains(">25:08:09<", ">300.10<", ">0.05<");
    }

    @Test
    void pdfHoldsRowsTotalsAndPageNumbers() throws IOException {
        List<List<Object>> many = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            many.add(row(1 + i % 28, "Client number " + i, 60, "0.1", "25.00", "USD"));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Format.PDF.write(SHEET, Rows.of(many), out);
        java.nio.file.Path papers = java.nio.file.Files.createDirectories(java.nio.file.Path.of("target", "papers"));
        java.nio.file.Files.write(papers.resolve("export.pdf"), out.toByteArray());
        try (PDDocument read = Loader.loadPDF(out.toByteArray())) {
            String text = new PDFTextStripper().getText(read);
            assertThat(read.getNumberOfPages()).isGreaterThan(1);
            assertThat(text)
                    .contains("Client number 0", "Client number 79", "2,000.00", "1:20:00")
                    .contains("1 / " + read.getNumberOfPages());
            assertThat(text.split("Amount", -1)).hasSize(read.getNumberOfPages() + 1);
        }
    }

    @Test
    void paperHasALimit() {
        assertThatThrownBy(() -> Format.PDF.write(
                        SHEET,
                        sink -> {
                            for (int i = 0; i <= PdfFile.MOST_ROWS; i++) {
                                sink.row(rows.get(0));
                            }
                        },
                        new ByteArrayOutputStream()))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("too many for paper");
    }

    @Test
    void formatsAreKnownByName() {
        assertThat(Format.of("xlsx")).isEqualTo(Format.XLSX);
        assertThatThrownBy(() -> Format.of("doc")).isInstanceOf(Refusal.Invalid.class);
    }
}
