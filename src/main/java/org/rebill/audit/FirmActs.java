package org.rebill.audit;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.rebill.firm.FirmChanged;

/** Notes what happens to the firm itself; with its founding the chain begins. */
@Dependent
class FirmActs {
    private final AuditLog log;

    @Inject
    FirmActs(AuditLog log) {
        this.log = log;
    }

    void note(@Observes FirmChanged change) {
        if (change.action().equals(FirmChanged.FOUNDED)) {
            log.open();
        }
        log.note(change.action(), change.kind(), change.id(), change.before(), change.after());
    }
}
