package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;

/** Reminders of overdue statements in three steps, each proposed when its days are over and written once. */
@ApplicationScoped
public class Reminders {
    private static final int LAST = 3;

    private final EntityManager entities;
    private final Statements statements;
    private final Receivables receivables;
    private final FirmBilling billing;
    private final Lives lives;
    private final Firms firms;
    private final AuditLog audit;
    private final Event<StatementNews> news;
    private final Clock clock;

    @Inject
    Reminders(
            EntityManager entities,
            Statements statements,
            Receivables receivables,
            FirmBilling billing,
            Lives lives,
            Firms firms,
            AuditLog audit,
            Event<StatementNews> news,
            Clock clock) {
        this.entities = entities;
        this.statements = statements;
        this.receivables = receivables;
        this.billing = billing;
        this.lives = lives;
        this.firms = firms;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /**
     * An overdue statement.
     *
     * @param days since it was due
     * @param step of the reminder that is to be written now; 0 for none yet, or no more
     */
    public record Overdue(Receivables.Open open, long days, int step) {}

    /** What is overdue, due longest first, with the reminder that is to be written. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Overdue> overdue() {
        BillingRules rules = billing.rules();
        LocalDate today = today();
        return receivables.overdue().stream()
                .map(open -> new Overdue(open, open.days(today), step(open.life(), open.days(today), rules)))
                .toList();
    }

    private static int step(StatementLife life, long days, BillingRules rules) {
        // A question that is not answered is no default.
        if (life.questions() > 0 || life.reminders() >= LAST) {
            return 0;
        }
        int after =
                List.of(rules.reminder1(), rules.reminder2(), rules.reminder3()).get(life.reminders());
        return days >= after ? life.reminders() + 1 : 0;
    }

    /**
     * Writes the next reminder of an overdue statement, in the statement's language.
     *
     * @param step which one it is; refused when that one was written already
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Reminder write(UUID statementId, int step) {
        audit.lock();
        StatementLife life = lives.locked(statementId);
        LocalDate today = today();
        if (!life.overdue(today)) {
            throw new Refusal.Conflict(
                    "", "reminder.not-overdue", "Nothing of this statement is overdue: there is nothing to remind of.");
        }
        if (step != life.reminders() + 1 || step > LAST) {
            throw new Refusal.Conflict(
                    "step",
                    "reminder.step",
                    life.reminders() >= LAST
                            ? "All three reminders were written."
                            : "The next reminder is number " + (life.reminders() + 1) + ".");
        }
        Statement statement = statements.get(statementId);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Reminder reminder = new Reminder(
                statementId, step, now, Caller.current().name(), life.open(), text(statement, life, step, today));
        entities.persist(reminder);
        life.reminded(today);
        audit.note(
                "statement.reminded",
                "statement",
                statementId,
                null,
                Map.of("step", step, "open", life.open(), "currency", life.currency()));
        news.fire(new StatementNews(statementId, StatementNews.What.REMINDED));
        return reminder;
    }

    private String text(Statement statement, StatementLife life, int step, LocalDate today) {
        StatementDocument document = statements.issuedDocument(statement);
        Wording wording = new Wording(document);
        return wording.say(
                "reminder." + step,
                statement.number(),
                wording.longDate(statement.issuedOn()),
                wording.money(life.open()),
                wording.longDate(statement.dueOn()),
                (int) ChronoUnit.DAYS.between(life.dueOn(), today),
                document.firm().name());
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(firms.current().profile().zoneId()));
    }

    /** The reminders of a statement, oldest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Reminder> of(UUID statement) {
        return entities.createQuery("from Reminder where statementId = :statement order by step", Reminder.class)
                .setParameter("statement", statement)
                .getResultList();
    }
}
