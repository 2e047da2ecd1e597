package org.rebill.intake.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a number out of what systems put around it: a name, an address, a mark. */
final class NumberText {
    private static final Pattern NAMED = Pattern.compile(".*<\\s*([+0-9*#][0-9 ().*#-]*)>\\s*");
    private static final Pattern MARKED = Pattern.compile("<[A-Za-z]{1,3}>\\s*(.*)");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:sips?:|tel:)?([^@;:]+)(?:[@;:].*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern EXTENSION =
            Pattern.compile("(?:ext(?:ension)?|tln|sip/|pjsip/)[. ]*([0-9]+)", Pattern.CASE_INSENSITIVE);

    private NumberText() {}

    /** {@code 201} of {@code "Hale" <201>}, {@code Ext.201}, {@code sip:201@pbx}; what is none of these as it is. */
    static String plain(String text) {
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return named.group(1).strip();
        }
        Matcher marked = MARKED.matcher(text);
        String rest = marked.matches() ? marked.group(1) : text;
        Matcher address = ADDRESS.matcher(rest);
        String number = address.matches() ? address.group(1).strip() : rest;
        Matcher extension = EXTENSION.matcher(number);
        return extension.matches() ? extension.group(1) : number;
    }
}
