package org.rebill.code;

import java.time.Instant;
import java.util.UUID;

/** All codes of the firm as they stand in this transaction, for many calls at once. */
public interface CodeIndex {
    /** What a code is at an instant (DOMAIN.md D7). */
    enum Standing {
        NONE,
        OK,
        HOUSE,
        UNKNOWN,
        /** Not 1 to 9 digits. */
        MALFORMED,
        /** Known, but not valid then. */
        RETIRED
    }

    /**
     * What a code means.
     *
     * @param clientId only when OK
     * @param matterId only when OK, and null where the code is for the client as a whole
     */
    record Meaning(Standing standing, UUID clientId, UUID matterId) {}

    /**
     * What a code means at an instant.
     *
     * @param code as text, 007 is not 7; empty for none
     */
    Meaning find(String code, Instant at);
}
