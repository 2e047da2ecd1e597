package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/**
 * Sends one mail of the outbox. Its row is locked from before it is handed over until what became of it is committed:
 * two nodes never send it both, and only a crash between the server's answer and the commit sends it twice, with the
 * same message id.
 */
@ApplicationScoped
class Sending {
    /** When it looks again whether a server was configured. */
    private static final Duration UNTIL_CONFIGURED = Duration.ofMinutes(10);
    /** How long a server that does not answer is left alone: jobs of all firms would wait for it. */
    private static final Duration OUTAGE = Duration.ofSeconds(45);

    private final EntityManager entities;
    private final Firms firms;
    private final MailService service;
    private final MailServer server;
    private final MailAttachments attachments;
    private final AuditLog audit;
    private final Event<MailMoved> news;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private volatile Instant reachableFrom = Instant.MIN;

    @Inject
    Sending(
            EntityManager entities,
            Firms firms,
            MailService service,
            MailServer server,
            MailAttachments attachments,
            AuditLog audit,
            Event<MailMoved> news,
            Clock clock) {
        this.entities = entities;
        this.firms = firms;
        this.service = service;
        this.server = server;
        this.attachments = attachments;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /** A server and an address of the service are configured. */
    boolean configured() {
        return server.configured() && service.from().isPresent();
    }

    /**
     * Sends it, if it still waits.
     *
     * @return when to try again; empty when there is nothing left to do
     */
    @Transactional
    Optional<Instant> send(UUID id) {
        Mail mail = entities.find(Mail.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (mail == null || mail.state() != MailState.WAITING) {
            return Optional.empty();
        }
        Instant now = now();
        if (now.isBefore(mail.nextTryAt())) {
            return Optional.of(mail.nextTryAt());
        }
        if (!configured()) {
            return waitForServer(mail, now);
        }
        if (now.isBefore(reachableFrom)) {
            return Optional.of(reachableFrom);
        }
        try {
            server.send(outgoing(mail, now));
            mail.sent(now);
            moved(mail, "mail.sent");
        } catch (MailServer.NotTaken e) {
            if (e.unreachable()) {
                reachableFrom = now.plus(OUTAGE);
            }
            if (e.forGood()) {
                mail.refused(e.getMessage());
            } else {
                mail.failed(e.getMessage(), now);
            }
        } catch (Refusal e) {
            mail.givenUp("What was to be attached is not there: " + e.getMessage());
        }
        if (mail.state() == MailState.FAILED) {
            moved(mail, "mail.failed");
        }
        return Optional.ofNullable(mail.nextTryAt());
    }

    private Optional<Instant> waitForServer(Mail mail, Instant now) {
        if (now.isBefore(mail.giveUpAt())) {
            return Optional.of(now.plus(UNTIL_CONFIGURED));
        }
        mail.givenUp("No mail server was configured for " + Mail.PATIENCE.toDays() + " days.");
        moved(mail, "mail.failed");
        return Optional.empty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private MailServer.Outgoing outgoing(Mail mail, Instant now) {
        FirmProfile firm = firms.current().profile();
        MailChoices choices = Optional.ofNullable(entities.find(MailSettings.class, Tenant.current()))
                .map(MailSettings::choices)
                .orElse(MailChoices.USUAL);
        String secret = renewLink(mail, now);
        return new MailServer.Outgoing(
                mail.messageId(),
                now,
                service.from().orElseThrow(),
                Objects.requireNonNullElse(choices.fromName(), firm.name()),
                Objects.requireNonNullElse(choices.replyTo(), firm.email() == null ? "" : firm.email()),
                mail.recipient(),
                mail.recipientName(),
                mail.subject(),
                mail.text().replace(Letter.LINK_SECRET, secret),
                mail.html().replace(Letter.LINK_SECRET, secret),
                mail.attached().map(attachments::open).orElse(null));
    }

    /** The secret is made now, goes into the mail, and only its hash stays; empty when the mail has no link. */
    private String renewLink(Mail mail, Instant now) {
        List<MailLink> links = entities.createQuery("from MailLink where mailId = :mail", MailLink.class)
                .setParameter("mail", mail.id())
                .getResultList();
        if (links.isEmpty()) {
            return "";
        }
        MailLink link = links.get(0);
        LinkText secret = LinkText.random(Tenant.current(), link.id(), random);
        link.renew(secret, now);
        return secret.text();
    }

    private void moved(Mail mail, String action) {
        audit.note(
                action,
                "mail",
                mail.id(),
                null,
                mail.lastError() == null
                        ? Map.of("subject", mail.subject(), "to", mail.recipient())
                        : Map.of("subject", mail.subject(), "to", mail.recipient(), "error", mail.lastError()));
        NewMail.Thing about = mail.about().orElse(new NewMail.Thing(null, null));
        news.fire(
                new MailMoved(mail.id(), mail.kind(), mail.recipient(), about.kind(), about.id(), mail.state(), now()));
    }
}
