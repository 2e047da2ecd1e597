package org.rebill.ledger;

/** Where a charge stands. On a statement or not is told by its statement. */
public enum ChargeState {
    /** Needs a person: {@code Charge.reason()} says why. */
    HELD,
    /** Not billed and nothing to do: no code where none is asked for. */
    UNBILLED,
    /** Coded to the firm itself. */
    HOUSE,
    /** Has its price. */
    RATED
}
