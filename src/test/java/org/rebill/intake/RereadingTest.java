package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rebill.call.CallChange;
import org.rebill.call.CutOtherwise;
import org.rebill.call.LegBatch;
import org.rebill.call.NumberPlan;
import org.rebill.call.PlainCalls;
import org.rebill.call.Rereading;
import org.rebill.intake.format.AsteriskCdrCsv;
import org.rebill.intake.format.FileStart;
import org.rebill.intake.format.RecordReader;
import org.rebill.intake.format.SourceSettings;
import org.rebill.ledger.Billing;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.ChargeState;
import org.rebill.ledger.Quote;
import org.rebill.ledger.Settlement;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;

/** Genuine records that are read a second time by other settings, on the real schema. */
class RereadingTest {
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final byte[] RECORDS = sample();
    private static final int CALLS = 76;

    private final BareDatabase database = BareDatabase.get();
    private NewFirm firm;
    private UUID source;
    private NewFile file;
    private final List<CallChange> changes = new ArrayList<>();

    private static byte[] sample() {
        try (InputStream in = RereadingTest.class.getResourceAsStream("/samples/asterisk-lab/Master.csv")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void imported() throws Exception {
        firm = database.newFirm();
        source = UUID.randomUUID();
        file = database.newFile(firm, source);
        database.in(
                firm.id(),
                connection -> PlainCalls.take(
                        connection,
                        firm.id(),
                        RereadingTest::settled,
                        new LegBatch(
                                source,
                                firm.site(),
                                file.file(),
                                PLAN,
                                0,
                                false,
                                batch(RECORDS, CHICAGO).legs()),
                        Map.of()));
    }

    @Test
    void withTheSameSettingsNothingChanges() throws Exception {
        String before = calls();

        Rereading.Sum sum = reread(RECORDS, CHICAGO, PLAN);

        assertThat(sum.same()).isEqualTo(CALLS);
        assertThat(changes).isEmpty();
        assertThat(calls()).isEqualTo(before);
        assertThat(one("select count(*) from leg_version")).isEqualTo("0");
    }

    @Test
    void inAnotherZoneEachCallMovesAndTheOldVersionsStay() throws Exception {
        String before = calls();

        Rereading.Sum sum = reread(RECORDS, NEW_YORK, PLAN);

        assertThat(sum.same()).isZero();
        assertThat(changes).hasSize(CALLS).allSatisfy(change -> {
            assertThat(change.kind()).isEqualTo(CallChange.Kind.CHANGED);
            assertThat(Duration.between(
                            change.after().startedAt(), change.before().startedAt()))
                    .isEqualTo(Duration.ofHours(1));
            assertThat(change.after().talkSeconds()).isEqualTo(change.before().talkSeconds());
        });
        assertThat(one("select count(*) from leg_version")).isEqualTo(one("select count(*) from leg"));

        changes.clear();
        reread(RECORDS, CHICAGO, PLAN);
        assertThat(changes).hasSize(CALLS);
        assertThat(calls()).isEqualTo(before);
    }

    @Test
    void anotherNumberPlanChangesCallsThoughNoRecordChanged() throws Exception {
        Rereading.Sum sum = reread(RECORDS, CHICAGO, new NumberPlan("DE", "30", "9", 4));

        assertThat(changes).isNotEmpty().allSatisfy(change -> assertThat(
                        change.after().startedAt())
                .isEqualTo(change.before().startedAt()));
        assertThat(sum.same() + changes.size()).isEqualTo(CALLS);
        assertThat(one("select count(*) from leg_version")).isEqualTo("0");
    }

    @Test
    void issuedCallsStayAndAreProposedAsCorrections() throws Exception {
        long billed =
                Long.parseLong(one("with done as (update call set state = 'BILLED' where state = 'RATED' returning id) "
                        + "select count(*) from done"));
        String before =
                one("select string_agg(concat_ws('|', id, started_at, talks, party), ' ' order by id) from call "
                        + "where state = 'BILLED'");

        reread(RECORDS, NEW_YORK, PLAN);

        assertThat(billed).isPositive();
        assertThat(changes.stream().filter(change -> change.kind() == CallChange.Kind.CORRECTION))
                .hasSize((int) billed)
                .allSatisfy(change -> assertThat(change.after().startedAt())
                        .isEqualTo(change.before().startedAt().minus(Duration.ofHours(1))));
        assertThat(one("select string_agg(concat_ws('|', id, started_at, talks, party), ' ' order by id) from call "
                        + "where state = 'BILLED'"))
                .isEqualTo(before);
        assertThat(one("select count(*) from leg_version"))
                .isEqualTo(one("select count(*) from leg l join call c on c.id = l.call_id where c.state <> 'BILLED'"));
    }

    @Test
    void recordsThatAreNoneAnyMoreTakeTheirCallsWithThem() throws Exception {
        RecordBatch all = batch(RECORDS, CHICAGO);
        Set<Long> offsets = all.legs().stream().map(leg -> leg.byteOffset()).collect(Collectors.toSet());
        RecordBatch none = new RecordBatch(0, all.toByte(), all.toLine(), List.of(), List.of());

        database.in(firm.id(), connection -> finish(connection, none, offsets, PLAN));

        assertThat(changes).hasSize(CALLS).allMatch(change -> change.kind() == CallChange.Kind.GONE);
        assertThat(one("select count(*) from call")).isEqualTo("0");
        assertThat(one("select count(*) from leg")).isEqualTo("0");

        changes.clear();
        reread(RECORDS, CHICAGO, PLAN);
        assertThat(changes).hasSize(CALLS).allMatch(change -> change.kind() == CallChange.Kind.ADDED);
    }

    @Test
    void anIssuedCallsRecordThatIsCutOtherwiseStopsIt() throws Exception {
        one("with done as (update call set state = 'BILLED' where state = 'RATED' returning id) "
                + "select count(*) from done");
        RecordBatch all = batch(RECORDS, CHICAGO);
        RecordBatch none = new RecordBatch(0, all.toByte(), all.toLine(), List.of(), List.of());

        assertThatThrownBy(() -> database.in(firm.id(), connection -> finish(connection, none, Set.of(), PLAN)))
                .isInstanceOf(CutOtherwise.class)
                .hasMessageContaining("statement");
    }

    @Test
    void aCodeGivenByHandStaysWithTheRecordsThoughTheirIdentityChanges() throws Exception {
        String call = one("select id from call where state = 'RATED' order by id limit 1");
        one("with done as (update call set code = '77', code_origin = 'WEB' where id = '" + call
                + "' returning id) select count(*) from done");

        // Another source's key is in another identity: the same bytes become other calls.
        RecordBatch other = batch(RECORDS, CHICAGO, UUID.randomUUID());
        database.in(firm.id(), connection -> finish(connection, other, Set.of(), PLAN));

        assertThat(changes).hasSize(CALLS).allMatch(change -> change.kind() == CallChange.Kind.CHANGED);
        assertThat(one("select count(*) from call")).isEqualTo(String.valueOf(CALLS));
        assertThat(one("select count(*) from call where code = '77' and code_origin = 'WEB' and id <> '" + call + "'"))
                .isEqualTo("1");
    }

    private Rereading.Sum reread(byte[] bytes, ZoneId zone, NumberPlan plan) throws Exception {
        RecordBatch batch = batch(bytes, zone);
        Set<Long> others = batch.others().stream()
                .map(other -> other.record().byteOffset())
                .collect(Collectors.toSet());
        return database.in(firm.id(), connection -> finish(connection, batch, others, plan));
    }

    private Rereading.Sum finish(Connection connection, RecordBatch batch, Set<Long> others, NumberPlan plan)
            throws Exception {
        UUID reading = UUID.randomUUID();
        Sql sql = Sql.on(connection);
        sql.update(
                "insert into reread (firm_id, id, source_id, file_id, state, source_version, asked_at, asked_by) "
                        + "values (?, ?, ?, ?, 'APPLIED', 0, now(), 'test')",
                firm.id(),
                reading,
                source,
                file.file());
        Instant[] span = sql.query(
                        "select min(started_at) as first, max(started_at) as last from leg where firm_id = ?",
                        row -> new Instant[] {Sql.instant(row, "first"), Sql.instant(row, "last")},
                        firm.id())
                .get(0);
        Rereading rereading =
                PlainCalls.rereading(connection, firm.id(), reading, RereadingTest::settled, RereadingTest::quoted);
        rereading.begin(List.of(file.file()), span[0], span[1]);
        LegBatch legs = new LegBatch(source, firm.site(), file.file(), plan, 0, true, batch.legs());
        rereading.replace(legs, 0, batch.toByte(), others);
        return rereading.finish(legs, changes::add);
    }

    private RecordBatch batch(byte[] bytes, ZoneId zone) throws IOException {
        return batch(bytes, zone, source);
    }

    private static RecordBatch batch(byte[] bytes, ZoneId zone, UUID identity) throws IOException {
        RecordReader reader = new AsteriskCdrCsv()
                .read(
                        new ByteArrayInputStream(bytes),
                        new SourceSettings(identity, zone, false, PLAN, Map.of()),
                        new FileStart(bytes, 0, 1));
        return RecordBatch.read(reader, 0, 0).orElseThrow();
    }

    /** The ledger leaves issued calls out of its answer; here none of them is asked for. */
    private static Map<UUID, Settlement> settled(Collection<CallFacts> calls) {
        return calls.stream().collect(Collectors.toMap(CallFacts::callId, RereadingTest::settlement));
    }

    private static Settlement settlement(CallFacts call) {
        return new Settlement(call.callId(), ChargeState.RATED, "", null, null, Billing.Standing.OPEN);
    }

    private static Map<UUID, Quote> quoted(Collection<CallFacts> calls) {
        return calls.stream()
                .collect(Collectors.toMap(CallFacts::callId, call -> new Quote(settlement(call), null, null)));
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
