package org.rebill.intake.format;

import java.nio.charset.Charset;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Part;

/** Gives a delimited record to a format as text, when it is sound. Not for several threads. */
final class TextRows implements DelimitedReader.Row {
    /** How a format understands one record. */
    interface Understanding {
        /**
         * The leg it is.
         *
         * @param draft a new one of this source
         * @throws Unreadable when it is none
         */
        Leg leg(TextRow row, LegDraft draft) throws Unreadable;
    }

    private final ColumnNames columns;
    private final Fingerprint fingerprint;
    private final Understanding understanding;

    TextRows(ColumnNames columns, SourceSettings source, Understanding understanding) {
        this.columns = columns;
        this.fingerprint = new Fingerprint(source.sourceId());
        this.understanding = understanding;
    }

    @Override
    public Content read(CsvFields fields, byte[] buffer, int start, int end) {
        if (hasNul(buffer, start, end)) {
            return nul();
        }
        if (fields.isMisquoted()) {
            return misquoted();
        }
        Charset charset = RecordText.charset(buffer, start, end);
        TextRow row = TextRow.of(columns, fields, charset);
        return part(fingerprint, buffer, start, end, draft -> understanding.leg(row, draft));
    }

    /** What a record is, whose leg may turn out not to be one. */
    static Content part(Fingerprint fingerprint, byte[] buffer, int start, int end, Making making) {
        try {
            Leg leg = making.leg(new LegDraft(fingerprint));
            return new Part(leg, fingerprint.of(buffer, start, end));
        } catch (Unreadable e) {
            return e.content();
        }
    }

    /** Makes a leg of a draft. */
    interface Making {
        Leg leg(LegDraft draft) throws Unreadable;
    }

    static boolean hasNul(byte[] buffer, int start, int end) {
        for (int i = start; i < end; i++) {
            if (buffer[i] == 0) {
                return true;
            }
        }
        return false;
    }

    static Content nul() {
        return new ReadRecord.Quarantined(
                "nul",
                "The record holds NUL bytes, which a disk writes that lost power. Send the record again if the phone"
                        + " system still has it.");
    }

    static Content misquoted() {
        return new ReadRecord.Quarantined(
                "quote.wrong",
                "A quote (\") stands inside of a field without being doubled: one is missing, or two lines ran into"
                        + " one. Put it right and send the record again.");
    }
}
