package org.rebill.call;

import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.platform.Refusal;

/**
 * A filter of calls as the API's addresses write it. What each parameter means stands on the operations: Payara's
 * OpenAPI fails on {@code @Parameter} in a bean of parameters.
 */
public class CallParameters {
    @QueryParam("from")
    private String from;

    @QueryParam("to")
    private String to;

    @QueryParam("person")
    private UUID person;

    @QueryParam("client")
    private UUID client;

    @QueryParam("group")
    private String group;

    @QueryParam("code")
    private String code;

    @QueryParam("source")
    private UUID source;

    @QueryParam("file")
    private UUID file;

    @QueryParam("flag")
    private String flag;

    @QueryParam("q")
    private String text;

    /** The filter; refused (422) when a parameter is none. */
    public CallFilter filter() {
        return new CallFilter(
                day("from", from), day("to", to), person, client, group(), code, source, file, flags(), text);
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

    private List<CallFlag> flags() {
        return CallFilter.flags(flag)
                .orElseThrow(() -> new Refusal.Invalid(
                        "flag",
                        "flag.unknown",
                        "Flags are 'impossible' for all that can't be, or one of "
                                + Arrays.stream(CallFlag.values())
                                        .map(CallFlag::code)
                                        .collect(Collectors.joining(", "))
                                + "."));
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
