package org.rebill.intake;

import java.time.Instant;
import java.util.UUID;

/**
 * A source has gone silent: no record for as many hours, in which there usually are some, as the firm wants to be told
 * of. Fired once, in the transaction that notes it.
 *
 * @param lastAt start of its latest record
 * @param hours silent ones
 */
public record SourceSilent(UUID sourceId, String name, Instant lastAt, int hours) {}
