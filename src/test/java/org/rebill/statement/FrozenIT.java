package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Sha256;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;

/** Issued means frozen: whatever the firm changes afterwards, both sides download the same bytes for ever. */
class FrozenIT extends FromOutside {
    private static final String LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 180 36'>"
            + "<path d='M0 36V0h8v28h20v8zM60 0h10l14 22V0h8v36H82L68 14v22h-8z' fill='#0b6b5b'/></svg>";

    private final BilledFirm office = new BilledFirm();
    private final UUID client = office.firm().client();

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private byte[] download(Api caller, String path) {
        Answer answer = caller.get(office.at(path));
        assertThat(answer.status()).as(path).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/pdf");
        return answer.bytes();
    }

    private void changeFirm() {
        Answer read = office.owner().get(office.at("/profile"));
        ObjectNode details = (ObjectNode) read.json();
        details.remove(List.of("slug", "trade", "country", "zone", "currency", "statementPrefix", "logo", "version"));
        details.put("name", "Renamed & Partners LLP").put("address", "99 Moved Avenue\nNewtown");
        details.put("taxId", "Tax ID 00-0000000").put("payment", "By wire to First Example Bank\naccount 0000 1234");
        Answer changed =
                office.owner().send("PUT", office.at("/profile"), details.toString(), "If-Match", read.header("ETag"));
        assertThat(changed.status()).as(changed::toString).isEqualTo(200);
        Answer logo = office.owner()
                .sendBytes(
                        "PUT",
                        office.at("/logo"),
                        "image/svg+xml",
                        LOGO.getBytes(StandardCharsets.UTF_8),
                        "If-Match",
                        changed.header("ETag"));
        assertThat(logo.status()).as(logo::toString).isEqualTo(200);
    }

    private void moveClient() {
        Answer read = office.clerk().get(office.at("/clients/" + client));
        Answer moved = office.clerk()
                .send(
                        "PUT",
                        office.at("/clients/" + client),
                        Map.of(
                                "name",
                                "Barton Creek Holding",
                                "address",
                                "7 Elsewhere Street\nFarville",
                                "currency",
                                "USD"),
                        "If-Match",
                        read.header("ETag"));
        assertThat(moved.status()).as(moved::toString).isEqualTo(200);
    }

    /** Accepted on the first day of the month, before all of its calls. */
    private void raise(UUID agreement) {
        office.made(
                "/agreements/" + agreement + "/versions",
                Map.of(
                        "validFrom",
                        office.month().atDay(1).toString(),
                        "terms",
                        Map.of("hourlyRate", new BigDecimal("300"), "incrementSeconds", 360)));
        office.made(
                "/agreements/" + agreement + "/versions/2/accept",
                Map.of(
                        "how",
                        "SIGNED",
                        "acceptedBy",
                        "Thomas Reyes",
                        "acceptedAt",
                        office.month()
                                .atDay(1)
                                .atTime(12, 0)
                                .toInstant(ZoneOffset.UTC)
                                .toString()));
    }

    private String logo(String statement) {
        String logo = office.clerk()
                .get(office.at("/statements/" + statement + "/document"))
                .json()
                .at("/firm/logo")
                .asText();
        return new String(Base64.getDecoder().decode(logo), StandardCharsets.UTF_8);
    }

    @Test
    void whatWasIssuedStaysWhateverChanges() throws IOException {
        UUID agreement = office.agree(client, "1042");
        office.bring("101", "1042", 301, 600);
        String id = office.drafted(client);
        JsonNode issued = office.issue(id);
        byte[] before = download(office.owner(), "/statements/" + id + "/pdf");
        String paper = text(before);
        assertThat(paper)
                .contains(issued.path("number").asText(), "1 Test Street", "2 Test Street", "Barton Creek Builders LLC")
                .contains("250.00", "75.00");
        assertThat(HexFormat.of().formatHex(Sha256.of(before)))
                .isEqualTo(issued.path("pdfSha256").asText());

        changeFirm();
        moveClient();
        raise(agreement);

        Api portal = Api.as(office.firm().clientUser());
        assertThat(download(office.clerk(), "/statements/" + id + "/pdf")).isEqualTo(before);
        assertThat(download(portal, "/portal/statements/" + id + "/pdf")).isEqualTo(before);
        assertThat(portal.get(office.at("/portal/statements/" + id)).json().path("total"))
                .isEqualTo(issued.path("total"));

        office.bring("101", "1042", 3600);
        String next = office.nextDraft(client);
        String draft = text(download(office.owner(), "/statements/" + next + "/pdf"));
        assertThat(draft)
                .contains("Renamed & Partners LLP", "99 Moved Avenue", "Barton Creek Holding", "7 Elsewhere Street")
                .contains("300.00", "Tax ID 00-0000000", "account 0000 1234")
                .doesNotContain("1 Test Street", "2 Test Street", "Barton Creek Builders LLC");
        assertThat(logo(next)).isEqualTo(LOGO);
        assertThat(logo(id)).isEmpty();
    }
}
