package org.rebill.call;

import java.time.LocalDate;
import java.util.UUID;

/**
 * Which calls to list; null where it does not matter.
 *
 * @param from first day, in the firm's zone
 * @param to last day, in the firm's zone
 * @param personId who talked, or whose telephone rang
 * @param code as it stands, exactly
 * @param sourceId the phone system they came from
 * @param fileId the file that brought any of their records
 * @param text digits of the number, a code, an extension, or part of a client's name
 */
public record CallFilter(
        LocalDate from,
        LocalDate to,
        UUID personId,
        UUID clientId,
        CallGroup group,
        String code,
        UUID sourceId,
        UUID fileId,
        String text) {
    /** All calls. */
    public static final CallFilter ALL = new CallFilter(null, null, null, null, null, null, null, null, null);

    /** All calls of these states. */
    public static CallFilter all(CallGroup group) {
        return new CallFilter(null, null, null, null, group, null, null, null, null);
    }

    /** All calls of some days. */
    public static CallFilter of(LocalDate first, LocalDate last) {
        return ALL.within(first, last);
    }

    /** The same without a state: what the counts of all states are taken of. */
    CallFilter anyGroup() {
        return new CallFilter(from, to, personId, clientId, null, code, sourceId, fileId, text);
    }

    /** The same on these days only. */
    CallFilter within(LocalDate first, LocalDate last) {
        return new CallFilter(first, last, personId, clientId, group, code, sourceId, fileId, text);
    }
}
