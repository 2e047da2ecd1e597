package org.rebill.intake.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The first records of a file as text, to tell what format it has. */
final class FirstLines {
    private static final int LOOKED_AT = 8;

    private final List<List<String>> records;

    private FirstLines(List<List<String>> records) {
        this.records = records;
    }

    /**
     * Cuts the first records. The last of the bytes may stop within a record, which is left out unless it is the only
     * one.
     *
     * @param head first bytes of a file
     */
    static FirstLines of(byte[] head, byte separator) {
        List<List<String>> records = new ArrayList<>();
        if (FileHead.notText(head).isPresent()) {
            return new FirstLines(records);
        }
        FileStart start = new FileStart(head, 0, 1);
        CsvCutter cutter = new CsvCutter(new ByteArrayInputStream(head), start, separator, fields -> true);
        ColumnNames none = new ColumnNames(List.of());
        try {
            while (records.size() < LOOKED_AT && cutter.cut()) {
                boolean last = cutter.offset() + cutter.length() == head.length;
                if (cutter.kind() == CsvCutter.Kind.FIELDS && (!last || records.isEmpty() || endsLine(head))) {
                    records.add(TextRow.of(
                                    none,
                                    cutter.fields(),
                                    RecordText.charset(cutter.buffer(), cutter.start(), cutter.end()))
                            .values());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FirstLines(records);
    }

    private static boolean endsLine(byte[] head) {
        byte last = head[head.length - 1];
        return last == '\n' || last == '\r';
    }

    /** Fields of each record, as written. */
    List<List<String>> records() {
        return records;
    }

    /** Names in the first line; none when there is no line. */
    ColumnNames header() {
        return new ColumnNames(records.isEmpty() ? List.of() : records.get(0));
    }

    /** Whether there are records and each is such. */
    boolean allMatch(Predicate<List<String>> record) {
        return !records.isEmpty() && records.stream().allMatch(record);
    }
}
