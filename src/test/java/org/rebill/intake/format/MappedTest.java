package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

class MappedTest {
    private static final RecordFormat FORMAT = new Mapped();
    private static final String PLAIN =
            "start = 1 as \"yyyy-MM-dd HH:mm:ss\"; talk = 2; caller = 3; called = 4; code = 5";

    private static SourceSettings by(String mapping) {
        return Reading.settings("America/Chicago", false, Map.of("mapping", mapping));
    }

    private static List<AssembledCall> calls(String mapping, String text) {
        return Reading.calls(FORMAT, text.getBytes(UTF_8), by(mapping));
    }

    private static AssembledCall call(String mapping, String text) {
        List<ReadRecord> records = Reading.read(FORMAT, text.getBytes(UTF_8), by(mapping));
        assertThat(records.stream().map(ReadRecord::content).filter(Quarantined.class::isInstance))
                .isEmpty();
        List<AssembledCall> calls = calls(mapping, text);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private static Quarantined quarantined(String mapping, String text) {
        List<ReadRecord> records = Reading.read(FORMAT, text.getBytes(UTF_8), by(mapping));
        return (Quarantined) records.get(records.size() - 1).content();
    }

    @Test
    void readsItsStandardWithoutAMapping() {
        List<AssembledCall> calls = Reading.calls(FORMAT, Reading.sample("mapped/standard.csv"), Reading.CHICAGO);

        assertThat(calls)
                .extracting(AssembledCall::direction)
                .containsExactly(Direction.OUT, Direction.IN, Direction.IN, Direction.INTERNAL);
        assertThat(calls.get(0).party()).isEqualTo("+12145550143");
        assertThat(calls.get(0).extension()).isEqualTo("201");
        assertThat(calls.get(0).code()).isEqualTo("1042");
        assertThat(calls.get(0).talkSeconds()).isEqualTo(741);
        assertThat(calls.get(0).flags()).isEmpty();
        assertThat(calls.get(2).talks()).isEmpty();
        assertThat(calls.get(3).code()).isEqualTo("007");
    }

    @Test
    void readsColumnsAtFixedPlacesBetweenPageHeaders() {
        Map<String, String> options = new HashMap<>();
        options.put(
                "mapping",
                "layout = fixed; skip = \"DATE *\" \"---*\" \"Page *\"; start = 1-9 + 11-17 as \"MMM dd yy h:mma\";"
                        + " duration = 49-56; called = 29-47; extension = 20-23; line = 25-27; direction = out; code = 58-");
        List<AssembledCall> calls = Reading.calls(
                FORMAT, Reading.sample("mapped/printer.txt"), Reading.settings("America/Chicago", false, options));

        assertThat(calls).hasSize(4);
        assertThat(calls.get(2).startedAt()).isEqualTo("2026-09-01T20:44:00Z");
        assertThat(calls.get(2).code()).isEqualTo("007");
        assertThat(calls.get(2).party()).isEqualTo("+18005550100");
        // The duration may begin with ringing: it is told.
        assertThat(calls.get(2).flags()).isNotEmpty();
    }

    @Test
    void recordsWithIdsArePutTogether() {
        String mapping =
                "layout = tab; start = 2 as \"epoch\"; answer = 3 as \"epoch\"; duration = 4; caller = 5; called = 6;"
                        + " answered = 7 by \"yes\"; call = 8; leg = 9; code = 10";
        List<AssembledCall> calls = Reading.calls(FORMAT, Reading.sample("mapped/epoch.tsv"), by(mapping));

        assertThat(calls).hasSize(3);
        assertThat(calls.get(0).talks()).containsExactly(new Talk("201", Instant.ofEpochSecond(1_788_253_339), 741));
        assertThat(calls.get(1).talks())
                .containsExactly(
                        new Talk("202", Instant.ofEpochSecond(1_788_256_875), 300),
                        new Talk("203", Instant.ofEpochSecond(1_788_257_175), 2));
        assertThat(calls.get(2).talks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "M/d/yyyy h:mm:ss a, 9/1/2026 9:02:11 PM, 2026-09-02T02:02:11Z",
                "M/d/yy h:mma, 09/01/26 09:02P, 2026-09-02T02:02:00Z",
                "M/d/yy h:mm a, 09/01/26 12:02 a.m., 2026-09-01T05:02:00Z",
                "yyyy-MM-dd'T'HH:mm:ssXXX, 2026-09-01T09:02:11+02:00, 2026-09-01T07:02:11Z",
                "yyyy-MM-dd HH:mm:ss.SSS, 2026-09-01 09:02:11.987, 2026-09-01T14:02:11Z",
                "MM/dd HH:mm, 12/31 09:02, 2025-12-31T15:02:00Z",
                "MM/dd HH:mm, 09/01 09:02, 2026-09-01T14:02:00Z",
                "yyyyMMddHHmmss, 20260901090211, 2026-09-01T14:02:11Z",
                "epoch-ms, 1788253331987, 2026-09-01T09:02:11Z"
            })
    void readsStampsByTheirPattern(String pattern, String text, String instant) {
        String mapping = "layout = pipe; start = 1 as \"" + pattern + "\"; talk = 2; caller = 3; called = 4";
        assertThat(call(mapping, text + "|60|201|12145550143").startedAt()).isEqualTo(instant);
    }

    @Test
    void namesOfMonthsAreThoseOfTheLanguage() {
        String mapping =
                "layout = pipe; locale = de; start = 1 as \"d. MMMM yyyy HH:mm\"; talk = 2; caller = 3; called = 4";
        assertThat(call(mapping, "1. März 2026 09:02|60|201|12145550143").startedAt())
                .isEqualTo("2026-03-01T15:02:00Z");
    }

    @Test
    void anEndWithoutADayIsOnTheNextWhereItMustBe() {
        AssembledCall call = call(
                "layout = pipe; start = 1 + 2 as \"yyyy-MM-dd HH:mm:ss\"; end = 3 as \"HH:mm:ss\"; ring = 4; caller = 5;"
                        + " called = 6",
                "2026-09-01|23:58:30|00:03:36|6|201|12145550143");
        assertThat(call.talkSeconds()).isEqualTo(300);
        assertThat(call.answeredAt()).isEqualTo("2026-09-02T04:58:36Z");
        assertThat(call.endedAt()).isEqualTo("2026-09-02T05:03:36Z");
    }

    @Test
    void anEndToTheMinuteDoesNotShortenTheTalk() {
        AssembledCall call = call(
                "layout = pipe; start = 1 as \"yyyy-MM-dd HH:mm\"; end = 2 as \"yyyy-MM-dd HH:mm\"; talk = 3; caller = 4;"
                        + " called = 5",
                "2026-09-01 09:02|2026-09-01 09:03|110|201|12145550143");
        assertThat(call.talkSeconds()).isEqualTo(110);
    }

    @Test
    void theHourThatComesTwiceIsFoundByTheDuration() {
        AssembledCall call = call(
                "layout = pipe; start = 1 as \"yyyy-MM-dd HH:mm:ss\"; end = 2 as \"yyyy-MM-dd HH:mm:ss\"; duration = 3;"
                        + " caller = 4; called = 5",
                "2026-11-01 01:50:00|2026-11-01 01:10:00|1200|201|12145550143");
        assertThat(call.startedAt()).isEqualTo("2026-11-01T06:50:00Z");
        assertThat(call.endedAt()).isEqualTo("2026-11-01T07:10:00Z");
    }

    @Test
    void aCallIsAnsweredByItsMark() {
        String mapping = PLAIN + "; answered = 6 by \"ANSWERED\" \"Conv*\"";
        String line = "2026-09-01 09:02:11,30,201,12145550143,,";
        assertThat(call(mapping, line + "conversation").talkSeconds()).isEqualTo(30);
        assertThat(call(mapping, line + "Busy").talks()).isEmpty();
        assertThat(call(PLAIN, "2026-09-01 09:02:11,0,201,12145550143,").talks())
                .isEmpty();
    }

    @Test
    void aNamedColumnMayStandAnywhere() {
        String mapping =
                "header = yes; start = \"Call Date\" as \"yyyy-MM-dd HH:mm:ss\"; talk = \"Bill Sec\"; caller = \"Src\";"
                        + " called = \"Dst\"; code = \"Account\"";
        String one = "My report\nCall Date,Src,Dst,Bill Sec,Account\n2026-09-01 09:02:11,201,12145550143,741,1042\n";
        String other = "Account,Bill Sec,Dst,Src,Call Date\n1042,741,12145550143,201,2026-09-01 09:02:11\n";
        assertThat(call(mapping, one)).isEqualTo(call(mapping, other));
        assertThat(quarantined(mapping, one.substring(one.lastIndexOf("2026"))).reason())
                .isEqualTo("header.missing");
    }

    @Test
    void aFirstRecordIsNoLineOfNames() {
        String record = "2026-09-01 09:02:11,741,201,12145550143,1042\n";
        assertThat(calls("header = yes; " + PLAIN, record)).hasSize(1);
        List<ReadRecord> records =
                Reading.read(FORMAT, ("Date,Sec,A,B,C\n" + record).getBytes(UTF_8), by("header = yes; " + PLAIN));
        assertThat(records.get(0).content()).isInstanceOf(Ignored.class);
        assertThat(Reading.legs(records)).hasSize(1);
    }

    @Test
    void whatARecordIsKnownByStaysWhenTheMappingIsCorrected() {
        String line = "7,2026-09-01 09:02:11,741,201,12145550143,1042";
        String mapping = "start = 2 as \"yyyy-MM-dd HH:mm:ss\"; talk = 3; caller = 4; called = 5";
        Leg first = leg(mapping + "; except = 1", line);
        Leg corrected = leg(mapping + "; code = 6; except = 1", line.replaceFirst("7", "19"));
        assertThat(corrected.id()).isEqualTo(first.id());
        assertThat(corrected.code()).isEqualTo("1042");
        assertThat(leg(mapping, line).id())
                .isNotEqualTo(leg(mapping, line.replaceFirst("7", "8")).id());
    }

    private static Leg leg(String mapping, String line) {
        return Reading.legs(Reading.read(FORMAT, line.getBytes(UTF_8), by(mapping)))
                .get(0);
    }

    @Test
    void tellsWhatIsWrongWithARecordAndWhere() {
        String good = "2026-09-01 09:02:11,741,201,12145550143,1042";
        assertThat(quarantined(PLAIN, good.replace("2026-09-01", "2026-02-30")).detail())
                .contains("Column 1 (start) holds '2026-02-30 09:02:11'", "yyyy-MM-dd HH:mm:ss");
        assertThat(quarantined(PLAIN, good.replace("741", "7x1")).detail()).contains("Column 2 (talk) holds '7x1'");
        assertThat(quarantined(PLAIN, "2026-09-01 09:02:11,741,201,12145550143").reason())
                .isEqualTo("columns");
        assertThat(quarantined(PLAIN, good.replace("201", "2145550100")).detail())
                .contains("up to 4 digits", "Column 3 (caller) holds '2145550100'");
        assertThat(quarantined(PLAIN + "; direction = 5 in \"I\" out \"O\"", good)
                        .detail())
                .contains("Column 5 (direction) holds '1042'");
        assertThat(quarantined(PLAIN + "; call = 6", good + ",").reason()).isEqualTo("call.id");
        assertThat(quarantined(
                                "layout = fixed; start = 1-16 as \"yyyy-MM-dd HH:mm\"; talk = 18-21; called = 23-; direction = out",
                                "2026-09-01 09:02")
                        .detail())
                .contains("16 characters", "needs 18");
    }

    @Test
    void linesThatAreNoRecordsAreLeftOutOnlyWhereTheMappingSaysSo() {
        assertThat(quarantined(PLAIN, "Total,3,,,").reason()).isEqualTo("stamp.start");
        List<ReadRecord> records =
                Reading.read(FORMAT, "Total,3,,,\n".getBytes(UTF_8), by(PLAIN + "; skip = \"total*\""));
        assertThat(((Ignored) records.get(0).content()).reason()).isEqualTo("skipped");
    }
}
