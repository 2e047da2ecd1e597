package org.rebill.intake.format;

import java.io.IOException;
import java.util.Optional;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** Reads documents: cut by {@link DocumentCutter}, understood by the format. */
final class DocumentReader implements RecordReader {
    /** How a format understands one document. */
    interface Understanding {
        /**
         * What it is.
         *
         * @param start index of its first byte in the buffer
         * @param end index behind its last
         */
        Content read(String document, byte[] buffer, int start, int end);
    }

    /** How a format understands a document that is a leg, or unreadable. */
    interface Legs {
        /**
         * The leg it is.
         *
         * @param draft a new one of this source
         * @throws Unreadable when it is none
         */
        Leg leg(String document, LegDraft draft) throws Unreadable;
    }

    private final DocumentCutter cutter;
    private final Understanding understanding;

    DocumentReader(DocumentCutter cutter, Understanding understanding) {
        this.cutter = cutter;
        this.understanding = understanding;
    }

    static DocumentReader ofLegs(DocumentCutter cutter, SourceSettings source, Legs legs) {
        Fingerprint fingerprint = new Fingerprint(source.sourceId());
        return new DocumentReader(
                cutter,
                (text, buffer, start, end) ->
                        TextRows.part(fingerprint, buffer, start, end, draft -> legs.leg(text, draft)));
    }

    @Override
    public Optional<ReadRecord> next() throws IOException {
        if (!cutter.cut()) {
            return Optional.empty();
        }
        Content content =
                switch (cutter.kind()) {
                    case BLANK -> new Ignored("blank", "Nothing but blanks.");
                    case OTHER -> other();
                    case CUT ->
                        new Quarantined(
                                "record.cut",
                                "The record is not closed: the file ends in it or the next one begins. Send it again if"
                                        + " the phone system still has it.");
                    case LONG ->
                        new Quarantined(
                                "record.long",
                                "The record is " + cutter.length() + " bytes long; at most " + DocumentCutter.MAX_RECORD
                                        + " are read. A bracket or quote may be missing: send it as the phone system wrote"
                                        + " it.");
                    case DOCUMENT -> document();
                };
        return Optional.of(new ReadRecord(cutter.line(), cutter.lines(), cutter.offset(), cutter.length(), content));
    }

    private Content other() {
        String beginning = cutter.beginning();
        if (beginning.matches("</?[A-Za-z_-]+>\\s*")) {
            return new Ignored("wrapper", "What stands around the records.");
        }
        return new Quarantined(
                "record.other",
                "Here begins no record, but " + RecordText.shown(beginning)
                        + ". A part may have been lost: send the file as the phone system wrote it.");
    }

    private Content document() {
        byte[] buffer = cutter.buffer();
        return TextRows.hasNul(buffer, cutter.start(), cutter.end())
                ? TextRows.nul()
                : understanding.read(cutter.text(), buffer, cutter.start(), cutter.end());
    }
}
