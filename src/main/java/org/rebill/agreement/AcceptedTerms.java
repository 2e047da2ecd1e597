package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.rebill.firm.Person;
import org.rebill.rating.RateRule;
import org.rebill.rating.RateRules;
import org.rebill.rating.RoundingScope;
import org.rebill.rating.Terms;

/** Accepted versions by what they are for and when they are in force. Their times do not overlap: the database sees to it. */
final class AcceptedTerms implements AgreementIndex {
    /** A client's agreements in general have no matter. */
    private record Scope(UUID clientId, UUID matterId) {}

    /** A version with all its rates, made once. */
    private static final class Slot {
        private final AgreementVersion version;
        private final RateRules rules;
        private final InForce general;
        private final Map<UUID, InForce> byPerson = new HashMap<>();
        private final Map<RateRule, InForce> byRule = new HashMap<>();

        Slot(AgreementVersion version, Map<UUID, BigDecimal> rates, Map<UUID, Person> people) {
            this.version = version;
            this.rules = version.rules();
            Terms terms = version.terms();
            this.general = new InForce(version.id(), terms);
            rates.forEach((person, rate) ->
                    byPerson.put(person, new InForce(version.id(), terms.at(rate, name(people.get(person))))));
            rules.rules()
                    .forEach(rule ->
                            byRule.put(rule, new InForce(version.id(), terms.at(rule.hourlyRate(), rule.name()))));
        }

        InForce rate(Person person, UUID personId, String activity, Instant answeredAt) {
            return rules.first(personId, person == null ? null : person.title(), activity, answeredAt)
                    .map(byRule::get)
                    .orElseGet(() -> personId == null ? general : byPerson.getOrDefault(personId, general));
        }
    }

    private final Map<Scope, TreeMap<Instant, Slot>> slots = new HashMap<>();
    private final Map<UUID, Terms> byVersion = new HashMap<>();
    private final Map<UUID, Person> people;

    /** @param people the firm's by key: their names and what they are there */
    AcceptedTerms(Collection<AgreementVersion> accepted, Collection<AgreementRate> rates, Map<UUID, Person> people) {
        this.people = people;
        Map<UUID, Map<UUID, BigDecimal>> ratesByVersion = byVersion(rates);
        for (AgreementVersion version : accepted) {
            byVersion.put(version.id(), version.terms());
            Instant end = version.inForceTo();
            if (end == null || version.inForceFrom().isBefore(end)) {
                slots.computeIfAbsent(new Scope(version.clientId(), version.matterId()), scope -> new TreeMap<>())
                        .put(
                                version.inForceFrom(),
                                new Slot(version, ratesByVersion.getOrDefault(version.id(), Map.of()), people));
            }
        }
    }

    private static Map<UUID, Map<UUID, BigDecimal>> byVersion(Collection<AgreementRate> rates) {
        Map<UUID, Map<UUID, BigDecimal>> found = new HashMap<>();
        for (AgreementRate rate : rates) {
            found.computeIfAbsent(rate.versionId(), version -> new HashMap<>()).put(rate.personId(), rate.hourlyRate());
        }
        return found;
    }

    private static Person person(Map<UUID, Person> people, UUID personId) {
        return personId == null ? null : people.get(personId);
    }

    private static String name(Person person) {
        return person == null ? null : person.name();
    }

    /** The terms of one version at the rate that applies to a talk, whether it is in force or not. */
    static Terms rate(
            AgreementVersion version,
            Collection<AgreementRate> rates,
            Map<UUID, Person> people,
            UUID personId,
            String activity,
            Instant answeredAt) {
        return new Slot(version, byVersion(rates).getOrDefault(version.id(), Map.of()), people)
                .rate(person(people, personId), personId, activity, answeredAt)
                .terms();
    }

    @Override
    public Optional<InForce> find(UUID clientId, UUID matterId, UUID personId, Instant startedAt, Instant answeredAt) {
        return find(clientId, matterId, personId, RateRule.CALL, startedAt, answeredAt);
    }

    @Override
    public Optional<InForce> find(
            UUID clientId, UUID matterId, UUID personId, String activity, Instant startedAt, Instant answeredAt) {
        Slot slot = matterId == null ? null : slot(new Scope(clientId, matterId), startedAt, answeredAt);
        if (slot == null) {
            slot = slot(new Scope(clientId, null), startedAt, answeredAt);
        }
        return slot == null
                ? Optional.empty()
                : Optional.of(slot.rate(person(people, personId), personId, activity, answeredAt));
    }

    @Override
    public Optional<Terms> terms(UUID versionId) {
        return Optional.ofNullable(byVersion.get(versionId));
    }

    @Override
    public boolean roundsTogether() {
        return byVersion.values().stream().anyMatch(terms -> terms.scope() != RoundingScope.PER_CALL);
    }

    private Slot slot(Scope scope, Instant startedAt, Instant answeredAt) {
        TreeMap<Instant, Slot> times = slots.get(scope);
        Entry<Instant, Slot> entry = times == null ? null : times.floorEntry(answeredAt);
        if (entry == null) {
            return null;
        }
        AgreementVersion version = entry.getValue().version;
        Instant end = version.inForceTo();
        boolean over = end != null && !answeredAt.isBefore(end);
        boolean agreedBefore = version.acceptance().at().isBefore(startedAt);
        return over || !agreedBefore ? null : entry.getValue();
    }
}
