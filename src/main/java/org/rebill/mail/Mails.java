package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Page;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** The firm's mail as the office reads it: what waits, went, failed or came back. */
@ApplicationScoped
public class Mails {
    private final EntityManager entities;
    private final AuditLog audit;
    private final Event<MailWaiting> waiting;
    private final Event<MailMoved> news;
    private final Sending sending;
    private final Clock clock;

    @Inject
    Mails(
            EntityManager entities,
            AuditLog audit,
            Event<MailWaiting> waiting,
            Event<MailMoved> news,
            Sending sending,
            Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.waiting = waiting;
        this.news = news;
        this.sending = sending;
        this.clock = clock;
    }

    /**
     * Which ones; null where it does not matter.
     *
     * @param about key of the thing that they tell of
     */
    public record Filter(MailState state, String kind, UUID about) {}

    /**
     * Newest first.
     *
     * @param after the last mail of the piece before, or null
     * @param limit 1 to 500
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Page<Mail> list(Filter filter, UUID after, int limit) {
        StringBuilder query = new StringBuilder("from Mail m where 1 = 1");
        if (filter.state() != null) {
            query.append(" and m.state = :state");
        }
        if (filter.kind() != null) {
            query.append(" and m.kind = :kind");
        }
        if (filter.about() != null) {
            query.append(" and m.aboutId = :about");
        }
        if (after != null) {
            query.append(" and (m.madeAt, m.id) < (:at, :after)");
        }
        TypedQuery<Mail> rows = entities.createQuery(query + " order by m.madeAt desc, m.id desc", Mail.class);
        if (filter.state() != null) {
            rows.setParameter("state", filter.state());
        }
        if (filter.kind() != null) {
            rows.setParameter("kind", filter.kind());
        }
        if (filter.about() != null) {
            rows.setParameter("about", filter.about());
        }
        if (after != null) {
            rows.setParameter("at", found(after, LockModeType.NONE).madeAt()).setParameter("after", after);
        }
        return Page.of(rows.setMaxResults(limit + 1).getResultList(), limit, row -> row.id()
                .toString());
    }

    /** How many there are in each state. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Map<MailState, Long> counts() {
        Map<MailState, Long> counts = new EnumMap<>(MailState.class);
        entities.createQuery("select m.state, count(*) from Mail m group by m.state", Object[].class)
                .getResultStream()
                .forEach(row -> counts.put((MailState) row[0], (Long) row[1]));
        return counts;
    }

    /** One of them. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Mail get(UUID id) {
        return found(id, LockModeType.NONE);
    }

    private Mail found(UUID id, LockModeType lock) {
        Mail mail = id == null ? null : entities.find(Mail.class, id, lock);
        if (mail == null) {
            throw new Refusal.NotFound("mail");
        }
        return mail;
    }

    /** The newest mail of a kind about each of some things. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Mail> newestAbout(String kind, List<UUID> things) {
        return things.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "from Mail m where m.kind = :kind and m.aboutId in (:things) and not exists ("
                                        + "select 1 from Mail n where n.kind = m.kind and n.aboutId = m.aboutId "
                                        + "and (n.madeAt, n.id) > (m.madeAt, m.id))",
                                Mail.class)
                        .setParameter("kind", kind)
                        .setParameter("things", things)
                        .getResultList();
    }

    /** Sends it again, whatever became of it; with a link, the earlier one opens nothing any more. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Mail again(UUID id) {
        Mail mail = found(id, LockModeType.PESSIMISTIC_WRITE);
        if (mail.state() == MailState.WAITING) {
            throw new Refusal.Conflict("", "mail.waiting", "This mail waits to be sent already.");
        }
        MailState before = mail.state();
        Instant at = now();
        mail.again(at);
        note("mail.again", mail, before, null);
        waiting.fire(new MailWaiting(id, at));
        return mail;
    }

    /**
     * Notes that a mail came back.
     *
     * @param reason one line, such as what the other server said
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Mail bounced(UUID id, String reason) {
        Mail mail = found(id, LockModeType.PESSIMISTIC_WRITE);
        Problems problems = new Problems();
        String line = problems.line("reason", reason, 500, "Say why it came back, such as 'mailbox unknown'.");
        problems.refuse();
        if (mail.state() != MailState.SENT) {
            throw new Refusal.Conflict("", "mail.not-sent", "Only a mail that was sent can come back.");
        }
        mail.bounced(line);
        note("mail.bounced", mail, MailState.SENT, line);
        NewMail.Thing about = mail.about().orElse(new NewMail.Thing(null, null));
        news.fire(new MailMoved(id, mail.kind(), mail.recipient(), about.kind(), about.id(), mail.state(), now()));
        return mail;
    }

    private void note(String action, Mail mail, MailState before, String reason) {
        audit.note(
                action,
                "mail",
                mail.id(),
                Map.of("state", before),
                reason == null
                        ? Map.of("state", mail.state(), "subject", mail.subject(), "to", mail.recipient())
                        : Map.of(
                                "state",
                                mail.state(),
                                "subject",
                                mail.subject(),
                                "to",
                                mail.recipient(),
                                "reason",
                                reason));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A mail server is configured; without one mails wait. */
    @Allow({Role.OWNER, Role.CLERK})
    public boolean serverConfigured() {
        return sending.configured();
    }
}
