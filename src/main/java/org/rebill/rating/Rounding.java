package org.rebill.rating;

import java.math.RoundingMode;

/** Which way billed time goes to a whole increment (DOMAIN.md D1). An exact multiple never moves. */
public enum Rounding {
    UP(RoundingMode.UP),
    /** A tie goes up. */
    NEAREST(RoundingMode.HALF_UP),
    DOWN(RoundingMode.DOWN);

    private final RoundingMode mode;

    Rounding(RoundingMode mode) {
        this.mode = mode;
    }

    /** The same for numbers. */
    RoundingMode mode() {
        return mode;
    }
}
