package org.rebill.call;

import java.util.List;

/** Puts the legs of one call together (DOMAIN.md D10-D12). Pure: the same legs in any order give the same call. */
public final class Assembly {
    private Assembly() {}

    /**
     * One call of its legs.
     *
     * @param legs at least one, all with the same call id, in any order
     * @param promptAllowanceSeconds taken off a talk whose answer was a prompt's, 0 to 600
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static AssembledCall of(List<Leg> legs, NumberPlan plan, int promptAllowanceSeconds) {
        throw new UnsupportedOperationException();
    }
}
