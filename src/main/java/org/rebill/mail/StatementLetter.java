package org.rebill.mail;

import java.util.ArrayList;
import java.util.List;
import org.rebill.mail.Letter.Fact;
import org.rebill.statement.StatementDocument;

/** What comes with a statement: its figures as they were printed. */
final class StatementLetter {
    private StatementLetter() {}

    /**
     * The letter.
     *
     * @param contact whom to greet, or null
     * @param link where the statement is, or null when it is attached
     * @param linkDays how long the link is valid
     */
    static Letter of(StatementDocument statement, String contact, String link, int linkDays, LetterTexts texts) {
        boolean credit = statement.credits() != null;
        String kind = credit ? "credit" : "statement";
        String total = texts.money(statement.total(), statement.currency());
        Letter.Draft letter = Letter.about(texts.say(
                        kind + ".subject", statement.number(), statement.firm().name(), total))
                .add(new Letter.Heading(texts.say(kind + ".heading", statement.number())))
                .add(new Letter.Paragraph(texts.greeting(contact) + "\n"
                        + texts.say(kind + ".text", texts.period(statement.from(), statement.to())) + " "
                        + texts.say(link == null ? "statement.attached" : "statement.linked")));
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(texts.say("statement.number"), statement.number()));
        facts.add(new Fact(texts.say("statement.period"), texts.period(statement.from(), statement.to())));
        facts.add(new Fact(texts.say(kind + ".total"), total));
        if (!credit) {
            facts.add(new Fact(texts.say("statement.due"), texts.date(statement.dueOn())));
            if (statement.note() != null && !statement.note().isBlank()) {
                facts.add(new Fact(texts.say("statement.payment"), statement.note()));
            }
        }
        letter.add(new Letter.Facts(facts));
        if (link != null) {
            letter.add(new Letter.Button(texts.say("statement.open"), link))
                    .add(new Letter.Small(texts.say("statement.expires", linkDays)));
        }
        return letter.add(new Letter.Paragraph(texts.say("statement.question"))).done();
    }
}
