package org.rebill.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rebill.testing.Api;
import org.rebill.testing.Api.Answer;
import org.rebill.testing.FromOutside;

class HealthIT extends FromOutside {
    @Test
    void readyNamesAllThatIsNeeded() {
        Answer answer = Api.anonymous().get("/health/ready");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("UP");
        assertThat(answer.json().path("checks").findValuesAsText("name"))
                .contains("application", "database", "keycloak");
    }

    @Test
    void liveAsksNobodyElse() {
        Answer answer = Api.anonymous().get("/health/live");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("UP");
        assertThat(answer.json().path("checks")).isEmpty();
    }
}
