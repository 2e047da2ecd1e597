package org.rebill.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.agreement.Agreement;
import org.rebill.agreement.AgreementRate;
import org.rebill.agreement.AgreementVersion;
import org.rebill.audit.AuditEntry;
import org.rebill.call.Call;
import org.rebill.call.CallLeg;
import org.rebill.call.Leg;
import org.rebill.call.RawRecord;
import org.rebill.call.RecordBytes;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.intake.IntakeFile;
import org.rebill.ledger.Charge;
import org.rebill.platform.Json;
import org.rebill.platform.Sha256;
import org.rebill.rating.Rated;
import org.rebill.rating.Wording;
import org.rebill.statement.StatementDocument;

/** Puts the links of the chain together. Who may see the charges, the caller has made sure of. */
@ApplicationScoped
class Gathering {
    /** Acts that a client may read, besides those about own calls. */
    private static final Set<String> TOLD_TO_CLIENTS =
            Set.of("statement.issued", "statement.viewed", "agreement.offered", "agreement.accepted");

    private final EntityManager entities;
    private final Firms firms;
    private final RecordBytes bytes;

    @Inject
    Gathering(EntityManager entities, Firms firms, RecordBytes bytes) {
        this.entities = entities;
        this.firms = firms;
        this.bytes = bytes;
    }

    /** A place of a charge on the statement. */
    record Place(UUID callId, int chargeNo) {}

    /**
     * The evidence.
     *
     * @param found charges of the statement or of the call
     * @param statement null where there is none
     * @param places of the charges, in the order printed
     * @param printed what stands on the statement; empty where there is none
     * @param forClient leaves out what is not the client's to know
     */
    @Transactional(Transactional.TxType.MANDATORY)
    Evidence gather(
            List<Charge> found,
            Evidence.Issued statement,
            List<Place> places,
            Map<Place, StatementDocument.Line> printed,
            boolean forClient) {
        List<Charge> charges = withCredited(found, statement, places, printed);
        FirmProfile profile = firms.current().profile();
        Map<UUID, Person> people = firms.peopleById();
        List<UUID> ids = places.stream().map(Place::callId).distinct().toList();
        Map<UUID, Call> calls = byId("from Call where id in (:ids)", Call.class, ids, Call::id);
        Map<UUID, List<CallLeg>> legs = legs(ids);
        Map<UUID, IntakeFile> files = byId(
                "from IntakeFile where id in (:ids)",
                IntakeFile.class,
                legs.values().stream()
                        .flatMap(List::stream)
                        .map(CallLeg::fileId)
                        .distinct()
                        .toList(),
                IntakeFile::id);
        Map<UUID, List<Evidence.GivenCode>> codes = codes(ids);
        Wording wording = Wording.of(profile.javaLocale());
        Map<Place, Charge> byPlace = charges.stream()
                .collect(Collectors.toMap(charge -> new Place(charge.callId(), charge.no()), Function.identity()));
        Instant issued = statement == null ? null : statement.issuedAt();
        Map<UUID, List<Evidence.Source>> inTime = new HashMap<>();
        Map<UUID, List<Evidence.Source>> late = new HashMap<>();
        legs.forEach((call, all) -> {
            inTime.put(
                    call,
                    sources(
                            all,
                            files,
                            file -> issued == null || !file.receivedAt().isAfter(issued)));
            late.put(
                    call,
                    sources(
                            all,
                            files,
                            file -> issued != null && file.receivedAt().isAfter(issued)));
        });
        List<Evidence.Line> lines = new ArrayList<>();
        for (Place place : places) {
            Charge charge = byPlace.get(place);
            Call call = calls.get(place.callId());
            Evidence.ChargeFacts facts =
                    charge == null ? credited(printed.get(place), call, statement.currency()) : charge(charge, people);
            lines.add(new Evidence.Line(
                    lines.size() + 1,
                    place.callId(),
                    place.chargeNo(),
                    facts,
                    charge == null ? List.of() : words(charge, wording),
                    call(call, forClient ? facts.code() : call.code()),
                    masked(codes.getOrDefault(place.callId(), List.of()), facts.code(), forClient),
                    inTime.getOrDefault(place.callId(), List.of()),
                    late.getOrDefault(place.callId(), List.of())));
        }
        List<Evidence.Agreed> agreements = agreements(charges, people);
        return new Evidence(
                profile.name(),
                profile.zone(),
                statement,
                agreements,
                lines,
                acts(statement, agreements, charges, files.keySet(), forClient));
    }

    /** A credit note has freed its charge, which is something else now: what was printed stays. */
    private static Evidence.ChargeFacts credited(StatementDocument.Line line, Call call, String currency) {
        return new Evidence.ChargeFacts(
                call.startedAt(),
                line.at(),
                line.outgoing(),
                call.party(),
                null,
                line.person(),
                line.talkSeconds(),
                "",
                Evidence.ChargeFacts.CREDITED,
                null,
                null,
                line.billedSeconds(),
                line.quantity(),
                line.unit(),
                line.unitRate(),
                currency,
                line.amount(),
                null,
                null);
    }

