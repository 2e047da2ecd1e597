package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.rebill.agreement.Client;
import org.rebill.agreement.TermsOffered;
import org.rebill.audit.AuditLog;

/** Tells a client by mail of the terms that were offered, with a link to the portal. */
@ApplicationScoped
class AgreementMails {
    static final String KIND = "AGREEMENT";

    private static final String THING = "agreement";

    private final Outbox outbox;
    private final Letters letters;
    private final AuditLog audit;

    @Inject
    AgreementMails(Outbox outbox, Letters letters, AuditLog audit) {
        this.outbox = outbox;
        this.letters = letters;
        this.audit = audit;
    }

    void offered(@Observes TermsOffered offer) {
        Client client = offer.client();
        LetterTexts texts = letters.texts();
        String firm = letters.firm().name();
        String number = offer.agreement().number();
        Letter letter = Letter.about(texts.say("agreement.subject", firm, number))
                .add(new Letter.Heading(
                        texts.say("agreement.heading", number, offer.version().no())))
                .add(new Letter.Paragraph(texts.greeting(client.contact()) + "\n" + texts.say("agreement.text", firm)))
                .add(new Letter.Paragraph(offer.version().text()))
                .add(new Letter.Button(texts.say("agreement.open"), outbox.pageAddress("/portal/index.xhtml")))
                .add(new Letter.Small(texts.say("agreement.signin", firm)))
                .done();
        UUID mail = outbox.put(NewMail.plain(
                KIND,
                client.email(),
                client.contact() == null ? client.name() : client.contact(),
                letter,
                new NewMail.Thing(THING, offer.agreement().id())));
        audit.note(
                "agreement.mailed",
                THING,
                offer.agreement().id(),
                null,
                Map.of("number", number, "to", client.email(), "mail", mail));
    }
}
