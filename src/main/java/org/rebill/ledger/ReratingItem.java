package org.rebill.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A charge that comes out otherwise than it stands.
 *
 * @param no position of the talk in the call, from 1
 * @param issued on an issued statement: it is never changed, the difference is proposed as a credit note
 * @param statementId the draft or issued statement it is on; null for none
 * @param before null where there was no charge
 * @param after null where there will be none
 */
public record ReratingItem(
        Instant openedAt,
        UUID callId,
        int no,
        Instant startedAt,
        UUID personId,
        int talkSeconds,
        boolean issued,
        UUID statementId,
        Side before,
        Side after) {
    /**
     * What a charge is on one side.
     *
     * @param reason why it is held or not billed, the name of a {@link Reason}; empty for none
     * @param versionId of the agreement it is rated by; null unless RATED, as all that follows
     */
    public record Side(
            UUID clientId,
            ChargeState state,
            String reason,
            UUID versionId,
            Integer billedSeconds,
            String currency,
            BigDecimal amount) {}

    /** The same money, though perhaps by another version. */
    static boolean sameMoney(Side one, Side other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        boolean sameAmount = one.amount() == null
                ? other.amount() == null
                : other.amount() != null && one.amount().compareTo(other.amount()) == 0;
        return sameAmount
                && Objects.equals(one.clientId(), other.clientId())
                && Objects.equals(one.currency(), other.currency());
    }

    /** The same result for the same reason. */
    static boolean same(Side one, Side other) {
        return sameMoney(one, other)
                && (one == null
                        || (one.state() == other.state()
                                && Objects.equals(one.reason(), other.reason())
                                && Objects.equals(one.versionId(), other.versionId())
                                && Objects.equals(one.billedSeconds(), other.billedSeconds())));
    }

    /** What it comes to after it less what it came to before; null where that is in two currencies. */
    public BigDecimal difference() {
        String was = before == null ? null : before.currency();
        String is = after == null ? null : after.currency();
        if (was != null && is != null && !was.equals(is)) {
            return null;
        }
        return amount(after).subtract(amount(before));
    }

    private static BigDecimal amount(Side side) {
        return side == null || side.amount() == null ? BigDecimal.ZERO : side.amount();
    }
}
