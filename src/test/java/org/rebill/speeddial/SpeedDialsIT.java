package org.rebill.speeddial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;
import org.rebill.testing.TestFirm;

/** Speed dials by REST, on their page and on paper. */
class SpeedDialsIT extends FromOutside {
    @Test
    void theyAreAddedShownAndPrinted() throws Exception {
        TestFirm firm = TestFirm.create();
        Api clerk = Api.as(firm.clerk());
        String at = "/api/v1/firms/" + firm.slug();
        assertThat(clerk.post(at + "/codes", Map.of("code", "007", "house", true))
                        .status())
                .isEqualTo(201);

        Answer added = clerk.post(
                at + "/speed-dials",
                Map.of(
                        "personId",
                        firm.person().toString(),
                        "dials",
                        List.of(Map.of("label", "Barton Creek", "code", "007", "number", "512-555-0144"))));

        assertThat(added.status()).as(added::toString).isEqualTo(204);
        String query = "?person=" + firm.person() + "&form=*72*CODE*NUMBER";
        assertThat(clerk.get(at + "/speed-dials/file" + query + "&make=yealink").text())
                .contains("<Telephone>*72*007*5125550144</Telephone>");
        Answer sheet = clerk.get(at + "/speed-dials/sheet" + query);
        assertThat(sheet.header("Content-Type")).startsWith("application/pdf");
        try (PDDocument pdf = Loader.loadPDF(sheet.bytes())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Speed dials of", "Barton Creek", "*72*007*5125550144");
        }
        assertThat(Pages.as(firm.clerk()).get("/app/speed-dials.xhtml" + query).body())
                .contains("*72*007*5125550144")
                .doesNotContain("???");
        assertThat(Api.as(firm.professional()).get(at + "/speed-dials" + query).status())
                .isEqualTo(403);
    }
}
