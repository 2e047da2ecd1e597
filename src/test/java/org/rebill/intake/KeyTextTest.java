package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.platform.Sha256;

class KeyTextTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void whatIsWrittenIsReadAgain() {
        for (UUID firm : new UUID[] {new UUID(0, 0), new UUID(-1, -1), new UUID(0, 1), UUID.randomUUID()}) {
            KeyText key = KeyText.random(firm, RANDOM);
            assertThat(KeyText.parse(key.text())).contains(key);
            assertThat(key.text()).matches("rbk_[0-9a-z]{35}_[0-9a-z]{50}").contains(key.id() + "_");
        }
        KeyText least = new KeyText(new UUID(0, 0), "0000000000", BigInteger.ZERO);
        assertThat(KeyText.parse(least.text())).contains(least);
    }

    @Test
    void noTwoAreTheSame() {
        Set<String> ids = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            KeyText key = KeyText.random(new UUID(1, 2), RANDOM);
            ids.add(key.id());
            texts.add(key.text());
        }
        assertThat(ids).hasSize(1000);
        assertThat(texts).hasSize(1000);
    }

    @Test
    void onlyTheHashOfTheSecretIsKeptAndItIsNotLogged() {
        KeyText key = KeyText.random(UUID.randomUUID(), RANDOM);
        byte[] three = new byte[32];
        three[31] = 3;
        assertThat(new KeyText(key.firm(), key.id(), BigInteger.valueOf(3)).hash())
                .isEqualTo(Sha256.of(three));
        String secret = key.text().substring(key.text().lastIndexOf('_') + 1);
        assertThat(key.toString()).contains(key.id()).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rbk_",
                "Bearer",
                "rbk_0000000000000000000000000000000000_00000000000000000000000000000000000000000000000000",
                // A firm of more than 128 bits, a secret of more than 256, letters outside of the digits.
                "rbk_zzzzzzzzzzzzzzzzzzzzzzzzz0000000000_00000000000000000000000000000000000000000000000000",
                "rbk_00000000000000000000000000000000000_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "rbk_00000000000000000000000000000000000_0000000000000000000000000000000000000000000000000A",
                "rbk_00000000000000000000000000000000000_00000000000000000000000000000000000000000000000000 "
            })
    void whatHasNotTheFormIsNoKey(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }
}
