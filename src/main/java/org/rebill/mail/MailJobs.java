package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.rebill.platform.Jobs;

/** Asks for the sending of each mail in the transaction that wrote it. */
@ApplicationScoped
class MailJobs {
    private final Jobs jobs;

    @Inject
    MailJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    void waiting(@Observes MailWaiting mail) {
        jobs.askAt(SendMailJob.NAME, mail.id(), mail.at());
    }
}
