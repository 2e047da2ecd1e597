package org.rebill.call;

import java.util.List;
import java.util.UUID;

/**
 * What became of a batch of legs.
 *
 * @param legs how many are now part of a call
 * @param duplicates the others: each came before, in this file or an earlier one
 * @param newCalls calls that began with these legs
 * @param joinedCalls calls of other files to which this file added its first leg
 */
public record LegsTaken(int legs, List<Duplicate> duplicates, int newCalls, int joinedCalls) {
    /**
     * A record that came before.
     *
     * @param firstFileId the file of the record that counts
     * @param firstLineNo its line there
     * @param changed the same record by its identity, but with other content: the first one stands
     */
    public record Duplicate(IncomingLeg leg, UUID firstFileId, long firstLineNo, boolean changed) {}

    public LegsTaken {
        duplicates = List.copyOf(duplicates);
    }
}
