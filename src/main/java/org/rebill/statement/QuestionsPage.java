package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;

/** Questions about a statement ({@code ?id=}) on both sides' pages, and those that wait for the firm. */
@Named
@RequestScoped
public class QuestionsPage {
    private static final String SEPARATOR = "/";
    /** Before the key of a question that something is added to. */
    private static final String MORE = "question:";

    private final Questions questions;
    private final PortalStatements portal;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private List<Questions.Asked> asked;
    private String line;
    private String text;
    private String question;

    @Inject
    QuestionsPage(
            Questions questions, PortalStatements portal, Address address, Act act, Texts texts, Formats formats) {
        this.questions = questions;
        this.portal = portal;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
    }

    private UUID id() {
        return address.needed("id", "statement");
    }

    private static boolean client() {
        return !Caller.current().hasAny(Role.OWNER, Role.CLERK, Role.PROFESSIONAL);
    }

    /** The statement's questions, oldest first. */
    public List<Questions.Asked> getAsked() {
        if (asked == null) {
            asked = client() ? questions.own(portal.get(id())) : questions.of(id());
        }
        return asked;
    }

    /** Those of the statement that something is still to be done about. */
    public List<Questions.Asked> getUnsettled() {
        return getAsked().stream()
                .filter(one -> one.question().state().unsettled())
                .toList();
    }

    /** Those that wait for the firm. */
    public List<Questions.Asked> getWaiting() {
        return questions.waiting();
    }

    /** A line to ask about. */
    public record Choice(String value, String label) {}

    /** What a client may write about: questions that are not settled yet, the whole statement, or one of its lines. */
    public List<Choice> choices() {
        List<Choice> choices = new ArrayList<>();
        getUnsettled()
                .forEach(one -> choices.add(
                        new Choice(MORE + one.question().id(), texts.of("statement.question.reply", about(one)))));
        choices.add(new Choice("", texts.get("statement.question.whole")));
        StatementDocument document = portal.document(id());
        document.lines()
                .forEach(each -> choices.add(new Choice(
                        each.callId() + SEPARATOR + each.chargeNo(),
                        texts.of(
                                "statement.question.line",
                                formats.dateTime(each.at()),
                                each.person(),
                                formats.money(each.amount(), document.currency())))));
        return choices;
    }

    /** What a question is about, in words. */
    public String about(Questions.Asked one) {
        return one.line() == null
                ? texts.get("statement.question.whole")
                : texts.of(
                        "statement.question.about",
                        formats.dateTime(one.line().at()),
                        one.line().person());
    }

    /** The client asks, or adds to what was asked before. */
    public void ask() {
        act.perform(() -> {
            if (line == null || line.isEmpty()) {
                questions.ask(id(), null, null, text);
            } else if (line.startsWith(MORE)) {
                questions.reply(Address.key(line.substring(MORE.length()), "question"), text);
            } else {
                int at = line.indexOf(SEPARATOR);
                questions.ask(
                        id(),
                        Address.key(line.substring(0, Math.max(at, 0)), "line"),
                        Integer.valueOf(line.substring(at + 1)),
                        text);
            }
            return Act.Done.here(texts.get("statement.question.asked"));
        });
    }

    private UUID chosen() {
        return Address.key(question == null ? "" : question, "question");
    }

    /** The client takes the answer. */
    public void settle(UUID answered) {
        act.perform(() -> {
            questions.settle(answered);
            return Act.Done.here(texts.get("statement.question.settled"));
        });
    }

    /** The client takes the question back. */
    public void withdraw(UUID asked) {
        act.perform(() -> {
            questions.withdraw(asked);
            return Act.Done.here(texts.get("statement.question.withdrawn"));
        });
    }

    /** The firm explains. */
    public void answer() {
        act.perform(() -> {
            questions.answer(chosen(), text);
            return Act.Done.here(texts.get("statement.question.answered"));
        });
    }

    /** The firm explains and closes it. */
    public void close() {
        act.perform(() -> {
            questions.close(chosen(), text);
            return Act.Done.here(texts.get("statement.question.closed"));
        });
    }

    /** The firm agrees: a credit note in one click. */
    public void agree() {
        act.perform(() -> {
            Statement note = questions.agree(chosen(), text);
            return Act.Done.here(texts.of("statement.question.credited", note.number()));
        });
    }

    public String getLine() {
        return line;
    }

    public void setLine(String line) {
        this.line = line;
    }

    public String getText() {
        return text;
    }

    public void setText(String text) {
        this.text = text;
    }

    public String getQuestion() {
        return question;
    }

    public void setQuestion(String question) {
        this.question = question;
    }
}
