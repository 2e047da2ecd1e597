package org.rebill.export;

/**
 * A column.
 *
 * @param key name in JSON, XML and CSV, in camel case
 * @param head for people
 * @param summed it has a total; money by currency
 */
public record Column(String key, String head, Kind kind, boolean summed) {
    /** One that has no total. */
    public static Column of(String key, String head, Kind kind) {
        return new Column(key, head, kind, false);
    }

    /** One that is summed. */
    public static Column summed(String key, String head, Kind kind) {
        return new Column(key, head, kind, true);
    }
}
