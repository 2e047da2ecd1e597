package org.rebill.call;

import java.util.List;
import java.util.UUID;

/**
 * Legs of one file that are taken in together.
 *
 * @param siteId whose telephones the extensions are
 * @param promptAllowanceSeconds taken off as {@link Assembly} says, 0 to 600
 */
public record LegBatch(
        UUID sourceId, UUID siteId, UUID fileId, NumberPlan plan, int promptAllowanceSeconds, List<IncomingLeg> legs) {
    public LegBatch {
        legs = List.copyOf(legs);
    }
}
