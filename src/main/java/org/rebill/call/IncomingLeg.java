package org.rebill.call;

import java.util.UUID;

/**
 * A leg on its way in, and where its record lies in the file.
 *
 * @param contentHash first 16 bytes of the SHA-256 over the record's bytes: tells the same from a changed record
 * @param recordNo position among the file's records, from 1
 * @param lineNo first line of the record, from 1
 */
public record IncomingLeg(Leg leg, UUID contentHash, long recordNo, long lineNo, long byteOffset, int byteLength) {
    /** The same as a leg of another call. */
    IncomingLeg inCall(UUID callId) {
        return new IncomingLeg(leg.inCall(callId), contentHash, recordNo, lineNo, byteOffset, byteLength);
    }
}
