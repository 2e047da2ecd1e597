package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;

/** Takes mails in the transaction of the act that they tell of: they go out exactly when it is committed. */
@ApplicationScoped
public class Outbox {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");
    private static final int LONGEST_SUBJECT = 200;

    private final EntityManager entities;
    private final Firms firms;
    private final MailService service;
    private final Event<MailWaiting> waiting;
    private final Clock clock;

    @Inject
    Outbox(EntityManager entities, Firms firms, MailService service, Event<MailWaiting> waiting, Clock clock) {
        this.entities = entities;
        this.firms = firms;
        this.service = service;
        this.waiting = waiting;
        this.clock = clock;
    }

    /**
     * Puts a mail into the outbox. Refused (422) when its address is none.
     *
     * @return the mail's key
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public UUID put(NewMail mail) {
        NewMail checked = checked(mail);
        FirmProfile firm = firms.current().profile();
        LetterPaper paper = new LetterPaper(firm, new LetterTexts(firm));
        UUID id = Ids.next();
        Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
        entities.persist(new Mail(
                id,
                checked,
                paper.text(checked.letter()),
                paper.html(checked.letter()),
                id + "@" + service.domain(),
                at,
                Caller.current().name()));
        checked.link().ifPresent(link -> entities.persist(new MailLink(id, link)));
        waiting.fire(new MailWaiting(id, at));
        return id;
    }

    /** Names and subjects may hold what somebody typed: it becomes one line, so that no header can be added by it. */
    private static NewMail checked(NewMail mail) {
        Problems problems = new Problems();
        String to = problems.optionalEmail("to", mail.to());
        if (to == null) {
            problems.add("to", "to.missing", "Give the e-mail address to send to.");
        }
        problems.refuse();
        String subject = line(mail.letter().subject());
        return new NewMail(
                mail.kind(),
                to,
                mail.toName() == null ? null : line(mail.toName()),
                new Letter(
                        subject.length() <= LONGEST_SUBJECT ? subject : subject.substring(0, LONGEST_SUBJECT),
                        mail.letter().blocks()),
                mail.about(),
                mail.attached(),
                mail.link());
    }

    private static String line(String text) {
        return CONTROL.matcher(text).replaceAll(" ").strip();
    }

    /** A link's address, with the place where the secret will stand. */
    public String linkAddress(String page) {
        return service.address(page + "?t=" + Letter.LINK_SECRET);
    }

    /** The address of one of our pages, for who can sign in; names the firm. */
    public String pageAddress(String page) {
        String slug = firms.current().profile().slug();
        return service.address(page + (page.indexOf('?') < 0 ? "?" : "&") + "firm=" + slug);
    }
}
