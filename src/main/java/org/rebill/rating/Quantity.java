package org.rebill.rating;

/** What the rate is multiplied by and printed as (DOMAIN.md D3): printed quantity x printed rate = amount. */
public enum Quantity {
    /** Hours; exact where at most two decimals tell them (tenths for 6 minutes), else rounded half up to two. */
    HOURS_2(Rated.Unit.HOUR),
    /** Hours; exact where at most two decimals tell them, else rounded half up to four. */
    HOURS_4(Rated.Unit.HOUR),
    /** Minutes at the rate of a minute. */
    MINUTES(Rated.Unit.MINUTE),
    /** Increments at the rate of an increment. */
    BLOCKS(Rated.Unit.BLOCK);

    private final Rated.Unit unit;

    Quantity(Rated.Unit unit) {
        this.unit = unit;
    }

    /** What it counts. */
    public Rated.Unit unit() {
        return unit;
    }
}
