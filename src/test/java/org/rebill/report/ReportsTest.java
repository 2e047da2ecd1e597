package org.rebill.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rebill.export.Column;
import org.rebill.export.Format;
import org.rebill.export.Kind;
import org.rebill.export.Totals;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Trade;
import org.rebill.firm.TransferBilling;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;

/** Each report's sums on the real schema, and the same numbers in chart, table, paper and files. */
class ReportsTest {
    private static final UUID BARTON = new UUID(1, 1);
    private static final UUID WEXLER = new UUID(1, 2);
    private static final UUID KARIN = new UUID(2, 1);
    private static final UUID DANIEL = new UUID(2, 2);
    private static final Map<UUID, String> PEOPLE = Map.of(KARIN, "Karin Lindqvist", DANIEL, "Daniel Ortiz");
    private static final FirmProfile PROFILE = new FirmProfile(
            "hale",
            "Hale & Ortiz LLP",
            null,
            Trade.LAW,
            "US",
            "America/Chicago",
            "USD",
            "en-US",
            "LETTER",
            "Austin",
            null,
            null,
            null,
            null,
            "#3350c9",
            30,
            "HO",
            TransferBilling.EACH_OWN);

    private final BareDatabase database = BareDatabase.get();
    private NewFirm firm;
    private int calls;

    @BeforeEach
    void october() throws Exception {
        firm = database.newFirm();
        database.in(firm.id(), connection -> {
            for (String month : List.of("2025-10-01", "2026-09-01", "2026-10-01", "2026-11-01")) {
                try (var months = connection.prepareStatement("select app_ensure_month(?::date)")) {
                    months.setString(1, month);
                    months.execute();
                }
            }
            Sql sql = Sql.on(connection);
            sql.update(
                    "insert into person (firm_id, id, name, initials, hourly_rate) values (?, ?, 'Daniel', 'DO', 325)",
                    firm.id(),
                    DANIEL);
            // Monday, 5 October, 9 o'clock in Chicago
            talk(sql, "2026-10-05T14:10:00Z", KARIN, true, "1042", BARTON, 311, "25.00", "USD", true);
            talk(sql, "2026-10-05T14:40:00Z", KARIN, false, "1042", BARTON, 720, "50.00", "USD", false);
            talk(sql, "2026-10-06T20:00:00Z", DANIEL, true, "1077", WEXLER, 100, "30.00", "USD", true);
            talk(sql, "2026-10-06T21:00:00Z", DANIEL, true, "1077", WEXLER, 400, "99.00", "EUR", false);
            held(sql, "2026-10-07T15:00:00Z", DANIEL, "", null, 900, "MISSING");
            held(sql, "2026-10-07T16:00:00Z", null, "1077", WEXLER, 200, "NOT_AGREED");
            // Half past eleven in the evening of the 31st in Chicago: November elsewhere.
            talk(sql, "2026-11-01T04:30:00Z", KARIN, true, "1042", BARTON, 60, "25.00", "USD", false);
            // Not in the period
            talk(sql, "2026-11-02T14:30:00Z", KARIN, true, "1042", BARTON, 3600, "250.00", "USD", false);
            talk(sql, "2025-10-10T14:30:00Z", KARIN, true, "1042", BARTON, 1800, "125.00", "USD", true);
            return null;
        });
    }

    private void talk(
            Sql sql,
            String at,
            UUID person,
            boolean out,
            String code,
            UUID client,
            int talk,
            String amount,
            String currency,
            boolean issued)
            throws java.sql.SQLException {
        Instant start = Instant.parse(at);
        sql.update(
                "insert into charge (firm_id, opened_at, call_id, no, person_id, extension, started_at, answered_at, "
                        + "outbound, party, talk_seconds, code, client_id, agreement_version_id, state, reason, "
                        + "billed_seconds, quantity, unit, unit_rate, currency, amount, rule_version, explanation, "
                        + "statement_id, issued) values (?, ?, ?, 1, ?, '101', ?, ?, ?, '+15125550144', ?, ?, ?, ?, "
                        + "'RATED', '', 360, 0.1, 'HOUR', 250, ?, ?, 1, '[]', ?, ?)",
                firm.id(),
                start,
                new UUID(9, ++calls),
                person,
                start,
                start.plusSeconds(7),
                out,
                talk,
                code,
                client,
                new UUID(3, 3),
                currency,
                new BigDecimal(amount),
                issued ? new UUID(4, 4) : null,
                issued);
    }

