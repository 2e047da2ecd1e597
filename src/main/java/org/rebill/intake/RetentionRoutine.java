package org.rebill.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.logging.Logger;
import org.rebill.identity.Caller;
import org.rebill.platform.Routine;

/** Erases old bytes by the firms' rules. */
@ApplicationScoped
public class RetentionRoutine implements Routine {
    private static final Logger LOG = Logger.getLogger(RetentionRoutine.class.getName());

    private final Retention retention;

    @Inject
    RetentionRoutine(Retention retention) {
        this.retention = retention;
    }

    @Override
    public String name() {
        return "erase-old-files";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() throws Exception {
        Caller.service("Rebill").call(() -> {
            while (retention.erase() > 0) {
                LOG.fine("Old files were erased");
            }
            return null;
        });
    }
}
