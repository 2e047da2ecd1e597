package org.rebill.statement;

import java.util.HexFormat;

/**
 * A statement on paper.
 *
 * @param sha256 hexadecimal, of the stored bytes; null for a draft's preview
 * @param fileName to save it under
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
public record Pdf(byte[] bytes, String sha256, String fileName) {
    static Pdf draft(byte[] bytes) {
        return new Pdf(bytes, null, "draft.pdf");
    }

    static Pdf issued(Statement statement, IssuedPaper stored) {
        return new Pdf(stored.pdf(), HexFormat.of().formatHex(statement.pdfSha256()), statement.number() + ".pdf");
    }
}
