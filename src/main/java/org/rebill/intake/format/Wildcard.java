package org.rebill.intake.format;

/** Texts with {@code *} for any text, blanks around and letters' case left aside. Takes time for length times length at most. */
final class Wildcard {
    private Wildcard() {}

    static boolean matches(String pattern, String text) {
        String wanted = pattern.strip();
        String found = text.strip();
        int p = 0;
        int t = 0;
        int star = -1;
        int behind = 0;
        while (t < found.length()) {
            if (p < wanted.length() && wanted.charAt(p) == '*') {
                star = p++;
                behind = t;
            } else if (p < wanted.length() && same(wanted.charAt(p), found.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++behind;
            } else {
                return false;
            }
        }
        while (p < wanted.length() && wanted.charAt(p) == '*') {
            p++;
        }
        return p == wanted.length();
    }

    private static boolean same(char one, char other) {
        return Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
