package org.rebill.intake;

import java.time.Instant;
import java.util.List;

/**
 * How a source is doing.
 *
 * @param lastAt start of its latest record; null when none has come
 * @param silentHours full hours since then in which there usually are records
 * @param limit so many of them are a silence that somebody is told of; 0 when nobody is
 * @param hours the last seven days, the latest hour last
 */
public record Health(State state, Instant lastAt, int silentHours, int limit, List<Hour> hours) {
    /** How it is doing. */
    public enum State {
        OK,
        /** Fewer records than usual, or none for an hour or more in which there usually are some. */
        QUIET,
        /** None for as long as the firm wants to be told of. */
        SILENT,
        /** None has come yet. */
        NEVER
    }

    /**
     * An hour.
     *
     * @param at when it began
     * @param usual what the same hour of the earlier weeks had: the lower median of up to four; 0 without any
     */
    public record Hour(Instant at, long records, long usual) {}

    public Health {
        hours = List.copyOf(hours);
    }

    /** Records of the last hours, the one that runs included. */
    public long records(int last) {
        return hours.subList(hours.size() - last, hours.size()).stream()
                .mapToLong(Hour::records)
                .sum();
    }

    /** What those hours usually have. */
    public long usual(int last) {
        return hours.subList(hours.size() - last, hours.size()).stream()
                .mapToLong(Hour::usual)
                .sum();
    }
}
