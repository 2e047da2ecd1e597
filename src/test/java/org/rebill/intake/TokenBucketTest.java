package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private final TokenBucket bucket = new TokenBucket(3, Duration.ofSeconds(60), NOON);

    @Test
    void aBurstPassesThenOneForEachTokenThatIsRefilled() {
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(NOON)).isZero();
        }
        assertThat(bucket.take(NOON)).isEqualTo(Duration.ofSeconds(20));
        assertThat(bucket.take(NOON.plusSeconds(5))).isEqualTo(Duration.ofSeconds(15));
        assertThat(bucket.take(NOON.plusSeconds(20))).isZero();
        assertThat(bucket.take(NOON.plusSeconds(20))).isEqualTo(Duration.ofSeconds(20));
        // What is earned between two tokens is not lost by asking.
        assertThat(bucket.take(NOON.plusSeconds(39))).isEqualTo(Duration.ofSeconds(1));
        assertThat(bucket.take(NOON.plusSeconds(40))).isZero();
    }

    @Test
    void itHoldsNoMoreThanItsSize() {
        bucket.take(NOON);
        Instant later = NOON.plus(Duration.ofDays(1));
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.take(later)).isZero();
        }
        assertThat(bucket.take(later)).isPositive();
    }

    @Test
    void aClockThatGoesBackGivesNothingAndTakesNothing() {
        bucket.take(NOON);
        assertThat(bucket.take(NOON.minusSeconds(3600))).isZero();
        assertThat(bucket.take(NOON.minusSeconds(3600))).isZero();
        assertThat(bucket.take(NOON.plusSeconds(20))).isZero();
    }
}
