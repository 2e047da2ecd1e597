package org.rebill.verifier;

import java.util.ArrayList;
import java.util.List;

/** What was found, in the order of the chain: the first one names the first broken link. */
final class Findings {
    private final List<String> broken = new ArrayList<>();
    private int checked;

    /** A link: held, or broken as the words say. */
    boolean check(boolean holds, String words) {
        checked++;
        if (!holds) {
            broken.add(words);
        }
        return holds;
    }

    /** In words, first the first. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** How many links were looked at. */
    int checked() {
        return checked;
    }
}
