package org.rebill.call;

import java.time.Instant;

/**
 * Hours in which a source brought no call though other weeks have many then.
 *
 * @param to behind the last of them
 * @param usual calls of each such hour in other weeks, at least
 */
public record MissingHours(Instant from, Instant to, int usual) {}
