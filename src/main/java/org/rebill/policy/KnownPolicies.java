package org.rebill.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Policies by the calls they are for. Each switch is the narrowest policy's that says something of it; a firm that said
 * nothing at all asks for no codes and checks none. For many threads. Classes of numbers, which take some microseconds,
 * are found only where a policy is for one, and remembered.
 */
final class KnownPolicies implements PolicyIndex {
    private static final Comparator<CodePolicy> NEWEST = Comparator.comparing(
                    CodePolicy::validFrom, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .reversed();

    /**
     * Where a phone system stands.
     *
     * @param country ISO 3166 alpha-2
     */
    record Place(UUID siteId, String country, String areaCode) {}

    /**
     * In which group somebody is from a moment on.
     *
     * @param groupId null for none
     */
    record Membership(UUID personId, Instant validFrom, UUID groupId) {}

    private final Map<PolicyFor, List<CodePolicy>> policies = new HashMap<>();
    private final Set<PolicyScope> scopes = EnumSet.noneOf(PolicyScope.class);
    private final Map<UUID, Place> places;
    private final Map<UUID, List<Membership>> groups = new HashMap<>();
    private static final int CLASSES_KEPT = 50_000;

    private final Map<Place, Map<String, NumberClass>> classes = new ConcurrentHashMap<>();

    /** @param places by source */
    KnownPolicies(Collection<CodePolicy> all, Collection<Membership> memberships, Map<UUID, Place> places) {
        for (CodePolicy policy : all) {
            policies.computeIfAbsent(policy.calls(), calls -> new ArrayList<>(1))
                    .add(policy);
            scopes.add(policy.calls().scope());
        }
        policies.values().forEach(list -> list.sort(NEWEST));
        for (Membership membership : memberships) {
            groups.computeIfAbsent(membership.personId(), person -> new ArrayList<>(1))
                    .add(membership);
        }
        groups.values()
                .forEach(list ->
                        list.sort(Comparator.comparing(Membership::validFrom).reversed()));
        this.places = Map.copyOf(places);
    }

    @Override
    public Switches find(UUID sourceId, UUID personId, String extension, String party, Instant startedAt) {
        Boolean forced = null;
        Boolean verified = null;
        for (CodePolicy policy : applying(sourceId, personId, extension, party, startedAt)) {
            forced = forced == null ? policy.forced() : forced;
            verified = verified == null ? policy.verified() : verified;
        }
        return new Switches(Boolean.TRUE.equals(forced), Boolean.TRUE.equals(verified));
    }

    /** The policies in force for a talk, the narrowest first. */
    List<CodePolicy> applying(UUID sourceId, UUID personId, String extension, String party, Instant startedAt) {
        List<CodePolicy> found = new ArrayList<>(2);
        if (scopes.size() > 1 || !scopes.contains(PolicyScope.FIRM)) {
            Place place = sourceId == null ? null : places.get(sourceId);
            if (scopes.contains(PolicyScope.NUMBER_CLASS) && place != null) {
                add(found, PolicyFor.numbers(numberClass(place, party)), startedAt);
            }
            if (scopes.contains(PolicyScope.EXTENSION) && place != null) {
                add(found, PolicyFor.extension(place.siteId(), extension), startedAt);
            }
            if (personId != null) {
                add(found, PolicyFor.person(personId), startedAt);
                UUID group = groupOf(personId, startedAt);
                if (group != null) {
                    add(found, PolicyFor.group(group), startedAt);
                }
            }
            if (place != null) {
                add(found, PolicyFor.site(place.siteId()), startedAt);
            }
        }
        add(found, PolicyFor.firm(), startedAt);
        return found;
    }

    private void add(List<CodePolicy> found, PolicyFor calls, Instant at) {
        for (CodePolicy policy : policies.getOrDefault(calls, List.of())) {
            if (policy.begun(at)) {
                found.add(policy);
                return;
            }
        }
    }

    /** In which group somebody is at a moment; null for none. */
    UUID groupOf(UUID personId, Instant at) {
        return groups.getOrDefault(personId, List.of()).stream()
                .filter(membership -> !membership.validFrom().isAfter(at))
                .findFirst()
                .map(Membership::groupId)
                .filter(Objects::nonNull)
                .orElse(null);
    }

    private NumberClass numberClass(Place place, String party) {
        Map<String, NumberClass> known = classes.computeIfAbsent(place, same -> new ConcurrentHashMap<>());
        if (known.size() > CLASSES_KEPT) {
            known.clear();
        }
        return known.computeIfAbsent(party, number -> NumberClass.of(place.country(), place.areaCode(), number));
    }
}
