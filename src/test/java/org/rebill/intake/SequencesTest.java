package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rebill.call.CallFlag;
import org.rebill.call.IncomingLeg;
import org.rebill.call.LegBatch;
import org.rebill.call.MissingHours;
import org.rebill.call.PlainCalls;
import org.rebill.intake.format.RecordReader;
import org.rebill.intake.format.Samples;
import org.rebill.intake.format.Samples.Sample;
import org.rebill.intake.format.SourceSettings;
import org.rebill.ledger.Billing;
import org.rebill.ledger.CallFacts;
import org.rebill.ledger.ChargeState;
import org.rebill.ledger.Settlement;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareDatabase.NewFile;
import org.rebill.platform.BareDatabase.NewFirm;
import org.rebill.platform.Sql;

/** Times that can't be (DOMAIN.md C22), on the real schema: each seeded fault is found, and none on clean records. */
class SequencesTest {
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    /** After all samples, one of which goes on into a new year. */
    private static final Instant RECEIVED = Instant.parse("2027-01-04T12:00:00Z");

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final LocalDateTime MONDAY = LocalDateTime.parse("2026-09-07T09:00:00");

    private final BareDatabase database = BareDatabase.get();
    private NewFirm firm;
    private UUID source;
    private List<FeedWatch.Found> found;
    private Instant first;
    private Instant last;

    @BeforeEach
    void firm() throws Exception {
        firm = database.newFirm();
        source = UUID.randomUUID();
    }

    static List<Sample> cleanFiles() {
        return Stream.concat(
                        Samples.all().stream(),
                        Stream.of("Master.csv", "midnight/Master.csv", "dst-fall/Master.csv")
                                .map(Samples::lab))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("cleanFiles")
    void cleanRecordsTellNothingImpossible(Sample sample) throws Exception {
        take(sample);
        assertThat(impossibleButTwins()).isEmpty();
        assertThat(found).isEmpty();
        assertThat(missing()).isEmpty();
    }

    @Test
    void recordsAndEventsOfTheSameCallsTellOnlyWhatHappened() throws Exception {
        take(Samples.lab("Master.csv"));
        take(Samples.lab("cel.csv"));
        assertThat(impossibleButTwins()).isEmpty();
        assertThat(flagged()).containsExactly("overlap", "overlap");
    }

    @Test
    void aTelephoneInTwoCallsAtOnceIsFoundInBoth() throws Exception {
        take(rows(
                call("201", MONDAY, 600, "a"),
                call("201", MONDAY.plusMinutes(5), 60, "b"),
                call("202", MONDAY, 600, "c")));
        assertThat(flagged()).containsExactly("overlap", "overlap");
    }

    @Test
    void callsOfOneTelephoneThatFollowEachOtherAreRight() throws Exception {
        take(rows(call("201", MONDAY, 600, "a"), call("201", MONDAY.plusSeconds(608), 60, "b")));
        assertThat(flagged()).isEmpty();
    }

    @Test
    void anOverlapAcrossFilesIsFoundWhicheverComesFirst() throws Exception {
        take(rows(call("201", MONDAY.plusMinutes(5), 60, "b")));
        assertThat(flagged()).isEmpty();
        take(rows(call("201", MONDAY, 600, "a")));
        assertThat(flagged()).containsExactly("overlap", "overlap");
    }

    @Test
    void aNumberWithManyTelephonesBehindItIsNoOverlap() throws Exception {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(call("100", MONDAY.plusMinutes(i), 300, "g" + i));
        }
        take(rows(calls.toArray(String[]::new)));
        assertThat(flagged()).isEmpty();
    }

    @Test
    void whatIsLongerThanItCanBeIsFound() throws Exception {
        take(rows(call("201", MONDAY, 43_300, "long")));
        assertThat(flagged()).containsExactly("too-long");
    }

    @Test
    void moreTalkThanTimeIsFound() throws Exception {
        // Answered 290 s after the start of 300 s, and yet 300 s of talk.
        String start = STAMP.format(MONDAY);
        String answer = STAMP.format(MONDAY.plusSeconds(290));
        String end = STAMP.format(MONDAY.plusSeconds(300));
        take(rows(line("201", start, answer, end, 300, 300, "odd")));
        assertThat(flagged()).containsExactly("leg-longer-than-call");
    }

