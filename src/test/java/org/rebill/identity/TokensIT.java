package org.rebill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;
import org.rebill.testing.TestFirm;

/** Who may ask the API, and what others are told. */
class TokensIT extends FromOutside {
    private static TestFirm firm;
    private static TestFirm other;

    @BeforeAll
    static void twoFirms() {
        firm = TestFirm.create();
        other = TestFirm.create();
    }

    @Test
    void withoutATokenNobodyComesIn() {
        Answer answer = Api.anonymous().get("/api/v1/me");

        assertProblem(answer, 401, "token.missing");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void aTokenThatWasChangedIsRefused() {
        String good = Api.as(firm.owner()).token();
        int inSignature = good.lastIndexOf('.') + 10;
        String changed = good.substring(0, inSignature)
                + (good.charAt(inSignature) == 'A' ? 'B' : 'A')
                + good.substring(inSignature + 1);

        Answer answer = Api.withToken(changed).get("/api/v1/me");

        assertProblem(answer, 401, "token.invalid");
        assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }

    @Test
    void meTellsTheUsersFirmsAndRoles() {
        JsonNode me = Api.as(firm.clerk()).get("/api/v1/me").json();

        assertThat(me.path("id").asText()).isEqualTo(firm.clerk().id().toString());
        assertThat(me.path("firms")).hasSize(1);
        assertThat(me.at("/firms/0/slug").asText()).isEqualTo(firm.slug());
        assertThat(me.at("/firms/0/roles/0").asText()).isEqualTo("CLERK");
    }

    @Test
    void oneUserMayHaveRolesInTwoFirms() {
        TestFirm first = TestFirm.create();
        TestFirm second = TestFirm.create();
        second.admit(first.owner(), Role.CLERK);

        JsonNode me = Api.as(first.owner()).get("/api/v1/me").json();

        assertThat(me.path("firms").findValuesAsText("slug")).containsExactlyInAnyOrder(first.slug(), second.slug());
        assertThat(me.path("firms").findValuesAsText("name")).isSorted();
    }

    @Test
    void anotherFirmSoundsLikeOneThatDoesNotExist() {
        Api owner = Api.as(firm.owner());

        Answer others = owner.get("/api/v1/firms/" + other.slug() + "/audit");
        Answer missing = owner.get("/api/v1/firms/no-such-firm/audit");

        assertProblem(others, 404, "not-found");
        assertThat(others.text()).isEqualTo(missing.text());
    }

    @Test
    void anOrganizationWithoutARoleInTheFirmIsNotEnough() {
        TestFirm first = TestFirm.create();
        TestFirm second = TestFirm.create();
        second.admitWithoutRole(first.owner());

        Api owner = Api.as(first.owner());

        assertThat(owner.get("/api/v1/me").json().path("firms").findValuesAsText("slug"))
                .isEqualTo(List.of(first.slug()));
        assertProblem(owner.get("/api/v1/firms/" + second.slug() + "/audit"), 404, "not-found");
    }

    @Test
    void theWrongRoleIsTold() {
        Answer answer = Api.as(firm.clientUser()).get("/api/v1/firms/" + firm.slug() + "/audit");

        assertProblem(answer, 403, "forbidden");
    }

    @Test
    void anAddressThatIsNotThereIsAProblemToo() {
        assertProblem(Api.as(firm.owner()).get("/api/v1/firms/" + firm.slug() + "/nothing"), 404, "http-404");
    }

    private static void assertProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }
}
