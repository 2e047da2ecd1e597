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

    /**
     * Cuts the first lines that are not blank, in which quotes mean nothing. The last of the bytes may stop within a
     * line, which is left out unless it is the only one.
     */
    static List<String> lines(byte[] head) {
        List<String> lines = new ArrayList<>();
        if (FileHead.notText(head).isPresent()) {
            return lines;
        }
        CsvCutter cutter = CsvCutter.lines(new ByteArrayInputStream(head), new FileStart(head, 0, 1));
        try {
            while (lines.size() < LOOKED_AT && cutter.cut()) {
                boolean last = cutter.offset() + cutter.length() == head.length;
                boolean blank = cutter.kind() == CsvCutter.Kind.BLANK || cutter.kind() == CsvCutter.Kind.LONG;
                if (!blank && (!last || lines.isEmpty() || endsLine(head))) {
                    int length = cutter.end() - cutter.start();
                    lines.add(new String(
                            cutter.buffer(),
                            cutter.start(),
                            length,
                            RecordText.charset(cutter.buffer(), cutter.start(), cutter.end())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
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
