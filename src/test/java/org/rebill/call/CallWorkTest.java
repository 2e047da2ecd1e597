package org.rebill.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.ledger.Billing;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.ChargeState;
import org.rebill.ledger.Settlement;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;

/** Legs to calls on the real schema: once only, in any order, by any path. */
class CallWorkTest {
    private static final Instant NOON = Instant.parse("2026-11-12T18:00:00Z");
    private static final NumberPlan PLAN = new NumberPlan("US", "512", "", 3);

    private final BareDatabase database = BareDatabase.get();
    private NewFirm firm;
    private UUID source;

    @BeforeEach
    void firm() throws Exception {
        firm = database.newFirm();
        source = UUID.randomUUID();
    }

    @Test
    void theSameRecordsAgainGiveNoSecondCall() throws Exception {
        List<IncomingLeg> legs = legs(200);
        assertEquals(new LegsTaken(200, List.of(), 100, 0), take(newFile(), legs));
        LegsTaken again = take(newFile(), legs);
        assertEquals(0, again.legs());
        assertEquals(200, again.duplicates().size());
        assertEquals(0, again.newCalls());
        assertEquals(200, count("leg"));
        assertEquals(100, count("call"));
    }

    @Test
    void theSameRecordTwiceInOneBatchCountsOnce() throws Exception {
        IncomingLeg first = leg(1, 0, "x");
        NewFile file = newFile();
        LegsTaken taken = take(file, List.of(first, at(first, 9, "x")));
        assertEquals(1, taken.legs());
        LegsTaken.Duplicate duplicate = taken.duplicates().get(0);
        assertEquals(9, duplicate.leg().recordNo());
        assertEquals(file.file(), duplicate.firstFileId());
        assertEquals(2, duplicate.firstLineNo());
        assertEquals(false, duplicate.changed());
    }

    @Test
    void theSameRecordWithOtherContentIsToldAndTheFirstStands() throws Exception {
        NewFile first = newFile();
        take(first, List.of(leg(7, 0, "as it was")));
        LegsTaken.Duplicate duplicate =
                take(newFile(), List.of(leg(7, 0, "changed"))).duplicates().get(0);
        assertTrue(duplicate.changed());
        assertEquals(first.file(), duplicate.firstFileId());
        assertEquals(14, duplicate.firstLineNo());
        assertEquals(1, count("leg"));
    }

    @Test
    void aLateLegJoinsItsCall() throws Exception {
        NewFile early = newFile();
        take(early, List.of(leg(1, 1, "a")));
        NewFile late = newFile();
        LegsTaken taken = take(late, List.of(leg(1, 0, "b"), leg(2, 0, "c")));
        assertEquals(2, taken.legs());
        assertEquals(1, taken.newCalls());
        assertEquals(1, taken.joinedCalls());
        LegsTaken more = take(late, List.of(leg(1, 2, "d")));
        assertEquals(0, more.joinedCalls(), "the file had a leg in that call already");
        CallRow call = call(callId(1));
        assertEquals(3, call.legCount());
        assertEquals(early.file(), call.fileId());
        assertEquals(start(1, 1), call.openedAt(), "the partition key stays");
        assertEquals(start(1, 0), call.startedAt());
        assertEquals(2, count("call"));
    }

    @Test
    void anyOrderAndAnyCutGivesTheSameCalls() throws Exception {
        List<IncomingLeg> legs = legs(60);
        take(newFile(), legs);
        String expected = calls();
        for (int seed = 0; seed < 5; seed++) {
            firm();
            List<IncomingLeg> shuffled = new ArrayList<>(legs);
            Collections.shuffle(shuffled, new Random(seed));
            NewFile file = newFile();
            for (int from = 0; from < shuffled.size(); from += 7) {
                take(file, shuffled.subList(from, Math.min(from + 7, shuffled.size())));
            }
            assertEquals(expected, calls(), "seed " + seed);
        }
    }

