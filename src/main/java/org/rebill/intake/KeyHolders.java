package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.rebill.identity.Machine;
import org.rebill.identity.MachineKeys;
import org.rebill.platform.Tenant;

/** Looks a key up in the firm that it names. */
@ApplicationScoped
public class KeyHolders implements MachineKeys {
    private final SourceKeys keys;

    @Inject
    KeyHolders(SourceKeys keys) {
        this.keys = keys;
    }

    @Override
    public Optional<Machine> holder(String key) {
        Optional<KeyText> text = KeyText.parse(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Tenant.call(text.get().firm(), () -> keys.use(text.get()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
