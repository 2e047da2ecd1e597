package org.rebill.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.rebill.platform.Sha256;

/** Whose key a phone system shows, remembered for three seconds: it asks at every call, and answers come from memory. */
@ApplicationScoped
public class LiveKeys {
    private static final long REMEMBERED = Duration.ofSeconds(3).toNanos();
    private static final int MOST = 10_000;

    private final MachineKeys keys;
    private final LongSupplier nanos;
    private final Map<String, Held> known = new ConcurrentHashMap<>();

    private record Held(Machine machine, long at) {}

    @Inject
    LiveKeys(MachineKeys keys) {
        this(keys, System::nanoTime);
    }

    LiveKeys(MachineKeys keys, LongSupplier nanos) {
        this.keys = keys;
        this.nanos = nanos;
    }

    /**
     * Who holds a key; empty when it is no valid key. What is no key is asked for each time, and refused (429) as
     * {@link MachineKeys} refuses it.
     *
     * @param address where it came from
     */
    public Optional<Machine> holder(String key, String address) {
        String hash = HexFormat.of().formatHex(Sha256.of(key.getBytes(StandardCharsets.UTF_8)));
        long now = nanos.getAsLong();
        Held held = known.get(hash);
        if (held != null && now - held.at() < REMEMBERED) {
            return Optional.of(held.machine());
        }
        Optional<Machine> machine = keys.holder(key, address);
        if (known.size() >= MOST) {
            known.clear();
        }
        machine.ifPresentOrElse(found -> known.put(hash, new Held(found, now)), () -> known.remove(hash));
        return machine;
    }
}
