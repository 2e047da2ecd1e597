package org.rebill.rating;

/** Rates a talk: a pure function of its seconds and the terms (DOMAIN.md D1, D3, D4). */
public final class Rating {
    /** Rises when a rule changes; charges keep the version they were rated by. */
    public static final int RULE_VERSION = 1;

    private Rating() {}

    /**
     * What a talk costs.
     *
     * @param talkSeconds 0 or more; 0 is "not answered" and free
     */
    @SuppressWarnings("DoNotCallSuggester")
    public static Rated rate(int talkSeconds, Terms terms) {
        throw new UnsupportedOperationException();
    }
}
