package org.rebill.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An RFC 9457 problem.
 *
 * @param type "about:blank": the code says what it is
 * @param title short, the same for each code's status
 * @param detail for people: what, where, how to mend
 * @param code for programs, stable
 * @param field of the request document the first problem is at, or absent
 * @param problems all of them, where there are several
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String field,
        List<Refusal.Problem> problems) {
    /** Media type of problems. */
    public static final String TYPE = "application/problem+json";

    /** The problem that a refusal is told as. */
    public static ProblemBody of(Refusal refusal) {
        Refusal.Problem first = refusal.problems().get(0);
        return of(
                refusal.status(),
                first.code(),
                first.text(),
                first.field(),
                refusal.problems().size() > 1 ? refusal.problems() : List.of());
    }

    /** One problem that is at no field. */
    public static ProblemBody of(int status, String code, String text) {
        return of(status, code, text, "", List.of());
    }

    private static ProblemBody of(int status, String code, String text, String field, List<Refusal.Problem> problems) {
        return new ProblemBody("about:blank", title(status), status, text, code, field, problems);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Can't be read";
            case 401 -> "Not signed in";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Not offered here";
            case 409 -> "Does not fit what is stored";
            case 412 -> "Changed meanwhile";
            case 413 -> "Too large";
            case 415 -> "Wrong kind of content";
            case 422 -> "Something entered is wrong";
            case 428 -> "Needs If-Match";
            case 429 -> "Too many requests";
            default -> status >= 500 ? "Our fault" : "Refused";
        };
    }

    /** Writes the problem outside of JAX-RS. */
    public static void write(HttpServletResponse response, int status, String code, String text) {
        byte[] body = Json.write(of(status, code, text)).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(TYPE);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
            response.flushBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("The caller went away before the answer was written", e);
        }
    }
}
