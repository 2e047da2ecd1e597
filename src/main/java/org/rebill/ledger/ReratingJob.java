package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.rebill.identity.Caller;
import org.rebill.platform.Job;

/** Computes a re-rating's difference, or writes it, piece by piece: a killed run goes on where it stopped. */
@ApplicationScoped
class ReratingJob implements Job {
    static final String NAME = "rerate";

    private final ReratingWork work;

    @Inject
    ReratingJob(ReratingWork work) {
        this.work = work;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) throws Exception {
        Caller.service("Rebill").call(() -> {
            boolean more = work.next(id);
            while (more) {
                more = work.next(id);
            }
            return null;
        });
    }
}
