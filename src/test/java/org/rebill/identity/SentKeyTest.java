package org.rebill.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SentKeyTest {
    private static String basic(String pair) {
        return "basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aBearerTokenOrThePasswordOfAnyUserIsTheKey() {
        assertThat(SentKey.of("bearer  rbk_1 ")).contains("rbk_1");
        assertThat(SentKey.of(basic("freeswitch:rbk_1"))).contains("rbk_1");
        assertThat(SentKey.of(basic(":a:b"))).contains("a:b");
    }

    @Test
    void anythingElseHoldsNone() {
        assertThat(SentKey.of(null)).isEmpty();
        assertThat(SentKey.of("Digest username=x")).isEmpty();
        assertThat(SentKey.of("Basic ***")).isEmpty();
        assertThat(SentKey.of(basic("rbk_1"))).isEmpty();
    }
}
