package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rebill.identity.Caller;
import org.rebill.platform.Routine;

/** Looks whether sources fell silent, and throws away uploads that nobody goes on with. */
@ApplicationScoped
public class SourcesRoutine implements Routine {
    private static final Logger LOG = Logger.getLogger(SourcesRoutine.class.getName());

    private final SourceHealth health;
    private final Uploads uploads;

    @Inject
    SourcesRoutine(SourceHealth health, Uploads uploads) {
        this.health = health;
        this.uploads = uploads;
    }

    @Override
    public String name() {
        return "look-at-sources";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() throws Exception {
        Caller.service("Rebill").call(() -> {
            health.watched().forEach(this::check);
            uploads.expire();
            return null;
        });
    }

    /** A source that can't be looked at does not keep the others from it. */
    private void check(UUID source) {
        try {
            health.check(source);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, e, () -> "Source " + source + " could not be looked at");
        }
    }
}
