package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Refusal;

class WrongKeysTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final int MOST = 3;

    private final KeyText key = KeyText.random(new UUID(1, 2), new SecureRandom());
    private final WrongKeys keys = new WrongKeys(CLOCK, MOST);

    private void wrong(Optional<KeyText> sent, String address) {
        keys.check(sent, address);
        keys.wrong(sent, address);
    }

    private Refusal.TooMany refused(Optional<KeyText> sent, String address) {
        return catchThrowableOfType(Refusal.TooMany.class, () -> keys.check(sent, address));
    }

    @Test
    void anAddressThatSendsWrongKeysWaits() {
        for (int i = 0; i < MOST; i++) {
            wrong(Optional.empty(), "10.0.0.1");
        }
        Refusal.TooMany refused = refused(Optional.of(key), "10.0.0.1");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfterSeconds()).isEqualTo(20);
        assertThat(refused(Optional.of(key), "10.0.0.2")).isNull();
    }

    @Test
    void aKeyThatIsGuessedFromManyAddressesWaitsToo() {
        for (int i = 0; i < MOST; i++) {
            KeyText guess = new KeyText(key.firm(), key.id(), key.secret().add(BigInteger.valueOf(i + 1L)));
            wrong(Optional.of(guess), "10.0.1." + i);
        }
        assertThat(refused(Optional.of(key), "10.0.1.9")).isNotNull();
        assertThat(refused(Optional.of(KeyText.random(key.firm(), new SecureRandom())), "10.0.1.9"))
                .isNull();
    }

    @Test
    void aKeyThatWasRightIsNeverLockedOutByOthers() {
        keys.right(key);
        for (int i = 0; i < MOST; i++) {
            wrong(Optional.empty(), "10.0.0.1");
        }
        assertThatCode(() -> keys.check(Optional.of(key), "10.0.0.1")).doesNotThrowAnyException();
        keys.wrong(Optional.of(key), "10.0.0.1");
        assertThat(refused(Optional.of(key), "10.0.0.1")).isNotNull();
    }
}
