package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.List;

/** One delimited record as text, its columns by name. A column that is not there reads as empty. */
final class TextRow {
    private final ColumnNames columns;
    private final List<String> values;

    TextRow(ColumnNames columns, List<String> values) {
        this.columns = columns;
        this.values = List.copyOf(values);
    }

    /** In the order of the columns, as written. */
    List<String> values() {
        return values;
    }

    /** A value, blanks around it stripped, by the first of its names that is a column; empty when none is. */
    String text(String... aliases) {
        int place = columns.find(aliases);
        return place < 0 || place >= values.size() ? "" : values.get(place).strip();
    }

    /** The first of several columns that holds something; empty when none does. */
    String firstOf(String... names) {
        for (String name : names) {
            String text = text(name);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** What and where, for a reason: {@code Column 12 (answer time) holds 'x'}. */
    String at(String... aliases) {
        int place = columns.find(aliases);
        return place < 0
                ? "Column " + aliases[0] + " is missing"
                : "Column " + (place + 1) + " (" + columns.names().get(place) + ") holds "
                        + RecordText.shown(text(aliases));
    }

    /**
     * Whole seconds, written as a count or as h:mm:ss.
     *
     * @throws Unreadable when something else is written
     */
    int seconds(String... aliases) throws Unreadable {
        int seconds = ClockText.seconds(text(aliases));
        if (seconds < 0) {
            throw Unreadable.because(
                    "seconds",
                    at(aliases) + "; whole seconds or h:mm:ss belong there. Columns may have moved: send the"
                            + " file as the phone system wrote it.");
        }
        return seconds;
    }

    /** As {@link #seconds}; 0 when empty. */
    int secondsOrNone(String... aliases) throws Unreadable {
        return text(aliases).isEmpty() ? 0 : seconds(aliases);
    }

    static TextRow of(ColumnNames columns, CsvFields fields, java.nio.charset.Charset charset) {
        List<String> values = new ArrayList<>(fields.count());
        for (int i = 0; i < fields.kept(); i++) {
            values.add(fields.text(i, charset));
        }
        return new TextRow(columns, values);
    }
}
