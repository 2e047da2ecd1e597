package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.rebill.identity.Caller;
import org.rebill.intake.Intake;
import org.rebill.platform.Routine;

/** Looks whether the quarantine has grown. */
@ApplicationScoped
public class QuarantineRoutine implements Routine {
    private final Intake intake;
    private final Alarms alarms;

    @Inject
    QuarantineRoutine(Intake intake, Alarms alarms) {
        this.intake = intake;
        this.alarms = alarms;
    }

    @Override
    public String name() {
        return "look-at-quarantine";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() throws Exception {
        Caller.service("Rebill")
                .call(() -> alarms.quarantine(intake.quarantine().records()));
    }
}
