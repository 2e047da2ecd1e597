package org.rebill.pack;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rebill.platform.Json;

/** A YAML file that knows in which line each of its fields stands. Values are text until a field's type says else. */
final class YamlFile {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final JsonNode root;
    private final Map<String, Integer> lines = new HashMap<>();

    private YamlFile(String name, Path file) throws IOException {
        this.name = name;
        try (JsonParser parser = YAML.createParser(Files.readString(file))) {
            parser.nextToken();
            root = node(parser, "");
        }
    }

    /**
     * Reads a file.
     *
     * @param name what problems call it
     * @throws BadPack when there is none, or it is not YAML
     */
    static YamlFile read(String name, Path file) {
        try {
            return new YamlFile(name, file);
        } catch (NoSuchFileException e) {
            throw new BadPack(new PackProblem(name, 0, "", "The file is missing."));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new BadPack(new PackProblem(name, line, "", "This is not YAML: " + firstLine(e) + "."));
        } catch (IOException e) {
            throw new BadPack(new PackProblem(name, 0, "", "The file can't be read as text in UTF-8: " + e + "."));
        }
    }

    private static String firstLine(JacksonException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private JsonNode node(JsonParser parser, String path) throws IOException {
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                String child = path.isEmpty() ? field : path + "." + field;
                lines.put(child, parser.currentTokenLocation().getLineNr());
                parser.nextToken();
                object.set(field, node(parser, child));
            }
            return object;
        }
        if (token == JsonToken.START_ARRAY) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(node(parser, path + "[" + array.size() + "]"));
            }
            return array;
        }
        if (token == null || token == JsonToken.VALUE_NULL) {
            return JsonNodeFactory.instance.nullNode();
        }
        // Text even where it looks like a number: 007 must stay 007 where a field is text.
        return JsonNodeFactory.instance.textNode(parser.getText());
    }

    /** The whole file as a value of a record's type. */
    <T> T as(Class<T> type) {
        if (!root.isObject()) {
            throw new BadPack(problem("", "This file must hold fields, such as 'name: ...'."));
        }
        return converted(root, "", type);
    }

    /** The whole file as a list; an empty file is an empty one. */
    <T> List<T> asListOf(Class<T> type) {
        if (root.isNull()) {
            return List.of();
        }
        if (!root.isArray()) {
            throw new BadPack(problem("", "This file must hold a list, each entry beginning with '- '."));
        }
        List<T> entries = new ArrayList<>();
        for (JsonNode entry : root) {
            entries.add(converted(entry, "[" + entries.size() + "]", type));
        }
        return entries;
    }

    private <T> T converted(JsonNode node, String at, Class<T> type) {
        try {
            T value = Json.mapper().convertValue(node, type);
            if (value == null) {
                throw new BadPack(problem(at, "There is nothing here."));
            }
            return value;
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof JsonMappingException mapping) {
                String inside = path(mapping);
                boolean join = at.isEmpty() || inside.isEmpty() || inside.startsWith("[");
                throw new BadPack(problem(at + (join ? "" : ".") + inside, said(mapping)));
            }
            throw e;
        }
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

    private static String said(JsonMappingException mapping) {
        if (mapping instanceof UnrecognizedPropertyException unknown) {
            return "There is no field '" + unknown.getPropertyName() + "' here; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        return "This does not fit here: " + firstLine(mapping) + ".";
    }

    /** A problem at a field; where the file has no such field, at the nearest around it. */
    PackProblem problem(String field, String text) {
        String path = field;
        while (!lines.containsKey(path)) {
            int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            path = end <= 0 ? "" : path.substring(0, end);
        }
        return new PackProblem(name, lines.get(path), field, text);
    }
}
