package org.rebill.platform;

import java.util.UUID;

/**
 * Background work on one thing of one firm. Runs as that firm, on a thread of the server, outside of a transaction,
 * and must be able to go on where a killed run stopped.
 */
public interface Job {
    /** Stable name of the kind of work, such as {@code read-file}. */
    String name();

    /**
     * Does the work.
     *
     * @param id key of the thing to work on, in the current firm
     * @throws Exception means: again later
     */
    void run(UUID id) throws Exception;
}
