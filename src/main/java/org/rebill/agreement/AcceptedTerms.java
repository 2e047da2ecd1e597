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
import org.rebill.rating.Terms;

/** Accepted versions by what they are for and when they are in force. Their times do not overlap: the database sees to it. */
final class AcceptedTerms implements AgreementIndex {
    /** A client's agreements in general have no matter. */
    private record Scope(UUID clientId, UUID matterId) {}

    private record Slot(AgreementVersion version, InForce general, Map<UUID, InForce> byPerson) {}

    private final Map<Scope, TreeMap<Instant, Slot>> slots = new HashMap<>();

    AcceptedTerms(Collection<AgreementVersion> accepted, Collection<AgreementRate> rates) {
        Map<UUID, Map<UUID, BigDecimal>> ratesByVersion = new HashMap<>();
        for (AgreementRate rate : rates) {
            ratesByVersion
                    .computeIfAbsent(rate.versionId(), version -> new HashMap<>())
                    .put(rate.personId(), rate.hourlyRate());
        }
        for (AgreementVersion version : accepted) {
            Instant end = version.inForceTo();
            if (end == null || version.inForceFrom().isBefore(end)) {
                slots.computeIfAbsent(new Scope(version.clientId(), version.matterId()), scope -> new TreeMap<>())
                        .put(version.inForceFrom(), slot(version, ratesByVersion.getOrDefault(version.id(), Map.of())));
            }
        }
    }

    private static Slot slot(AgreementVersion version, Map<UUID, BigDecimal> rates) {
        Map<UUID, InForce> byPerson = new HashMap<>();
        rates.forEach((person, rate) -> byPerson.put(person, inForce(version, version.terms(rate))));
        return new Slot(version, inForce(version, version.terms()), byPerson);
    }

    private static InForce inForce(AgreementVersion version, Terms terms) {
        return new InForce(version.id(), terms);
    }

    @Override
    public Optional<InForce> find(UUID clientId, UUID matterId, UUID personId, Instant startedAt, Instant answeredAt) {
        InForce found = matterId == null ? null : find(new Scope(clientId, matterId), personId, startedAt, answeredAt);
        return Optional.ofNullable(
                found == null ? find(new Scope(clientId, null), personId, startedAt, answeredAt) : found);
    }

    private InForce find(Scope scope, UUID personId, Instant startedAt, Instant answeredAt) {
        TreeMap<Instant, Slot> times = slots.get(scope);
        Entry<Instant, Slot> entry = times == null ? null : times.floorEntry(answeredAt);
        if (entry == null) {
            return null;
        }
        Slot slot = entry.getValue();
        Instant end = slot.version().inForceTo();
        boolean over = end != null && !answeredAt.isBefore(end);
        boolean agreedBefore = slot.version().acceptance().at().isBefore(startedAt);
        if (over || !agreedBefore) {
            return null;
        }
        return personId == null ? slot.general() : slot.byPerson().getOrDefault(personId, slot.general());
    }
}
