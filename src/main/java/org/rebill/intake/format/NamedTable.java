package org.rebill.intake.format;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.rebill.call.Leg;

/**
 * A delimited file that names its columns in a line at its top: which columns, what stands between them, and what stands
 * before that line (titles, {@code sep=;}). Columns may stand in any order; a record is read by their names.
 */
final class NamedTable {
    private static final byte[] SEPARATORS = {',', ';', '\t', '|'};

    private final ColumnNames columns;
    private final byte separator;
    private final List<List<String>> above;
    private final List<List<String>> below;

    private NamedTable(ColumnNames columns, byte separator, List<List<String>> above, List<List<String>> below) {
        this.columns = columns;
        this.separator = separator;
        this.above = above;
        this.below = below;
    }

    /**
     * Finds the line of names among the first lines.
     *
     * @param head first bytes of the file
     * @param isHeader whether columns of these names are those of the format
     */
    static Optional<NamedTable> of(byte[] head, Predicate<ColumnNames> isHeader) {
        for (byte separator : SEPARATORS) {
            List<List<String>> records = FirstLines.of(head, separator).records();
            for (int i = 0; i < records.size(); i++) {
                ColumnNames columns = new ColumnNames(records.get(i));
                if (isHeader.test(columns)) {
                    return Optional.of(new NamedTable(
                            columns, separator, records.subList(0, i), records.subList(i + 1, records.size())));
                }
            }
        }
        return Optional.empty();
    }

    /** What stands between the columns. */
    byte separator() {
        return separator;
    }

    ColumnNames columns() {
        return columns;
    }

    /** The first records below the names, to tell variants by; may be none. */
    List<List<String>> firstRecords() {
        return below;
    }

    /** Reads the records below the names; the names, wherever they come again, and what stands above are left out. */
    RecordReader read(InputStream bytes, SourceSettings source, FileStart from, TextRows.Understanding understanding) {
        TextRows rows = new TextRows(columns, source, (row, draft) -> leg(row, draft, understanding));
        return new DelimitedReader(
                new CsvCutter(bytes, from, separator, fields -> fields.count() == columns.count()), rows);
    }

    /** Reads a file without names, or with those of another format: nothing of it can be understood. */
    static RecordReader unnamed(InputStream bytes, SourceSettings source, FileStart from, String wanted) {
        TextRows rows = new TextRows(new ColumnNames(List.of()), source, (row, draft) -> {
            throw Unreadable.because(
                    "header.missing",
                    "The line with the names of the columns is missing at the top of the file. " + wanted);
        });
        return new DelimitedReader(new CsvCutter(bytes, from, SEPARATORS[0], fields -> true), rows);
    }

    private Leg leg(TextRow row, LegDraft draft, TextRows.Understanding understanding) throws Unreadable {
        List<String> values = row.values();
        if (columns.areThose(values)) {
            throw Unreadable.ignored("header", "A line with the names of the columns.");
        }
        if (values.stream().allMatch(String::isBlank)) {
            throw Unreadable.ignored("blank", "A line without values.");
        }
        if (above.contains(values)) {
            throw Unreadable.ignored("title", "A line above the names of the columns.");
        }
        return understanding.leg(withoutEmptyEnd(row), draft);
    }

    /** A record that ends in a separator has an empty column more than there are names. */
    private TextRow withoutEmptyEnd(TextRow row) throws Unreadable {
        List<String> values = row.values();
        int count = values.size();
        while (count > columns.count() && values.get(count - 1).isBlank()) {
            count--;
        }
        if (count == values.size() && count == columns.count()) {
            return row;
        }
        if (count != columns.count()) {
            throw Unreadable.because(
                    "columns",
                    "The record has " + values.size() + (values.size() == 1 ? " column" : " columns") + ", but "
                            + columns.count() + " are named at the top of the file. A line was cut or two ran into one:"
                            + " send the file as the phone system wrote it.");
        }
        return new TextRow(columns, new ArrayList<>(values.subList(0, count)));
    }
}
