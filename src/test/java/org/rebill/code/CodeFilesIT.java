package org.rebill.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.Pages;
import org.rebill.testing.TestFirm;

/** Codes as files by REST and on their page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeFilesIT extends FromOutside {
    private TestFirm firm;
    private Api clerk;

    @BeforeAll
    void aFirm() {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
    }

    private String at(String path) {
        return "/api/v1/firms/" + firm.slug() + path;
    }

    private Answer send(String query, String csv) {
        return clerk.sendBytes(
                "POST", at("/code-file" + query), "text/csv; charset=UTF-8", csv.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileIsLookedThroughThenStoredThenTakenForAPhoneSystem() {
        String csv = "code,client,label\n007,Barton Creek Builders LLC,Größe\n9,House,\n";
        Answer dry = send("?dry=true", csv);
        assertThat(dry.status()).as(dry::toString).isEqualTo(200);
        assertThat(dry.json().path("created").asInt()).isEqualTo(2);
        assertThat(clerk.get(at("/codes")).json().path("items")).isEmpty();

        Answer wrong = send("", csv + "12#,House,\n");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("field").asText()).isEqualTo("line.4.code");
        assertThat(clerk.get(at("/codes")).json().path("items")).isEmpty();

        Answer stored = send("", csv);
        assertThat(stored.status()).as(stored::toString).isEqualTo(200);
        assertThat(clerk.get(at("/code-file")).text()).contains("007,Größe,Barton Creek Builders LLC,,,,");
        Answer taken = clerk.sendBytes("POST", at("/code-exports?format=cisco_cmc"), "application/json", new byte[0]);
        assertThat(taken.text()).isEqualTo("007,Größe\r\n9,House\r\n");
        assertThat(clerk.get(at("/code-exports")).json().at("/items/0/old").asBoolean(true))
                .isFalse();
        send("", "code,client\n10,House\n");
        assertThat(clerk.get(at("/code-exports")).json().at("/items/0/old").asBoolean(false))
                .isTrue();

        String page = Pages.as(firm.clerk()).get("/app/code-lists.xhtml").body();
        assertThat(page).contains("older than your codes", "${DB_EXISTS(rebill-codes/${CODE})}");
        assertThat(page).doesNotContain("???");
        assertThat(Pages.as(firm.clerk()).get("/app/codes/file").body()).startsWith("code,label,client");
        assertThat(Api.as(firm.professional()).get(at("/code-file")).status()).isEqualTo(403);
    }
}
