package org.rebill.verifier;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A place in a JSON document. A place that is not there is empty, never null.
 *
 * @param value a Map, List, String, BigDecimal, Boolean, or null
 */
record Node(Object value) {
    private static final Node NOWHERE = new Node(null);

    /** Reads a document (RFC 8259). */
    static Node parse(String name, String text) {
        return new Node(new JsonText(name, text).read());
    }

    /** A field of an object. */
    Node at(String name) {
        return value instanceof Map<?, ?> fields && fields.get(name) != null ? new Node(fields.get(name)) : NOWHERE;
    }

    boolean isMissing() {
        return value == null;
    }

    /** The elements of an array; none where there is no array. */
    List<Node> items() {
        List<Node> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add(new Node(item)));
        }
        return items;
    }

    /** The names of an object's fields, in their order. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        if (value instanceof Map<?, ?> fields) {
            fields.keySet().forEach(name -> names.add((String) name));
        }
        return names;
    }

    /** A text, or a number as it is written; empty where there is none. */
    String text() {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String || value instanceof Boolean ? value.toString() : "";
    }

    /** A number, or null. */
    BigDecimal number() {
        return value instanceof BigDecimal number ? number : null;
    }

    /** A whole number; 0 where there is none. */
    int whole() {
        return value instanceof BigDecimal number ? number.intValue() : 0;
    }

    /** A point of time, or null. */
    Instant instant() {
        try {
            return text().isEmpty() ? null : Instant.parse(text());
        } catch (DateTimeException e) {
            throw new BrokenFile("\"" + text() + "\" is no time.");
        }
    }

    /** Whether two numbers are equal, whatever their decimals; a missing one is equal to a missing one only. */
    boolean equalsNumber(Node other) {
        BigDecimal one = number();
        BigDecimal two = other.number();
        if (one == null || two == null) {
            return one == null && two == null;
        }
        return one.compareTo(two) == 0;
    }
}
