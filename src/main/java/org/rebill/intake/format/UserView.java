package org.rebill.intake.format;

import org.rebill.call.Side;

/**
 * One record of a hosted phone system as it writes them: the call as one user of the firm had it.
 *
 * @param outgoing the user called; else was called
 * @param user the user's own number; empty when the record does not tell
 * @param other the other side's number as written; empty when withheld
 * @param outside the other side is no user of the firm
 */
record UserView(boolean outgoing, String user, String other, boolean outside) {
    private static final String OUTSIDE = "outside";

    /** Sets both ends of the leg. All views of an outside party of the call are one line. */
    LegDraft on(LegDraft draft) {
        return outgoing ? draft.sides(Side.phone(user), far()) : draft.sides(far(), Side.phone(user));
    }

    /** For a leg that the user only passed on: nobody of the firm talked in it. */
    LegDraft passedOn(LegDraft draft, String caller) {
        return draft.sides(Side.line(OUTSIDE, caller), outside ? Side.line(OUTSIDE, other) : "");
    }

    /** For a leg that a menu, queue or mailbox of the phone system took. */
    LegDraft taken(LegDraft draft) {
        return draft.sides(outgoing ? Side.phone(user) : far(), "");
    }

    private String far() {
        return outside || other.isEmpty() ? Side.line(OUTSIDE, other) : Side.phone(other);
    }
}
