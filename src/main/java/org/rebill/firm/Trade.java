package org.rebill.firm;

/** What a firm does; gives its words and presets (DOMAIN.md B4). */
public enum Trade {
    LAW("matter"),
    ARCHITECTURE("project"),
    ACCOUNTING("engagement");

    private final String matterWord;

    Trade(String matterWord) {
        this.matterWord = matterWord;
    }

    /** What this trade calls a matter. */
    public String matterWord() {
        return matterWord;
    }
}