    @Test
    void aClockThatWasSetInACallIsFound() throws Exception {
        String start = STAMP.format(MONDAY);
        String end = STAMP.format(MONDAY.plusSeconds(900));
        take(rows(line("201", start, start, end, 300, 300, "moved")));
        assertThat(flagged()).containsExactly("clock-moved");
    }

    @Test
    void aTransferThatClosesEarlyIsFound() throws Exception {
        // 201 answers, passes on to 202 after 60 s; of the 1,143 s there the record has 23.
        String start = STAMP.format(MONDAY);
        String first = STAMP.format(MONDAY.plusSeconds(10));
        String passed = STAMP.format(MONDAY.plusSeconds(70));
        String closed = STAMP.format(MONDAY.plusSeconds(93));
        String gone = STAMP.format(MONDAY.plusSeconds(1213));
        take(rows(
                "\"\",\"15125550100\",\"201\",\"in\",\"\",\"PJSIP/trunk-00000001\",\"PJSIP/201-00000002\",\"Dial\",\"PJSIP/201\",\""
                        + start + "\",\"" + first + "\",\"" + passed
                        + "\",70,60,\"ANSWERED\",\"DOCUMENTATION\",\"1788789600.1\",\"\",\"\",\"1788789600.1\",1",
                "\"\",\"15125550100\",\"202\",\"in\",\"\",\"PJSIP/trunk-00000001\",\"PJSIP/202-00000003\",\"Dial\",\"PJSIP/202\",\""
                        + passed + "\",\"" + passed + "\",\"" + closed
                        + "\",23,23,\"ANSWERED\",\"DOCUMENTATION\",\"1788789600.1\",\"\",\"\",\"1788789600.1\",2",
                "\"\",\"15125550100\",\"s\",\"in\",\"\",\"PJSIP/trunk-00000001\",\"\",\"MusicOnHold\",\"\",\"" + start
                        + "\",\"" + first + "\",\"" + gone
                        + "\",1213,1203,\"ANSWERED\",\"DOCUMENTATION\",\"1788789600.1\",\"\",\"\",\"1788789600.1\",3"));
        assertThat(flagged()).containsExactly("closed-early");
    }

