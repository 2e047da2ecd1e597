package org.rebill.intake.format;

import java.io.IOException;
import java.util.Optional;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** Reads delimited records: cut by {@link CsvCutter}, understood by the format's own {@link Row}. */
final class DelimitedReader implements RecordReader {
    /** How a format understands one record. */
    interface Row {
        /**
         * What a record is.
         *
         * @param start index of its first byte in the buffer
         * @param end index behind its last, without line end
         */
        Content read(CsvFields fields, byte[] buffer, int start, int end);
    }

    private final CsvCutter cutter;
    private final Row row;

    DelimitedReader(CsvCutter cutter, Row row) {
        this.cutter = cutter;
        this.row = row;
    }

    @Override
    public Optional<ReadRecord> next() throws IOException {
        if (!cutter.cut()) {
            return Optional.empty();
        }
        Content content =
                switch (cutter.kind()) {
                    case BLANK -> new Ignored("blank", "An empty line.");
                    case LONG -> tooLong(cutter.length());
                    case OPEN ->
                        new Quarantined(
                                "quote.open",
                                "A quoted field is not closed in this line: a quote (\") is missing. Put it back and send"
                                        + " the record again.");
                    case CUT ->
                        new Quarantined(
                                "record.cut",
                                "The file ends inside of a quoted field: its last record was cut. Send the whole file"
                                        + " again.");
                    case FIELDS -> row.read(cutter.fields(), cutter.buffer(), cutter.start(), cutter.end());
                };
        return Optional.of(new ReadRecord(cutter.line(), cutter.lines(), cutter.offset(), cutter.length(), content));
    }

    /** @param length in bytes */
    static Quarantined tooLong(long length) {
        return new Quarantined(
                "record.long",
                "The line is " + length + " bytes long; a record has at most " + CsvCutter.MAX_RECORD
                        + ". Line ends may have been lost: send the file as the phone system wrote it.");
    }
}
