package org.rebill.call;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.rebill.platform.Refusal;

/** A filter of calls as the API's addresses write it. */
public class CallParameters {
    @Parameter(description = "First day, in the firm's zone, such as 2026-11-01")
    @QueryParam("from")
    private String from;

    @Parameter(description = "Last day, in the firm's zone")
    @QueryParam("to")
    private String to;

    @Parameter(description = "Who talked, or whose telephone rang")
    @QueryParam("person")
    private UUID person;

    @QueryParam("client")
    private UUID client;

    @Parameter(description = "RATED, NO_CODE, HELD, HOUSE, NO_ANSWER or INTERNAL")
    @QueryParam("group")
    private String group;

    @Parameter(description = "Code as it stands, exactly")
    @QueryParam("code")
    private String code;

    @QueryParam("source")
    private UUID source;

    @Parameter(description = "The file that brought any of their records")
    @QueryParam("file")
    private UUID file;

    @Parameter(description = "Digits of the number, a code, an extension, or part of a client's name")
    @QueryParam("q")
    private String text;

    CallFilter filter() {
        return new CallFilter(day("from", from), day("to", to), person, client, group(), code, source, file, text);
    }

    private static LocalDate day(String field, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal.Invalid(field, "day.form", "'" + text + "' is no day such as 2026-11-30.");
        }
    }

    private CallGroup group() {
        if (group == null || group.isBlank()) {
            return null;
        }
        for (CallGroup known : CallGroup.values()) {
            if (known.name().equals(group.toUpperCase(Locale.ROOT))) {
                return known;
            }
        }
        throw new Refusal.Invalid(
                "group", "group.unknown", "Groups are RATED, NO_CODE, HELD, HOUSE, NO_ANSWER and INTERNAL.");
    }
}
