package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.platform.Refusal;

class PushLimitsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    private static final UUID SOURCE = new UUID(1, 1);

    @ParameterizedTest
    @CsvSource({"1, 60", "2, 30", "7, 9", "60, 1", "3000, 1"})
    void whoAsksTooOftenWaitsWholeSecondsAndAtLeastOne(int perMinute, long seconds) {
        PushLimits limits = new PushLimits(CLOCK, perMinute, 1);
        for (int i = 0; i < perMinute; i++) {
            limits.count(SOURCE);
        }

        Refusal.TooMany refused = catchThrowableOfType(Refusal.TooMany.class, () -> limits.count(SOURCE));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.retryAfterSeconds()).isEqualTo(seconds);
    }

    @Test
    void eachSourceHasItsOwn() {
        PushLimits limits = new PushLimits(CLOCK, 1, 1);
        limits.count(SOURCE);
        assertThatCode(() -> limits.count(new UUID(1, 2))).doesNotThrowAnyException();
    }
}
