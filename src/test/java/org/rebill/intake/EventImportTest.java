package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.call.IncomingLeg;
import org.rebill.call.LegBatch;
import org.rebill.call.LegsTaken;
import org.rebill.call.NumberPlan;
import org.rebill.call.PlainCalls;
import org.rebill.intake.format.AsteriskCdrCsv;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.RecordReader;
import org.rebill.intake.format.SourceSettings;
import org.rebill.ledger.Billing;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.ChargeState;
import org.rebill.ledger.Settlement;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;

/** Genuine records and events of the same calls, on the real schema: the same calls in whatever order they come. */
class EventImportTest {
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);
    private static final byte[] RECORDS = sample("Master.csv");
    private static final byte[] EVENTS = sample("cel.csv");
    private static final int CALLS = 76;
    private static final int EVENTS_KEPT = 1181;
    private static final int RECORDS_KEPT =
            (int) new String(RECORDS, StandardCharsets.UTF_8).lines().count();

    private final BareDatabase database = BareDatabase.get();
    private NewFirm firm;
    private UUID source;

    private static byte[] sample(String name) {
        try (InputStream in = EventImportTest.class.getResourceAsStream("/samples/asterisk-lab/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void firm() throws Exception {
        firm = database.newFirm();
        // The source's key is in the keys of its calls: the same for all, so that they can be compared.
        source = new UUID(5, 5);
    }

    @Test
    void recordsThenEventsEventsThenRecordsAndBothTwiceGiveTheSameCalls() throws Exception {
        send(RECORDS, EventImportTest::settled);
        String byRecords = calls();
        assertThat(send(EVENTS, EventImportTest::settled)).isEqualTo(new LegsTaken(EVENTS_KEPT, List.of(), 0, CALLS));
        String expected = calls();
        assertThat(expected).isNotEqualTo(byRecords);
        assertThat(expected.lines()).hasSize(CALLS);
        assertThat(expected).doesNotContain("prompt-in-talk", "transferred", "click-to-call", "events-incomplete");

        firm();
        assertThat(send(EVENTS, EventImportTest::settled).newCalls()).isEqualTo(CALLS);
        send(RECORDS, EventImportTest::settled);
        assertThat(calls()).isEqualTo(expected);

        assertThat(send(EVENTS, EventImportTest::settled).legs()).isZero();
        assertThat(send(RECORDS, EventImportTest::settled).legs()).isZero();
        assertThat(calls()).isEqualTo(expected);
        assertThat(one("select count(*) from leg")).isEqualTo(String.valueOf(EVENTS_KEPT + RECORDS_KEPT));
    }

    @Test
    void linesOfBothShuffledInSmallPiecesGiveTheSameCalls() throws Exception {
        send(RECORDS, EventImportTest::settled);
        send(EVENTS, EventImportTest::settled);
        String expected = calls();
        firm();
        List<String> lines = new ArrayList<>();
        for (byte[] file : List.of(RECORDS, EVENTS)) {
            lines.addAll(new String(file, StandardCharsets.UTF_8).lines().toList());
        }
        Collections.shuffle(lines, new Random(4));
        for (int from = 0; from < lines.size(); from += 250) {
            List<String> piece = lines.subList(from, Math.min(from + 250, lines.size()));
            send((String.join("\n", piece) + "\n").getBytes(StandardCharsets.UTF_8), EventImportTest::settled);
        }
        assertThat(calls()).isEqualTo(expected);
    }

    @Test
    void eventsAreNotCountedAsRecordsOfACall() throws Exception {
        send(RECORDS, EventImportTest::settled);
        String before = one("select string_agg(leg_count::text, ' ' order by id) from call");
        send(EVENTS, EventImportTest::settled);
        assertThat(one("select string_agg(leg_count::text, ' ' order by id) from call"))
                .isEqualTo(before);
    }

    @Test
    void whileACallLastsItsEventsMakeItACallThatNobodyCanBeBilledFor() throws Exception {
        int half = new String(EVENTS, StandardCharsets.UTF_8).indexOf("\"BRIDGE_EXIT\"");
        send(Arrays.copyOf(EVENTS, half), EventImportTest::nothingToSettle);
        assertThat(one("select count(*) from call where state = 'NO_ANSWER' and talk_seconds = 0"))
                .isEqualTo(one("select count(*) from call"));
        assertThat(one("select count(*) from call where flags = 'events-incomplete'"))
                .isNotEqualTo("0");
        send(EVENTS, EventImportTest::settled);
        // Of a conference the events alone do not tell all.
        assertThat(one("select count(*) from call where flags = 'events-incomplete'"))
                .isEqualTo("1");
    }

    @Test
    void eventsThatComeAfterTheStatementWasIssuedAreFlagged() throws Exception {
        send(RECORDS, EventImportTest::settled);
        String billed = one("with done as (update call set state = 'BILLED' where state = 'RATED' returning id) "
                + "select count(*) from done");
        assertThat(billed).isNotEqualTo("0");
        // The ledger leaves issued calls out of its answer.
        send(EVENTS, calls -> Map.of());
        assertThat(one("select count(*) from call where state = 'BILLED' and flags like '%late-leg-after-issue%'"))
                .isEqualTo(billed);
        assertThat(one("select count(*) from call where flags like '%late-leg-after-issue%'"))
                .isEqualTo(billed);
    }

    private LegsTaken send(byte[] bytes, Function<Collection<CallFacts>, Map<UUID, Settlement>> ledger)
            throws Exception {
        RecordReader reader = new AsteriskCdrCsv()
                .read(
                        new ByteArrayInputStream(bytes),
                        new SourceSettings(source, ZoneId.of("America/Chicago"), false, PLAN, Map.of()),
                        new FileStart(bytes, 0, 1));
        Optional<RecordBatch> batch = RecordBatch.read(reader, 0, 0);
        List<IncomingLeg> legs = batch.orElseThrow().legs();
        NewFile file = database.newFile(firm, source);
        return database.in(
                firm.id(),
                connection -> PlainCalls.take(
                        connection,
                        firm.id(),
                        ledger,
                        new LegBatch(source, firm.site(), file.file(), PLAN, 0, false, legs),
                        Map.of()));
    }

    private static Map<UUID, Settlement> settled(Collection<CallFacts> calls) {
        return calls.stream()
                .collect(Collectors.toMap(
                        CallFacts::callId,
                        call -> new Settlement(
                                call.callId(), ChargeState.RATED, "", null, null, Billing.Standing.OPEN)));
    }

    private static Map<UUID, Settlement> nothingToSettle(Collection<CallFacts> calls) {
        assertThat(calls).isEmpty();
        return Map.of();
    }

    private String one(String query) throws Exception {
        return database.in(firm.id(), connection -> Sql.on(connection).query(query, row -> row.getString(1)))
                .get(0);
    }

    private String calls() throws Exception {
        return one(
                "select string_agg(concat_ws('|', id, started_at, answered_at, ended_at, direction, party, extension, "
                        + "talk_seconds, talks, leg_count, code, code_origin, state, flags), E'\\n' order by id) from call");
    }
}
