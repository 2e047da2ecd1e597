package org.rebill.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What charges rest on in the end: the records of the phone system. Told by the feature that keeps their bytes. */
public interface SourceRecords {
    /**
     * The SHA-256 of each record of these calls, over its bytes as they came, without line end; a call's records in the
     * order in which they came.
     */
    Map<UUID, List<byte[]>> hashes(Collection<UUID> callIds);

    /**
     * What stands in a record of a call, as the phone system wrote it.
     *
     * @param at when it began
     * @param from number or extension of the caller, as written; empty for none
     * @param to number or extension that was called, as written
     * @param seconds talked
     * @param code as dialled; empty for none
     * @param sha256 over the record's bytes as they came, without line end
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Excerpt(Instant at, String from, String to, int seconds, String code, byte[] sha256) {}

    /** The records of these calls in short; a call's records in the order in which they came. */
    Map<UUID, List<Excerpt>> excerpts(Collection<UUID> callIds);
}
