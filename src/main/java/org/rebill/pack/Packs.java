package org.rebill.pack;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.rebill.identity.Caller;
import org.rebill.identity.KeycloakAccounts;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Ids;
import org.rebill.platform.Tenant;

/**
 * Sets up the firms of the packs in the folder {@code rebill.tenants} when the application starts; without that setting
 * there is nothing to do. A firm that exists is left alone. The application is ready when all of them are there, so that
 * a pack with a mistake is noticed at once.
 */
@Readiness
@ApplicationScoped
public class Packs implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(Packs.class.getName());
    /** After the migrations and the jobs, which observe the same moment. */
    private static final int LAST = 5000;

    private final Optional<String> tenants;
    private final FirmDirectory directory;
    private final KeycloakAccounts accounts;
    private final PackSetUp setUp;

    @Resource
    private ManagedExecutorService executor;

    private volatile boolean done;

    @Inject
    Packs(Config config, FirmDirectory directory, KeycloakAccounts accounts, PackSetUp setUp) {
        // Asked for here: the server can't inject an Optional.
        this.tenants = config.getOptionalValue("rebill.tenants", String.class);
        this.directory = directory;
        this.accounts = accounts;
        this.setUp = setUp;
    }

    void start(@Observes @Priority(LAST) @Initialized(ApplicationScoped.class) Object event) {
        if (tenants.isEmpty()) {
            done = true;
        } else {
            // Not in the way of the deployment: Keycloak may take its time.
            executor.execute(this::load);
        }
    }

    private void load() {
        try {
            for (Path folder : PackReader.packs(Path.of(tenants.orElseThrow()))) {
                load(folder);
            }
            done = true;
        } catch (BadPack e) {
            LOG.severe(() -> "The firms of rebill.tenants could not be set up.\n" + e.getMessage());
        } catch (Exception e) {
            LOG.log(Level.SEVERE, "The firms of rebill.tenants could not be set up", e);
        }
    }

    /** Sets a firm up from its pack, all of it or nothing; one that exists is left alone. */
    void load(Path folder) throws Exception {
        String slug = PackReader.slug(folder);
        if (slug != null && directory.find(slug).isPresent()) {
            return;
        }
        Pack pack = PackReader.read(folder);
        Map<String, UUID> subjects = accounts.setUp(slug, pack.tenant().name(), accounts(pack));
        Tenant.call(Ids.next(), () -> Caller.service("Demo pack").call(() -> {
            setUp.setUp(pack, subjects);
            return null;
        }));
        LOG.info(() -> "Set up the firm " + slug + " from its pack");
    }

    private static List<KeycloakAccounts.Account> accounts(Pack pack) {
        return pack.tenant().users().stream()
                .map(user -> new KeycloakAccounts.Account(user.username(), user.name(), user.email(), user.password()))
                .toList();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("packs").status(done).build();
    }
}
