package org.rebill.export;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Sends a table as a file, while it is written. */
public final class FileResponse {
    private FileResponse() {}

    /** The answer of a REST resource. */
    public static Response of(Exports.Table table, Format format) {
        StreamingOutput body = out -> format.write(table.sheet(), table.rows(), out);
        return Response.ok(body, format.type())
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition(table, format))
                .build();
    }

    /** To be saved, under the table's name. */
    static String disposition(Exports.Table table, Format format) {
        return "attachment; filename=\"" + table.sheet().name() + "." + format.ending() + "\"";
    }
}
