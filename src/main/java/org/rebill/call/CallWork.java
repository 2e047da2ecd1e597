package org.rebill.call;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.Settlement;

/**
 * The set work on calls: legs become calls, calls are settled. On one connection, in the running transaction of one
 * firm; knows neither container nor session, so that it can be tried on a bare database.
 */
final class CallWork {
    /** Legs of one call start within this of each other: no phone system keeps a call for longer. */
    static final Duration LONGEST_CALL = Duration.ofDays(7);

    /** The clocks of two zones are no more than this apart (UTC-12 to UTC+14). */
    private static final Duration MOST_RESTAMPED = Duration.ofHours(26);

    private final LegRows legRows;
    private final CallRows callRows;
    private final Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger;

    /** @param ledger settles calls; leaves issued ones out of its answer */
    CallWork(Connection connection, UUID firm, Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger) {
        this.legRows = new LegRows(connection, firm);
        this.callRows = new CallRows(connection, firm);
        this.ledger = ledger;
    }

    /**
     * Takes legs in. No other batch of the same source may be at work: the caller holds the source.
     *
     * @param people whose telephone an extension is
     */
    LegsTaken take(LegBatch batch, Map<String, UUID> people) throws SQLException {
        Written written = write(batch);
        if (written.fresh().isEmpty()) {
            return new LegsTaken(0, written.duplicates(), 0, 0);
        }
        Joining joining = join(batch, written.fresh(), people);
        callRows.write(settled(joining.calls(), joining.existing().keySet()));
        return new LegsTaken(
                written.fresh().size(),
                written.duplicates(),
                joining.calls().size() - joining.existing().size(),
                joining.firstOfFile());
    }

    /**
     * Legs that were written.
     *
     * @param fresh those that were not there yet, each in its call
     * @param duplicates those that came before
     */
    record Written(List<IncomingLeg> fresh, List<LegsTaken.Duplicate> duplicates) {}

    /** Writes the legs that are not there yet, and leaves their calls to the caller. */
    Written write(LegBatch batch) throws SQLException {
        if (!batch.restamped() || batch.legs().isEmpty()) {
            return writeNew(batch);
        }
        Map<UUID, LegRows.Stored> stored = new HashMap<>();
        legRows.restamped(batch, MOST_RESTAMPED)
                .forEach(leg -> stored.put(leg.leg().id(), leg));
        List<IncomingLeg> others = batch.legs().stream()
                .filter(leg -> !stored.containsKey(leg.leg().id()))
                .toList();
        Written written = writeNew(batch.with(others));
        List<LegsTaken.Duplicate> duplicates = new ArrayList<>(written.duplicates());
        for (IncomingLeg leg : batch.legs()) {
            LegRows.Stored first = stored.get(leg.leg().id());
            if (first != null) {
                duplicates.add(new LegsTaken.Duplicate(leg, first.fileId(), first.lineNo(), true));
            }
        }
        return new Written(written.fresh(), duplicates);
    }

    private Written writeNew(LegBatch legs) throws SQLException {
        if (legs.legs().isEmpty()) {
            return new Written(List.of(), List.of());
        }
        LegBatch batch = LooseLegs.joined(legs, legRows);
        int inserted = legRows.insert(batch);
        List<IncomingLeg> fresh = batch.legs();
        List<LegsTaken.Duplicate> duplicates = List.of();
        if (inserted < fresh.size()) {
            Map<UUID, LegRows.Stored> stored = new HashMap<>();
            legRows.sameAs(batch.legs()).forEach(leg -> stored.put(leg.leg().id(), leg));
            duplicates = duplicates(batch, stored);
            fresh = fresh.stream()
                    .filter(leg ->
                            isStored(leg, batch.fileId(), stored.get(leg.leg().id())))
                    .toList();
        }
        if (fresh.size() != inserted) {
            throw new IllegalStateException(inserted + " legs were written, " + fresh.size() + " are found");
        }
        return new Written(fresh, duplicates);
    }

    private static boolean isStored(IncomingLeg incoming, UUID fileId, LegRows.Stored stored) {
        return stored.fileId().equals(fileId) && stored.recordNo() == incoming.recordNo();
    }

    private static List<LegsTaken.Duplicate> duplicates(LegBatch batch, Map<UUID, LegRows.Stored> stored) {
        List<LegsTaken.Duplicate> duplicates = new ArrayList<>();
        for (IncomingLeg leg : batch.legs()) {
            LegRows.Stored first = stored.get(leg.leg().id());
            if (!isStored(leg, batch.fileId(), first)) {
                duplicates.add(new LegsTaken.Duplicate(
                        leg,
                        first.fileId(),
                        first.lineNo(),
                        !first.contentHash().equals(leg.contentHash())));
            }
        }
        return duplicates;
    }

    /**
     * Calls put together anew.
     *
     * @param existing those that were there, as they were
     * @param firstOfFile how many of those had no leg of this file yet
     */
    private record Joining(List<CallRow> calls, Map<UUID, CallRow> existing, int firstOfFile) {}