    /** Charges that a credit note has freed count where they are still what was printed. */
    private List<Charge> withCredited(
            List<Charge> found,
            Evidence.Issued statement,
            List<Place> places,
            Map<Place, StatementDocument.Line> printed) {
        if (found.size() >= places.size()) {
            return found;
        }
        Set<Place> there = found.stream()
                .map(charge -> new Place(charge.callId(), charge.no()))
                .collect(Collectors.toSet());
        List<Charge> charges = new ArrayList<>(found);
        entities.createQuery("from Charge where callId in (:calls)", Charge.class)
                .setParameter("calls", places.stream().map(Place::callId).collect(Collectors.toSet()))
                .getResultStream()
                .filter(charge -> {
                    Place place = new Place(charge.callId(), charge.no());
                    StatementDocument.Line line = printed.get(place);
                    return line != null
                            && !there.contains(place)
                            && statement.clientId().equals(charge.clientId())
                            && charge.amount() != null
                            && charge.amount().compareTo(line.amount()) == 0
                            && charge.quantity().compareTo(line.quantity()) == 0
                            && charge.talkSeconds() == line.talkSeconds();
                })
                .forEach(charges::add);
        return charges;
    }

    private static Evidence.ChargeFacts charge(Charge charge, Map<UUID, Person> people) {
        Person person = charge.personId() == null ? null : people.get(charge.personId());
        return new Evidence.ChargeFacts(
                charge.startedAt(),
                charge.answeredAt(),
                charge.outbound(),
                charge.party(),
                charge.personId(),
                person == null ? charge.extension() : person.name(),
                charge.talkSeconds(),
                charge.code(),
                charge.state().name(),
                charge.reason().isEmpty() ? null : charge.reason(),
                charge.agreementVersionId(),
                charge.billedSeconds(),
                charge.quantity(),
                charge.unit(),
                charge.unitRate(),
                charge.currency(),
                charge.amount(),
                charge.ruleVersion(),
                charge.explanation());
    }

    private static List<String> words(Charge charge, Wording wording) {
        if (charge.explanation() == null) {
            return List.of();
        }
        return wording.tell(
                List.of(Json.read(charge.explanation(), Rated.Step[].class)),
                Rated.Unit.valueOf(charge.unit()),
                Currency.getInstance(charge.currency()));
    }

    private static Evidence.CallFacts call(Call call, String code) {
        return new Evidence.CallFacts(
                call.startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.direction(),
                call.party(),
                call.talkSeconds(),
                call.talks(),
                call.pbxCode(),
                code,
                call.codeOrigin(),
                call.flags());
    }

    private static List<Evidence.GivenCode> masked(List<Evidence.GivenCode> codes, String own, boolean forClient) {
        return codes.stream()
                .map(given ->
                        forClient && !given.code().isEmpty() && !given.code().equals(own)
                                ? new Evidence.GivenCode(given.at(), "", given.author(), true)
                                : given)
                .toList();
    }

    /** By call; each call's in the order in which the statement's hash takes them. */
    private Map<UUID, List<CallLeg>> legs(List<UUID> calls) {
        return calls.isEmpty()
                ? Map.of()
                : entities.createQuery(
                                "from CallLeg where callId in (:ids) order by callId, fileId, recordNo", CallLeg.class)
                        .setParameter("ids", calls)
                        .getResultStream()
                        .collect(Collectors.groupingBy(leg -> leg.leg().callId()));
    }

    private List<Evidence.Source> sources(
            List<CallLeg> legs, Map<UUID, IntakeFile> files, java.util.function.Predicate<IntakeFile> which) {
        return legs.stream()
                .filter(leg -> which.test(files.get(leg.fileId())))
                .map(leg -> source(leg, files.get(leg.fileId())))
                .toList();
    }

    private Evidence.Source source(CallLeg stored, IntakeFile file) {
        Leg leg = stored.leg();
        byte[] raw = bytes.bytes(stored.fileId(), stored.byteOffset(), stored.byteLength());
        return new Evidence.Source(
                file.id(),
                file.name(),
                HexFormat.of().formatHex(file.sha256()),
                stored.recordNo(),
                stored.lineNo(),
                stored.byteOffset(),
                stored.byteLength(),
                HexFormat.of()
                        .formatHex(bytes.erased(stored.fileId(), stored.byteOffset())
                                .orElseGet(() -> Sha256.of(withoutLineEnd(raw)))),
                stored.contentHash().toString().replace("-", ""),
                Base64.getEncoder().encodeToString(raw),
                RawRecord.text(raw),
                leg.startedAt(),
                leg.answeredAt(),
                leg.endedAt(),
                leg.disposition(),
                leg.caller(),
                leg.called(),
                leg.fromSide(),
                leg.toSide(),
                leg.talkSeconds(),
                leg.code());
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        return java.util.Arrays.copyOf(bytes, length);
    }

