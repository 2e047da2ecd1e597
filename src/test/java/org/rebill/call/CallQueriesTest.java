package org.rebill.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;

/** Lists, counts and sums of calls on the real schema. */
class CallQueriesTest {
    private static final Instant NOON = Instant.parse("2026-11-12T18:00:00Z");
    private static final UUID CLIENT = UUID.randomUUID();
    private static final UUID KARIN = UUID.randomUUID();
    private static final UUID PRIYA = UUID.randomUUID();

    private final BareDatabase database = BareDatabase.get();
    private NewFirm firm;

    /** A call with what it costs; null for nothing. */
    private record Made(CallRow call, String amount, String currency) {}

    @BeforeEach
    void firm() throws Exception {
        firm = database.newFirm();
    }

    @Test
    void piecesFollowEachOtherWithoutGapInEveryOrder() throws Exception {
        // Many calls are equal by talk and amount: the key decides.
        make(IntStream.range(0, 60)
                .mapToObj(i -> new Made(
                        call(i, NOON.plusSeconds(i / 3 * 60L), (i % 4) * 100, CallState.RATED),
                        i % 5 == 0 ? null : "2" + i % 3 + ".50",
                        "USD"))
                .toList());
        for (String sort : List.of("-time", "time", "-talk", "talk", "-amount", "amount")) {
            CallOrder order = CallOrder.parse(sort);
            List<UUID> whole = ids(list(CallFilter.ALL, order, null, 500));
            assertEquals(60, whole.size());
            List<UUID> pieces = new ArrayList<>();
            String after = null;
            do {
                Page<CallLine> piece = list(CallFilter.ALL, order, after, 7);
                pieces.addAll(ids(piece));
                after = piece.next();
            } while (after != null);
            assertEquals(whole, pieces, sort);
        }
        List<CallLine> dearest =
                list(CallFilter.ALL, CallOrder.parse("-amount"), null, 500).items();
        assertEquals(new BigDecimal("22.50"), dearest.get(0).amount());
        assertNull(dearest.get(59).amount());
    }

    @Test
    void aPieceOfAnotherOrderIsRefused() {
        Refusal refused = assertThrows(
                Refusal.Invalid.class, () -> list(CallFilter.ALL, CallOrder.parse("talk"), "2026-11-12~x", 7));
        assertEquals("after", refused.problems().get(0).field());
    }

    @Test
    void aPeriodIsHalfOpenAndStandsOnTheStart() throws Exception {
        Instant midnight = Instant.parse("2026-12-01T06:00:00Z");
        make(List.of(
                new Made(call(1, midnight.minusSeconds(1), 60, CallState.RATED), null, null),
                new Made(call(2, midnight, 60, CallState.RATED), null, null)));
        List<CallLine> november = in(connection -> new CallQueries(connection, firm.id())
                .list(
                        new CallQueries.Scope(
                                CallFilter.ALL, Instant.parse("2026-11-01T05:00:00Z"), midnight, null, List.of()),
                        CallOrder.NEWEST,
                        null,
                        10)
                .items());
        assertEquals(List.of(id(1)), november.stream().map(CallLine::id).toList());
    }

    @Test
    void eachFilterFindsItsOwn() throws Exception {
        make(List.of(
                new Made(call(1, NOON, 60, CallState.RATED), "10.00", "USD"),
                new Made(call(2, NOON, 60, CallState.NO_CODE), null, null),
                new Made(with(call(3, NOON, 60, CallState.RATED), "+13125550199", "007", PRIYA), "5.00", "EUR")));
        assertEquals(List.of(id(3)), find(text("312-555")));
        assertEquals(List.of(id(3)), find(text("007")));
        assertEquals(List.of(), find(text("7")), "a code is text");
        assertEquals(List.of(id(2)), find(group(CallGroup.NO_CODE)));
        assertEquals(List.of(id(3)), find(person(PRIYA)));
        assertEquals(List.of(id(3)), find(code("007")));
        assertEquals(3, find(text("Barton"), List.of(CLIENT)).size(), "clients found by name");
        assertEquals(List.of(), find(text("Barton"), List.of()));
        assertEquals(List.of(), find(text("%")), "no pattern of the typist's");
    }

    @Test
    void talksOfOthersCallsCountAsOwn() throws Exception {
        CallRow shared = call(1, NOON, 60, CallState.RATED);
        make(List.of(
                new Made(
                        talks(
                                shared,
                                List.of(
                                        new PersonTalk(KARIN, "201", NOON, 40),
                                        new PersonTalk(PRIYA, "202", NOON.plusSeconds(40), 20))),
                        "10.00",
                        "USD"),
                new Made(call(2, NOON, 60, CallState.RATED), "10.00", "USD")));
        List<CallLine> own = in(connection -> new CallQueries(connection, firm.id())
                .list(new CallQueries.Scope(CallFilter.ALL, null, null, PRIYA, List.of()), CallOrder.NEWEST, null, 10)
                .items());
        assertEquals(List.of(id(1)), own.stream().map(CallLine::id).toList());
    }

