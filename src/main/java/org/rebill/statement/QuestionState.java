package org.rebill.statement;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a client's question stands (DOMAIN.md C15). */
public enum QuestionState {
    /** The firm is to answer. */
    OPEN,
    /** The firm explained; the client is to say whether that settles it. */
    ANSWERED,
    /** The firm agreed: a credit note took the amount back. */
    CREDITED,
    /** The client took the answer. */
    SETTLED,
    /** The client took the question back. */
    WITHDRAWN,
    /** The firm explained and closed it. */
    CLOSED;

    private static final Map<QuestionState, Set<QuestionState>> NEXT = Map.of(
            OPEN, EnumSet.of(OPEN, ANSWERED, CREDITED, WITHDRAWN, CLOSED),
            ANSWERED, EnumSet.of(OPEN, ANSWERED, CREDITED, SETTLED, WITHDRAWN, CLOSED));

    /** Somebody still has to do something. */
    public boolean unsettled() {
        return this == OPEN || this == ANSWERED;
    }

    /** Whether it may come after this one; what is settled stays so. */
    public boolean leadsTo(QuestionState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
