package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;

/** Lists and reports as files: the statement's total is the ledger's, the list's, the spreadsheet's and the report's. */
class ExportsIT extends FromOutside {
    private final BilledFirm office = new BilledFirm();

    private JsonNode issued() {
        UUID barton = office.firm().client();
        office.agree(barton, "1042");
        office.bring("101", "1042", 311, 720, 59);
        office.bring("102", "", 400);
        return office.issue(office.drafted(barton));
    }

    private String period() {
        return "from=" + office.month().atDay(1) + "&to=" + office.month().atEndOfMonth();
    }

    private Answer taken(Api caller, String path) {
        Answer answer = caller.get(office.at(path));
        assertThat(answer.status()).as(answer::toString).isEqualTo(200);
        return answer;
    }

    private static BigDecimal total(JsonNode json, String key) {
        return json.at("/totals/0/" + key).decimalValue();
    }

    @Test
    void oneTotalInTheStatementTheListsTheSpreadsheetAndTheReport() throws IOException {
        BigDecimal total = issued().path("total").decimalValue();
        assertThat(total).isEqualByComparingTo("100.00");
        Api clerk = office.clerk();
        for (String list : List.of("calls/exports?" + period(), "charges/exports?" + period())) {
            assertThat(total(taken(clerk, "/" + list + "&format=json").json(), "amount"))
                    .as(list)
                    .isEqualByComparingTo(total);
        }
        assertThat(total(
                        taken(clerk, "/statements/exports?month=" + office.month() + "&format=json")
                                .json(),
                        "total"))
                .isEqualByComparingTo(total);
        for (String report : List.of("clients", "codes", "people", "days")) {
            JsonNode json = taken(clerk, "/reports/" + report + "?" + period()).json();
            assertThat(total(json, "amount")).as(report).isEqualByComparingTo(total);
            assertThat(total(json, "talkSeconds")).as(report).isEqualByComparingTo("1490");
        }
        Answer sheet = taken(clerk, "/calls/exports?" + period() + "&format=xlsx");
        assertThat(sheet.header("Content-Disposition")).isEqualTo("attachment; filename=\"calls.xlsx\"");
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(sheet.bytes()))) {
            XSSFSheet read = book.getSheetAt(0);
            assertThat(read.getRow(read.getLastRowNum()).getCell(13).getNumericCellValue())
                    .isEqualTo(total.doubleValue());
        }
        assertThat(office.owner().get(office.at("/audit?limit=20")).text())
                .contains("calls.exported", "charges.exported", "statements.exported", "reports.exported");
    }

    @Test
    void professionalsTakeOwnTalksAndClientsNone() {
        issued();
        Api professional = Api.as(office.firm().professional());
        for (String path : List.of("/calls/exports?format=json", "/charges/exports?format=json", "/reports/people")) {
            for (JsonNode row : taken(professional, path).json().path("rows")) {
                assertThat(row.path("person").asText())
                        .isEqualTo(office.firm().professional().displayName());
            }
            assertThat(Api.as(office.firm().clientUser()).get(office.at(path)).status())
                    .isEqualTo(403);
        }
        assertThat(office.clerk().get(office.at("/calls/exports?format=doc")).status())
                .isEqualTo(422);
        assertThat(office.clerk().get(office.at("/reports/nothing")).status()).isEqualTo(404);
    }

    @Test
    void aReportIsOnAPageAndKeptUnderAName() throws IOException {
        issued();
        Pages clerk = Pages.as(office.firm().clerk());
        for (String report : List.of(
                "clients",
                "codes",
                "people",
                "days",
                "hours",
                "directions",
                "coded",
                "money",
                "numbers",
                "trend",
                "realisation",
                "agreements")) {
            String page = clerk.get("/app/reports.xhtml?report=" + report).body();
            assertThat(page).as(report).contains(report.equals("hours") ? "class=\"heat\"" : "data-chart=");
            assertThat(page).as(report).doesNotContain("???");
        }
        office.made(
                "/saved-reports", Map.of("name", "Codes", "parameters", Map.of("report", "codes", "period", "YEAR")));
        assertThat(office.clerk()
                        .post(office.at("/saved-reports"), Map.of("name", "codes", "parameters", Map.of()))
                        .status())
                .isEqualTo(409);
        assertThat(clerk.get("/app/reports.xhtml").body()).contains("reports.xhtml?report=codes&amp;period=YEAR");
    }
}
