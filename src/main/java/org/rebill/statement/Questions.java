package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.statement.StatementDocument.Line;

/**
 * What clients ask about their statements, and what comes of it: the firm explains, or agrees and a credit note takes
 * the amount back (DOMAIN.md C15). The client's side sees the own client's only.
 */
@ApplicationScoped
public class Questions {
    private static final int MOST_LINES = 40;
    private static final int LONGEST_LINE = 1_000;
    private static final int MOST_OPEN = 100;

    private final EntityManager entities;
    private final Statements statements;
    private final PortalStatements portal;
    private final CreditNotes credits;
    private final Lives lives;
    private final AuditLog audit;
    private final Event<StatementNews> news;
    private final Clock clock;

    @Inject
    Questions(
            EntityManager entities,
            Statements statements,
            PortalStatements portal,
            CreditNotes credits,
            Lives lives,
            AuditLog audit,
            Event<StatementNews> news,
            Clock clock) {
        this.entities = entities;
        this.statements = statements;
        this.portal = portal;
        this.credits = credits;
        this.lives = lives;
        this.audit = audit;
        this.news = news;
        this.clock = clock;
    }

    /**
     * A question with what was said.
     *
     * @param line that it is about; null for the whole statement
     * @param number of the statement
     * @param creditNumber of the credit note that settled it; null for none
     */
    public record Asked(
            Question question, List<Question.Entry> entries, Line line, String number, String creditNumber) {
        public Asked {
            entries = List.copyOf(entries);
        }
    }

    /**
     * The client asks.
     *
     * @param callId of the line, with {@code chargeNo}; null for the whole statement
     */
    @Allow(Role.CLIENT)
    @Transactional
    public Question ask(UUID statementId, UUID callId, Integer chargeNo, String text) {
        Statement statement = portal.get(statementId);
        if (statement.isCreditNote()) {
            throw new Refusal.Conflict(
                    "", "question.credit", "This is a credit note. Ask about the statement that it takes back.");
        }
        String said = said(text);
        if ((callId == null) != (chargeNo == null) || (callId != null && line(statement, callId, chargeNo) == null)) {
            throw new Refusal.NotFound("line of this statement");
        }
        audit.lock();
        StatementLife life = lives.locked(statementId);
        if (life.questions() >= MOST_OPEN) {
            throw new Refusal.Conflict(
                    "", "question.many", MOST_OPEN + " questions about this statement are open already.");
        }
        Question question = new Question(
                Ids.next(),
                statementId,
                callId,
                chargeNo,
                now(),
                Caller.current().name());
        entities.persist(question);
        entities.flush();
        say(question, Question.Side.CLIENT, said);
        life.questions(1);
        note("statement.asked", question, StatementNews.What.ASKED);
        return question;
    }

    private Line line(Statement statement, UUID callId, Integer chargeNo) {
        return callId == null
                ? null
                : statements.issuedDocument(statement).lines().stream()
                        .filter(line -> line.callId().equals(callId) && line.chargeNo() == chargeNo)
                        .findFirst()
                        .orElse(null);
    }

    private static String said(String text) {
        Problems problems = new Problems();
        String said = problems.optionalLines("text", text, MOST_LINES, LONGEST_LINE);
        if (said == null) {
            problems.add("text", "question.text", "Write what you want to say.");
        }
        problems.refuse();
        return said;
    }

