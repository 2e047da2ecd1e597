package org.rebill.call;

import java.util.List;
import java.util.UUID;

/**
 * Legs of one file that are taken in together.
 *
 * @param siteId whose telephones the extensions are
 * @param promptAllowanceSeconds taken off as {@link Assembly} says, 0 to 600
 * @param restamped the source's stamps are read in another zone than before: records that came under the old one are
 *     known again, though they start at another instant now
 */
public record LegBatch(
        UUID sourceId,
        UUID siteId,
        UUID fileId,
        NumberPlan plan,
        int promptAllowanceSeconds,
        boolean restamped,
        List<IncomingLeg> legs) {
    public LegBatch {
        legs = List.copyOf(legs);
    }

    /** Another file's of the same source, without legs. */
    LegBatch of(UUID file) {
        return new LegBatch(sourceId, siteId, file, plan, promptAllowanceSeconds, restamped, List.of());
    }

    /** The same file's, other legs. */
    LegBatch with(List<IncomingLeg> others) {
        return new LegBatch(sourceId, siteId, fileId, plan, promptAllowanceSeconds, restamped, others);
    }
}
