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
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Meaning> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
