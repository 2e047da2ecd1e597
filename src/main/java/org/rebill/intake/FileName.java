package org.rebill.intake;

import java.util.regex.Pattern;

/** A file's name as people read it: never a path, and never used as one. */
final class FileName {
    private static final int LONGEST = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private FileName() {}

    /**
     * The last part of what a sender calls a file, on one line.
     *
     * @param given null or anything
     * @return 1 to 200 characters; "records" where there is no name in it
     */
    static String of(String given) {
        String path = given == null ? "" : given.replace('\\', '/');
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String name = CONTROL.matcher(path.substring(path.lastIndexOf('/') + 1))
                .replaceAll("")
                .strip();
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            return "records";
        }
        return name.length() <= LONGEST ? name : name.substring(name.length() - LONGEST);
    }
}
