package org.rebill.ledger;

import java.util.UUID;

/**
 * What settling a call came to.
 *
 * @param state of its charges: HELD when any is held, else RATED when any is rated, else the common one
 * @param reason why it is held or unbilled, the name of a {@link Reason}; empty when RATED or HOUSE
 * @param clientId null unless the code names one
 * @param standing ON_DRAFT when its charges stayed on a draft, else OPEN
 */
public record Settlement(
        UUID callId, ChargeState state, String reason, UUID clientId, UUID matterId, Billing.Standing standing) {}
