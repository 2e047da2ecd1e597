package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** Cuts a bill into lines, or records of CSV, and tells what each is. */
final class BillCutter {
    private static final int LEAST_FIELDS = 4;

    private final Optional<BillColumns> columns;
    private final CsvCutter cutter;

    BillCutter(InputStream bytes, FileStart from, Optional<BillColumns> columns) {
        this.columns = columns;
        this.cutter = columns.isPresent()
                ? new CsvCutter(bytes, from, columns.get().separator(), fields -> fields.count() >= LEAST_FIELDS)
                : CsvCutter.lines(bytes, from);
    }

    boolean cut() throws IOException {
        return cutter.cut();
    }

    CsvCutter cutter() {
        return cutter;
    }

    long offset() {
        return cutter.offset();
    }

    boolean isReadable() {
        return cutter.kind() == CsvCutter.Kind.FIELDS
                || (columns.isEmpty() && (cutter.kind() == CsvCutter.Kind.OPEN || cutter.kind() == CsvCutter.Kind.CUT));
    }

    /** What the record is; of one that can't be read, nothing. */
    BillLine line() {
        if (!isReadable()) {
            return BillLine.of(BillLine.Kind.OTHER, "");
        }
        return columns.isPresent() ? columns.get().line(row()) : BillText.line(text());
    }

    /** By the names of its columns; of CSV only. */
    TextRow row() {
        return TextRow.of(columns.orElseThrow().names(), cutter.fields(), charset());
    }

    String text() {
        return isReadable()
                ? new String(cutter.buffer(), cutter.start(), cutter.end() - cutter.start(), charset())
                : "";
    }

    private Charset charset() {
        return RecordText.charset(cutter.buffer(), cutter.start(), cutter.end());
    }
}
