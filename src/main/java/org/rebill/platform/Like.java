package org.rebill.platform;

import java.util.Locale;

/** Patterns for {@code like … escape '!'}. */
public final class Like {
    private Like() {}

    /** Matches lower-case text that contains what was typed, literally; null when nothing was. */
    public static String containing(String typed) {
        return typed == null || typed.isBlank() ? null : "%" + literal(typed) + "%";
    }

    /** Matches lower-case text that begins with what was typed, literally; null when nothing was. */
    public static String beginning(String typed) {
        return typed == null || typed.isBlank() ? null : literal(typed) + "%";
    }

    private static String literal(String typed) {
        return typed.strip()
                .toLowerCase(Locale.ROOT)
                .replace("!", "!!")
                .replace("%", "!%")
                .replace("_", "!_");
    }
}
