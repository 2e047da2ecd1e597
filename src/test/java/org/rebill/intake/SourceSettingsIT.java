package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** A source's settings are changed by whoever read them last; checked as when it was added. */
class SourceSettingsIT extends FromOutside {
    private static TestFirm firm;
    private static Api clerk;
    private static String root;
    private static int sources;

    @BeforeAll
    static void aFirm() {
        firm = TestFirm.create();
        clerk = Api.as(firm.clerk());
        root = "/api/v1/firms/" + firm.slug();
    }

    private static Answer newSource() {
        Answer created = clerk.post(
                root + "/sources", Map.of("name", "Office " + sources++, "format", "asterisk-cdr-csv", "zone", "UTC"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created;
    }

    /** The document as it can be sent again. */
    private static ObjectNode draft(JsonNode source) {
        ObjectNode draft = source.deepCopy();
        draft.remove("id");
        draft.remove("version");
        draft.remove("lastFile");
        return draft;
    }

    private static Answer change(JsonNode source, ObjectNode draft, String etag) {
        return clerk.send("PUT", root + "/sources/" + source.path("id").asText(), draft, "If-Match", etag);
    }

    @Test
    void settingsAreChangedWithTheVersionThatWasRead() {
        Answer created = newSource();
        JsonNode source = created.json();
        String path = root + "/sources/" + source.path("id").asText();
        String etag = clerk.get(path).header("ETag");
        assertThat(etag).isEqualTo(created.header("ETag")).isNotEmpty();
        ObjectNode draft = draft(source);
        draft.put("name", "Annex " + source.path("name").asText());
        draft.put("zone", "Europe/Berlin");
        draft.put("country", "DE");
        draft.put("areaCode", "30");
        draft.put("outsidePrefix", "0");
        draft.put("extensionDigits", 4);
        draft.put("promptAllowanceSeconds", 7);
        draft.put("stampsInUtc", true);

        assertThat(clerk.put(path, draft).status()).isEqualTo(428);
        Answer changed = change(source, draft, etag);

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(draft(changed.json())).isEqualTo(draft);
        assertThat(changed.header("ETag")).isNotEqualTo(etag);
        assertThat(clerk.get(path).json()).isEqualTo(changed.json());
        assertThat(change(source, draft, etag).status()).as("somebody else's").isEqualTo(412);
        JsonNode act = clerk.get(root + "/audit?limit=1").json().at("/items/0");
        assertThat(act.path("action").asText()).isEqualTo("source.changed");
        assertThat(act.toString()).contains("Europe/Berlin").contains("UTC");
        // Nothing changed: nothing is noted.
        Answer same = change(source, draft, changed.header("ETag"));
        assertThat(same.header("ETag")).isEqualTo(changed.header("ETag"));
        assertThat(clerk.get(root + "/audit?limit=1").json().at("/items/0")).isEqualTo(act);
    }

    @Test
    void theSameCheckAsWhenItWasAdded() {
        JsonNode other = newSource().json();
        Answer created = newSource();
        JsonNode source = created.json();
        ObjectNode draft = draft(source);
        draft.put("name", " ");
        draft.put("zone", "Mars/Olympus");
        draft.put("areaCode", "5a");
        draft.put("extensionDigits", 9);
        Answer refused = change(source, draft, created.header("ETag"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("problems").findValuesAsText("field"))
                .containsExactlyInAnyOrder("name", "zone", "areaCode", "extensionDigits");
        draft = draft(source);
        draft.put("name", other.path("name").asText());
        assertThat(change(source, draft, created.header("ETag")).status()).isEqualTo(409);
    }

    @Test
    void onlyTheOfficeChangesThem() {
        Answer created = newSource();
        String path = root + "/sources/" + created.json().path("id").asText();
        for (Api api : new Api[] {Api.as(firm.professional()), Api.as(firm.clientUser())}) {
            assertThat(api.send("PUT", path, draft(created.json()), "If-Match", created.header("ETag"))
                            .status())
                    .isEqualTo(403);
        }
    }
}
