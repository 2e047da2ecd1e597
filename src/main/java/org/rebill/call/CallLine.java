package org.rebill.call;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A call in a list, with what it costs.
 *
 * @param startedAt of its first leg
 * @param answeredAt null when nobody answered
 * @param party the other side: E.164 where it can be told, else the digits; empty when withheld
 * @param personId who talked longest, or whose telephone rang; null when it is nobody's
 * @param talkSeconds whole seconds over all talks
 * @param code as it stands; empty when none
 * @param flags codes of what the records could not tell
 * @param billedSeconds null unless it is rated; so are quantity, unit, amount and currency
 * @param quantity hours, minutes or blocks as printed, over all talks
 * @param unit of quantity; null also when talks are billed in different ones
 * @param currency ISO 4217
 */
public record CallLine(
        UUID id,
        Instant startedAt,
        Instant answeredAt,
        Instant endedAt,
        Direction direction,
        String party,
        UUID personId,
        String extension,
        int talkSeconds,
        int legCount,
        String code,
        CodeOrigin codeOrigin,
        UUID clientId,
        UUID matterId,
        CallState state,
        List<String> flags,
        UUID sourceId,
        UUID fileId,
        Integer billedSeconds,
        BigDecimal quantity,
        String unit,
        BigDecimal amount,
        String currency) {
    public CallLine {
        flags = List.copyOf(flags);
    }
}
