package org.rebill.intake.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a column of an unknown layout holds, as a {@link RecordMapping} says. */
public enum Meaning {
    START("When the call began", Kind.STAMP),
    ANSWER("When it was answered", Kind.STAMP),
    END("When it ended", Kind.STAMP),
    DURATION("How long the whole call was", Kind.LENGTH),
    RING("How long it rang", Kind.LENGTH),
    TALK("How long they talked", Kind.LENGTH),
    CALLER("Number that called", Kind.TEXT),
    CALLED("Number that was called", Kind.TEXT),
    PARTY("Number outside, whoever called", Kind.TEXT),
    EXTENSION("Telephone of the firm", Kind.TEXT),
    LINE("Line or trunk", Kind.TEXT),
    DIRECTION("In, out or internal", Kind.WORDS),
    CODE("Account code", Kind.TEXT),
    ANSWERED("Whether it was answered", Kind.WORDS),
    CALL("Id of the call", Kind.TEXT),
    LEG("Id of the part of a call", Kind.TEXT),
    /** Differs each time the same record is exported, such as a row number: no part of what a record is known by. */
    EXCEPT("Differs from export to export", Kind.TEXT);

    /** What may stand behind the columns. */
    enum Kind {
        STAMP,
        LENGTH,
        WORDS,
        TEXT
    }

    private final String label;
    private final Kind kind;

    Meaning(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    /** For people. */
    public String label() {
        return label;
    }

    Kind kind() {
        return kind;
    }

    /** As it is written in a mapping. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** By its word in a mapping. */
    public static Optional<Meaning> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /**
     * An entry of a mapping.
     *
     * @param places columns as they are written there
     * @param detail how it is written: a pattern, a unit, or values, as {@link RecordMapping#detailOf} gives it; may be
     *     empty
     */
    public String entry(String places, String detail) {
        String text = detail.strip();
        String start = word() + " = " + places;
        if (text.isEmpty()) {
            return start;
        }
        return switch (kind) {
            case STAMP -> start + " as \"" + text.replace("\"", "\"\"") + "\"";
            case LENGTH -> start + (text.startsWith("in ") ? " " : " in ") + text;
            case WORDS -> start + (this == ANSWERED && !text.startsWith("by ") ? " by " : " ") + text;
            case TEXT -> start;
        };
    }
}
