package org.rebill.mail;

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
import org.rebill.intake.Intake;
import org.rebill.platform.FirmDirectory;
import org.rebill.platform.Tenant;

/** Looks at the quarantine of all firms again and again. Each node does; only one of them tells of the same growth. */
@ApplicationScoped
public class QuarantineRounds {
    private static final Logger LOG = Logger.getLogger(QuarantineRounds.class.getName());
    private static final long MINUTES = 10;

    private final FirmDirectory firms;
    private final Intake intake;
    private final Alarms alarms;

    @Resource
    private ManagedScheduledExecutorService timer;

    private ScheduledFuture<?> rounds;

    @Inject
    QuarantineRounds(FirmDirectory firms, Intake intake, Alarms alarms) {
        this.firms = firms;
        this.intake = intake;
        this.alarms = alarms;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        rounds = timer.scheduleWithFixedDelay(this::round, 2, MINUTES, TimeUnit.MINUTES);
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        if (rounds != null) {
            rounds.cancel(false);
        }
    }

    /** One round; a firm that can't be looked at does not keep the others from it. */
    void round() {
        for (UUID firm : firms.all()) {
            try {
                Tenant.call(firm, () -> Caller.service("Rebill")
                        .call(() -> alarms.quarantine(intake.quarantine().records())));
            } catch (Exception e) {
                LOG.log(Level.WARNING, e, () -> "The quarantine of firm " + firm + " could not be looked at");
            }
        }
    }
}
