package org.rebill.rating;

/** Which way billed time goes to a whole increment (DOMAIN.md D1). An exact multiple never moves. */
public enum Rounding {
    UP,
    /** A tie goes up. */
    NEAREST,
    DOWN
}
