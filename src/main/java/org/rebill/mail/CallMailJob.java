package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.rebill.identity.Caller;
import org.rebill.identity.Membership;
import org.rebill.platform.Job;
import org.rebill.platform.Jobs;
import org.rebill.platform.Tenant;

/** A firm's round of daily mails; there is one job for each firm that sends them, always waiting for its next time. */
@ApplicationScoped
class CallMailJob implements Job {
    static final String NAME = "daily-calls";

    private final CallMails mails;

    @Inject
    CallMailJob(CallMails mails) {
        this.mails = mails;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID firm) throws Exception {
        Optional<Instant> next = Caller.service("Daily mail").call(() -> {
            if (mails.today()) {
                for (Membership member : mails.recipients()) {
                    mails.write(member);
                }
            }
            return mails.next();
        });
        if (next.isPresent()) {
            throw new Later(next.get());
        }
    }

    /** Moves the round when the firm chooses another time. */
    @ApplicationScoped
    static class Schedule {
        private final CallMails mails;
        private final Jobs jobs;

        @Inject
        Schedule(CallMails mails, Jobs jobs) {
            this.mails = mails;
            this.jobs = jobs;
        }

        void changed(@Observes MailSettingsChanged change) {
            mails.next().ifPresent(at -> jobs.askAt(NAME, Tenant.current(), at));
        }
    }
}
