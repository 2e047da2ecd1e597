package org.rebill.rating;

/** What the rate is multiplied by and printed as (DOMAIN.md D3): printed quantity x printed rate = amount. */
public enum Quantity {
    /** Hours; exact where at most two decimals tell them (tenths for 6 minutes), else rounded half up to two. */
    HOURS_2,
    /** Hours; exact where at most two decimals tell them, else rounded half up to four. */
    HOURS_4,
    /** Minutes at the rate of a minute. */
    MINUTES,
    /** Increments at the rate of an increment. */
    BLOCKS
}
