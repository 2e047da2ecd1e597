package org.rebill.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A mail in the API.
 *
 * @param aboutKind kind of the thing that it tells of
 * @param attached kind of the thing that comes with it
 * @param messageId without angle brackets; the same with each try
 * @param text only in the answer for one mail, without the secrets of links
 */
@Schema(name = "Mail")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MailJson(
        UUID id,
        String kind,
        MailState state,
        String to,
        String toName,
        String subject,
        Instant madeAt,
        String madeBy,
        Instant sentAt,
        int tries,
        Instant nextTryAt,
        Instant giveUpAt,
        String lastError,
        String aboutKind,
        UUID aboutId,
        String attached,
        String messageId,
        String text,
        String html) {

    /** In a list. */
    static MailJson line(Mail mail) {
        return of(mail, null, null);
    }

    /** With what it says. */
    static MailJson whole(Mail mail) {
        return of(
                mail, mail.text().replace(Letter.LINK_SECRET, "…"), mail.html().replace(Letter.LINK_SECRET, "…"));
    }

    private static MailJson of(Mail mail, String text, String html) {
        return new MailJson(
                mail.id(),
                mail.kind(),
                mail.state(),
                mail.recipient(),
                mail.recipientName(),
                mail.subject(),
                mail.madeAt(),
                mail.madeBy(),
                mail.sentAt(),
                mail.tries(),
                mail.nextTryAt(),
                mail.state() == MailState.WAITING ? mail.giveUpAt() : null,
                mail.lastError(),
                mail.about().map(NewMail.Thing::kind).orElse(null),
                mail.about().map(NewMail.Thing::id).orElse(null),
                mail.attached().map(NewMail.Thing::kind).orElse(null),
                mail.messageId(),
                text,
                html);
    }
}
