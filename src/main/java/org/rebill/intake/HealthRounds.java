package org.rebill.intake;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rebill.identity.Caller;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Tenant;

/** Looks at all sources of all firms again and again. Each node does; only one of them notes a change. */
@ApplicationScoped
public class HealthRounds {
    private static final Logger LOG = Logger.getLogger(HealthRounds.class.getName());
    private static final long MINUTES = 5;

    private final FirmDirectory firms;
    private final SourceHealth health;

    @Resource
    private ManagedScheduledExecutorService timer;

    private ScheduledFuture<?> rounds;

    @Inject
    HealthRounds(FirmDirectory firms, SourceHealth health) {
        this.firms = firms;
        this.health = health;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        rounds = timer.scheduleWithFixedDelay(this::round, 1, MINUTES, TimeUnit.MINUTES);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (rounds != null) {
            rounds.cancel(false);
        }
    }

    /** One round; a source that can't be looked at does not keep the others from it. */
    void round() {
        for (UUID firm : firms.all()) {
            try {
                Tenant.call(firm, () -> Caller.service("Rebill").call(() -> {
                    health.watched().forEach(source -> check(firm, source));
                    return null;
                }));
            } catch (Exception e) {
                LOG.log(Level.WARNING, e, () -> "The sources of firm " + firm + " could not be looked at");
            }
        }
    }

    private void check(UUID firm, UUID source) {
        try {
            health.check(source);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "Source " + source + " of firm " + firm + " could not be looked at");
        }
    }
}
