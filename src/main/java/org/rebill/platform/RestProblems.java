package org.rebill.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells every failure of the API as an RFC 9457 problem. What is our fault is logged under a number, not shown. */
@Provider
public class RestProblems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(RestProblems.class.getName());

    private static final Map<Class<?>, String> KINDS = Map.ofEntries(
            Map.entry(int.class, "a whole number"),
            Map.entry(Integer.class, "a whole number"),
            Map.entry(long.class, "a whole number"),
            Map.entry(Long.class, "a whole number"),
            Map.entry(BigDecimal.class, "a number"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(String.class, "a text"),
            Map.entry(UUID.class, "a key such as 0192f3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b"),
            Map.entry(LocalDate.class, "a day such as 2026-09-01"),
            Map.entry(Instant.class, "an instant such as 2026-09-01T09:00:00Z"));

    @Override
    public Response toResponse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal.TooMany tooMany) {
                return Response.fromResponse(answer(ProblemBody.of(tooMany)))
                        .header(HttpHeaders.RETRY_AFTER, tooMany.retryAfterSeconds())
                        .build();
            }
            if (cause instanceof Refusal refusal) {
                return answer(ProblemBody.of(refusal));
            }
            if (cause instanceof JsonProcessingException json) {
                return answer(unreadable(json));
            }
            if (cause instanceof OptimisticLockException) {
                return answer(ProblemBody.of(
                        409, "changed-meanwhile", "Somebody changed this meanwhile. Read it again, then change it."));
            }
            if (cause instanceof WebApplicationException web) {
                int status = web.getResponse().getStatus();
                return answer(ProblemBody.of(status, "http-" + status, httpText(status, web)));
            }
        }
        String number = UUID.randomUUID().toString();
        LOG.log(Level.SEVERE, failure, () -> "Failure " + number);
        return answer(ProblemBody.of(
                500, "internal", "Something went wrong here; nothing was stored. Our log has it as " + number + "."));
    }

    private static ProblemBody unreadable(JsonProcessingException json) {
        String place = json.getLocation() == null
                ? ""
                : " Line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr() + ".";
        String field = json instanceof JsonMappingException mapping ? path(mapping) : "";
        String text = json instanceof UnrecognizedPropertyException unknown
                ? "There is no field '" + unknown.getPropertyName() + "' here; known are "
                        + unknown.getKnownPropertyIds().stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + "."
                : wanted(json)
                        .map(kind -> "This field takes " + kind + ".")
                        .orElse("The document can't be read as JSON of this operation: " + json.getOriginalMessage()
                                + ".");
        return new ProblemBody("about:blank", "Can't be read", 400, text + place, "json.unreadable", field, List.of());
    }

    private static String path(JsonMappingException mapping) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }

    /** What a field takes, where something else was sent; empty for the parser's own words. */
    private static Optional<String> wanted(JsonProcessingException json) {
        if (!(json instanceof MismatchedInputException mismatch) || mismatch.getTargetType() == null) {
            return Optional.empty();
        }
        Class<?> type = mismatch.getTargetType();
        if (type.isEnum()) {
            return Optional.of("one of "
                    + Stream.of(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return Optional.ofNullable(KINDS.get(type));
    }

    private static String httpText(int status, WebApplicationException web) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not offer that method.";
            case 406 -> "This address can't answer in the format asked for.";
            case 415 -> "This address does not take that kind of content.";
            default -> web.getMessage();
        };
    }

    private static Response answer(ProblemBody problem) {
        return Response.status(problem.status())
                .type(ProblemBody.TYPE)
                .entity(problem)
                .build();
    }
}
