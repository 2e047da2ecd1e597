package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts JSON objects: one after the other, one a line, or in an array. What is broken ends where the next object surely
 * begins: a string has no line end in it, and an object that begins as FreeSWITCH's do, or a line of its own behind a
 * string that was not closed, is inside of no other.
 */
final class JsonCutter extends DocumentCutter {
    private static final String FIRST_NAME = "\"core-uuid\"";
    private static final int MOST_BLANKS = 16;

    private final boolean lines;

    private JsonCutter(InputStream in, FileStart from, boolean lines) {
        super(in, from);
        this.lines = lines;
    }

    /** For FreeSWITCH's objects, which may span lines. */
    static JsonCutter ofFreeSwitch(InputStream in, FileStart from) {
        return new JsonCutter(in, from, false);
    }

    /** For objects that never span lines: each line begins anew. */
    static JsonCutter ofLines(InputStream in, FileStart from) {
        return new JsonCutter(in, from, true);
    }

    @Override
    boolean isSeparator(int b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == ',' || b == '[' || b == ']' || b == 0x1e;
    }

    @Override
    Kind scan() throws IOException {
        if (look(0) != '{') {
            while (look(0) >= 0 && look(0) != '{') {
                step(1);
            }
            return Kind.OTHER;
        }
        int depth = 0;
        boolean inString = false;
        boolean broken = false;
        for (int c = look(0); c >= 0; c = look(0)) {
            if (c == '{' && depth > 0 && beginsAnew(broken)) {
                return Kind.CUT;
            }
            if (inString && c == '\\' && look(1) >= ' ') {
                step(1);
            } else if (inString && (c == '\n' || c == '\r')) {
                inString = false;
                broken = true;
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && c == '{') {
                depth++;
            } else if (!inString && c == '}' && --depth == 0) {
                step(1);
                return Kind.DOCUMENT;
            }
            step(1);
        }
        return Kind.CUT;
    }

    private boolean beginsAnew(boolean broken) throws IOException {
        boolean atLineStart = behind() == '\n' || behind() == '\r';
        if (atLineStart && (lines || broken || isTooLong())) {
            return true;
        }
        int i = 1;
        while (i < MOST_BLANKS && look(i) >= 0 && isSeparator(look(i))) {
            i++;
        }
        for (int k = 0; k < FIRST_NAME.length(); k++) {
            if (look(i + k) != FIRST_NAME.charAt(k)) {
                return false;
            }
        }
        return true;
    }
}
