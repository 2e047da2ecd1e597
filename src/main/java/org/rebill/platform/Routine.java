package org.rebill.platform;

import java.time.Duration;

/** Work that comes back by itself, for one firm after the other; found by CDI. One node does each round. */
public interface Routine {
    /** Stable name, such as {@code look-at-sources}. */
    String name();

    /** Pause between the end of a round and the next. */
    Duration every();

    /**
     * Does the work for the current firm.
     *
     * @throws Exception is logged; the other firms and the next round go on
     */
    void run() throws Exception;
}
