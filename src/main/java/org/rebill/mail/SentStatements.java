package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.rebill.statement.Deliveries;

/** Tells the statement that its mail went out. */
@ApplicationScoped
class SentStatements {
    private final Deliveries deliveries;

    @Inject
    SentStatements(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    void moved(@Observes MailMoved mail) {
        if (mail.kind().equals(StatementMails.KIND)
                && StatementMails.THING.equals(mail.aboutKind())
                && mail.state() == MailState.SENT) {
            deliveries.markSent(mail.aboutId(), mail.to(), mail.at());
        }
    }
}
