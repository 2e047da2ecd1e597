package org.rebill.rating;

/**
 * Over what billed time is rounded (DOMAIN.md D2, C3). Beyond a single call, minimum, increment and maximum count for
 * the calls together; what they come to is spread over the calls, so that each line still multiplies out and all lines
 * add up ({@link PooledRating}).
 */
public enum RoundingScope {
    /** Each call by itself. */
    PER_CALL,
    /** All calls of the client on one local day, by the same version of terms. */
    PER_CLIENT_DAY,
    /** All calls of the client on one statement, by the same version of terms. */
    PER_CLIENT_STATEMENT,
    /** Calls of the same person and client that begin within one increment of the first of them, on one local day. */
    BALANCED
}
