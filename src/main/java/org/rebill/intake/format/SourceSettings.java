package org.rebill.intake.format;

import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.rebill.call.NumberPlan;

/**
 * What a format must know of the source.
 *
 * @param zone of the phone system's clock; local stamps are read in it
 * @param stampsInUtc the phone system writes UTC
 * @param plan tells telephones of the firm from numbers outside
 * @param options values of the format's {@link FormatOption}s, by name; those not given are absent
 */
public record SourceSettings(
        UUID sourceId, ZoneId zone, boolean stampsInUtc, NumberPlan plan, Map<String, String> options) {
    public SourceSettings {
        options = Map.copyOf(options);
    }

    /** The value of an option, or its standard. */
    public String option(FormatOption option) {
        return options.getOrDefault(option.name(), option.standard());
    }
}
