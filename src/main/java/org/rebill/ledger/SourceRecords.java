package org.rebill.ledger;

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
}
