package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rebill.platform.Refusal;

/**
 * What a source may push. The rate is counted by each node for itself, so behind a load balancer a source gets up to as
 * many times as much as there are nodes.
 */
@ApplicationScoped
public class PushLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Clock clock;
    private final int requestsPerMinute;
    private final long mostBytes;
    private final Map<UUID, TokenBucket> buckets = new ConcurrentHashMap<>();

    @Inject
    PushLimits(
            Clock clock,
            @ConfigProperty(name = "rebill.push.requests-per-minute", defaultValue = "3000") int requestsPerMinute,
            @ConfigProperty(name = "rebill.push.max-bytes", defaultValue = "67108864") long mostBytes) {
        this.clock = clock;
        this.requestsPerMinute = requestsPerMinute;
        this.mostBytes = mostBytes;
    }

    /** Counts a request. Refused (429) when the source asked too often. */
    void count(UUID sourceId) {
        Duration wait = buckets.computeIfAbsent(
                        sourceId, key -> new TokenBucket(requestsPerMinute, MINUTE, clock.instant()))
                .take(clock.instant());
        if (!wait.isZero()) {
            throw new Refusal.TooMany(
                    "push.rate",
                    "This source pushes more than " + requestsPerMinute
                            + " times a minute. Send again after the seconds in 'Retry-After', several records at once.",
                    wait.plusSeconds(1).minusNanos(1).toSeconds());
        }
    }

    /** Bytes of a request's records after unpacking. */
    long mostBytes() {
        return mostBytes;
    }
}
