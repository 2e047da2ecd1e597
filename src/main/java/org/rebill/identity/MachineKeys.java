package org.rebill.identity;

import java.util.Optional;

/** Tells whose key a machine shows. Kept by the feature that owns the sources; asked before a firm is known. */
public interface MachineKeys {
    /**
     * Who holds a key.
     *
     * @param key as it was sent; anything
     * @return empty when it is no valid key, whatever the reason
     */
    Optional<Machine> holder(String key);
}
