package org.rebill.intake;

import java.time.Instant;
import java.util.UUID;

/**
 * Records of a source that was silent come again. Fired once, in the transaction that notes it.
 *
 * @param silentSince when the silence was noted
 */
public record SourceBack(UUID sourceId, String name, Instant silentSince) {}
