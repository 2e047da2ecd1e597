package org.rebill.statement;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.HexFormat;

/** Sends a statement's paper, with its hash where it has one for good. */
final class PdfResponse {
    /** Media type of the paper. */
    static final String TYPE = "application/pdf";

    private PdfResponse() {}

    static Response of(Pdf pdf, Request request) {
        if (pdf.sha256() == null) {
            return Response.ok(pdf.bytes(), TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header(HttpHeaders.CONTENT_DISPOSITION, disposition(pdf, false))
                    .build();
        }
        EntityTag tag = new EntityTag(pdf.sha256());
        Response.ResponseBuilder known = request.evaluatePreconditions(tag);
        if (known != null) {
            return known.build();
        }
        return Response.ok(pdf.bytes(), TYPE)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .header("Repr-Digest", digest(pdf.sha256()))
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(pdf, false))
                .build();
    }

    /** RFC 9530. */
    static String digest(String sha256) {
        return "sha-256=:" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)) + ":";
    }

    /** @param download to be saved at once instead of shown */
    static String disposition(Pdf pdf, boolean download) {
        return (download ? "attachment" : "inline") + "; filename=\"" + pdf.fileName() + "\"";
    }
}
