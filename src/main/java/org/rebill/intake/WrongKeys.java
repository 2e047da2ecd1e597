package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.rebill.platform.Refusal;

/**
 * Keeps guessing dear: after some wrong keys from an address, or of one key, further ones are turned away for a while
 * without being looked up. A key that was right before is always looked up, so that nobody who guesses beside it can
 * lock a phone system out. Counted by each node for itself.
 */
@ApplicationScoped
public class WrongKeys {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** Addresses and keys that are remembered; the one longest unused goes first. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Clock clock;
    private final int most;
    private final Map<String, TokenBucket> addresses = recent();
    private final Map<String, TokenBucket> keys = recent();
    private final Set<ByteBuffer> right = Collections.newSetFromMap(recent());

    @Inject
    WrongKeys(Clock clock, @ConfigProperty(name = "rebill.wrong-keys-per-minute", defaultValue = "20") int most) {
        this.clock = clock;
        this.most = most;
    }

    private static <K, V> Map<K, V> recent() {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST_REMEMBERED;
            }
        });
    }

    /**
     * Lets a key be looked up, or refuses it.
     *
     * @param key empty when what was sent has not the form of one
     * @throws Refusal.TooMany when too many wrong ones came
     */
    void check(Optional<KeyText> key, String address) {
        if (key.isPresent() && right.contains(ByteBuffer.wrap(key.get().hash()))) {
            return;
        }
        Instant now = clock.instant();
        Duration wait = look(addresses, address, now);
        Duration ofKey = key.map(one -> look(keys, one.id(), now)).orElse(Duration.ZERO);
        Duration longer = ofKey.compareTo(wait) > 0 ? ofKey : wait;
        if (!longer.isZero()) {
            throw new Refusal.TooMany(
                    "key.wrong.rate",
                    "Too many wrong keys were sent. Put a valid key of the source in; keys are made on the source's "
                            + "page, under Sources. The next one is looked at after the seconds in 'Retry-After'.",
                    longer.plusSeconds(1).minusNanos(1).toSeconds());
        }
    }

    private static Duration look(Map<String, TokenBucket> buckets, String name, Instant now) {
        TokenBucket bucket = buckets.get(name);
        return bucket == null ? Duration.ZERO : bucket.look(now);
    }

    /** It was wrong. */
    void wrong(Optional<KeyText> key, String address) {
        Instant now = clock.instant();
        addresses
                .computeIfAbsent(address, name -> new TokenBucket(most, MINUTE, now))
                .take(now);
        key.ifPresent(one -> {
            right.remove(ByteBuffer.wrap(one.hash()));
            keys.computeIfAbsent(one.id(), name -> new TokenBucket(most, MINUTE, now))
                    .take(now);
        });
    }

    /** It was right. */
    void right(KeyText key) {
        right.add(ByteBuffer.wrap(key.hash()));
    }
}
