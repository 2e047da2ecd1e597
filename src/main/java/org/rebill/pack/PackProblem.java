package org.rebill.pack;

/**
 * What is wrong with a pack, and where.
 *
 * @param file path in the pack, with the pack's name, such as {@code hale-ortiz/tenant.yaml}
 * @param line from 1; 0 where there is none to point at
 * @param field dotted, such as {@code sites[0].zone}, or a column; empty for the whole
 * @param text what is wrong and how to mend it
 */
record PackProblem(String file, int line, String field, String text) {
    @Override
    public String toString() {
        return file + (line > 0 ? ", line " + line : "") + (field.isEmpty() ? "" : ", " + field) + ": " + text;
    }
}
