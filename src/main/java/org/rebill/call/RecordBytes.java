package org.rebill.call;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The bytes that calls were made of. Told by the feature that keeps them. */
public interface RecordBytes {
    /**
     * A file that brought records.
     *
     * @param name as the sender named it
     * @param sha256 over all its bytes, noted before anything was read
     */
    @SuppressWarnings("ArrayRecordComponent") // read once and shown, never compared
    record File(UUID id, String name, byte[] sha256) {}

    /** Files by key. */
    Map<UUID, File> files(Collection<UUID> ids);

    /** SHA-256 of a record whose bytes were erased, without its line end; empty when they were not. */
    Optional<byte[]> erased(UUID fileId, long offset);

    /** A piece of a file, as it came; empty when it was erased. */
    byte[] bytes(UUID fileId, long offset, int length);
}
