package org.rebill.intake.format;

import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** Ends the reading of one record that is no leg: for quarantine, or to be left out for a named reason. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Content content;

    private Unreadable(Content content) {
        super(content.toString(), null, false, false);
        this.content = content;
    }

    /**
     * For quarantine.
     *
     * @param reason stable code
     * @param detail for people: what is wrong, where, how to mend it
     */
    static Unreadable because(String reason, String detail) {
        return new Unreadable(new Quarantined(reason, detail));
    }

    /** Not a call and not meant to be one. */
    static Unreadable ignored(String reason, String detail) {
        return new Unreadable(new Ignored(reason, detail));
    }

    Content content() {
        return content;
    }
}
