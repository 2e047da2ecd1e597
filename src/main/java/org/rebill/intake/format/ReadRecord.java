package org.rebill.intake.format;

import java.util.UUID;
import org.rebill.call.Leg;

/**
 * One record of a file and what it is.
 *
 * @param lineNo its first line in the file, from 1
 * @param lines how many lines it spans, at least 1
 * @param byteOffset of its first byte in the file
 * @param byteLength with its line end
 */
public record ReadRecord(long lineNo, long lines, long byteOffset, long byteLength, Content content) {
    /** Exactly one of three. */
    public sealed interface Content {}

    /**
     * Part of a call.
     *
     * @param contentHash first 16 bytes of the SHA-256 over the record's bytes without line end: tells the same from a
     *     changed record
     */
    public record Part(Leg leg, UUID contentHash) implements Content {}

    /**
     * Not a call and not meant to be one, such as a blank line or a header.
     *
     * @param reason stable code
     * @param detail for people
     */
    public record Ignored(String reason, String detail) implements Content {}

    /**
     * Could not be read; kept with its bytes.
     *
     * @param reason stable code, such as {@code quote.open}
     * @param detail for people: what is wrong, where, how to mend it
     */
    public record Quarantined(String reason, String detail) implements Content {}
}
