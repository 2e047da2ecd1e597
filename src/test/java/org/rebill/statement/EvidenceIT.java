package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;
import org.rebill.verifier.Verifier;

/** From a statement's amounts back to the phone system's bytes: for the office, for the client, and without the service. */
class EvidenceIT extends FromOutside {
    private static final Path VERIFIER = Path.of("target", "downloads", "rebill-verifier.jar");

    private final BilledFirm office = new BilledFirm();
    private final Api client = Api.as(office.firm().clientUser());

    private String issued() {
        UUID barton = office.firm().client();
        UUID wexler = office.client("Wexler Foods");
        office.agree(barton, "1042");
        office.agree(wexler, "1077");
        office.bring("101", "1042", 311, 720);
        office.bring("101", "1077", 59);
        office.bring("101", "1042", 360);
        String draft = office.drafted(barton);
        office.issue(draft);
        return draft;
    }

    private static Verifier.Verdict verify(byte[] zip) throws IOException {
        return Verifier.verify(new ByteArrayInputStream(zip), Map.of());
    }

    @Test
    void bothSidesTakeTheEvidenceAndItHoldsWithoutTheService(@TempDir Path folder) throws Exception {
        String statement = issued();
        Answer own = client.get(office.at("/portal/statements/" + statement + "/evidence/zip"));
        Answer firms = office.clerk().get(office.at("/statements/" + statement + "/evidence/zip"));
        assertThat(own.status()).as(own::toString).isEqualTo(200);
        assertThat(firms.status()).as(firms::toString).isEqualTo(200);
        assertThat(verify(own.bytes()).broken()).isEmpty();
        assertThat(verify(firms.bytes()).broken()).isEmpty();
        assertThat(verify(firms.bytes()).checked())
                .isGreaterThan(verify(own.bytes()).checked());

        Path zip = Files.write(folder.resolve("evidence.zip"), own.bytes());
        Process program = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-jar",
                        VERIFIER.toString(),
                        zip.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).startsWith("OK: all ");
        assertThat(program.exitValue()).isZero();

        // That both took it is in the log, which holds.
        assertThat(office.owner().get(office.at("/audit?limit=2")).text()).contains("evidence.taken");
        assertThat(office.owner()
                        .get(office.at("/audit/verification"))
                        .json()
                        .path("holds")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aClientFindsOwnRecordsOnlyAndOwnStatementsOnly() {
        String statement = issued();
        Answer evidence = client.get(office.at("/portal/statements/" + statement + "/evidence"));
        assertThat(evidence.status()).as(evidence::toString).isEqualTo(200);
        JsonNode lines = evidence.json().path("lines");
        assertThat(lines).hasSize(3);
        assertThat(lines.at("/0/records/0/text").asText()).startsWith("\"1042\",\"101\",\"915125550144\"");
        assertThat(lines.at("/0/charge/amount").decimalValue()).isEqualByComparingTo("25.00");
        assertThat(evidence.json().at("/agreements/0/acceptedBy").asText()).isEqualTo("Thomas Reyes");
        assertThat(evidence.text())
                .doesNotContain("1077")
                .doesNotContain("Wexler")
                .doesNotContain("file.taken");

        UUID wexler = UUID.fromString(office.clerk()
                .get(office.at("/clients?q=Wexler"))
                .json()
                .at("/items/0/id")
                .asText());
        String others = office.drafted(wexler);
        for (String path : new String[] {"/evidence", "/evidence/zip"}) {
            assertThat(client.get(office.at("/portal/statements/" + others + path))
                            .status())
                    .isEqualTo(404);
            assertThat(office.clerk()
                            .get(office.at("/statements/" + others + path))
                            .status())
                    .as("a draft")
                    .isEqualTo(409);
        }
        office.issue(others);
        assertThat(client.get(office.at("/portal/statements/" + others + "/evidence/zip"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void theChainIsOnAPageForBothSides() throws IOException {
        String statement = issued();
        String call = office.clerk()
                .get(office.at("/statements/" + statement + "/evidence"))
                .json()
                .at("/lines/0/callId")
                .asText();
        Pages clerk = Pages.as(office.firm().clerk());
        assertThat(clerk.get("/app/statement.xhtml?id=" + statement).body()).contains("evidence.xhtml?call=" + call);
        String page = clerk.get("/app/evidence.xhtml?call=" + call).body();
        assertThat(page)
                .contains("$25.00", "Thomas Reyes", "Master.csv", "issued the statement")
                .doesNotContain("???");
        Pages thomas = Pages.as(office.firm().clientUser());
        assertThat(thomas.get("/portal/statements.xhtml?id=" + statement).body())
                .contains("evidence.xhtml?id=" + statement + "&amp;call=" + call);
        assertThat(thomas.get("/portal/evidence.xhtml?id=" + statement + "&call=" + call)
                        .body())
                .contains("$25.00", "Thomas Reyes", "Master.csv")
                .doesNotContain("???")
                .doesNotContain("file.xhtml");
        assertThat(thomas.get("/portal/evidence.xhtml?id=" + statement + "&call=" + UUID.randomUUID())
                        .statusCode())
                .isEqualTo(404);
        assertThat(thomas.get("/portal/evidence.zip?id=" + statement).statusCode())
                .isEqualTo(200);
    }
}
