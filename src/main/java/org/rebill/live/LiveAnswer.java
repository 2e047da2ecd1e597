package org.rebill.live;

import java.util.Locale;

/** What a phone system is told of a call's code. */
public enum LiveAnswer {
    /** Let the call go, with the code. */
    OK,
    /** The firm has no such code now. Ask for another one, or let the call go, as the dial plan chooses. */
    UNKNOWN,
    /** A code is needed and there is none, or it is not 1 to 9 digits. */
    ASK_AGAIN,
    /** Let the call go: inside the firm, an emergency, or no code was given and none is asked for. */
    NOT_NEEDED;

    /** As phone systems read it: ok, unknown, ask_again, not_needed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
