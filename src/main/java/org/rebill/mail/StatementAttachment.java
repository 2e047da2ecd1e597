package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.rebill.statement.Pdf;
import org.rebill.statement.Statements;

/** An issued statement's stored PDF, the same bytes that are downloaded. */
@ApplicationScoped
class StatementAttachment implements MailAttachment {
    private final Statements statements;

    @Inject
    StatementAttachment(Statements statements) {
        this.statements = statements;
    }

    @Override
    public String kind() {
        return StatementMails.THING;
    }

    @Override
    public Opened open(UUID id) {
        Pdf pdf = statements.pdf(id);
        return new Opened(pdf.fileName(), "application/pdf", pdf.bytes());
    }
}
