package org.rebill.intake.format;

import java.util.List;

/**
 * The line of names of a delimited file that is read by a mapping, and what stands above it. Where the mapping names no
 * column, the first record is that line, unless its start can be read.
 */
final class MappedHeader {
    private static final ColumnNames NONE = new ColumnNames(List.of());

    private final RecordMapping mapping;
    private final ColumnNames columns;
    private final List<List<String>> above;

    private MappedHeader(RecordMapping mapping, ColumnNames columns, List<List<String>> above) {
        this.mapping = mapping;
        this.columns = columns;
        this.above = above;
    }

    static MappedHeader of(RecordMapping mapping, MappedRecord reading, FileStart from) {
        List<List<String>> first = mapping.header()
                ? FirstLines.of(from.head(), mapping.layout().separator()).records()
                : List.of();
        String[] names = mapping.names().toArray(String[]::new);
        for (int i = 0; i < first.size(); i++) {
            List<String> values = first.get(i);
            ColumnNames columns = new ColumnNames(values);
            boolean those = names.length > 0
                    ? columns.hasAll(names)
                    : values.size() > 1 && !reading.hasStart(new Cells.Delimited(NONE, values));
            if (those) {
                return new MappedHeader(mapping, columns, first.subList(0, i));
            }
            if (names.length == 0 && values.size() > 1) {
                break;
            }
        }
        return new MappedHeader(mapping, NONE, List.of());
    }

    /** None when the file has no such line. */
    ColumnNames columns() {
        return columns;
    }

    /** A record's columns, or why the line is none. */
    Cells cells(List<String> values) throws Unreadable {
        if (columns.count() == 0) {
            if (!mapping.names().isEmpty()) {
                throw Unreadable.because(
                        "header.missing",
                        "The line with the names of the columns is missing at the top of the file. It must hold: "
                                + String.join(", ", mapping.names()) + ".");
            }
            return new Cells.Delimited(columns, values);
        }
        if (columns.areThose(values)) {
            throw Unreadable.ignored("header", "A line with the names of the columns.");
        }
        if (above.contains(values)) {
            throw Unreadable.ignored("title", "A line above the names of the columns.");
        }
        int count = values.size();
        while (count > columns.count() && values.get(count - 1).isBlank()) {
            count--;
        }
        boolean enough = mapping.leastColumns() > 0 && count >= mapping.leastColumns();
        if (count > columns.count() || (count < columns.count() && !enough)) {
            throw Unreadable.because(
                    "columns",
                    "The record has " + values.size() + (values.size() == 1 ? " column" : " columns") + ", but "
                            + columns.count() + " are named at the top of the file. A line was cut or two ran into one:"
                            + " send the file as the phone system wrote it. If it is no record, leave such lines out by"
                            + " skip in the mapping.");
        }
        return new Cells.Delimited(columns, values.subList(0, count));
    }
}
