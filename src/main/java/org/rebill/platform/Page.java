package org.rebill.platform;

import java.util.List;

/**
 * A piece of a list, read by keyset: rows that come meanwhile move nothing.
 *
 * @param next what to send as {@code after} for the next piece; null after the last
 */
public record Page<T>(List<T> items, String next) {
    public Page {
        items = List.copyOf(items);
    }
}
