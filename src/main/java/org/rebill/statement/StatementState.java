package org.rebill.statement;

/** Where a statement stands (DOMAIN.md D13). */
public enum StatementState {
    /** Follows its calls as they are priced anew; can be discarded and takes no number. */
    DRAFT,
    /** Numbered, printed and frozen. */
    ISSUED
}
