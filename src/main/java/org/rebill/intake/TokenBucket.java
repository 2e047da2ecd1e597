package org.rebill.intake;

import java.time.Duration;
import java.time.Instant;

/** Lets so many requests through in a while: a full bucket at first, refilled evenly, one token a request. */
final class TokenBucket {
    private final long most;
    private final long nanosPerToken;
    private long tokens;
    private Instant filledTo;

    /**
     * A full bucket.
     *
     * @param most tokens that it holds, at least 1
     * @param refill in which an empty one gets full again
     */
    TokenBucket(long most, Duration refill, Instant now) {
        this.most = most;
        this.nanosPerToken = Math.max(1, refill.toNanos() / most);
        this.tokens = most;
        this.filledTo = now;
    }

    /**
     * Takes a token.
     *
     * @return zero when there was one, else how long until there is
     */
    synchronized Duration take(Instant now) {
        fill(now);
        if (tokens > 0) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.between(now, filledTo.plusNanos(nanosPerToken));
    }

    /** Zero when there is a token, else how long until there is; takes none. */
    synchronized Duration look(Instant now) {
        fill(now);
        return tokens > 0 ? Duration.ZERO : Duration.between(now, filledTo.plusNanos(nanosPerToken));
    }

    private void fill(Instant now) {
        if (now.isBefore(filledTo)) {
            return;
        }
        long earned = Duration.between(filledTo, now).toNanos() / nanosPerToken;
        if (tokens + earned >= most) {
            tokens = most;
            filledTo = now;
        } else {
            tokens += earned;
            filledTo = filledTo.plusNanos(earned * nanosPerToken);
        }
    }
}
