package org.rebill.ledger;

import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/**
 * Key of a charge inside the firm.
 *
 * @param openedAt the call's partition key
 * @param no position of the talk in the call, from 1
 */
public record ChargeKey(Instant openedAt, UUID callId, int no) implements Serializable {}