    private Joining join(LegBatch batch, List<IncomingLeg> fresh, Map<String, UUID> people) throws SQLException {
        Map<UUID, List<Leg>> legs = new LinkedHashMap<>();
        Instant first = fresh.get(0).leg().startedAt();
        Instant last = first;
        for (IncomingLeg incoming : fresh) {
            Leg leg = incoming.leg();
            legs.computeIfAbsent(leg.callId(), call -> new ArrayList<>(2)).add(leg);
            first = leg.startedAt().isBefore(first) ? leg.startedAt() : first;
            last = leg.startedAt().isAfter(last) ? leg.startedAt() : last;
        }
        Map<UUID, CallRow> existing =
                callRows.lock(legs.keySet(), first.minus(LONGEST_CALL), last.plus(LONGEST_CALL)).stream()
                        .collect(Collectors.toMap(CallRow::id, Function.identity()));
        int firstOfFile = existing.isEmpty() ? 0 : addStored(batch.fileId(), fresh, legs, existing, first, last);
        List<CallRow> calls = new ArrayList<>(legs.size());
        for (Map.Entry<UUID, List<Leg>> entry : legs.entrySet()) {
            CallRow before = existing.get(entry.getKey());
            calls.add(assembled(batch, entry.getKey(), entry.getValue(), before, people));
        }
        calls.sort(Comparator.comparing(CallRow::openedAt).thenComparing(CallRow::id));
        return new Joining(calls, existing, firstOfFile);
    }

    /** Adds the legs that came earlier; gives the number of calls that this file had no leg in. */
    private int addStored(
            UUID fileId,
            List<IncomingLeg> fresh,
            Map<UUID, List<Leg>> legs,
            Map<UUID, CallRow> existing,
            Instant first,
            Instant last)
            throws SQLException {
        Set<UUID> inHand = fresh.stream().map(leg -> leg.leg().id()).collect(Collectors.toSet());
        Set<UUID> ofThisFile = existing.values().stream()
                .filter(call -> call.fileId().equals(fileId))
                .map(CallRow::id)
                .collect(Collectors.toSet());
        for (LegRows.Stored stored :
                legRows.ofCalls(existing.keySet(), first.minus(LONGEST_CALL), last.plus(LONGEST_CALL))) {
            if (!inHand.contains(stored.leg().id())) {
                legs.get(stored.leg().callId()).add(stored.leg());
                if (stored.fileId().equals(fileId)) {
                    ofThisFile.add(stored.leg().callId());
                }
            }
        }
        return existing.size() - ofThisFile.size();
    }

    static CallRow assembled(LegBatch batch, UUID id, List<Leg> legs, CallRow before, Map<String, UUID> people) {
        AssembledCall call = Assembly.of(legs, batch.plan(), batch.promptAllowanceSeconds(), batch.transfers());
        boolean byHand = before != null && before.codeOrigin() == CodeOrigin.WEB;
        CodeOrigin origin = call.code().isEmpty() ? CodeOrigin.NONE : CodeOrigin.PBX;
        CallRow row = new CallRow(
                id,
                before == null ? legs.get(0).startedAt() : before.openedAt(),
                batch.sourceId(),
                before == null ? batch.fileId() : before.fileId(),
                call.startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.direction(),
                call.party(),
                people.get(call.extension()),
                call.extension(),
                call.talkSeconds(),
                call.talks().stream()
                        .map(talk -> new PersonTalk(
                                people.get(talk.extension()), talk.extension(), talk.answeredAt(), talk.seconds()))
                        .toList(),
                call.emergency(),
                (int) legs.stream().filter(leg -> !leg.isEvent()).count(),
                call.code(),
                byHand ? before.code() : call.code(),
                byHand ? CodeOrigin.WEB : origin,
                before == null ? null : before.clientId(),
                before == null ? null : before.matterId(),
                before == null ? CallState.NO_ANSWER : before.state(),
                String.join(" ", call.flags()));
        // Until the source's calls are compared again.
        return before != null && before.isFlagged(CallFlag.OVERLAP) ? row.flagged(CallFlag.OVERLAP) : row;
    }

    /**
     * The same calls as they stand after the ledger settled them.
     *
     * @param known keys of those that may have charges already
     */
    List<CallRow> settled(List<CallRow> calls, Set<UUID> known) {
        Map<UUID, Settlement> settlements = ledger.apply(calls.stream()
                .filter(call -> call.billable() || known.contains(call.id()))
                .map(CallRow::facts)
                .toList());
        return calls.stream()
                .map(call -> standing(call, settlements.get(call.id())))
                .toList();
    }

    private static CallRow standing(CallRow call, Settlement settlement) {
        if (settlement == null && call.state() == CallState.BILLED) {
            return call.flagged(CallFlag.LATE_LEG);
        }
        if (!call.billable()) {
            return call.standing(call.unbillable(), null, null);
        }
        if (settlement == null) {
            throw new IllegalStateException("The ledger did not settle call " + call.id());
        }
        return call.standing(CallState.of(settlement), settlement.clientId(), settlement.matterId());
    }

    /** Gives the calls, which the caller locked and changed, to the ledger again and writes how they stand now. */
    List<CallRow> settle(List<CallRow> calls) throws SQLException {
        List<CallRow> open =
                calls.stream().filter(call -> call.state() != CallState.BILLED).toList();
        if (open.isEmpty()) {
            return open;
        }
        List<CallRow> settled = settled(open, open.stream().map(CallRow::id).collect(Collectors.toSet()));
        callRows.write(settled);
        return settled;
    }
}