    private void say(Question question, Question.Side side, String text) {
        int no = entities.createQuery(
                                "select coalesce(max(no), 0) from QuestionEntry where questionId = :question",
                                Integer.class)
                        .setParameter("question", question.id())
                        .getSingleResult()
                + 1;
        entities.persist(
                new Question.Entry(question.id(), no, now(), Caller.current().name(), side, text));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void note(String action, Question question, StatementNews.What what) {
        audit.note(
                action,
                "statement",
                question.statementId(),
                null,
                Map.of("question", question.id(), "state", question.state()));
        if (what != null) {
            news.fire(new StatementNews(question.statementId(), what));
        }
    }

    /** The client adds something: the firm is to answer again. */
    @Allow(Role.CLIENT)
    @Transactional
    public Question reply(UUID id, String text) {
        String said = said(text);
        Question question = move(own(id), QuestionState.OPEN);
        say(question, Question.Side.CLIENT, said);
        note("statement.asked", question, StatementNews.What.ASKED);
        return question;
    }

    /** The client takes the answer. */
    @Allow(Role.CLIENT)
    @Transactional
    public Question settle(UUID id) {
        Question question = move(own(id), QuestionState.SETTLED);
        note("statement.question-settled", question, null);
        return question;
    }

    /** The client takes the question back. */
    @Allow(Role.CLIENT)
    @Transactional
    public Question withdraw(UUID id) {
        Question question = move(own(id), QuestionState.WITHDRAWN);
        note("statement.question-withdrawn", question, null);
        return question;
    }

    /** The firm explains; the client is to say whether that settles it. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Question answer(UUID id, String text) {
        String said = said(text);
        Question question = move(found(id), QuestionState.ANSWERED);
        say(question, Question.Side.FIRM, said);
        note("statement.answered", question, StatementNews.What.ANSWERED);
        return question;
    }

    /** The firm explains and closes it. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Question close(UUID id, String text) {
        String said = said(text);
        Question question = move(found(id), QuestionState.CLOSED);
        say(question, Question.Side.FIRM, said);
        note("statement.question-closed", question, StatementNews.What.ANSWERED);
        return question;
    }

    /**
     * The firm agrees: a credit note takes the line back, or what is left of the statement when it is about all of it.
     * The calls are not billed again.
     *
     * @param reason printed on the credit note; when left out, the question's own first words
     * @return the credit note
     */
    @Allow(Role.OWNER)
    @Transactional
    public Statement agree(UUID id, String reason) {
        audit.lock();
        Question question = locked(found(id));
        refuseSettled(question, QuestionState.CREDITED);
        String why = reason == null || reason.isBlank() ? "As you asked: " + firstWords(question) : reason;
        Statement credited = statements.get(question.statementId());
        List<CreditNotes.Wanted> lines = question.callId() == null
                ? credits.left(credited)
                : List.of(new CreditNotes.Wanted(question.callId(), question.chargeNo(), null));
        Statement note = credits.credit(question.statementId(), lines, why);
        question.credited(note.id(), now());
        lives.locked(question.statementId()).questions(-1);
        note("statement.question-credited", question, StatementNews.What.ANSWERED);
        return note;
    }

    private String firstWords(Question question) {
        String text = entries(List.of(question.id())).get(0).text().replace('\n', ' ');
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    private Question own(UUID id) {
        Question question = found(id);
        // Another client's sounds like a missing one.
        portal.get(question.statementId());
        return question;
    }

    private Question found(UUID id) {
        Question question = id == null ? null : entities.find(Question.class, id);
        if (question == null) {
            throw new Refusal.NotFound("question");
        }
        return question;
    }

    private Question locked(Question question) {
        entities.refresh(question, LockModeType.PESSIMISTIC_WRITE);
        return question;
    }

    private Question move(Question question, QuestionState next) {
        audit.lock();
        StatementLife life = lives.locked(question.statementId());
        locked(question);
        refuseSettled(question, next);
        question.become(next, now());
        if (!next.unsettled()) {
            life.questions(-1);
        }
        return question;
    }

    private static void refuseSettled(Question question, QuestionState next) {
        if (!question.state().leadsTo(next)) {
            throw new Refusal.Conflict(
                    "",
                    "question.state",
                    question.state().unsettled()
                            ? "The firm has not answered yet."
                            : "This question is settled. Ask a new one when something is still not clear.");
        }
    }

    private List<Question.Entry> entries(List<UUID> questions) {
        return questions.isEmpty()
                ? List.of()
                : entities.createQuery(
                                "from QuestionEntry where questionId in (:questions) order by questionId, no",
                                Question.Entry.class)
                        .setParameter("questions", questions)
                        .getResultList();
    }

    /** The questions about a statement, oldest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Asked> of(UUID statement) {
        return about(statements.get(statement));
    }

    /** The own questions about an own statement, oldest first. */
    @Allow(Role.CLIENT)
    @Transactional
    public List<Asked> own(Statement statement) {
        return about(portal.get(statement.id()));
    }

    private List<Asked> about(Statement statement) {
        if (statement.isDraft()) {
            return List.of();
        }
        List<Question> found = entities.createQuery(
                        "from Question where statementId = :statement order by askedAt, id", Question.class)
                .setParameter("statement", statement.id())
                .getResultList();
        return asked(found, Map.of(statement.id(), statement));
    }

    /** The questions that wait for the firm, those that wait longest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Asked> waiting() {
        List<Question> found = entities.createQuery(
                        "from Question where state = :open order by changedAt, id", Question.class)
                .setParameter("open", QuestionState.OPEN)
                .setMaxResults(MOST_OPEN)
                .getResultList();
        Map<UUID, Statement> about = found.stream()
                .map(Question::statementId)
                .distinct()
                .map(id -> entities.find(Statement.class, id))
                .collect(Collectors.toMap(Statement::id, statement -> statement));
        return asked(found, about);
    }

    /** How many questions wait for the firm. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public long count() {
        return entities.createQuery("select count(*) from Question where state = :open", Long.class)
                .setParameter("open", QuestionState.OPEN)
                .getSingleResult();
    }

    private List<Asked> asked(List<Question> questions, Map<UUID, Statement> about) {
        Map<UUID, List<Question.Entry>> said = entries(
                        questions.stream().map(Question::id).toList())
                .stream()
                .collect(Collectors.groupingBy(Question.Entry::questionId));
        return questions.stream()
                .map(question -> new Asked(
                        question,
                        said.getOrDefault(question.id(), List.of()),
                        line(about.get(question.statementId()), question.callId(), question.chargeNo()),
                        about.get(question.statementId()).number(),
                        question.creditId() == null
                                ? null
                                : entities.find(Statement.class, question.creditId())
                                        .number()))
                .toList();
    }
}