    @Test
    void aClockThatWasSetBackInAFeedIsFoundOnce() throws Exception {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            LocalDateTime at = MONDAY.plusMinutes(i);
            calls.add(call(String.valueOf(200 + i), i < 40 ? at : at.minusMinutes(25), 30, "s" + i));
        }
        take(rows(calls.toArray(String[]::new)));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).kind()).isEqualTo(FeedFinding.Kind.CLOCK_SET_BACK);
        assertThat(found.get(0).lineNo()).isEqualTo(41);
        assertThat(found.get(0).to().getEpochSecond() - found.get(0).from().getEpochSecond())
                .isEqualTo(24 * 60);

        Collections.shuffle(calls, new Random(3));
        take(rows(calls.toArray(String[]::new)));
        assertThat(found).isEmpty();
    }

    @Test
    void recordsFromTheFutureAreTold() throws Exception {
        LocalDateTime later = LocalDateTime.ofInstant(RECEIVED, CHICAGO).plusHours(5);
        take(rows(call("201", MONDAY, 30, "now"), call("202", later, 30, "later")));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).kind()).isEqualTo(FeedFinding.Kind.CLOCK_AHEAD);
        assertThat(found.get(0).lineNo()).isEqualTo(2);
    }

    @Test
    void hoursWithoutTheCallsOfOtherWeeksAreFound() throws Exception {
        List<String> calls = new ArrayList<>();
        Random random = new Random(11);
        for (int week = 0; week < 5; week++) {
            for (int day = 0; day < 5; day++) {
                for (int hour = 0; hour < 8; hour++) {
                    boolean lost = week == 3 && day == 2 && (hour == 4 || hour == 5);
                    for (int i = lost ? 99 : 0; i < 18; i++) {
                        LocalDateTime at =
                                MONDAY.plusDays(week * 7L + day).plusHours(hour).plusSeconds(random.nextInt(3500));
                        calls.add(call(String.valueOf(200 + i), at, 20, week + "-" + day + "-" + hour + "-" + i));
                    }
                }
            }
        }
        take(rows(calls.toArray(String[]::new)));
        Instant from = MONDAY.plusDays(23).plusHours(4).atZone(CHICAGO).toInstant();
        assertThat(missing()).containsExactly(new MissingHours(from, from.plusSeconds(7200), 18));
    }

    private static String call(String extension, LocalDateTime at, int seconds, String id) {
        return line(
                extension,
                STAMP.format(at),
                STAMP.format(at.plusSeconds(5)),
                STAMP.format(at.plusSeconds(5L + seconds)),
                seconds + 5,
                seconds,
                id);
    }

    private static String line(
            String extension, String start, String answer, String end, int duration, int talk, String id) {
        return String.format(
                Locale.ROOT,
                "\"1204\",\"%s\",\"915125550123\",\"out\",\"\",\"PJSIP/%s-%08x\",\"PJSIP/trunk-%08x\",\"Dial\","
                        + "\"PJSIP/15125550123@trunk\",\"%s\",\"%s\",\"%s\",%d,%d,\"ANSWERED\",\"DOCUMENTATION\",\"%s\",\"\","
                        + "\"\",\"%s\",1",
                extension,
                extension,
                id.hashCode(),
                id.hashCode() + 1,
                start,
                answer,
                end,
                duration,
                talk,
                id,
                id);
    }

    private static Sample rows(String... lines) {
        Sample lab = Samples.lab("Master.csv");
        SourceSettings settings = new SourceSettings(
                new UUID(9, lines.length), CHICAGO, false, lab.source().plan(), Map.of());
        return new Sample(
                lab.format(), "rows", (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8), settings);
    }

    private void take(Sample sample) throws Exception {
        FeedWatch watch = new FeedWatch(CHICAGO, RECEIVED);
        RecordReader reader = sample.read();
        List<IncomingLeg> legs = new ArrayList<>();
        Optional<RecordBatch> batch = RecordBatch.read(reader, 0, 0);
        while (batch.isPresent()) {
            legs.addAll(batch.get().legs());
            batch = RecordBatch.read(reader, batch.get().toByte(), batch.get().records());
        }
        watch.see(legs);
        found = watch.found();
        first = legs.stream()
                .map(leg -> leg.leg().startedAt())
                .min(Instant::compareTo)
                .orElseThrow();
        last = legs.stream()
                .map(leg -> leg.leg().startedAt())
                .max(Instant::compareTo)
                .orElseThrow();
        NewFile file = database.newFile(firm, source);
        database.in(firm.id(), connection -> {
            PlainCalls.take(
                    connection,
                    firm.id(),
                    SequencesTest::settled,
                    new LegBatch(
                            source, firm.site(), file.file(), sample.source().plan(), 0, false, legs),
                    Map.of());
            PlainCalls.compare(connection, firm.id(), source, first, last);
            return null;
        });
    }

    private List<MissingHours> missing() throws Exception {
        return database.in(
                firm.id(), connection -> PlainCalls.missing(connection, firm.id(), source, CHICAGO, first, last));
    }

    private static Map<UUID, Settlement> settled(Collection<CallFacts> calls) {
        return calls.stream()
                .collect(Collectors.toMap(
                        CallFacts::callId,
                        call -> new Settlement(
                                call.callId(), ChargeState.RATED, "", null, null, Billing.Standing.OPEN)));
    }

    /** Flags of calls that can't be; one for each. */
    private List<String> flagged() throws Exception {
        List<String> impossible =
                CallFlag.impossible().stream().map(CallFlag::code).toList();
        return database
                .in(firm.id(), connection -> Sql.on(connection)
                        .query("select flags from call where flags <> '' order by id", row -> row.getString(1)))
                .stream()
                .flatMap(flags -> Stream.of(flags.split(" ")))
                .filter(impossible::contains)
                .toList();
    }

    /** Of the laboratory's calls two, its "twins", were at one telephone at one time indeed. */
    private List<String> impossibleButTwins() throws Exception {
        return database.in(firm.id(), connection -> Sql.on(connection)
                .query(
                        "select concat_ws(' ', started_at, ended_at, direction, party, talks, flags) from call "
                                + "where flags ~ '(overlap|too-long|closed-early|clock-moved|longer)' "
                                + "and not (flags = 'overlap' and extension = '1384' and party = '+17735550187') "
                                + "order by started_at",
                        row -> row.getString(1)));
    }
}
