package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.rebill.page.NavCount;

/** Beside "Sources" in the navigation: records that could not be read. */
@RequestScoped
class QuarantineCount implements NavCount {
    private final Intake intake;

    @Inject
    QuarantineCount(Intake intake) {
        this.intake = intake;
    }

    @Override
    public String entry() {
        return "sources";
    }

    @Override
    public long count() {
        return intake.quarantine().records();
    }

    @Override
    public boolean urgent() {
        return false;
    }
}