    @Test
    void sumsAreThoseOfTheListToTheCent() throws Exception {
        make(List.of(
                new Made(call(1, NOON, 100, CallState.RATED), "10.10", "USD"),
                new Made(call(2, NOON, 200, CallState.ON_DRAFT), "20.20", "USD"),
                new Made(call(3, NOON, 300, CallState.BILLED), "0.333", "BHD"),
                new Made(call(4, NOON, 400, CallState.UNKNOWN_CODE), null, null),
                new Made(call(5, NOON, 0, CallState.NO_ANSWER), null, null)));
        CallSummary all = summary(CallFilter.ALL);
        assertEquals(
                Map.of(
                        CallGroup.RATED, 3L,
                        CallGroup.NO_CODE, 1L,
                        CallGroup.HELD, 0L,
                        CallGroup.HOUSE, 0L,
                        CallGroup.NO_ANSWER, 1L,
                        CallGroup.INTERNAL, 0L),
                all.groups());
        assertEquals(5, all.calls());
        assertEquals(1000, all.talkSeconds());
        assertEquals(3 * 360, all.billedSeconds());
        assertEquals(
                List.of(
                        new CallSummary.Amount("BHD", new BigDecimal("0.333")),
                        new CallSummary.Amount("USD", new BigDecimal("30.30"))),
                all.amounts());
        CallSummary rated = summary(group(CallGroup.RATED));
        assertEquals(3, rated.calls());
        assertEquals(all.groups(), rated.groups(), "the counts of all groups stay, to choose from");
    }

    private List<UUID> find(CallFilter filter) throws Exception {
        return find(filter, List.of());
    }

    private List<UUID> find(CallFilter filter, List<UUID> clients) throws Exception {
        return in(connection -> new CallQueries(connection, firm.id())
                        .list(new CallQueries.Scope(filter, null, null, null, clients), CallOrder.NEWEST, null, 100)
                        .items()
                        .stream()
                        .map(CallLine::id)
                        .toList());
    }

    private Page<CallLine> list(CallFilter filter, CallOrder order, String after, int limit) throws Exception {
        return in(connection -> new CallQueries(connection, firm.id())
                .list(new CallQueries.Scope(filter, null, null, null, List.of()), order, after, limit));
    }

    private CallSummary summary(CallFilter filter) throws Exception {
        return in(connection -> new CallQueries(connection, firm.id())
                .summary(new CallQueries.Scope(filter, null, null, null, List.of())));
    }

    private <T> T in(BareDatabase.Work<T> work) throws Exception {
        return database.in(firm.id(), work);
    }

    private static List<UUID> ids(Page<CallLine> page) {
        return page.items().stream().map(CallLine::id).toList();
    }

    private static CallFilter text(String text) {
        return new CallFilter(null, null, null, null, null, null, null, null, List.of(), text);
    }

    private static CallFilter group(CallGroup group) {
        return new CallFilter(null, null, null, null, group, null, null, null, List.of(), null);
    }

    private static CallFilter person(UUID person) {
        return new CallFilter(null, null, person, null, null, null, null, null, List.of(), null);
    }

    private static CallFilter code(String code) {
        return new CallFilter(null, null, null, null, null, code, null, null, List.of(), null);
    }

    private void make(List<Made> made) throws Exception {
        in(connection -> {
            Sql sql = Sql.on(connection);
            for (Made one : made) {
                sql.query(
                        "select app_ensure_month(?::date)",
                        row -> 1,
                        one.call().openedAt().toString().substring(0, 10));
            }
            new CallRows(connection, firm.id())
                    .write(made.stream().map(Made::call).toList());
            for (Made one : made) {
                if (one.amount() != null) {
                    charge(connection, one);
                }
            }
            return null;
        });
    }

    private void charge(Connection connection, Made made) throws SQLException {
        CallRow call = made.call();
        Sql.on(connection)
                .update(
                        "insert into charge (firm_id, opened_at, call_id, no, extension, started_at, answered_at, "
                                + "outbound, party, talk_seconds, code, client_id, agreement_version_id, state, reason, "
                                + "billed_seconds, quantity, unit, unit_rate, currency, amount, rule_version, explanation) "
                                + "values (?, ?, ?, 1, '201', ?, ?, true, '', ?, '', ?, ?, 'RATED', '', 360, 0.1, "
                                + "'HOUR', 100, ?, ?, 1, '[]')",
                        firm.id(),
                        call.openedAt(),
                        call.id(),
                        call.startedAt(),
                        call.startedAt(),
                        call.talkSeconds(),
                        CLIENT,
                        UUID.randomUUID(),
                        made.currency(),
                        new BigDecimal(made.amount()));
    }

    private static UUID id(int number) {
        return UUID.nameUUIDFromBytes(("call " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static CallRow call(int number, Instant start, int talk, CallState state) {
        return new CallRow(
                id(number),
                start,
                CLIENT,
                CLIENT,
                start,
                talk == 0 ? null : start,
                start.plusSeconds(talk),
                Direction.OUT,
                "+15125550143",
                KARIN,
                "201",
                talk,
                talk == 0 ? List.of() : List.of(new PersonTalk(KARIN, "201", start, talk)),
                false,
                1,
                "1042",
                "1042",
                CodeOrigin.PBX,
                CLIENT,
                null,
                state,
                "");
    }

    private static CallRow with(CallRow call, String party, String code, UUID person) {
        return new CallRow(
                call.id(),
                call.openedAt(),
                call.sourceId(),
                call.fileId(),
                call.startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.direction(),
                party,
                person,
                call.extension(),
                call.talkSeconds(),
                List.of(new PersonTalk(person, "202", call.startedAt(), call.talkSeconds())),
                false,
                1,
                code,
                code,
                CodeOrigin.PBX,
                call.clientId(),
                null,
                call.state(),
                "");
    }

    private static CallRow talks(CallRow call, List<PersonTalk> talks) {
        return new CallRow(
                call.id(),
                call.openedAt(),
                call.sourceId(),
                call.fileId(),
                call.startedAt(),
                call.answeredAt(),
                call.endedAt(),
                call.direction(),
                call.party(),
                call.personId(),
                call.extension(),
                call.talkSeconds(),
                talks,
                false,
                1,
                call.pbxCode(),
                call.code(),
                CodeOrigin.PBX,
                call.clientId(),
                null,
                call.state(),
                "");
    }
}
