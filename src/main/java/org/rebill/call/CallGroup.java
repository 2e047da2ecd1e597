package org.rebill.call;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** States of calls as lists offer them. */
public enum CallGroup {
    /** Has its price: rated, on a draft, or billed. */
    RATED,
    /** No code, or none that says whose call it is: somebody can mend it now. */
    NO_CODE,
    /** No agreement was accepted and in force. */
    HELD,
    HOUSE,
    NO_ANSWER,
    INTERNAL;

    /** What belongs to it. */
    public Set<CallState> states() {
        return Arrays.stream(CallState.values())
                .filter(state -> state.group() == this)
                .collect(Collectors.toUnmodifiableSet());
    }
}
