package org.rebill.intake.format;

import java.time.ZoneId;
import java.util.UUID;

/**
 * What a format must know of the source.
 *
 * @param zone of the phone system's clock; local stamps are read in it
 * @param stampsInUtc the phone system writes UTC
 */
public record SourceSettings(UUID sourceId, ZoneId zone, boolean stampsInUtc) {}
