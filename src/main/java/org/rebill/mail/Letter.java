package org.rebill.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * What a mail says, without its look: {@link LetterPaper} writes it as plain text and as HTML.
 *
 * @param subject one line
 * @param blocks from top to bottom
 */
public record Letter(String subject, List<Block> blocks) {
    /** Stands in an address for the link's secret, which is made when the mail goes out. */
    public static final String LINK_SECRET = "LINK-SECRET-OF-THIS-MAIL";

    public Letter {
        blocks = List.copyOf(blocks);
    }

    /** A piece of a letter. */
    public sealed interface Block {}

    /** The line on top, larger. */
    public record Heading(String text) implements Block {}

    /** Text; line feeds are kept. */
    public record Paragraph(String text) implements Block {}

    /** Names and values, one under the other. */
    public record Facts(List<Fact> facts) implements Block {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** A name and its value. */
    public record Fact(String name, String value) {}

    /** What to do, as a button. */
    public record Button(String label, String address) implements Block {}

    /**
     * A thing with choices.
     *
     * @param title such as a call
     * @param detail smaller, beside it; may be empty
     * @param choices buttons
     */
    public record Choices(String title, String detail, List<Choice> choices) implements Block {
        public Choices {
            choices = List.copyOf(choices);
        }
    }

    /**
     * A choice.
     *
     * @param reason why it is proposed; may be empty
     */
    public record Choice(String label, String reason, String address) {}

    /** Small print. */
    public record Small(String text) implements Block {}

    /** Begins a letter. */
    public static Draft about(String subject) {
        return new Draft(subject);
    }

    /** A letter that is being written. */
    public static final class Draft {
        private final String subject;
        private final List<Block> blocks = new ArrayList<>();

        private Draft(String subject) {
            this.subject = subject;
        }

        /** Adds a piece. */
        public Draft add(Block block) {
            blocks.add(block);
            return this;
        }

        /** The letter as it stands. */
        public Letter done() {
            return new Letter(subject, blocks);
        }
    }
}
