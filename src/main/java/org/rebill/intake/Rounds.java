package org.rebill.intake;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ContextService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rebill.identity.Caller;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Tenant;

/**
 * Goes round all firms again and again: looks at their sources, throws away uploads that nobody goes on with,
 * erases old bytes by the firms' rules. Each node
 * does; only one of them notes a change.
 */
@ApplicationScoped
public class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class.getName());
    private static final long MINUTES = 5;
    private static final int ROUNDS_PER_HOUR = 12;

    private final FirmDirectory firms;
    private final SourceHealth health;
    private final Uploads uploads;
    private final Retention retention;

    @Resource
    private ContextService contexts;

    private ScheduledExecutorService timer;
    private int turns;

    @Inject
    Rounds(FirmDirectory firms, SourceHealth health, Uploads uploads, Retention retention) {
        this.firms = firms;
        this.health = health;
        this.uploads = uploads;
        this.retention = retention;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        // A thread of our own with the application's context, made on one of its threads.
        Runnable round = contexts.createContextualProxy((Runnable) this::round, Runnable.class);
        timer = Executors.newSingleThreadScheduledExecutor();
        Future<?> unused = timer.scheduleWithFixedDelay(() -> tried(round), 1, MINUTES, TimeUnit.MINUTES);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (timer != null) {
            timer.shutdown();
        }
    }

    /** The server refuses work until the application is up; a timer that threw would never run again. */
    private static void tried(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A round was left out", e);
        }
    }

    /** One round; a source that can't be looked at does not keep the others from it. */
    void round() {
        boolean hourly = turns++ % ROUNDS_PER_HOUR == 0;
        for (UUID firm : firms.all()) {
            try {
                Tenant.call(firm, () -> Caller.service("Rebill").call(() -> {
                    health.watched().forEach(source -> check(firm, source));
                    uploads.expire();
                    if (hourly) {
                        while (retention.erase() > 0) {
                            LOG.fine(() -> "Old files of firm " + firm + " were erased");
                        }
                    }
                    return null;
                }));
            } catch (Exception e) {
                LOG.log(Level.WARNING, e, () -> "Firm " + firm + " could not be looked at");
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
