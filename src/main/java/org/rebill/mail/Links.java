package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rebill.firm.Person;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.statement.Statement;

/** Opens links in mails: whoever shows one may do what it is for, and nothing else. */
@ApplicationScoped
class Links {
    private final EntityManager entities;
    private final Clock clock;

    @Inject
    Links(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * A link that was shown with its secret.
     *
     * @param about key of the one thing that it opens
     * @param caller as whom it acts: a client's user for the own statements, a professional for own calls
     */
    record Opened(UUID id, String kind, UUID about, boolean expired, Instant expiresAt, Caller caller) {}

    /** The link with this secret in the current firm; empty when there is none. */
    @Transactional
    Optional<Opened> open(LinkText shown, String address) {
        MailLink link = entities.find(MailLink.class, shown.link());
        if (link == null || !link.opensWith(shown)) {
            return Optional.empty();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        link.opened(now);
        return caller(link, address)
                .map(caller -> new Opened(
                        link.id(), link.kind(), link.aboutId(), link.expired(now), link.expiresAt(), caller));
    }

    private Optional<Caller> caller(MailLink link, String address) {
        String by = " (link in mail " + link.mailId() + ")";
        if (link.kind().equals(StatementMails.KIND)) {
            Statement statement = entities.find(Statement.class, link.aboutId());
            String name = entities.find(Mail.class, link.mailId()).recipient();
            return Optional.ofNullable(statement)
                    .map(known -> new Caller(null, name + by, address, Set.of(Role.CLIENT), null, known.clientId()));
        }
        CallList list = entities.find(CallList.class, link.aboutId());
        return Optional.ofNullable(list)
                .map(known -> entities.find(Person.class, known.personId()))
                .map(person ->
                        new Caller(null, person.name() + by, address, Set.of(Role.PROFESSIONAL), person.id(), null));
    }
}
