package org.rebill.call;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
 * @param flags marked with any of these; empty when it does not matter
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
        List<CallFlag> flags,
        String text) {
    /** All calls. */
    public static final CallFilter ALL =
            new CallFilter(null, null, null, null, null, null, null, null, List.of(), null);

    /** Stands for all flags that can't be, in addresses. */
    static final String IMPOSSIBLE = "impossible";

    public CallFilter {
        flags = List.copyOf(flags);
    }

    /** As the list's and the API's addresses name them: {@code impossible} is any that can't be; empty for no name. */
    public static Optional<List<CallFlag>> flags(String text) {
        if (text == null || text.isBlank()) {
            return Optional.of(List.of());
        }
        return text.equals(IMPOSSIBLE)
                ? Optional.of(CallFlag.impossible())
                : CallFlag.of(text).map(List::of);
    }

    /** All calls of these states. */
    public static CallFilter all(CallGroup group) {
        return new CallFilter(null, null, null, null, group, null, null, null, List.of(), null);
    }

    /** All calls of some days. */
    public static CallFilter of(LocalDate first, LocalDate last) {
        return ALL.within(first, last);
    }

    /** The same without a state: what the counts of all states are taken of. */
    CallFilter anyGroup() {
        return new CallFilter(from, to, personId, clientId, null, code, sourceId, fileId, flags, text);
    }

    /** The same on these days only. */
    CallFilter within(LocalDate first, LocalDate last) {
        return new CallFilter(first, last, personId, clientId, group, code, sourceId, fileId, flags, text);
    }
}
