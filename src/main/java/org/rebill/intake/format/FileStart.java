package org.rebill.intake.format;

import java.time.Instant;

/**
 * From where in a file a reader reads. Reading may go on in the middle, where an earlier reader stopped between two
 * records; what the file says of itself at its top (names of columns) is then still at hand.
 *
 * @param head first bytes of the file, at most {@value #HEAD_BYTES}; not to be changed
 * @param byteOffset of the first byte to be read
 * @param lineNo of the line that begins there, from 1
 * @param receivedAt when the file came in, as it is kept with the file: tells the year of records that have none, the
 *     same whenever the file is read
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy for each reader would be waste.
public record FileStart(byte[] head, long byteOffset, long lineNo, Instant receivedAt) {
    /** How much of a file's top is kept at hand, in bytes. */
    public static final int HEAD_BYTES = 1024 * 1024;

    /** Of a file whose records tell their year, or are not understood but cut only. */
    public FileStart(byte[] head, long byteOffset, long lineNo) {
        this(head, byteOffset, lineNo, Instant.EPOCH);
    }
}
