package org.rebill.call;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * Key of a call inside the firm.
 *
 * @param openedAt the partition key: start of the leg that was seen first
 */
public record CallKey(Instant openedAt, UUID id) implements Serializable {}
