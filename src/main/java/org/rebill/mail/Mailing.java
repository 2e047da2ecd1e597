package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** How the firm's mail goes, and how the owner changes it. */
@ApplicationScoped
public class Mailing {
    private final EntityManager entities;
    private final AuditLog audit;
    private final Event<MailSettingsChanged> news;

    @Inject
    Mailing(EntityManager entities, AuditLog audit, Event<MailSettingsChanged> news) {
        this.entities = entities;
        this.audit = audit;
        this.news = news;
    }

    /**
     * What was chosen.
     *
     * @param version counts the changes; -1 when nothing was ever chosen
     */
    public record Chosen(MailChoices choices, int version) {}

    /** As it stands. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Chosen get() {
        return found().map(row -> new Chosen(row.choices(), row.version())).orElse(new Chosen(MailChoices.USUAL, -1));
    }

    /** As it stands, for the service's own work. */
    @Transactional
    MailChoices choices() {
        return found().map(MailSettings::choices).orElse(MailChoices.USUAL);
    }

    private Optional<MailSettings> found() {
        return Optional.ofNullable(entities.find(MailSettings.class, Tenant.current()));
    }

    /**
     * Chooses otherwise. Refused with all that is wrong, at the fields.
     *
     * @param version the one that the change was made to
     * @throws Refusal.Stale when somebody changed it meanwhile
     */
    @Allow(Role.OWNER)
    @Transactional
    public Chosen change(int version, MailChoices wanted) {
        Problems problems = new Problems();
        MailChoices checked = wanted.checked(problems);
        problems.refuse();
        Optional<MailSettings> known = found();
        MailChoices before = known.map(MailSettings::choices).orElse(MailChoices.USUAL);
        if (known.map(MailSettings::version).orElse(-1) != version) {
            throw new Refusal.Stale("setting of mail");
        }
        if (checked.equals(before)) {
            return new Chosen(before, version);
        }
        MailSettings row = known.orElseGet(() -> new MailSettings(Tenant.current(), checked));
        row.become(checked);
        try {
            entities.persist(row);
            entities.flush();
        } catch (PersistenceException e) {
            // Two changed it, or chose for the first time, at the same moment.
            throw new Refusal.Stale("setting of mail");
        }
        audit.note("mail.settings-changed", "firm", Tenant.current(), before, checked);
        news.fire(new MailSettingsChanged(checked));
        return new Chosen(checked, row.version());
    }
}
