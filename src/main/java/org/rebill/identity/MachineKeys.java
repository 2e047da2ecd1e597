package org.rebill.identity;

import java.util.Optional;
import org.rebill.platform.Refusal;

/** Tells whose key a machine shows. Kept by the feature that owns the sources; asked before a firm is known. */
public interface MachineKeys {
    /**
     * Who holds a key.
     *
     * @param key as it was sent; anything
     * @param address where it was sent from
     * @return empty when it is no valid key, whatever the reason
     * @throws Refusal.TooMany when too many wrong ones were sent from there, or of this key
     */
    Optional<Machine> holder(String key, String address);
}
