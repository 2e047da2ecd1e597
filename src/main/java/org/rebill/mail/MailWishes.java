package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Membership;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;

/** What each user of the firm wants to be told by mail. */
@ApplicationScoped
public class MailWishes {
    private final EntityManager entities;
    private final AuditLog audit;

    @Inject
    MailWishes(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    /**
     * A user's wishes.
     *
     * @param sources a source is silent, or sends again (owners and clerks)
     * @param quarantine more records could not be read (owners and clerks)
     * @param calls own calls without a code, when the firm sends them (professionals)
     */
    public record Wishes(Boolean sources, Boolean quarantine, Boolean calls) {}

    /** The caller's own. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Wishes own() {
        Map<MailWish.Kind, Boolean> wishes = new EnumMap<>(MailWish.Kind.class);
        entities.createQuery("from MailWish where userId = :user", MailWish.class)
                .setParameter("user", user())
                .getResultList()
                .forEach(wish -> wishes.put(wish.kind(), wish.wanted()));
        return new Wishes(
                wishes.getOrDefault(MailWish.Kind.SOURCES, true),
                wishes.getOrDefault(MailWish.Kind.QUARANTINE, true),
                wishes.getOrDefault(MailWish.Kind.CALLS, true));
    }

    /** Changes the caller's own; what is null stays. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public void change(Wishes wanted) {
        if (wanted.sources() == null && wanted.quarantine() == null && wanted.calls() == null) {
            throw new Refusal.Invalid(
                    "", "wishes.missing", "Say what you want: sources, quarantine or calls, true or false.");
        }
        keep(MailWish.Kind.SOURCES, wanted.sources());
        keep(MailWish.Kind.QUARANTINE, wanted.quarantine());
        keep(MailWish.Kind.CALLS, wanted.calls());
        audit.note("mail.wishes-changed", "user", user(), null, wanted);
    }

    private void keep(MailWish.Kind kind, Boolean wanted) {
        if (wanted != null) {
            entities.merge(new MailWish(user(), kind, wanted));
        }
    }

    private static UUID user() {
        UUID user = Caller.current().userId();
        if (user == null) {
            throw new Refusal.Forbidden("Only somebody who is signed in has wishes of their own.");
        }
        return user;
    }

    /** Those with one of the roles who want to be told and have an address; each once. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<Membership> whoWants(MailWish.Kind kind, Role... roles) {
        Set<UUID> not = entities.createQuery("from MailWish where kind = :kind and wanted = false", MailWish.class)
                .setParameter("kind", kind)
                .getResultStream()
                .map(MailWish::userId)
                .collect(Collectors.toSet());
        Map<UUID, Membership> found = entities.createQuery(
                        "from Membership where role in (:roles) order by role, name, userId", Membership.class)
                .setParameter("roles", List.of(roles))
                .getResultStream()
                .filter(member -> member.email() != null && !member.email().isBlank() && !not.contains(member.userId()))
                .collect(Collectors.toMap(
                        Membership::userId, member -> member, (first, second) -> first, LinkedHashMap::new));
        return List.copyOf(found.values());
    }
}
