package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts blocks of lines with an empty line behind each, as manager events come. A line that begins an event begins a
 * block as well, so that a lost empty line loses nothing.
 */
final class BlockCutter extends DocumentCutter {
    private static final String EVENT = "Event:";

    BlockCutter(InputStream in, FileStart from) {
        super(in, from);
    }

    @Override
    boolean isSeparator(int b) {
        return b == '\r' || b == '\n' || b == ' ' || b == '\t';
    }

    @Override
    Kind scan() throws IOException {
        boolean first = true;
        for (int c = look(0); c >= 0; c = look(0)) {
            boolean atLineStart = behind() == '\n' || (behind() == '\r' && c != '\n');
            if (!first && atLineStart && (c == '\n' || c == '\r' || startsWith(EVENT))) {
                return Kind.DOCUMENT;
            }
            step(1);
            first = false;
        }
        return Kind.DOCUMENT;
    }
}
