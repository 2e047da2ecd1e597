package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.rebill.identity.Membership;
import org.rebill.identity.Role;
import org.rebill.intake.SourceBack;
import org.rebill.intake.SourceSilent;
import org.rebill.platform.Tenant;

/** Tells owners and clerks who want it, by mail, what cannot wait until they look: no records, or unreadable ones. */
@ApplicationScoped
class Alarms {
    static final String KIND = "ALARM";

    private static final String QUARANTINE = MailWish.Kind.QUARANTINE.name();

    private final EntityManager entities;
    private final MailWishes wishes;
    private final Outbox outbox;
    private final Letters letters;
    private final Mailing mailing;
    private final Clock clock;

    @Inject
    Alarms(EntityManager entities, MailWishes wishes, Outbox outbox, Letters letters, Mailing mailing, Clock clock) {
        this.entities = entities;
        this.wishes = wishes;
        this.outbox = outbox;
        this.letters = letters;
        this.mailing = mailing;
        this.clock = clock;
    }

    void silent(@Observes SourceSilent source) {
        LetterTexts texts = letters.texts();
        Letter.Draft letter = Letter.about(texts.say("alarm.silent.subject", source.name()))
                .add(new Letter.Heading(texts.say("alarm.silent.heading", source.name())))
                .add(new Letter.Paragraph(
                        source.lastAt() == null
                                ? texts.say("alarm.silent.never", source.name())
                                : texts.say("alarm.silent.text", source.name(), texts.dateTime(source.lastAt()))));
        tell(
                MailWish.Kind.SOURCES,
                letter.add(new Letter.Button(
                        texts.say("alarm.source.open"),
                        outbox.pageAddress("/app/source.xhtml?id=" + source.sourceId()))),
                Optional.of(new NewMail.Thing("source", source.sourceId())));
    }

    void back(@Observes SourceBack source) {
        LetterTexts texts = letters.texts();
        Letter.Draft letter = Letter.about(texts.say("alarm.back.subject", source.name()))
                .add(new Letter.Heading(texts.say("alarm.back.heading", source.name())))
                .add(new Letter.Paragraph(
                        texts.say("alarm.back.text", source.name(), texts.dateTime(clock.instant()))));
        tell(
                MailWish.Kind.SOURCES,
                letter.add(new Letter.Button(
                        texts.say("alarm.source.open"),
                        outbox.pageAddress("/app/source.xhtml?id=" + source.sourceId()))),
                Optional.of(new NewMail.Thing("source", source.sourceId())));
    }

    /**
     * Tells of quarantine when it grew by as much as the firm wants to be told of since it was told last. Other nodes
     * that ask at the same moment wait and find it told.
     *
     * @param open quarantined records that nobody has mended or set aside
     * @return how many mails were written
     */
    @Transactional
    int quarantine(long open) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        entities.createNativeQuery("insert into mail_watch (firm_id, kind, told, at) values (:firm, :kind, 0, :at) "
                        + "on conflict do nothing")
                .setParameter("firm", Tenant.current())
                .setParameter("kind", QUARANTINE)
                .setParameter("at", now)
                .executeUpdate();
        MailWatch watch = entities.find(MailWatch.class, QUARANTINE, LockModeType.PESSIMISTIC_WRITE);
        long told = watch.told();
        if (open < told) {
            watch.tell(open, now);
        }
        if (open - told < mailing.choices().quarantineLeast()) {
            return 0;
        }
        watch.tell(open, now);
        LetterTexts texts = letters.texts();
        return tell(
                MailWish.Kind.QUARANTINE,
                Letter.about(texts.say("alarm.quarantine.subject", texts.count(open - told)))
                        .add(new Letter.Heading(texts.say("alarm.quarantine.heading", texts.count(open))))
                        .add(new Letter.Paragraph(texts.say("alarm.quarantine.text", texts.count(told))))
                        .add(new Letter.Button(
                                texts.say("alarm.quarantine.open"), outbox.pageAddress("/app/sources.xhtml"))),
                Optional.empty());
    }

    private int tell(MailWish.Kind wish, Letter.Draft letter, Optional<NewMail.Thing> about) {
        LetterTexts texts = letters.texts();
        Letter begun = letter.done();
        int count = 0;
        for (Membership member : wishes.whoWants(wish, Role.OWNER, Role.CLERK)) {
            Letter.Draft own = Letter.about(begun.subject());
            begun.blocks().forEach(own::add);
            String role = texts.say(member.role() == Role.OWNER ? "role.owner" : "role.clerk");
            outbox.put(new NewMail(
                    KIND,
                    member.email(),
                    member.name(),
                    own.add(new Letter.Small(texts.say("alarm.stop", role))).done(),
                    about,
                    Optional.empty(),
                    Optional.empty()));
            count++;
        }
        return count;
    }
}
