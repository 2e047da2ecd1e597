package org.rebill.platform;

import java.time.Instant;
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
     * @throws Later means: again at the time it names
     * @throws Exception means: again after a pause that grows
     */
    void run(UUID id) throws Exception;

    /** Thrown by a job that has more to do at a later time; nothing went wrong. */
    final class Later extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Instant at;

        /**
         * To be run again.
         *
         * @param at not before then
         */
        public Later(Instant at) {
            super("Again at " + at, null, false, false);
            this.at = at;
        }

        /** Not before then. */
        public Instant at() {
            return at;
        }
    }
}
