package org.rebill.verifier;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON, exactly: numbers stay decimal, a field that stands twice is refused. */
final class JsonText {
    private static final int DEEPEST = 64;

    private final String name;
    private final String text;
    private int at;
    private int depth;

    /**
     * @param name of the file, for what is said of a fault
     */
    JsonText(String name, String text) {
        this.name = name;
        this.text = text;
    }

    Object read() {
        Object value = value();
        blanks();
        if (at < text.length()) {
            throw broken("something follows its end");
        }
        return value;
    }

    private BrokenFile broken(String what) {
        return new BrokenFile(name + " can't be read: " + what + " (at character " + (at + 1) + ").");
    }

    private Object value() {
        blanks();
        if (at >= text.length()) {
            throw broken("it ends too early");
        }
        char first = text.charAt(at);
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw broken("an unknown word");
        }
        at += word.length();
        return value;
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw broken("it is nested too deeply");
        }
        at++;
    }

    private Map<String, Object> object() {
        deeper();
        Map<String, Object> fields = new LinkedHashMap<>();
        blanks();
        if (!take('}')) {
            do {
                blanks();
                if (at >= text.length() || text.charAt(at) != '"') {
                    throw broken("a field's name is missing");
                }
                String field = string();
                blanks();
                need(':');
                if (fields.containsKey(field)) {
                    throw broken("the field \"" + field + "\" stands twice");
                }
                fields.put(field, value());
                blanks();
            } while (take(','));
            need('}');
        }
        depth--;
        return fields;
    }

    private List<Object> array() {
        deeper();
        List<Object> items = new ArrayList<>();
        blanks();
        if (!take(']')) {
            do {
                items.add(value());
                blanks();
            } while (take(','));
            need(']');
        }
        depth--;
        return items;
    }

    private String string() {
        at++;
        StringBuilder read = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return read.toString();
            }
            read.append(next == '\\' ? escaped() : next);
        }
        throw broken("a text does not end");
    }

    private char escaped() {
        char escape = at < text.length() ? text.charAt(at++) : ' ';
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw broken("an unknown escape");
        };
    }

    private char unicode() {
        try {
            char read = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return read;
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw broken("an unknown escape");
        }
    }

    private BigDecimal number() {
        int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return new BigDecimal(text.substring(from, at));
        } catch (NumberFormatException e) {
            throw broken("neither a number nor anything else");
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    private void need(char wanted) {
        if (!take(wanted)) {
            throw broken("'" + wanted + "' is missing");
        }
    }
}
