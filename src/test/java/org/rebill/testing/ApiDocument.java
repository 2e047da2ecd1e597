package org.rebill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All operations that the API's own document names, so that new ones are tested without being listed anywhere. */
public final class ApiDocument {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}:]+)[^}]*}");

    private ApiDocument() {}

    /**
     * One operation.
     *
     * @param path with its parameters in braces, from the root
     * @param type media type of the body, or an empty text
     */
    public record Operation(String method, String path, String type) {
        /** Whether it acts in one firm. */
        public boolean inAFirm() {
            return path.contains("/firms/{firm}/");
        }

        /** Whether it is for a firm's clients. */
        public boolean isPortal() {
            return path.contains("/firms/{firm}/portal");
        }

        /** Whether it names something besides the firm. */
        public boolean namesAThing() {
            return path.replace("{firm}", "").contains("{");
        }

        /** Sends it with the parameters filled in and an empty document. */
        public Api.Answer send(Api api, Function<String, String> parameters) {
            Matcher places = PARAMETER.matcher(path);
            String filled = places.replaceAll(place -> Matcher.quoteReplacement(parameters.apply(place.group(1))));
            return type.isEmpty() ? api.send(method, filled, null) : api.sendAs(method, filled, type, "{}");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** Reads the document of the running application. */
    public static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        JsonNode paths = Api.anonymous().get("/openapi?format=JSON").json().path("paths");
        for (Map.Entry<String, JsonNode> path : paths.properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    List<String> types = new ArrayList<>();
                    method.getValue().at("/requestBody/content").fieldNames().forEachRemaining(types::add);
                    operations.add(new Operation(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            types.isEmpty() ? "" : types.get(0)));
                }
            }
        }
        return operations;
    }
}