    @Test
    void twoFilesWithTheSameRecordsInParallelGiveOneLegEach() throws Exception {
        List<IncomingLeg> legs = legs(400);
        List<NewFile> files = List.of(newFile(), newFile(), newFile());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Integer>> imports = new ArrayList<>();
            for (NewFile file : files) {
                List<IncomingLeg> shuffled = new ArrayList<>(legs);
                Collections.shuffle(shuffled, new Random(file.file().hashCode()));
                imports.add(() -> {
                    int taken = 0;
                    for (int from = 0; from < shuffled.size(); from += 40) {
                        taken += take(file, shuffled.subList(from, from + 40)).legs();
                    }
                    return taken;
                });
            }
            int taken = 0;
            for (Future<Integer> done : threads.invokeAll(imports)) {
                taken += done.get();
            }
            assertEquals(400, taken);
        } finally {
            threads.shutdownNow();
        }
        assertEquals(400, count("leg"));
        assertEquals(200, count("call"));
        assertEquals(200, count("call where leg_count = 2"));
    }

    @Test
    void aBatchThatIsCutOffLeavesNothing() throws Exception {
        NewFile file = newFile();
        assertThrows(
                IllegalStateException.class,
                () -> database.in(firm.id(), connection -> {
                    work(connection, settling(ChargeState.RATED, "")).take(batch(file, legs(20)), Map.of());
                    throw new IllegalStateException("killed");
                }));
        assertEquals(0, count("leg"));
        assertEquals(0, count("call"));
        assertEquals(20, take(file, legs(20)).legs());
    }

    @Test
    void twoFirmsWithTheSameRecordsDoNotMeet() throws Exception {
        List<IncomingLeg> legs = legs(10);
        NewFirm first = firm;
        take(newFile(), legs);
        firm();
        assertEquals(10, take(newFile(), legs).legs());
        assertEquals(5, count("call"));
        firm = first;
        assertEquals(5, count("call"));
    }

    @Test
    void aLegAfterTheIssueChangesTheFactsButNotWhatIsBilled() throws Exception {
        take(newFile(), List.of(leg(1, 0, "a")));
        database.in(firm.id(), connection -> {
            new CallRows(connection, firm.id()).state(List.of(callId(1)), CallState.BILLED);
            return null;
        });
        NewFile late = newFile();
        // The ledger leaves issued calls out of its answer.
        database.in(firm.id(), connection -> {
            return work(connection, facts -> Map.of()).take(batch(late, List.of(leg(1, 1, "b"))), Map.of());
        });
        CallRow call = call(callId(1));
        assertEquals(CallState.BILLED, call.state());
        assertEquals(2, call.legCount());
        assertTrue(call.flags().contains(CallFlag.LATE_LEG.code()), call.flags());
    }

    @Test
    void aCodeGivenByHandOutlastsALateLeg() throws Exception {
        take(newFile(), List.of(leg(1, 0, "a")));
        database.in(firm.id(), connection -> {
            List<CallRow> calls = new CallRows(connection, firm.id()).lock(List.of(callId(1)));
            return work(connection, settling(ChargeState.RATED, ""))
                    .settle(List.of(calls.get(0).coded("007", CodeOrigin.WEB)));
        });
        take(newFile(), List.of(leg(1, 1, "b")));
        CallRow call = call(callId(1));
        assertEquals("007", call.code());
        assertEquals(CodeOrigin.WEB, call.codeOrigin());
        assertEquals(CallState.RATED, call.state());
    }

    @Test
    void everyReasonHasItsState() throws Exception {
        Map<String, CallState> states = Map.of(
                "MISSING", CallState.NO_CODE,
                "UNKNOWN", CallState.UNKNOWN_CODE,
                "UNMAPPED", CallState.UNMAPPED_CODE,
                "MALFORMED", CallState.MALFORMED_CODE,
                "RETIRED", CallState.RETIRED_CODE,
                "NOT_AGREED", CallState.NOT_AGREED);
        take(newFile(), List.of(leg(1, 0, "a")));
        for (Map.Entry<String, CallState> entry : states.entrySet()) {
            settle(settling(ChargeState.HELD, entry.getKey()));
            assertEquals(entry.getValue(), call(callId(1)).state());
        }
        settle(settling(ChargeState.HOUSE, ""));
        assertEquals(CallState.HOUSE, call(callId(1)).state());
    }

    private void settle(Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger) throws Exception {
        database.in(firm.id(), connection -> work(connection, ledger)
                .settle(new CallRows(connection, firm.id()).lock(List.of(callId(1)))));
    }

    private static Function<Collection<CallFacts>, Map<UUID, Settlement>> settling(ChargeState state, String reason) {
        return calls -> calls.stream()
                .collect(Collectors.toMap(
                        CallFacts::callId,
                        call -> new Settlement(call.callId(), state, reason, null, null, Billing.Standing.OPEN)));
    }

    private CallWork work(Connection connection, Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger) {
        return new CallWork(connection, firm.id(), ledger);
    }

    private LegsTaken take(NewFile file, List<IncomingLeg> legs) throws Exception {
        return database.in(firm.id(), connection -> {
            hold(connection);
            return work(connection, settling(ChargeState.RATED, "")).take(batch(file, legs), Map.of());
        });
    }

    private void hold(Connection connection) throws SQLException {
        Sql.on(connection)
                .query(
                        "select id from source where firm_id = ? and id = ? for no key update",
                        row -> 1,
                        firm.id(),
                        source);
    }

    private LegBatch batch(NewFile file, List<IncomingLeg> legs) {
        return new LegBatch(source, firm.site(), file.file(), PLAN, 0, false, legs);
    }

    private NewFile newFile() throws Exception {
        return database.newFile(firm, source);
    }

    private int count(String from) throws Exception {
        return database.in(firm.id(), connection -> Sql.on(connection)
                .query("select count(*) from " + from, row -> row.getInt(1))
                .get(0));
    }

    private CallRow call(UUID id) throws Exception {
        return database.in(firm.id(), connection -> new CallRows(connection, firm.id()).lock(List.of(id)))
                .get(0);
    }

    private String calls() throws Exception {
        return database.in(
                firm.id(),
                connection -> String.join(
                        "\n",
                        Sql.on(connection)
                                .query(
                                        "select concat_ws('|', id, started_at, answered_at, ended_at, direction, party, "
                                                + "extension, talk_seconds, talks, leg_count, code, state, flags) "
                                                + "from call order by id",
                                        row -> row.getString(1))));
    }

    /** As Panasonic writes a transfer: both stamped by the minute of their end. */
    private static final List<IncomingLeg> TRANSFER = List.of(
            loose(1, "202", "12145550199", "02", -308, -300, 0, Leg.GOES_ON),
            loose(2, "203", "12145550199", "02", -10, -10, 300, ""));

    @Test
    void aTransferWithoutCallIdIsOneCallWithTwoTalks() throws Exception {
        LegsTaken taken = take(newFile(), TRANSFER);
        assertEquals(1, taken.newCalls());
        assertTransfer();
        assertEquals(2, take(newFile(), TRANSFER).duplicates().size());
        assertEquals(1, count("call"));
    }

    @Test
    void aTransferWithoutCallIdIsFoundInAnyOrder() throws Exception {
        List<IncomingLeg> turned = List.of(TRANSFER.get(1), TRANSFER.get(0));
        take(newFile(), turned);
        assertTransfer();
        for (List<IncomingLeg> legs : List.of(TRANSFER, turned)) {
            firm();
            assertEquals(1, take(newFile(), legs.subList(0, 1)).newCalls());
            LegsTaken late = take(newFile(), legs.subList(1, 2));
            assertEquals(0, late.newCalls());
            assertEquals(1, late.joinedCalls());
            assertTransfer();
        }
    }

    @Test
    void theLaterRecordMayTellOfTheTransfer() throws Exception {
        // As NEC writes it: both stamped by the minute of their start.
        take(
                newFile(),
                List.of(
                        loose(1, "202", "2145550199", "001", 0, 0, 300, ""),
                        loose(2, "203", "2145550199", "001", 240, 240, 550, Leg.CAME_ON)));
        assertTransfer();
    }

    private void assertTransfer() throws Exception {
        assertEquals(1, count("call"));
        List<CallRow> calls = database.in(firm.id(), connection -> new CallRows(connection, firm.id())
                .lock(Sql.on(connection).query("select id from call", row -> Sql.uuid(row, "id"))));
        CallRow call = calls.get(0);
        assertEquals(Direction.IN, call.direction());
        assertEquals(
                List.of("202 300", "203 310"),
                call.talks().stream()
                        .map(talk -> talk.extension() + " " + talk.seconds())
                        .toList());
        assertEquals("", call.flags());
    }

    @Test
    void legsWithoutCallIdJoinWithinTwoSecondsOnly() throws Exception {
        IncomingLeg first = loose(1, "202", "12145550199", "02", 1, 1, 101, "");
        take(newFile(), List.of(first, loose(2, "203", "12145550199", "02", 103, 103, 203, "")));
        assertEquals(1, count("call"));
        take(newFile(), List.of(loose(3, "204", "12145550199", "02", 206, 206, 306, "")));
        assertEquals(2, count("call"));
        take(
                newFile(),
                List.of(
                        loose(4, "204", "12145550177", "02", 101, 101, 131, ""),
                        loose(5, "204", "12145550199", "03", 101, 101, 131, ""),
                        loose(6, "204", "", "04", 1, 1, 101, ""),
                        loose(7, "204", "", "04", 101, 101, 131, "")));
        assertEquals(6, count("call"));
    }

    @Test
    void aLegBetweenTwoStoredCallsJoinsTheEarlier() throws Exception {
        List<IncomingLeg> legs = List.of(
                loose(1, "202", "12145550199", "02", 1, 1, 101, ""),
                loose(2, "203", "12145550199", "02", 101, 101, 201, ""),
                loose(3, "204", "12145550199", "02", 201, 201, 301, ""));
        take(newFile(), List.of(legs.get(0)));
        take(newFile(), List.of(legs.get(2)));
        assertEquals(2, count("call"));
        take(newFile(), List.of(legs.get(1)));
        assertEquals(2, count("call"));
        assertEquals(2, call(legs.get(0).leg().callId()).legCount());
        assertEquals(1, call(legs.get(2).leg().callId()).legCount());
        firm();
        take(newFile(), legs);
        assertEquals(1, count("call"));
    }

    @Test
    void manyCallsWithoutCallIdsAreTheSameInAnyOrderOfABatch() throws Exception {
        List<IncomingLeg> legs = new ArrayList<>();
        for (int call = 0; call < 100; call++) {
            long start = call * 50L + 1;
            String line = String.valueOf(call % 7);
            legs.add(loose(call * 2, "202", "1214555" + call, line, start, start + 5, start + 65, ""));
            legs.add(loose(call * 2 + 1, "203", "1214555" + call, line, start + 66, start + 66, start + 96, ""));
        }
        take(newFile(), legs);
        assertEquals(100, count("call"));
        String expected = calls();
        for (int seed = 0; seed < 3; seed++) {
            firm();
            List<IncomingLeg> shuffled = new ArrayList<>(legs);
            Collections.shuffle(shuffled, new Random(seed));
            take(newFile(), shuffled);
            assertEquals(expected, calls(), "seed " + seed);
        }
    }

    /** A call in over a line, with nothing to tell its call by. Times are seconds from noon. */
    private static IncomingLeg loose(
            int no, String extension, String party, String line, long start, long answer, long end, String data) {
        UUID id = UUID.nameUUIDFromBytes(("loose " + no).getBytes(StandardCharsets.UTF_8));
        Leg leg = new Leg(
                id,
                id,
                NOON.plusSeconds(start),
                NOON.plusSeconds(answer),
                NOON.plusSeconds(end),
                Leg.ANSWERED,
                party,
                extension,
                Side.line(line),
                Side.phone(extension),
                "",
                data,
                (int) (end - start),
                (int) (end - answer),
                "",
                0);
        return at(new IncomingLeg(leg, null, 0, 0, 0, 0), no + 1L, "loose " + no);
    }

    /** Two legs a call: one telephone rang in vain, the other was answered. */
    private static List<IncomingLeg> legs(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> leg(i / 2, i % 2, "record " + i))
                .toList();
    }

    private static UUID callId(int call) {
        return UUID.nameUUIDFromBytes(("call " + call).getBytes(StandardCharsets.UTF_8));
    }

    private static Instant start(int call, int leg) {
        return NOON.plusSeconds(call * 600L + leg);
    }

    private static IncomingLeg leg(int call, int leg, String content) {
        Instant start = start(call, leg);
        boolean answered = leg == 0;
        Leg read = new Leg(
                UUID.nameUUIDFromBytes((call + "/" + leg).getBytes(StandardCharsets.UTF_8)),
                callId(call),
                start,
                answered ? start.plusSeconds(5) : null,
                start.plusSeconds(answered ? 305 : 5),
                answered ? "ANSWERED" : "NO ANSWER",
                "20" + leg,
                "5125550143",
                "PJSIP/20" + leg + "-00000001",
                "PJSIP/trunk-00000002",
                "Dial",
                "PJSIP/5125550143@trunk",
                answered ? 305 : 5,
                answered ? 300 : 0,
                "1042",
                leg);
        return at(new IncomingLeg(read, null, 0, 0, 0, 0), call * 2L + leg, content);
    }

    private static IncomingLeg at(IncomingLeg leg, long line, String content) {
        return new IncomingLeg(
                leg.leg(),
                UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)),
                line,
                line,
                line * 100,
                100);
    }
}
