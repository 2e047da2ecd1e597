package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts XML documents whose outermost element has a given name: one after the other, each with or without a declaration
 * before it. What is broken ends where the next document begins.
 */
final class XmlCutter extends DocumentCutter {
    private static final String DECLARATION = "<?xml";

    private final String opening;
    private final String closing;

    /** @param element no element inside of it has the same name */
    XmlCutter(InputStream in, FileStart from, String element) {
        super(in, from);
        opening = "<" + element;
        closing = "</" + element;
    }

    @Override
    boolean isSeparator(int b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    @Override
    Kind scan() throws IOException {
        boolean declared = startsWith(DECLARATION) || startsWith("<!DOCTYPE");
        boolean first = true;
        while (!isTag(opening)) {
            if (look(0) < 0 || (!first && startsWith(DECLARATION))) {
                return Kind.OTHER;
            }
            step(1);
            first = false;
            if (!declared && (isTag(opening) || startsWith("<!DOCTYPE"))) {
                return Kind.OTHER;
            }
        }
        step(opening.length());
        while (look(0) >= 0) {
            if (look(0) == '<') {
                if (isTag(closing)) {
                    while (look(0) >= 0 && look(0) != '>') {
                        step(1);
                    }
                    if (look(0) < 0) {
                        return Kind.CUT;
                    }
                    step(1);
                    return Kind.DOCUMENT;
                }
                if (isTag(opening) || startsWith(DECLARATION)) {
                    return Kind.CUT;
                }
            }
            step(1);
        }
        return Kind.CUT;
    }

    private boolean isTag(String tag) throws IOException {
        if (!startsWith(tag)) {
            return false;
        }
        int behind = look(tag.length());
        return behind == '>' || behind == '/' || (behind >= 0 && isSeparator(behind));
    }
}
