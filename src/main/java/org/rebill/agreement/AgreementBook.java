package org.rebill.agreement;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.platform.Refusal;
import org.rebill.platform.Violation;

/** What the firm's and the client's side of agreements share: reading versions, and accepting one of them. */
@Dependent
class AgreementBook {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

    private final EntityManager entities;
    private final AuditLog audit;
    private final Firms firms;
    private final Event<TermsChanged> news;
    private final Clock clock;

    @Inject
    AgreementBook(EntityManager entities, AuditLog audit, Firms firms, Event<TermsChanged> news, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.firms = firms;
        this.news = news;
        this.clock = clock;
    }

    /** To the microsecond, as the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    ZoneId zone() {
        return firms.current().profile().zoneId();
    }

    Agreement agreement(UUID id) {
        Agreement agreement = entities.find(Agreement.class, id);
        if (agreement == null) {
            throw new Refusal.NotFound("agreement");
        }
        return agreement;
    }

    /** Newest first. */
    List<AgreementVersion> versions(UUID agreementId) {
        return entities.createQuery(
                        "from AgreementVersion v where v.agreementId = :agreement order by v.no desc",
                        AgreementVersion.class)
                .setParameter("agreement", agreementId)
                .getResultList();
    }

    /** All that was ever offered to a client. */
    List<AgreementVersion> versionsOf(UUID clientId) {
        return entities.createQuery(
                        "from AgreementVersion v where v.clientId = :client order by v.no desc", AgreementVersion.class)
                .setParameter("client", clientId)
                .getResultList();
    }

    List<AgreementRate> rates(List<AgreementVersion> versions) {
        if (versions.isEmpty()) {
            return List.of();
        }
        return entities.createQuery("from AgreementRate r where r.versionId in (:versions)", AgreementRate.class)
                .setParameter(
                        "versions", versions.stream().map(AgreementVersion::id).toList())
                .getResultList();
    }

    /** Agreements by key. */
    Map<UUID, Agreement> agreementsOf(UUID clientId) {
        Map<UUID, Agreement> byId = new TreeMap<>();
        entities.createQuery("from Agreement a where a.clientId = :client", Agreement.class)
                .setParameter("client", clientId)
                .getResultStream()
                .forEach(agreement -> byId.put(agreement.id(), agreement));
        return byId;
    }

    /** What was accepted for the same calls and is in force at some time of the period, of any agreement. */
    List<AgreementVersion> acceptedIn(UUID clientId, UUID matterId, Instant from, Instant to) {
        return entities.createQuery(
                        "from AgreementVersion v where v.clientId = :client and v.acceptedAt is not null",
                        AgreementVersion.class)
                .setParameter("client", clientId)
                .getResultStream()
                .filter(version -> Objects.equals(version.matterId(), matterId))
                .filter(version -> overlaps(version, from, to))
                .toList();
    }

    private static boolean overlaps(AgreementVersion version, Instant from, Instant to) {
        Instant start = version.inForceFrom();
        Instant end = version.inForceTo();
        boolean never = end != null && !start.isBefore(end);
        return !never && (end == null || from.isBefore(end)) && (to == null || start.isBefore(to));
    }

    /** Refuses terms for a time for which another agreement was accepted for the same calls. */
    void refuseOverlap(Agreement agreement, Instant from, Instant to) {
        acceptedIn(agreement.clientId(), agreement.matterId(), from, to).stream()
                .filter(other -> !other.agreementId().equals(agreement.id()))
                .findFirst()
                .ifPresent(other -> {
                    String number = agreement(other.agreementId()).number();
                    throw new Refusal.Conflict(
                            "validFrom",
                            "agreement.overlap",
                            "For this time " + number + ", version " + other.no() + ", was accepted already: "
                                    + period(other) + ". Offer a new version of " + number
                                    + ", or choose days outside of it.");
                });
    }

    private String period(AgreementVersion version) {
        ZoneId zone = zone();
        String from = DAY.format(version.inForceFrom().atZone(zone));
        return version.inForceTo() == null
                ? "from " + from + " without an end"
                : from + " to " + DAY.format(lastDay(version.inForceTo(), zone));
    }

    /** The day of the last moment before a half-open end. */
    static LocalDate lastDay(Instant end, ZoneId zone) {
        return end.minusNanos(1).atZone(zone).toLocalDate();
    }

    /** The start of a day in the firm's zone; null for null. */
    static Instant start(LocalDate day, ZoneId zone) {
        return day == null ? null : day.atStartOfDay(zone).toInstant();
    }

    /**
     * Notes an acceptance: what was accepted of the same agreement before gives way from then on, and everybody who
     * rests on the terms hears of it.
     */
    void accept(AgreementVersion version, Acceptance acceptance) {
        Instant now = now();
        if (acceptance.at().isAfter(now)) {
            throw new Refusal.Invalid(
                    "acceptedAt", "accepted.future", "Nobody has accepted anything in the future yet. Mend the time.");
        }
        version.refuseUnlessAcceptable(acceptance.at());
        Agreement agreement = agreement(version.agreementId());
        Instant start = acceptance.at().isAfter(version.validFrom()) ? acceptance.at() : version.validFrom();
        refuseOverlap(agreement, start, version.validTo());
        // What it replaces must have left its time before it may take it.
        List<AgreementVersion> replaced =
                acceptedIn(agreement.clientId(), agreement.matterId(), start, version.validTo());
        replaced.forEach(old -> old.supersede(start));
        store();
        version.accept(acceptance, now, Caller.current().name());
        store();
        audit.note(
                "agreement.accepted",
                "agreement",
                agreement.id(),
                null,
                Map.of(
                        "number", agreement.number(),
                        "version", version.no(),
                        "how", acceptance.how(),
                        "acceptedAt", acceptance.at(),
                        "acceptedBy", acceptance.by(),
                        "reason", acceptance.reason() == null ? "" : acceptance.reason(),
                        "supersedes",
                                replaced.stream().map(AgreementVersion::no).toList(),
                        "textSha256", HexFormat.of().formatHex(version.textSha256())));
        news.fire(new TermsChanged(agreement.clientId()));
    }

    /** Puts it to the database now, so that what others stored at the same moment is told here. */
    private void store() {
        try {
            entities.flush();
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.EXCLUSION::equals).isPresent()) {
                throw new Refusal.Conflict(
                        "validFrom",
                        "agreement.overlap",
                        "Other terms for the same time were accepted at this moment. Look at the client's agreements.");
            }
            throw e;
        }
    }
}
