package org.rebill.ledger;

import java.util.UUID;

/**
 * What settling a call came to.
 *
 * @param state of its charges: HELD when any is held, else the common one
 * @param reason why it is held or unbilled, such as {@code NOT_AGREED}; empty when RATED
 * @param clientId null unless the code names one
 */
public record Settlement(UUID callId, ChargeState state, String reason, UUID clientId, UUID matterId) {}
