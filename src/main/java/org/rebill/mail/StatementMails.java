package org.rebill.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;
import org.rebill.statement.Period;
import org.rebill.statement.Statement;
import org.rebill.statement.StatementState;
import org.rebill.statement.Statements;

/** Sends issued statements to their clients, with the stored PDF or a link to it, as the firm chose. */
@ApplicationScoped
public class StatementMails {
    /** Kind of these mails. */
    public static final String KIND = "STATEMENT";

    /** Statements that are sent at once. */
    public static final int MOST = 5_000;

    static final String THING = "statement";
    /** Path of the page that a link opens. */
    static final String LINK_PAGE = "/link/statement.xhtml";

    private final EntityManager entities;
    private final Statements statements;
    private final Clients clients;
    private final Outbox outbox;
    private final Letters letters;
    private final Mailing mailing;
    private final AuditLog audit;

    @Inject
    StatementMails(
            EntityManager entities,
            Statements statements,
            Clients clients,
            Outbox outbox,
            Letters letters,
            Mailing mailing,
            AuditLog audit) {
        this.entities = entities;
        this.statements = statements;
        this.clients = clients;
        this.outbox = outbox;
        this.letters = letters;
        this.mailing = mailing;
        this.audit = audit;
    }

    /** What was not sent and why. */
    public record Skipped(UUID statementId, String number, String client, String reason) {}

    /** What was put into the outbox. */
    public record Result(int queued, List<Skipped> skipped) {
        public Result {
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Sends one.
     *
     * @param to another address than the client's; null or blank for the client's
     * @return the mail's key
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public UUID send(UUID id, String to) {
        Statement statement = statements.get(id);
        Client client = clients.get(statement.clientId());
        String address = to == null || to.isBlank() ? client.email() : to.strip();
        if (address == null) {
            throw new Refusal.Invalid(
                    "to",
                    "to.missing",
                    client.name() + " has no e-mail address. Give one here, or on the client's page for all mails.");
        }
        return put(statement, client, address);
    }

    /**
     * Sends many: each to its client; those whose client has no address are told.
     *
     * @param ids 1 to {@value #MOST}
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Result sendAll(Collection<UUID> ids) {
        Set<UUID> wanted = new LinkedHashSet<>(ids);
        if (wanted.isEmpty() || wanted.size() > MOST || wanted.contains(null)) {
            throw new Refusal.Invalid("ids", "mail.size", "Choose 1 to " + MOST + " statements to send.");
        }
        List<Skipped> skipped = new ArrayList<>();
        int queued = 0;
        for (UUID id : wanted) {
            Statement statement = statements.get(id);
            Client client = clients.get(statement.clientId());
            if (client.email() == null) {
                skipped.add(
                        new Skipped(id, statement.number(), client.name(), client.name() + " has no e-mail address."));
            } else {
                put(statement, client, client.email());
                queued++;
            }
        }
        return new Result(queued, skipped);
    }

    /**
     * Issued statements of a period that no mail was sent about, or whose last mail failed or came back.
     *
     * @param clientId only this client's, or null
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<UUID> unsent(Period within, UUID clientId) {
        TypedQuery<UUID> rows = entities.createQuery(
                        "select s.id from Statement s join Client c on c.id = s.clientId where s.state = :issued "
                                + "and s.periodFrom >= :from and s.periodFrom < :to "
                                + (clientId == null ? "" : "and s.clientId = :client ")
                                + "and not exists (select 1 from Mail m where m.aboutKind = :thing and m.aboutId = s.id "
                                + "and m.kind = :kind and m.state in (:good)) order by lower(c.name), s.id",
                        UUID.class)
                .setParameter("issued", StatementState.ISSUED)
                .setParameter("from", within.from())
                .setParameter("to", within.to())
                .setParameter("thing", THING)
                .setParameter("kind", KIND)
                .setParameter("good", List.of(MailState.WAITING, MailState.SENT));
        if (clientId != null) {
            rows.setParameter("client", clientId);
        }
        return rows.setMaxResults(MOST).getResultList();
    }

    private UUID put(Statement statement, Client client, String to) {
        if (statement.isDraft()) {
            throw new Refusal.Conflict(
                    "", "statement.draft", "This is a draft. Issue it first: only what is final is sent.");
        }
        MailChoices choices = mailing.choices();
        Optional<NewMail.Link> link = choices.statementWay() == MailChoices.StatementWay.LINK
                ? Optional.of(new NewMail.Link(KIND, Ids.next(), statement.id(), choices.statementLinkDays()))
                : Optional.empty();
        Letter letter = StatementLetter.of(
                statements.document(statement.id()),
                client.contact(),
                link.map(known -> outbox.linkAddress(LINK_PAGE)).orElse(null),
                choices.statementLinkDays(),
                letters.texts());
        NewMail.Thing thing = new NewMail.Thing(THING, statement.id());
        UUID mail = outbox.put(new NewMail(
                KIND,
                to,
                client.contact() == null ? client.name() : client.contact(),
                letter,
                Optional.of(thing),
                link.isPresent() ? Optional.empty() : Optional.of(thing),
                link));
        audit.note(
                "statement.mailed",
                THING,
                statement.id(),
                null,
                Map.of("number", statement.number(), "to", to, "mail", mail));
        return mail;
    }
}
