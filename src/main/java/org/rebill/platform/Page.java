package org.rebill.platform;

import java.util.List;
import java.util.function.Function;

/**
 * A piece of a list, read by keyset: rows that come meanwhile move nothing.
 *
 * @param next what to send as {@code after} for the next piece; null after the last
 */
public record Page<T>(List<T> items, String next) {
    /** Rows of a piece when nobody said how many. */
    public static final int USUAL = 50;
    /** Most rows of a piece. */
    public static final int MOST = 500;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The piece of what was read.
     *
     * @param read up to one row more than asked for: the one more tells that there is a next piece
     * @param key of a row, to go on after it
     */
    public static <T> Page<T> of(List<T> read, int limit, Function<T, String> key) {
        if (read.size() <= limit) {
            return new Page<>(read, null);
        }
        List<T> items = read.subList(0, limit);
        return new Page<>(items, key.apply(items.get(limit - 1)));
    }

    /** How many rows were asked for; refused (422) when that is not 1 to {@value #MOST}. */
    public static int limit(Integer asked) {
        if (asked == null) {
            return USUAL;
        }
        if (asked < 1 || asked > MOST) {
            throw new Refusal.Invalid("limit", "limit.range", "Ask for 1 to " + MOST + " at once.");
        }
        return asked;
    }
}
