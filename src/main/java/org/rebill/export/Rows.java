package org.rebill.export;

import java.io.IOException;
import java.util.List;

/** The rows of a table, given one after the other, so that however many there are, few are in memory. */
@FunctionalInterface
public interface Rows {
    /** Takes rows. */
    @FunctionalInterface
    interface Sink {
        /** A row: a value for each column, of its kind's type; null where there is none. */
        void row(List<Object> values) throws IOException;
    }

    /** Gives all rows in their order. */
    void each(Sink sink) throws IOException;

    /** Rows that are there already. */
    static Rows of(List<? extends List<Object>> rows) {
        return sink -> {
            for (List<Object> row : rows) {
                sink.row(row);
            }
        };
    }
}
