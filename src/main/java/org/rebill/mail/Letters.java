package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;

/** Gives what letters of the current firm are written with. */
@ApplicationScoped
class Letters {
    private final Firms firms;

    @Inject
    Letters(Firms firms) {
        this.firms = firms;
    }

    FirmProfile firm() {
        return firms.current().profile();
    }

    LetterTexts texts() {
        return new LetterTexts(firm());
    }
}
