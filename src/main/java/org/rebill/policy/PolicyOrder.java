package org.rebill.policy;

import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;

/** How policies are listed. */
final class PolicyOrder {
    /** By scope; those for the same calls beside each other, the newest first. */
    static final Comparator<CodePolicy> WIDEST_FIRST = Comparator.comparing(
                    (CodePolicy policy) -> policy.calls().scope())
            .thenComparing(policy -> subject(policy.calls()))
            .thenComparing(Comparator.comparing(
                            CodePolicy::validFrom, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
                    .reversed());

    private PolicyOrder() {}

    private static String subject(PolicyFor calls) {
        Function<Object, String> text = part -> part == null ? "" : part.toString();
        return text.apply(calls.siteId())
                + text.apply(calls.groupId())
                + text.apply(calls.personId())
                + text.apply(calls.extension())
                + text.apply(calls.numberClass());
    }
}
