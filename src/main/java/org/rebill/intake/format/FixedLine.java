package org.rebill.intake.format;

/** A line whose columns stand at fixed places. What is behind its end reads as blank. */
final class FixedLine {
    private final String line;

    FixedLine(String line) {
        this.line = line;
    }

    /** As it was written. */
    String whole() {
        return line;
    }

    int length() {
        return line.length();
    }

    /** A character, or a blank. */
    char at(int index) {
        return index < line.length() ? line.charAt(index) : ' ';
    }

    /** Characters of a column, blanks around them stripped. */
    String text(int from, int to) {
        return from >= line.length()
                ? ""
                : line.substring(from, Math.min(to, line.length())).strip();
    }

    boolean isBlank(int from, int to) {
        return text(from, to).isEmpty();
    }

    /** Whether a column is full of ASCII digits. */
    boolean isDigits(int from, int to) {
        for (int i = from; i < to; i++) {
            if (at(i) < '0' || at(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** What and where, for a reason: {@code Columns 15 to 24 (duration) hold 'x'}. */
    String says(String name, int from, int to) {
        String where = to - from == 1 ? "Column " + (from + 1) : "Columns " + (from + 1) + " to " + to;
        return where + " (" + name + ") hold" + (to - from == 1 ? "s " : " ") + RecordText.shown(text(from, to));
    }
}
