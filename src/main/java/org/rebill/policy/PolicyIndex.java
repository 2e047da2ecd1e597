package org.rebill.policy;

import java.time.Instant;
import java.util.UUID;

/** All code policies of the firm as they stand in this transaction, for many calls at once. */
@FunctionalInterface
public interface PolicyIndex {
    /**
     * What is asked of a call's code (DOMAIN.md D7, B8).
     *
     * @param forced the call needs a code
     * @param verified the code must be one that the firm has
     */
    record Switches(boolean forced, boolean verified) {}

    /**
     * What was asked of a talk's code when its call started. Inside and emergency calls are never asked about.
     *
     * @param sourceId the phone system that wrote the call
     * @param personId whose telephone talked, or null
     * @param extension the telephone that talked
     * @param party the other side: E.164 where it can be told, else the digits; empty when withheld
     */
    Switches find(UUID sourceId, UUID personId, String extension, String party, Instant startedAt);
}