    private Map<UUID, List<Evidence.GivenCode>> codes(List<UUID> calls) {
        Map<UUID, List<Evidence.GivenCode>> codes = new HashMap<>();
        if (!calls.isEmpty()) {
            entities.createQuery(
                            "select e.callId, e.at, e.code, e.author from CodeEvent e where e.callId in (:ids) "
                                    + "order by e.at, e.id",
                            Object[].class)
                    .setParameter("ids", calls)
                    .getResultStream()
                    .forEach(row -> codes.computeIfAbsent((UUID) row[0], call -> new ArrayList<>())
                            .add(new Evidence.GivenCode((Instant) row[1], (String) row[2], (String) row[3], false)));
        }
        return codes;
    }

    private List<Evidence.Agreed> agreements(List<Charge> charges, Map<UUID, Person> people) {
        Map<UUID, AgreementVersion> versions = byId(
                "from AgreementVersion where id in (:ids)",
                AgreementVersion.class,
                distinct(charges, Charge::agreementVersionId),
                AgreementVersion::id);
        Map<UUID, Agreement> agreements = byId(
                "from Agreement where id in (:ids)",
                Agreement.class,
                distinct(versions.values(), AgreementVersion::agreementId),
                Agreement::id);
        List<AgreementRate> rates = versions.isEmpty()
                ? List.of()
                : entities.createQuery("from AgreementRate where versionId in (:ids)", AgreementRate.class)
                        .setParameter("ids", versions.keySet())
                        .getResultList();
        return versions.values().stream()
                .map(version -> agreed(version, agreements.get(version.agreementId()), rates, people))
                .sorted(java.util.Comparator.comparing(Evidence.Agreed::number).thenComparing(Evidence.Agreed::version))
                .toList();
    }

    private static Evidence.Agreed agreed(
            AgreementVersion version, Agreement agreement, List<AgreementRate> rates, Map<UUID, Person> people) {
        return new Evidence.Agreed(
                agreement.id(),
                version.id(),
                agreement.number(),
                version.no(),
                version.inForceFrom(),
                version.inForceTo(),
                version.acceptance().at(),
                version.acceptance().by(),
                version.acceptance().how().name(),
                version.acceptanceNotedAt(),
                version.acceptanceNotedBy(),
                version.terms(),
                version.rules(),
                rates.stream()
                        .filter(rate -> rate.versionId().equals(version.id()))
                        .map(rate -> new Evidence.Rate(
                                rate.personId(), people.get(rate.personId()).name(), rate.hourlyRate()))
                        .toList(),
                version.text(),
                HexFormat.of().formatHex(version.textSha256()));
    }

    private List<Evidence.Act> acts(
            Evidence.Issued statement,
            List<Evidence.Agreed> agreements,
            List<Charge> charges,
            Set<UUID> files,
            boolean forClient) {
        Set<String> subjects = new LinkedHashSet<>();
        if (statement != null) {
            subjects.add("statement/" + statement.id());
        }
        agreements.forEach(agreed -> subjects.add("agreement/" + agreed.agreementId()));
        Set<String> codes = new HashSet<>();
        charges.forEach(charge -> {
            subjects.add("call/" + charge.callId());
            codes.add(charge.code());
        });
        if (!forClient) {
            files.forEach(file -> subjects.add("file/" + file));
        }
        if (subjects.isEmpty()) {
            return List.of();
        }
        return entities.createQuery("from AuditEntry where subject in (:subjects) order by seq", AuditEntry.class)
                .setParameter("subjects", subjects)
                .getResultStream()
                .filter(entry -> !entry.action().startsWith("evidence."))
                .filter(entry -> !forClient || isForClient(entry, codes))
                .map(Gathering::act)
                .toList();
    }

    /** An entry can't be shown in part: its hash is over all of it. */
    private static boolean isForClient(AuditEntry entry, Set<String> codes) {
        if (!entry.subject().startsWith("call/")) {
            return TOLD_TO_CLIENTS.contains(entry.action());
        }
        var document = Json.read(entry.entry(), com.fasterxml.jackson.databind.JsonNode.class);
        return List.of("before", "after").stream()
                .map(side -> document.path(side).path("code").asText(""))
                .allMatch(code -> code.isEmpty() || codes.contains(code));
    }

    static Evidence.Act act(AuditEntry entry) {
        return new Evidence.Act(
                entry.seq(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.subject(),
                entry.entry(),
                HexFormat.of().formatHex(entry.previousHash()),
                HexFormat.of().formatHex(entry.hash()));
    }

    private static <T> List<UUID> distinct(Collection<T> rows, Function<T, UUID> id) {
        return rows.stream().map(id).filter(Objects::nonNull).distinct().toList();
    }

    private <T> Map<UUID, T> byId(String query, Class<T> type, List<UUID> ids, Function<T, UUID> id) {
        return ids.isEmpty()
                ? Map.of()
                : entities.createQuery(query, type)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .collect(Collectors.toMap(id, Function.identity()));
    }
}
