package org.rebill.collector;

import java.io.IOException;
import java.nio.file.Path;

/** How records come from a phone system. */
public interface Way {
    /** Takes what comes. */
    interface Sink {
        /**
         * Keeps bytes; they are on disk when it returns.
         *
         * @param bytes of which the first {@code length} count
         * @throws IOException when they could not be kept
         */
        void take(byte[] bytes, int length) throws IOException;

        /** What came up to here is complete: nothing more belongs to it. */
        void complete() throws IOException;

        /** What goes on, for the line of status. */
        void says(String what);
    }

    /**
     * Gives what comes to the sink until the connection ends or fails, or the thread is interrupted; called again then,
     * after a while.
     *
     * @throws IOException when the phone system can't be reached, or the connection failed
     */
    void run(Sink sink) throws IOException, InterruptedException;

    /**
     * The way that a feed's settings name.
     *
     * @param folder of the feed, where the way may keep how far it is
     */
    static Way of(Settings.Feed feed, Path folder) throws SettingsProblem {
        String way = feed.required("way");
        return switch (way) {
            case "listen" -> Listen.of(feed);
            case "connect" -> Connect.of(feed);
            case "follow" -> Follow.of(feed, folder);
            case "serial" -> Serial.of(feed);
            default ->
                throw new SettingsProblem("feed." + feed.name() + ".way is '" + way
                        + "'; listen, connect, follow or serial belongs there.");
        };
    }
}