    private void held(Sql sql, String at, UUID person, String code, UUID client, int talk, String reason)
            throws java.sql.SQLException {
        Instant start = Instant.parse(at);
        sql.update(
                "insert into charge (firm_id, opened_at, call_id, no, person_id, extension, started_at, answered_at, "
                        + "outbound, party, talk_seconds, code, client_id, state, reason) values (?, ?, ?, 1, ?, '101', "
                        + "?, ?, false, '+442079460000', ?, ?, ?, 'HELD', ?)",
                firm.id(),
                start,
                new UUID(9, ++calls),
                person,
                start,
                start.plusSeconds(7),
                talk,
                code,
                client,
                reason);
    }

    private static Map<UUID, String> names(Collection<UUID> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> id.equals(BARTON) ? "Barton" : "Wexler"));
    }

    private Report report(Preset preset, UUID owner) throws Exception {
        ReportFilter filter =
                new ReportFilter(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31), null, null, null, "USD");
        ZoneId zone = PROFILE.zoneId();
        ReportQueries.Scope scope = new ReportQueries.Scope(
                filter.from().atStartOfDay(zone).toInstant(),
                filter.to().plusDays(1).atStartOfDay(zone).toInstant(),
                null,
                null,
                owner,
                null,
                PROFILE.zone(),
                "USD");
        Tabulation tabulation = new Tabulation(preset, filter, PROFILE, PEOPLE, ReportsTest::names);
        return database.in(
                firm.id(),
                connection ->
                        Reports.tabulate(preset, connection, firm.id(), scope, YearMonth.of(2026, 10), tabulation));
    }

    private List<String> lines(Preset preset) throws Exception {
        return report(preset, null).rows().stream()
                .map(row -> row.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void sumsByClient() throws Exception {
        assertThat(lines(Preset.CLIENTS))
                .containsExactly("Barton 3 1091 1080 100.00", "No client 1 900 0 0.00", "Wexler 3 700 720 30.00");
    }

    @Test
    void tellsCodesAsATechnicianKnowsThem() throws Exception {
        assertThat(lines(Preset.CODES))
                .containsExactly(
                        "1042 Barton 3 1 2 1091 363 720 100.00",
                        "none No client 1 1 0 900 900 900 0.00",
                        "1077 Wexler 3 1 2 700 233 400 30.00");
    }

    @Test
    void sumsByPersonAndAProfessionalSeesOwnTalksOnly() throws Exception {
        assertThat(lines(Preset.PEOPLE))
                .containsExactly(
                        "Daniel Ortiz 3 1400 720 30.00", "Karin Lindqvist 3 1091 1080 100.00", "Nobody 1 200 0 0.00");
        assertThat(report(Preset.PEOPLE, KARIN).rows()).hasSize(1);
        assertThat(report(Preset.CLIENTS, DANIEL).rows()).hasSize(2);
    }

    @Test
    void daysAreTheFirmsDays() throws Exception {
        List<String> days = lines(Preset.DAYS);
        assertThat(days).hasSize(31).contains("2026-10-05 2 1031 720 75.00", "2026-10-31 1 60 360 25.00");
        assertThat(days.get(0)).isEqualTo("2026-10-01 0 0 0 0.00");
    }

    @Test
    void hoursAreTheFirmsHours() throws Exception {
        assertThat(lines(Preset.HOURS)).contains("Monday 9 2 1031 720 75.00", "Saturday 23 1 60 360 25.00");
    }

    @Test
    void comparesInWithOutAndCodedWithUncoded() throws Exception {
        assertThat(lines(Preset.DIRECTIONS)).containsExactly("In 3 1820 360 50.00", "Out 4 871 1440 80.00");
        assertThat(lines(Preset.CODED)).containsExactly("For a client 6 1791 66.6 130.00", "No code 1 900 33.4 0.00");
    }

    @Test
    void putsLostTimeAtDefaultRates() throws Exception {
        // 900 s x 325 / 3600; the 200 s are nobody's and have no rate.
        assertThat(lines(Preset.MONEY)).containsExactly("2026-10 55.00 75.00 1100 81.25");
    }

    @Test
    void listsNumbersTrendRealisationAndCoverage() throws Exception {
        assertThat(lines(Preset.NUMBERS))
                .containsExactly("+15125550144 5 1591 1800 130.00", "+442079460000 2 1100 0 0.00");
        assertThat(lines(Preset.TREND)).hasSize(12).last().isEqualTo("2026-10 7 2691 1800 130.00 125.00");
        assertThat(lines(Preset.REALISATION))
                .containsExactly(
                        "Daniel Ortiz 3 1400 30.00 30.00 0.00 100.0",
                        "Karin Lindqvist 3 1091 100.00 25.00 75.00 25.0",
                        "Nobody 1 200 0.00 0.00 0.00 null");
        assertThat(lines(Preset.AGREEMENTS)).containsExactly("Barton 3 1091 1091 0 100.0", "Wexler 3 700 500 200 71.4");
    }

    @Test
    void rowsLeadToTheirCalls() throws Exception {
        assertThat(report(Preset.CLIENTS, null).links())
                .containsExactly(
                        "calls.xhtml?from=2026-10-01&to=2026-10-31&client=" + BARTON,
                        "calls.xhtml?from=2026-10-01&to=2026-10-31&state=NO_CODE",
                        "calls.xhtml?from=2026-10-01&to=2026-10-31&client=" + WEXLER);
        assertThat(report(Preset.DAYS, null).links().get(4)).isEqualTo("calls.xhtml?from=2026-10-05&to=2026-10-05");
        assertThat(report(Preset.NUMBERS, null).links().get(0)).endsWith("q=%2B15125550144");
    }

    /** The table is the one source: what the chart, the paper and each file hold is added up again here. */
    @ParameterizedTest
    @EnumSource(Preset.class)
    void chartTablePaperAndFilesHoldTheSameNumbers(Preset preset) throws Exception {
        Report report = report(preset, null);
        assertThat(report.rows()).isNotEmpty();
        assertThat(report.sheet().notes()).anyMatch(note -> note.contains("America/Chicago"));
        List<Object> totals = Totals.of(report.sheet(), report.rows()).get(0);

        JsonNode chart = new ObjectMapper().readTree(ReportChart.of(report).json());
        JsonNode json = new ObjectMapper().readTree(file(report, Format.JSON));
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(file(report, Format.XLSX)))) {
            XSSFRow last = book.getSheetAt(0).getRow(book.getSheetAt(0).getLastRowNum());
            for (int i = 0; i < totals.size(); i++) {
                Column column = report.sheet().columns().get(i);
                if (column.summed()) {
                    BigDecimal total = new BigDecimal(totals.get(i).toString());
                    assertThat(json.at("/totals/0/" + column.key()).decimalValue())
                            .isEqualByComparingTo(total);
                    assertThat(new BigDecimal(String.valueOf(last.getCell(i).getNumericCellValue())))
                            .isEqualByComparingTo(total);
                    assertThat(sum(json.path("rows"), column.key())).isEqualByComparingTo(total);
                }
            }
        }
        for (int n = 0; n < preset.drawn().size(); n++) {
            int at = report.at(preset.drawn().get(n));
            BigDecimal drawn = BigDecimal.ZERO;
            for (JsonNode value : chart.path("series").get(n).path("values")) {
                drawn = drawn.add(value.decimalValue());
            }
            assertThat(drawn).isEqualByComparingTo(new BigDecimal(totals.get(at).toString()));
        }
        paper(report, totals);
    }

    private static BigDecimal sum(JsonNode rows, String key) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode row : rows) {
            sum = sum.add(row.path(key).decimalValue());
        }
        return sum;
    }

    private static byte[] file(Report report, Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportFiles.write(report, format, out);
        return out.toByteArray();
    }

    private static void paper(Report report, List<Object> totals) throws Exception {
        byte[] svg = ChartDrawing.of(report);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
        byte[] pdf = file(report, Format.PDF);
        Path papers = Files.createDirectories(Path.of("target", "papers"));
        Files.write(papers.resolve(report.sheet().name() + ".pdf"), pdf);
        Files.writeString(papers.resolve(report.sheet().name() + ".svg"), new String(svg, StandardCharsets.UTF_8));
        try (PDDocument read = Loader.loadPDF(pdf)) {
            String text = new PDFTextStripper().getText(read);
            assertThat(text).contains(report.sheet().title(), "America/Chicago");
            for (int i = 0; i < totals.size(); i++) {
                Column column = report.sheet().columns().get(i);
                if (column.summed() && column.kind() == Kind.SECONDS) {
                    long seconds = ((Number) totals.get(i)).longValue();
                    assertThat(text)
                            .contains(String.format(
                                    java.util.Locale.ROOT,
                                    "%d:%02d:%02d",
                                    seconds / 3600,
                                    seconds % 3600 / 60,
                                    seconds % 60));
                }
            }
        }
    }

    @Test
    void presetsAreKnownByName() {
        assertThat(Preset.of("codes")).isEqualTo(Preset.CODES);
        assertThat(Preset.values()).hasSizeGreaterThanOrEqualTo(10);
    }
}
