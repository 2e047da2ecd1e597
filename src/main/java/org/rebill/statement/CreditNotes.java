package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.Ledger;
import org.rebill.ledger.SourceRecords;
import org.rebill.platform.Ids;
import org.rebill.platform.Json;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sha256;
import org.rebill.platform.Tenant;
import org.rebill.statement.CreditComposition.Left;
import org.rebill.statement.CreditComposition.LineKey;
import org.rebill.statement.Printing.Printed;

/**
 * Takes issued statements back, wholly or in part, by credit notes with numbers of their own (DOMAIN.md D13, D14). What
 * was issued stays as it is; the credit note is as frozen as that.
 */
@ApplicationScoped
public class CreditNotes {
    private static final int LONGEST_REASON = 300;

    private final EntityManager entities;
    private final Statements statements;
    private final Printing printing;
    private final FirmBilling billing;
    private final Series series;
    private final Lives lives;
    private final Ledger ledger;
    private final SourceRecords records;
    private final AuditLog audit;
    private final Event<StatementNews> news;
    private final Clock clock;

    @Inject
    CreditNotes(
            EntityManager entities,
            Statements statements,
            Printing printing,
            FirmBilling billing,
            Series series,
            Lives lives,
            Ledger ledger,
            SourceRecords records,
            AuditLog audit,
            Event<StatementNews> news,
            Clock clock) {
        this.entities = entities;
        this.statements = statements;
        this.printing = printing;
        this.billing = billing;
        this.series = series;
        this.lives = lives;
        this.ledger = ledger;
        this.records = records;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /**
     * A line to take back.
     *
     * @param quantity how much in the line's own unit (hours, minutes, blocks); null for all that is left of it
     */
    public record Wanted(UUID callId, int chargeNo, BigDecimal quantity) {}

    /**
     * A credit note and what came of it.
     *
     * @param draftId the new draft with the calls that are free again; null when none was asked for, or none of them
     *     has a price any more
     */
    public record Credited(Statement note, UUID draftId) {}

    /**
     * Takes all back that is left of a statement. Its calls are free: priced anew, and billed by the next run.
     *
     * @param reason printed on the credit note
     * @param redraft puts the calls on a new draft of the same period at once, to be corrected and issued anew
     * @throws Refusal.Conflict when it is no issued statement, or nothing of it is left
     */
    @Allow(Role.OWNER)
    @Transactional
    public Credited takeBack(UUID id, String reason, boolean redraft) {
        Statement statement = issued(id);
        Statement note = write(statement, null, reason, true);
        UUID draft = redraft
                ? statements
                        .redraft(statement)
                        .map(Statements.Drafted::statementId)
                        .orElse(null)
                : null;
        return new Credited(note, draft);
    }

    /**
     * Takes lines or parts of lines back: the difference only. The calls stay on the statement and are not billed again.
     *
     * @param lines at least one
     * @param reason printed on the credit note
     * @throws Refusal.Conflict when it is no issued statement, or a line was taken back before
     */
    @Allow(Role.OWNER)
    @Transactional
    public Statement credit(UUID id, List<Wanted> lines, String reason) {
        return write(issued(id), wanted(lines), reason, false);
    }

    private static List<Wanted> wanted(List<Wanted> lines) {
        if (lines == null || lines.isEmpty() || lines.stream().anyMatch(Objects::isNull)) {
            throw new Refusal.Invalid("lines", "credit.lines", "Choose the lines to take back, at least one.");
        }
        return lines;
    }

    private Statement issued(UUID id) {
        Statement statement = statements.get(id);
        if (statement.isDraft()) {
            throw new Refusal.Conflict(
                    "", "credit.draft", "This is a draft: change or discard it, there is nothing to take back.");
        }
        if (statement.isCreditNote()) {
            throw new Refusal.Conflict(
                    "",
                    "credit.of-credit",
                    statement.number() + " is a credit note itself. Bill its calls again by a new statement.");
        }
        return statement;
    }

    private static String reason(String typed) {
        Problems problems = new Problems();
        String reason = problems.line(
                "reason", typed, LONGEST_REASON, "Say why it is taken back: the client reads it on the credit note.");
        problems.refuse();
        return reason;
    }

    /** Writes it; lines null for all that is left. */
    private Statement write(Statement statement, List<Wanted> lines, String why, boolean free) {
        String reason = reason(why);
        Printed ahead = ahead(document(statement, taken(statement, lines), reason));

        audit.lock();
        StatementLife life = lives.locked(statement.id());
        CreditComposition taken = taken(statement, lines);
        StatementDocument document = document(statement, taken, reason);
        LocalDate today = printing.today();
        BillingRules rules = billing.rules();
        StatementDocument numbered = printing.numberedCredit(document, rules, today, series.take(series(rules), today));
        // Somebody was faster while this one was printed.
        Printed printed = numbered.equals(ahead.document()) ? ahead : printing.print(numbered);
        Statement note = freeze(statement, printed, reason);
        enter(statement, note, taken);
        life.credit(note.total().negate());
        if (free) {
            release(statement, note);
            settleQuestions(life, note);
        }
        tell(statement, note, free);
        return note;
    }

    private static String series(BillingRules rules) {
        return rules.creditShared() ? Series.STATEMENTS : Series.CREDITS;
    }

    /** As it would be if it were written now: nearly always it then is. */
    private Printed ahead(StatementDocument document) {
        BillingRules rules = billing.rules();
        LocalDate today = printing.today();
        return printing.print(
                printing.numberedCredit(document, rules, today, series.next(series(rules), today.getYear())));
    }

    private CreditComposition taken(Statement statement, List<Wanted> lines) {
        CreditComposition composition = new CreditComposition(statements.issuedDocument(statement), before(statement));
        if (lines == null) {
            composition.takeAll();
        } else {
            lines.forEach(line -> composition.take(new LineKey(line.callId(), line.chargeNo()), line.quantity()));
        }
        return composition;
    }

    /** What earlier credit notes took back, by line. */
    private Map<LineKey, Left> before(Statement statement) {
        List<?> rows = entities.createNativeQuery(
                        "select call_id, charge_no, sum(quantity), sum(amount) from credit_line "
                                + "where firm_id = :firm and statement_id = :statement group by call_id, charge_no")
                .setParameter("firm", Tenant.current())
                .setParameter("statement", statement.id())
                .getResultList();
        Map<LineKey, Left> before = new HashMap<>();
        rows.stream()
                .map(Object[].class::cast)
                .forEach(row -> before.put(
                        new LineKey((UUID) row[0], ((Number) row[1]).intValue()),
                        new Left((BigDecimal) row[2], (BigDecimal) row[3])));
        return before;
    }

    private StatementDocument document(Statement statement, CreditComposition taken, String reason) {
        StatementDocument issued = statements.issuedDocument(statement);
        List<StatementDocument.Matter> matters = taken.matters();
        Set<UUID> calls = matters.stream()
                .flatMap(matter -> matter.lines().stream())
                .map(StatementDocument.Line::callId)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        StatementDocument.Sums sums = taken.sums();
        return issued.credited(
                new StatementDocument.Credited(statement.number(), statement.issuedOn(), reason, taken.whole()),
                matters,
                issued.sums() == null ? null : sums,
                Totals.total(sums),
                Composition.evidence(matters, records.hashes(calls)));
    }

    private Statement freeze(Statement statement, Printed printed, String reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String document = Json.write(printed.document());
        Statement note = new Statement(Ids.next(), statement, reason, now);
        note.issue(printed.document(), now, Caller.current().name(), Sha256.of(document), Sha256.of(printed.pdf()));
        entities.persist(note);
        entities.persist(new IssuedPaper(note.id(), document, printed.pdf()));
        lives.begin(note);
        entities.flush();
        return note;
    }

    private void enter(Statement statement, Statement note, CreditComposition taken) {
        int position = 0;
        List<Object[]> rows = new ArrayList<>();
        for (Map.Entry<LineKey, Left> line : taken.taken().entrySet()) {
            rows.add(new Object[] {
                Tenant.current(),
                note.id(),
                ++position,
                statement.id(),
                line.getKey().callId(),
                line.getKey().chargeNo(),
                line.getValue().quantity(),
                line.getValue().amount()
            });
        }
        CreditLines.enter(entities, rows);
    }

    /** The calls of all lines are free; a line dies once, by the credit note that freed its call. */
    private void release(Statement statement, Statement note) {
        List<?> freed = entities.createNativeQuery("update statement_line set live = false, credit_id = :note "
                        + "where firm_id = :firm and statement_id = :statement and live returning call_id")
                .setParameter("note", note.id())
                .setParameter("firm", Tenant.current())
                .setParameter("statement", statement.id())
                .getResultList();
        Collection<UUID> calls =
                freed.stream().map(UUID.class::cast).collect(Collectors.toCollection(LinkedHashSet::new));
        if (!calls.isEmpty()) {
            ledger.release(statement.id(), calls);
        }
    }

    /** Nothing is left that the client could question. */
    private void settleQuestions(StatementLife life, Statement note) {
        entities.createQuery("from Question where statementId = :statement and state in (:unsettled)", Question.class)
                .setParameter("statement", life.statementId())
                .setParameter("unsettled", List.of(QuestionState.OPEN, QuestionState.ANSWERED))
                .getResultList()
                .forEach(question -> {
                    question.credited(note.id(), note.issuedAt());
                    life.questions(-1);
                });
    }

    private void tell(Statement statement, Statement note, boolean free) {
        audit.note(
                "statement.credited",
                "statement",
                statement.id(),
                null,
                Map.of(
                        "number", statement.number(),
                        "creditNote", note.number(),
                        "amount", note.total(),
                        "reason", note.reason(),
                        "callsFree", free));
        audit.note(
                "statement.credit-issued",
                "statement",
                note.id(),
                null,
                Map.of(
                        "number", note.number(),
                        "credits", statement.number(),
                        "client", note.clientId(),
                        "total", note.total(),
                        "currency", note.currency(),
                        "document", HexFormat.of().formatHex(note.documentSha256()),
                        "pdf", HexFormat.of().formatHex(note.pdfSha256())));
        news.fire(new StatementNews(note.id(), StatementNews.What.ISSUED));
        news.fire(new StatementNews(statement.id(), StatementNews.What.CREDITED));
    }

    /** All lines of an issued statement that something is left of. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<Wanted> left(Statement statement) {
        CreditComposition composition = taken(statement, null);
        return composition.taken().keySet().stream()
                .map(line -> new Wanted(line.callId(), line.chargeNo(), null))
                .toList();
    }

    /** The credit notes of a statement, oldest first. */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public List<Statement> of(UUID id) {
        statements.get(id);
        return entities.createQuery("from Statement where creditsId = :id order by issuedAt, id", Statement.class)
                .setParameter("id", id)
                .getResultList();
    }
}
