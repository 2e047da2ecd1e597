package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Ignored;

/** Reads records of one line each whose columns stand at fixed places, as SMDR printers got them. */
final class LineReader implements RecordReader {
    /** How a format understands one line. */
    interface Understanding {
        /**
         * The leg it is.
         *
         * @param line without its end
         * @param draft a new one of this source
         * @throws Unreadable when it is none
         */
        Leg leg(String line, LegDraft draft) throws Unreadable;
    }

    private final CsvCutter cutter;
    private final Fingerprint fingerprint;
    private final Understanding understanding;

    LineReader(InputStream bytes, FileStart from, SourceSettings source, Understanding understanding) {
        this.cutter = CsvCutter.lines(bytes, from);
        this.fingerprint = new Fingerprint(source.sourceId());
        this.understanding = understanding;
    }

    @Override
    public Optional<ReadRecord> next() throws IOException {
        if (!cutter.cut()) {
            return Optional.empty();
        }
        Content content =
                switch (cutter.kind()) {
                    case BLANK -> new Ignored("blank", "An empty line.");
                    case LONG -> DelimitedReader.tooLong(cutter.length());
                    case OPEN, CUT, FIELDS -> line();
                };
        return Optional.of(new ReadRecord(cutter.line(), cutter.lines(), cutter.offset(), cutter.length(), content));
    }

    private Content line() {
        byte[] buffer = cutter.buffer();
        int start = cutter.start();
        int end = cutter.end();
        if (TextRows.hasNul(buffer, start, end)) {
            return TextRows.nul();
        }
        String text = new String(buffer, start, end - start, RecordText.charset(buffer, start, end));
        return TextRows.part(fingerprint, buffer, start, end, draft -> understanding.leg(text, draft));
    }
}
