package org.rebill.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Profile and logo by REST: changed by an owner who saw the last state, told in the audit log, refused in words. */
class SettingsIT extends FromOutside {
    private static final String SVG = "image/svg+xml";
    private static final String LOGO =
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><circle cx='5' cy='5' r='4'/></svg>";

    private TestFirm firm;
    private Api owner;
    private Api clerk;

    @BeforeEach
    void aFirm() {
        firm = TestFirm.create();
        owner = Api.as(firm.owner());
        clerk = Api.as(firm.clerk());
    }

    private String at(String path) {
        return "/api/v1/firms/" + firm.slug() + path;
    }

    private static ObjectNode details(JsonNode profile) {
        return ((ObjectNode) profile.deepCopy())
                .remove(List.of("slug", "trade", "country", "zone", "currency", "statementPrefix", "logo", "version"));
    }

    private Answer change(ObjectNode details, String tag) {
        return owner.send("PUT", at("/profile"), details.toString(), "If-Match", tag);
    }

    private Answer putLogo(Api caller, String tag, String type, byte[] picture) {
        return caller.sendBytes("PUT", at("/logo"), type, picture, "If-Match", tag);
    }

    private Answer putLogo(String tag, String drawing) {
        return putLogo(owner, tag, SVG, drawing.getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode lastAct() {
        return clerk.get(at("/audit?limit=1")).json().at("/items/0");
    }

    @Test
    void anOwnerChangesTheProfileAndTheLogTellsBothStates() {
        Answer read = clerk.get(at("/profile"));
        assertThat(read.json().path("slug").asText()).isEqualTo(firm.slug());
        ObjectNode details = details(read.json());
        details.put("name", "  Hale & Ortiz LLP ").put("address", "816 Congress Avenue\r\nAustin, TX 78701\n");

        Answer changed = change(details, read.header("ETag"));

        assertThat(changed.status()).as(changed::toString).isEqualTo(200);
        assertThat(changed.json().path("name").asText()).isEqualTo("Hale & Ortiz LLP");
        assertThat(changed.json().path("address").asText()).isEqualTo("816 Congress Avenue\nAustin, TX 78701");
        assertThat(changed.header("ETag")).isNotEqualTo(read.header("ETag"));
        assertThat(clerk.get(at("/profile")).json()).isEqualTo(changed.json());
        JsonNode act = lastAct();
        assertThat(act.path("action").asText()).isEqualTo("firm.changed");
        assertThat(act.at("/entry/before/name").asText()).isEqualTo("Firm " + firm.slug());
        assertThat(act.at("/entry/after/name").asText()).isEqualTo("Hale & Ortiz LLP");
    }

    @Test
    void aChangeMustNameTheStateItIsMadeTo() {
        Answer read = owner.get(at("/profile"));
        ObjectNode details = details(read.json()).put("phone", "+1 512 555 0100");

        assertThat(owner.put(at("/profile"), details.toString()).status()).isEqualTo(428);
        assertThat(change(details, read.header("ETag")).status()).isEqualTo(200);
        assertThat(change(details, read.header("ETag")).status()).isEqualTo(412);
        assertThat(putLogo(read.header("ETag"), LOGO).status()).isEqualTo(412);
    }

    @Test
    void allThatIsWrongIsToldAtItsField() {
        Answer read = owner.get(at("/profile"));
        ObjectNode details = details(read.json());
        details.put("name", " ").put("address", "").put("email", "nobody").put("brandColour", "red");
        details.put("locale", "en").put("paper", "A5").put("paymentDays", 366).put("phone", "1\n2");
        details.put("taxId", "x".repeat(101)).put("payment", "1\n2\n3\n4\n5");

        Answer refused = change(details, read.header("ETag"));

        assertThat(refused.status()).as(refused::toString).isEqualTo(422);
        assertThat(refused.json().path("problems").findValuesAsText("field"))
                .containsExactlyInAnyOrder(
                        "name",
                        "address",
                        "email",
                        "brandColour",
                        "locale",
                        "paper",
                        "paymentDays",
                        "phone",
                        "taxId",
                        "payment");
        assertThat(owner.get(at("/profile")).json()).isEqualTo(read.json());
    }

    @Test
    void theLogoComesBackAsItWasSentAndMayDoNothingInABrowser() {
        Answer none = owner.get(at("/logo"));
        assertThat(none.status()).isEqualTo(404);

        Answer taken = putLogo(owner.get(at("/profile")).header("ETag"), LOGO);

        assertThat(taken.status()).as(taken::toString).isEqualTo(200);
        assertThat(taken.json().at("/logo/type").asText()).isEqualTo(SVG);
        Answer logo = clerk.get(at("/logo"));
        assertThat(logo.text()).isEqualTo(LOGO);
        assertThat(logo.header("Content-Type")).startsWith(SVG);
        assertThat(logo.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'")
                .contains("sandbox");
        assertThat(logo.header("X-Content-Type-Options")).isEqualTo("nosniff");
        JsonNode act = lastAct();
        assertThat(act.path("action").asText()).isEqualTo("firm.logo-taken");
        assertThat(act.at("/entry/after/sha256").asText())
                .isEqualTo(taken.json().at("/logo/sha256").asText());

        Answer removed = owner.send("DELETE", at("/logo"), null, "If-Match", taken.header("ETag"));

        assertThat(removed.status()).as(removed::toString).isEqualTo(200);
        assertThat(removed.json().has("logo")).isFalse();
        assertThat(owner.get(at("/logo")).status()).isEqualTo(404);
        assertThat(lastAct().at("/entry/before/type").asText()).isEqualTo(SVG);
    }

    @Test
    void aPictureThatMayNotBePrintedIsRefusedWithTheReason() {
        String tag = owner.get(at("/profile")).header("ETag");

        refused(putLogo(tag, LOGO.replace("<circle", "<script>x()</script><circle")), 422, "<script>");
        refused(putLogo(tag, LOGO.replace("<circle", "<image href='http://127.0.0.1/'/><circle")), 422, "<image>");
        refused(putLogo(tag, LOGO.replace("r='4'", "r='wide'")), 422, "can't be drawn");
        refused(putLogo(owner, tag, "image/png", new byte[] {1, 2, 3}), 415, "no SVG, PNG or JPEG");
        refused(putLogo(owner, tag, "application/octet-stream", new byte[600 * 1024]), 413, "larger than 512 KB");
        assertThat(putLogo(owner, tag, "application/pdf", new byte[3]).status()).isEqualTo(415);
        assertThat(owner.get(at("/profile")).header("ETag")).isEqualTo(tag);
    }

    private static void refused(Answer answer, int status, String part) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(status);
        assertThat(answer.json().path("field").asText()).isEqualTo("logo");
        assertThat(answer.json().path("detail").asText()).contains(part);
    }

    @Test
    void aClerkReadsAndAProfessionalSeesNothing() {
        Answer read = clerk.get(at("/profile"));
        String tag = read.header("ETag");

        assertThat(clerk.send("PUT", at("/profile"), details(read.json()).toString(), "If-Match", tag)
                        .status())
                .isEqualTo(403);
        assertThat(putLogo(clerk, tag, SVG, LOGO.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(403);
        assertThat(clerk.send("DELETE", at("/logo"), null, "If-Match", tag).status())
                .isEqualTo(403);
        Api professional = Api.as(firm.professional());
        assertThat(professional.get(at("/profile")).status()).isEqualTo(403);
        assertThat(professional.get(at("/logo")).status()).isEqualTo(403);
    }
}
