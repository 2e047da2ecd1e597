package org.rebill.call;

import java.util.Locale;
import org.rebill.platform.Refusal;

/**
 * How a list of calls is sorted; calls that are equal by it, by their keys.
 *
 * @param ascending earliest, shortest, cheapest first
 */
public record CallOrder(Key by, boolean ascending) {
    /** Newest first. */
    public static final CallOrder NEWEST = new CallOrder(Key.TIME, false);

    /** What to sort by. */
    public enum Key {
        /** Start. */
        TIME,
        /** Talk seconds. */
        TALK,
        /** Amount; calls without one are below zero. */
        AMOUNT
    }

    /**
     * As the API writes it: {@code time}, {@code talk} or {@code amount}, with a minus sign for the largest first.
     *
     * @param text null gives the newest first
     */
    public static CallOrder parse(String text) {
        if (text == null || text.isBlank()) {
            return NEWEST;
        }
        boolean descending = text.startsWith("-");
        String name = (descending ? text.substring(1) : text).toUpperCase(Locale.ROOT);
        for (Key key : Key.values()) {
            if (key.name().equals(name)) {
                return new CallOrder(key, !descending);
            }
        }
        throw new Refusal.Invalid(
                "sort", "sort.unknown", "Calls sort by time, talk or amount; put a minus sign before it to turn it.");
    }

    @Override
    public String toString() {
        return (ascending ? "" : "-") + by.name().toLowerCase(Locale.ROOT);
    }
}
