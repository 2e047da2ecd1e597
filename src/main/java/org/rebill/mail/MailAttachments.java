package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import org.rebill.platform.Refusal;

/** Opens what comes with mails, whichever feature keeps it. */
@ApplicationScoped
class MailAttachments {
    private final Iterable<MailAttachment> known;

    @Inject
    MailAttachments(@Any Instance<MailAttachment> known) {
        this.known = known;
    }

    MailAttachments(List<MailAttachment> known) {
        this.known = known;
    }

    MailAttachment.Opened open(NewMail.Thing thing) {
        for (MailAttachment each : known) {
            if (each.kind().equals(thing.kind())) {
                return each.open(thing.id());
            }
        }
        throw new Refusal.NotFound(thing.kind());
    }
}
