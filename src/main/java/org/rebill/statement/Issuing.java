package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.Ledger;
import org.rebill.platform.Json;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;
import org.rebill.platform.Violation;
import org.rebill.statement.Printing.Printed;

/**
 * Makes drafts final: numbered, printed, kept as bytes, never changed again. They are printed before anything is locked
 * and the number is taken last, so that others wait for moments only and a failure takes no number (DOMAIN.md D14).
 */
@ApplicationScoped
public class Issuing {
    private final EntityManager entities;
    private final Statements statements;
    private final Printing printing;
    private final Ledger ledger;
    private final StatementLines lines;
    private final Series series;
    private final Lives lives;
    private final FirmBilling billing;
    private final AuditLog audit;
    private final Event<StatementNews> news;
    private final Clock clock;

    @Inject
    Issuing(
            EntityManager entities,
            Statements statements,
            Printing printing,
            Ledger ledger,
            StatementLines lines,
            Series series,
            Lives lives,
            FirmBilling billing,
            AuditLog audit,
            Event<StatementNews> news,
            Clock clock) {
        this.entities = entities;
        this.statements = statements;
        this.printing = printing;
        this.ledger = ledger;
        this.lines = lines;
        this.series = series;
        this.lives = lives;
        this.billing = billing;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /**
     * Issues a draft.
     *
     * @param seen the total that the caller looked at; refused when calls were priced anew since. Null for whatever it
     *     is
     * @throws Refusal.Conflict when it was issued already, has no calls, or is not what was seen
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Statement issue(UUID id, BigDecimal seen) {
        billing.refuseClerk();
        Printed ahead = printing.ahead(id);

        audit.lock();
        Statement statement = statements.lockedDraft(id);
        StatementDocument document = printing.compose(statement, ledger.lock(id));
        refuseOther(document, seen);
        refuseUnapproved(statement, document);
        enter(id, document);
        ledger.issue(id);

        LocalDate today = printing.today();
        StatementDocument numbered = printing.numbered(document, today, series.take(Series.STATEMENTS, today));
        // Somebody was faster, or calls were priced anew, while this one was printed.
        freeze(statement, numbered.equals(ahead.document()) ? ahead : printing.print(numbered));
        return statement;
    }

    /** Where the firm wants approval, what was approved is what is issued. */
    private void refuseUnapproved(Statement statement, StatementDocument document) {
        if (!billing.rules().approvalNeeded()) {
            return;
        }
        if (statement.draftStage() != StatementStage.APPROVED) {
            throw new Refusal.Conflict(
                    "", "statement.unapproved", "This draft is not approved yet. Look it through and approve it.");
        }
        if (statement.reviewedTotal().compareTo(document.total()) != 0) {
            throw new Refusal.Conflict(
                    "",
                    "statement.approved-other",
                    "It was approved at " + statement.reviewedTotal() + " " + document.currency() + " and is "
                            + document.total() + " now. Look it through again, then approve it.");
        }
    }

    private static void refuseOther(StatementDocument document, BigDecimal seen) {
        if (seen != null && seen.compareTo(document.total()) != 0) {
            throw new Refusal.Conflict(
                    "total",
                    "statement.changed",
                    "Calls on this draft were priced anew: it is " + document.total() + " " + document.currency()
                            + " now, not " + seen + ". Look at it again, then issue it.");
        }
    }

    /** The database lets no call onto two live statements; it should never have to say so. */
    private void enter(UUID id, StatementDocument document) {
        try {
            lines.enter(id, document.lines());
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.EXCLUSION::equals).isPresent()) {
                throw new Refusal.Conflict(
                        "",
                        "statement.billed-twice",
                        "A call on this draft is on another issued statement already. Nothing was issued; take the call "
                                + "off this draft.");
            }
            throw e;
        }
    }

    private void freeze(Statement statement, Printed printed) {
        String document = Json.write(printed.document());
        statement.issue(
                printed.document(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Caller.current().name(),
                Sha256.of(document),
                Sha256.of(printed.pdf()));
        entities.persist(new IssuedPaper(statement.id(), document, printed.pdf()));
        lives.begin(statement);
        audit.note(
                "statement.issued",
                "statement",
                statement.id(),
                null,
                Map.of(
                        "number", statement.number(),
                        "client", statement.clientId(),
                        "total", statement.total(),
                        "currency", statement.currency(),
                        "calls", statement.calls(),
                        "document", HexFormat.of().formatHex(statement.documentSha256()),
                        "pdf", HexFormat.of().formatHex(statement.pdfSha256())));
        news.fire(new StatementNews(statement.id(), StatementNews.What.ISSUED));
    }

    /** The numbers that so many statements would get if they were issued now, first and last. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<String> numbers(int howMany) {
        return printing.numbers(howMany);
    }
}
