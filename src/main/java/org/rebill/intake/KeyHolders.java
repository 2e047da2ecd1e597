package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.rebill.identity.Machine;
import org.rebill.identity.MachineKeys;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Tenant;

/** Looks a key up in the firm that it names. */
@ApplicationScoped
public class KeyHolders implements MachineKeys {
    private final SourceKeys keys;
    private final SshKeys sshKeys;
    private final WrongKeys wrong;
    private final FirmDirectory firms;

    @Inject
    KeyHolders(SourceKeys keys, SshKeys sshKeys, WrongKeys wrong, FirmDirectory firms) {
        this.keys = keys;
        this.sshKeys = sshKeys;
        this.wrong = wrong;
        this.firms = firms;
    }

    @Override
    public Optional<Machine> holder(String key, String address) {
        Optional<KeyText> text = KeyText.parse(key);
        wrong.check(text, address);
        Optional<Machine> machine =
                text.isEmpty() ? Optional.empty() : in(text.get().firm(), () -> keys.use(text.get()));
        if (machine.isEmpty()) {
            wrong.wrong(text, address);
        } else {
            wrong.right(text.get());
        }
        return machine;
    }

    /**
     * Whose public key it is; whether it is held is for the caller to prove.
     *
     * @param account the user name: the firm's short name, as in the address of its pages
     * @param fingerprint as OpenSSH shows it, {@code SHA256:…}
     * @return empty when there is no such key, or it was revoked
     */
    public Optional<Machine> sshHolder(String account, String fingerprint, String address) {
        wrong.check(Optional.empty(), address);
        Optional<Machine> machine = firms.find(account).flatMap(firm -> in(firm, () -> sshKeys.use(firm, fingerprint)));
        if (machine.isEmpty()) {
            wrong.wrong(Optional.empty(), address);
        }
        return machine;
    }

    private static Optional<Machine> in(UUID firm, Callable<Optional<Machine>> look) {
        try {
            return Tenant.call(firm, look);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
