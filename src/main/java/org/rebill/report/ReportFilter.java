package org.rebill.report;

import java.time.LocalDate;
import java.util.UUID;

/**
 * What a report is about; null where it does not matter.
 *
 * @param from first day, in the firm's zone
 * @param to last day, in the firm's zone
 * @param sourceId the phone system that the calls came from
 * @param currency money in this one; null for the firm's own
 */
public record ReportFilter(
        LocalDate from, LocalDate to, UUID clientId, UUID personId, UUID sourceId, String currency) {}
