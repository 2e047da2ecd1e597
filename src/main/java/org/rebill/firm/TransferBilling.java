package org.rebill.firm;

/** Whose talk a call is billed as when it was passed on from one telephone of the firm to another (DOMAIN.md D10). */
public enum TransferBilling {
    /** Each talk as its own. */
    EACH_OWN,
    /** All of it as that of who talked longest. */
    LONGEST,
    /** All of it as that of who answered first. */
    FIRST,
    /** All of it as that of who had it last. */
    LAST
}
