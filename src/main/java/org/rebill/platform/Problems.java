package org.rebill.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects all that is wrong with what was entered, so that it is told at once and at the fields. */
public final class Problems {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");

    private final List<Refusal.Problem> found = new ArrayList<>();

    /** The document that was sent; refused (422) when there was none. */
    public static <T> T given(T document) {
        if (document == null) {
            throw new Refusal.Invalid("", "document.missing", "Send the document of this operation as JSON.");
        }
        return document;
    }

    /** Notes one. */
    public void add(String field, String code, String text) {
        found.add(new Refusal.Problem(field, code, text));
    }

    /** Whether something was found at a field. */
    public boolean at(String field) {
        return found.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /** Notes those that another check found. */
    public void addAll(List<Refusal.Problem> others) {
        found.addAll(others);
    }

    /**
     * One line of text that must be there.
     *
     * @return without blanks around it; empty when it was refused
     */
    public String line(String field, String value, int longest, String missing) {
        if (value == null || value.isBlank()) {
            add(field, field + ".missing", missing);
            return "";
        }
        return optionalLine(field, value, longest);
    }

    /**
     * One line of text.
     *
     * @return without blanks around it; null when there was none
     */
    public String optionalLine(String field, String value, int longest) {
        if (value == null || value.isBlank()) {
            return null;
        }
        String line = value.strip();
        if (CONTROL.matcher(line).find()) {
            add(field, field + ".control", "Use one line of plain text, without line ends and tabs.");
        }
        tooLong(field, line, longest);
        return line;
    }

    /**
     * Several lines of text.
     *
     * @return lines separated by line feeds, without empty ones around and blanks at their ends; null when there was
     *     none
     */
    public String optionalLines(String field, String value, int most, int longest) {
        if (value == null || value.isBlank()) {
            return null;
        }
        List<String> lines = value.strip().lines().map(String::strip).toList();
        if (lines.size() > most) {
            add(field, field + ".lines", "Use at most " + most + " lines; there are " + lines.size() + ".");
        }
        for (String line : lines) {
            if (CONTROL.matcher(line).find()) {
                add(field, field + ".control", "Use plain text, without tabs and other control characters.");
                break;
            }
        }
        lines.stream()
                .filter(line -> line.length() > longest)
                .findFirst()
                .ifPresent(line -> tooLong(field, line, longest));
        return String.join("\n", lines);
    }

    private void tooLong(String field, String line, int longest) {
        if (line.length() > longest) {
            add(field, field + ".long", "Use at most " + longest + " characters; there are " + line.length() + ".");
        }
    }

    /**
     * An e-mail address.
     *
     * @return without blanks around it; null when there was none
     */
    public String optionalEmail(String field, String value) {
        String email = optionalLine(field, value, 254);
        if (email != null && !EMAIL.matcher(email).matches()) {
            add(field, "email.form", "'" + email + "' is no e-mail address such as name@example.com.");
        }
        return email;
    }

    /** What was found so far. */
    public List<Refusal.Problem> found() {
        return List.copyOf(found);
    }

    /** Refuses (422) when anything was found. */
    public void refuse() {
        if (!found.isEmpty()) {
            throw new Refusal.Invalid(found);
        }
    }
}
