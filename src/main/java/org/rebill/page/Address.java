package org.rebill.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.platform.Refusal;

/**
 * What the page's address says. Filters, paging and open things stand in the query, in posts too (an
 * {@code <o:form includeRequestParams="true">} keeps it), so that every view can be sent to a colleague and a post
 * comes back to where it started.
 */
@Named("address")
@RequestScoped
public class Address {
    /** Where a list goes on; starts again when anything else changes. */
    private static final String AFTER = "after";
    /** Choosing a firm is done once and not repeated in links. */
    private static final String FIRM = "firm";

    private final HttpServletRequest request;
    private Map<String, String> query;

    @Inject
    Address(HttpServletRequest request) {
        this.request = request;
    }

    private Map<String, String> query() {
        if (query == null) {
            query = parse(request.getQueryString());
            query.remove(FIRM);
        }
        return query;
    }

    static Map<String, String> parse(String queryString) {
        Map<String, String> parsed = new LinkedHashMap<>();
        if (queryString == null) {
            return parsed;
        }
        for (String part : queryString.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                try {
                    String name = URLDecoder.decode(part.substring(0, equals), StandardCharsets.UTF_8);
                    parsed.putIfAbsent(name, URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    throw new Refusal.NotFound("page");
                }
            }
        }
        return parsed;
    }

    /** A parameter, without blanks around it, or an empty text. */
    public String text(String name) {
        return query().getOrDefault(name, "").strip();
    }

    /** A key; something that is no key sounds like a thing that does not exist. */
    public Optional<UUID> id(String name) {
        return text(name).isEmpty() ? Optional.empty() : Optional.of(key(text(name), "page"));
    }

    /**
     * A key that came as text.
     *
     * @param what the kind of thing it is the key of, for the 404
     */
    public static UUID key(String text, String what) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound(what);
        }
    }

    /** A key that this page can't do without. */
    public UUID needed(String name, String what) {
        return id(name).orElseThrow(() -> new Refusal.NotFound(what));
    }

    /** A day, {@code 2026-11-30}; anything else is as if it were not there. */
    public Optional<LocalDate> date(String name) {
        try {
            return text(name).isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text(name)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A whole number; anything else is as if it were not there. */
    public Optional<Long> number(String name) {
        try {
            return text(name).isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(text(name)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** One of an enum's names; anything else is as if it were not there. */
    public <E extends Enum<E>> Optional<E> choice(String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text(name))) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** Whether the parameter has this value; an empty one stands for "not there". */
    public boolean is(String name, Object value) {
        return text(name).equals(value == null ? "" : value.toString());
    }

    /** A link to this page with one parameter changed; an empty value takes it out. */
    public String with(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(query());
        if (!name.equals(AFTER)) {
            changed.remove(AFTER);
        }
        put(changed, name, value);
        return link(changed);
    }

    /** A link to this page with some parameters changed. */
    public String with(Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(query());
        changed.remove(AFTER);
        changes.forEach((name, value) -> put(changed, name, value));
        return link(changed);
    }

    /**
     * What a filter form must carry along: all parameters but those it has fields for.
     *
     * @param fields names separated by blanks
     */
    public List<Map.Entry<String, String>> besides(String fields) {
        List<String> own = List.of(fields.split(" ", -1));
        return query().entrySet().stream()
                .filter(parameter ->
                        !own.contains(parameter.getKey()) && !parameter.getKey().equals(AFTER))
                .toList();
    }

    /** A link to this page with another thing opened beside the list, which stays where it is. */
    public String open(String name, Object value) {
        Map<String, String> changed = new LinkedHashMap<>(query());
        put(changed, name, value);
        return link(changed);
    }

    /** A link to this page without a parameter. */
    public String without(String name) {
        return with(name, "");
    }

    private static void put(Map<String, String> changed, String name, Object value) {
        String text = value == null ? "" : value.toString();
        if (text.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, text);
        }
    }

    private String link(Map<String, String> parameters) {
        StringBuilder link = new StringBuilder(request.getRequestURI());
        char mark = '?';
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            link.append(mark)
                    .append(URLEncoder.encode(parameter.getKey(), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
            mark = '&';
        }
        return link.toString();
    }

    /** This page as it is, for coming back to it after a post. */
    public String here() {
        return link(query());
    }

    /** Whether the posted form had such a field. */
    public boolean posted(String name) {
        return request.getParameter(name) != null;
    }

    /** The numbers of the rows that were ticked in the posted form. */
    public Set<Long> tickedNumbers(String name) {
        String[] values = request.getParameterValues(name);
        try {
            return values == null
                    ? Set.of()
                    : List.of(values).stream().map(Long::valueOf).collect(Collectors.toSet());
        } catch (NumberFormatException e) {
            throw new Refusal.NotFound("row");
        }
    }

    /** The keys of the rows that were ticked in the posted form. */
    public List<UUID> ticked(String name) {
        String[] values = request.getParameterValues(name);
        try {
            return values == null
                    ? List.of()
                    : List.of(values).stream().map(UUID::fromString).toList();
        } catch (IllegalArgumentException e) {
            throw new Refusal.NotFound("row");
        }
    }
}
