package org.rebill.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import org.rebill.page.NavCount;

/** Beside "Calls" in the navigation: how many wait for a code, of those the user sees. */
@RequestScoped
class CallsToCode implements NavCount {
    private final Calls calls;

    @Inject
    CallsToCode(Calls calls) {
        this.calls = calls;
    }

    @Override
    public String entry() {
        return "calls";
    }

    @Override
    public long count() {
        return calls.count(CallFilter.all(CallGroup.NO_CODE));
    }

    @Override
    public boolean urgent() {
        return true;
    }
}
