package org.rebill.call;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.rebill.ledger.Charge;

/**
 * All that is known of a call, from the amount back to the bytes.
 *
 * @param pbxCode as the phone system wrote it; empty when none
 * @param talks each telephone's, in order of answer
 * @param records the phone system's, in order of start
 * @param codes given after the call, oldest first
 * @param checks live ones while it was made, oldest first
 * @param charges by talk; empty when there is nothing to charge for
 */
public record CallDetails(
        CallLine call,
        String pbxCode,
        List<PersonTalk> talks,
        List<SourceRecord> records,
        List<GivenCode> codes,
        List<Checked> checks,
        List<Charge> charges) {
    /**
     * A record of the phone system and where it came from.
     *
     * @param contentHash first 16 bytes of the SHA-256 over the record's bytes without line end
     * @param file null when it is not kept here any more
     * @param bytes its first 4,096 bytes, as they came
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, shown once
    public record SourceRecord(
            Leg leg,
            long lineNo,
            long byteOffset,
            int byteLength,
            UUID contentHash,
            RecordBytes.File file,
            byte[] bytes) {}

    /**
     * A code given on the web.
     *
     * @param code empty when a given one was taken back
     */
    public record GivenCode(Instant at, String code, String author) {}

    /**
     * A code that the phone system asked about while the call was made.
     *
     * @param code empty when none was dialled
     * @param answer OK, UNKNOWN, ASK_AGAIN or NOT_NEEDED
     */
    public record Checked(Instant at, String code, String answer) {}

    public CallDetails {
        talks = List.copyOf(talks);
        records = List.copyOf(records);
        codes = List.copyOf(codes);
        checks = List.copyOf(checks);
        charges = List.copyOf(charges);
    }
}
