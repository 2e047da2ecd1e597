package org.rebill.call;

import java.util.List;
import java.util.UUID;
import org.rebill.firm.TransferBilling;

/**
 * Legs of one file that are taken in together.
 *
 * @param siteId whose telephones the extensions are
 * @param promptAllowanceSeconds taken off as {@link Assembly} says, 0 to 600
 * @param restamped the source's stamps are read in another zone than before: records that came under the old one are
 *     known again, though they start at another instant now
 * @param transfers whose talk a call is that was passed on
 */
public record LegBatch(
        UUID sourceId,
        UUID siteId,
        UUID fileId,
        NumberPlan plan,
        int promptAllowanceSeconds,
        boolean restamped,
        TransferBilling transfers,
        List<IncomingLeg> legs) {
    public LegBatch {
        legs = List.copyOf(legs);
    }

    /** Of a firm that bills each talk as its own. */
    public LegBatch(
            UUID sourceId,
            UUID siteId,
            UUID fileId,
            NumberPlan plan,
            int promptAllowanceSeconds,
            boolean restamped,
            List<IncomingLeg> legs) {
        this(sourceId, siteId, fileId, plan, promptAllowanceSeconds, restamped, TransferBilling.EACH_OWN, legs);
    }

    /** The same, billed another way. */
    LegBatch billing(TransferBilling way) {
        return new LegBatch(sourceId, siteId, fileId, plan, promptAllowanceSeconds, restamped, way, legs);
    }

    /** Another file's of the same source, without legs. */
    LegBatch of(UUID file) {
        return new LegBatch(sourceId, siteId, file, plan, promptAllowanceSeconds, restamped, transfers, List.of());
    }

    /** The same file's, other legs. */
    LegBatch with(List<IncomingLeg> others) {
        return new LegBatch(sourceId, siteId, fileId, plan, promptAllowanceSeconds, restamped, transfers, others);
    }
}
