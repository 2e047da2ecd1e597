package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.rebill.identity.Caller;
import org.rebill.platform.Job;

/** Works the outbox off, one job for each mail. */
@ApplicationScoped
class SendMailJob implements Job {
    static final String NAME = "send-mail";

    private final Sending sending;

    @Inject
    SendMailJob(Sending sending) {
        this.sending = sending;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(UUID id) throws Exception {
        Optional<Instant> again = Caller.service("Mail").call(() -> sending.send(id));
        if (again.isPresent()) {
            throw new Later(again.get());
        }
    }
}
