package org.rebill.intake;

import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;
import org.rebill.platform.Refusal;

/** The records in a pushed request: out of their packing and out of the form that some phone systems put them in. */
final class PushBody {
    /** The form field in which FreeSWITCH sends a record. */
    private static final String FIELD = "cdr";

    private static final Set<String> APPLICATIONS = Set.of("json", "xml", "csv", "x-ndjson", "octet-stream");

    private PushBody() {}

    /**
     * The records, as bytes to be kept.
     *
     * @param type Content-Type; null when it was not sent
     * @param encoding Content-Encoding; null when it was not sent
     * @param most bytes that they may unpack to
     * @throws Refusal.WrongType what can't be records here
     */
    static InputStream records(InputStream body, MediaType type, String encoding, long most) throws IOException {
        boolean form = type != null && MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(type);
        if (!form && !isTaken(type)) {
            throw new Refusal.WrongType(
                    "Content-Type",
                    "content.type",
                    "Records are pushed as text, CSV, JSON or XML, or as a form with the field 'cdr'; this is "
                            + type.getType() + "/" + type.getSubtype() + ".");
        }
        InputStream content = new BoundedStream(unpacked(body, encoding), form ? 3 * most : most, () -> tooLarge(most));
        return form
                ? new BoundedStream(Encoded.plain(FormField.of(content, FIELD)), most, () -> tooLarge(most))
                : content;
    }

    private static boolean isTaken(MediaType type) {
        return type == null
                || type.isWildcardType()
                || type.getType().equalsIgnoreCase("text")
                || (type.getType().equalsIgnoreCase("application")
                        && APPLICATIONS.contains(type.getSubtype().toLowerCase(Locale.ROOT)));
    }

    private static InputStream unpacked(InputStream body, String encoding) throws IOException {
        String name = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> Gunzip.of(body);
            default ->
                throw new Refusal.WrongType(
                        "Content-Encoding", "content.encoding", "Send the records as they are, or packed by gzip.");
        };
    }

    private static Refusal tooLarge(long most) {
        return new Refusal.TooLarge(
                "",
                "push.size",
                "A push has at most " + most / (1 << 20)
                        + " MiB of records. Send larger files to /api/v1/firms/{firm}/sources/{id}/files.");
    }
}
