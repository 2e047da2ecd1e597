package org.rebill.identity;

/** What a person may do in one firm (DESIGN.md section 5). One person may have several, in several firms. */
public enum Role {
    /** Everything in the firm. */
    OWNER("Owner"),
    /** Calls, codes, clients, agreements, statements. */
    CLERK("Billing clerk"),
    /** A timekeeper: own calls. */
    PROFESSIONAL("Professional"),
    /** Someone at a client of the firm: that client's statements and agreements. */
    CLIENT("Client"),
    /** A machine that showed a source's key: pushes records to that source. Never a person's. */
    SOURCE("Source key");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** For people. */
    public String label() {
        return label;
    }
}
