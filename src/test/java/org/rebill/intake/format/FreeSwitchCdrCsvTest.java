package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

class FreeSwitchCdrCsvTest {
    private static final RecordFormat FORMAT = new FreeSwitchCdrCsv();
    private static final String OUTGOING = "\"Hale M\",\"1001\",\"912145550143\",\"default\",\"2026-09-01 09:02:11\","
            + "\"2026-09-01 09:02:19\",\"2026-09-01 09:14:40\",\"749\",\"741\",\"NORMAL_CLEARING\","
            + "\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0000\",\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0001\",\"00042\",\"PCMU\","
            + "\"PCMU\"\n";

    private static List<AssembledCall> calls(String text, String template) {
        return Reading.calls(FORMAT, text.getBytes(UTF_8), settings(template));
    }

    private static SourceSettings settings(String template) {
        return Reading.settings("America/Chicago", false, Map.of("template", template));
    }

    private static AssembledCall call(String text, String template) {
        List<AssembledCall> calls = calls(text, template);
        assertThat(calls).hasSize(1);
        return calls.get(0);
    }

    private static List<AssembledCall> sample(String name) {
        return Reading.calls(FORMAT, Reading.sample("freeswitch-cdr-csv/" + name), Reading.CHICAGO);
    }

    private static void assertOutgoing(AssembledCall call) {
        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+12145550143");
        assertThat(call.code()).isEqualTo("00042");
        assertThat(call.startedAt()).isEqualTo("2026-09-01T14:02:11Z");
        assertThat(call.talks()).containsExactly(new Talk("1001", Instant.parse("2026-09-01T14:02:19Z"), 741));
        assertThat(call.endedAt()).isEqualTo("2026-09-01T14:14:40Z");
        assertThat(call.flags()).isEmpty();
    }

    @Test
    void readsACallToTheOutside() {
        assertOutgoing(call(OUTGOING, "example"));
    }

    @Test
    void bothLegsAreOneCallWithItsTalkOnce() {
        List<AssembledCall> calls = sample("legs-ab.csv");

        assertThat(calls).hasSize(4);
        AssembledCall incoming = calls.get(0);
        assertThat(incoming.direction()).isEqualTo(Direction.IN);
        assertThat(incoming.party()).isEqualTo("+12145550157");
        assertThat(incoming.talks()).containsExactly(new Talk("1001", Instant.parse("2023-10-11T04:43:59Z"), 7));
        assertThat(incoming.flags()).isEmpty();
        assertThat(incoming.code()).as("the called telephone's own account").isEmpty();
        AssembledCall internal = calls.get(1);
        assertThat(internal.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(internal.extension()).isEqualTo("1001");
        assertThat(internal.party()).isEqualTo("1002");
        assertThat(internal.talkSeconds()).isEqualTo(6);
        assertOutgoing(calls.get(3));
    }

    @Test
    void whatAQueuePlayedBeforeIsNoTalk() {
        AssembledCall queued = sample("legs-ab.csv").get(2);

        assertThat(queued.startedAt()).isEqualTo("2023-10-11T13:43:13Z");
        assertThat(queued.talks()).containsExactly(new Talk("1001", Instant.parse("2023-10-11T13:43:18Z"), 4));
        assertThat(queued.flags()).isEmpty();
    }

    @Test
    void aSpreadsheetThatCutTheSecondsLeavesTheCounts() {
        List<AssembledCall> calls = sample("spreadsheet.csv");

        assertThat(calls).hasSize(8);
        AssembledCall internal = calls.get(6);
        assertThat(internal.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(internal.extension()).isEqualTo("1002");
        assertThat(internal.party()).isEqualTo("1004");
        assertThat(internal.code()).isEqualTo("1002");
        assertThat(internal.startedAt()).isEqualTo("2020-02-11T17:05:00Z");
        assertThat(internal.answeredAt()).isEqualTo("2020-02-11T17:05:11Z");
        assertThat(internal.talkSeconds()).isEqualTo(32);
        assertThat(calls.get(4).flags()).containsExactly("answered-by-system");
        assertThat(calls.get(2).talks()).isEmpty();
    }

    @Test
    void aRecordOfTheSameChannelIsTheSameLeg() {
        List<ReadRecord> records =
                Reading.read(FORMAT, Reading.sample("freeswitch-cdr-csv/spreadsheet.csv"), Reading.CHICAGO);

        assertThat(Reading.legs(records)).hasSize(10);
        assertThat(Reading.legs(records).subList(7, 10).stream()
                        .map(leg -> leg.id())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void knowsTheShippedTemplates() {
        assertOutgoing(call(
                "\"Hale M\",\"1001\",\"912145550143\",\"default\",\"2026-09-01 09:02:11\",\"2026-09-01 09:02:19\","
                        + "\"2026-09-01 09:14:40\",\"749\",\"741\",\"NORMAL_CLEARING\",\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0000\","
                        + "\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0001\", \"00042\"\n",
                "default"));
        assertOutgoing(call(
                "\"00042\",\"1001\",\"912145550143\",\"default\",\"\"Hale M\" <1001>\",\"sofia/internal/1001@10.0.0.8\","
                        + "\"sofia/gateway/carrier/12145550143\",\"bridge\",\"sofia/gateway/carrier/12145550143\","
                        + "\"2026-09-01 09:02:11\",\"2026-09-01 09:02:19\",\"2026-09-01 09:14:40\",\"749\",\"741\","
                        + "\"NORMAL_CLEARING\",\"3\",\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0000\",\"\"\n",
                "asterisk"));
        AssembledCall snom = call(
                OUTGOING.replace("\"00042\"", " \"1001\"").replace("\n", ",\"snom370\",\"00042\",\"\",\"\",\"\"\n"),
                "snom");
        assertThat(snom.code()).as("of the client key").isEqualTo("00042");
        AssembledCall rated = call(
                "\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0000\",\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0001\",\"inbound\",\"1001\","
                        + "\"912145550143\",\"2026-09-01 09:02:19\",\"2026-09-01 09:14:40\",\"741\",\"00042\",\"\","
                        + "\"10.0.0.8\",\"H\",\"\"\n",
                "opencdrrate");
        assertThat(rated.talks()).containsExactly(new Talk("1001", Instant.parse("2026-09-01T14:02:19Z"), 741));
        assertThat(Reading.calls(FORMAT, Reading.sample("freeswitch-cdr-csv/statements.sql"), settings("sql"))
                        .get(1)
                        .extension())
                .isEqualTo("1002");
    }

    @Test
    void takesAnyTemplate() {
        String text = "1788271331;ignored\n";
        String template =
                "\"${start_epoch}\",\"${answer_uepoch}\",${duration},${billmsec},'${sql_escape(${caller_id_number})}',"
                        + "${destination_number},${regex('${original_caller_id_name}'|^.)},${accountcode},${uuid},${bridge_uuid}";
        AssembledCall call = call(
                "\"1788271331\",\"1788271339250000\",749,741900,'1001',912145550143,H,00042,"
                        + "4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0000,4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0001\n",
                template);
        assertOutgoing(call);
        assertThat(FORMAT.problem(FORMAT.options().get(0), template)).isEmpty();
        assertThat(FORMAT.problem(FORMAT.options().get(0), "uuid, start_stamp, duration, destination_number"))
                .isEmpty();
        assertThat(FORMAT.problem(FORMAT.options().get(0), "exampel")).isPresent();
        assertThat(FORMAT.recognises(text.getBytes(UTF_8))).isFalse();
    }

    @Test
    void readsWhatASpreadsheetSavedWithSemicolons() {
        assertOutgoing(call(OUTGOING.replace("\",\"", "\";\""), "example"));
    }

    @Test
    void nobodyTalksWithVoicemailOrAMenu() {
        String template = "caller_id_number,destination_number,start_stamp,answer_stamp,end_stamp,duration,billsec,"
                + "hangup_cause,uuid,bleg_uuid,last_app,last_arg";
        String record = "2145550199,1002,2026-09-01 10:01:00,2026-09-01 10:01:20,2026-09-01 10:01:50,50,30,"
                + "NORMAL_CLEARING,5b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0002,,";

        assertThat(call(record + "voicemail,default 10.0.0.8 1002\n", template).flags())
                .containsExactly("voicemail");
        AssembledCall menu = call(record + "playback,welcome.wav\n", template);
        assertThat(menu.talks()).isEmpty();
        assertThat(menu.flags()).containsExactly("answered-by-system");
    }

    @Test
    void whoRangInVainIsKnown() {
        AssembledCall call = call(
                "\"\",\"2145550199\",\"1002\",\"public\",\"2026-09-01 10:01:00\",\"\",\"2026-09-01 10:01:20\",\"20\",\"0\","
                        + "\"NO_ANSWER\",\"5b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0002\",\"\",\"\",\"PCMU\",\"PCMU\"\n",
                "example");

        assertThat(call.direction()).isEqualTo(Direction.IN);
        assertThat(call.extension()).isEqualTo("1002");
        assertThat(call.talks()).isEmpty();
        assertThat(call.flags()).isEmpty();
    }

    @Test
    void anEmergencyCallIsOne() {
        AssembledCall call = call(OUTGOING.replace("912145550143", "911"), "example");

        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.emergency()).isTrue();
    }

    @Test
    void keepsFreeSwitchsCountWhereTheClockMoved() {
        AssembledCall call = call(OUTGOING.replace("09:14:40", "09:20:00"), "example");

        assertThat(call.talkSeconds()).isEqualTo(741);
        assertThat(call.flags()).containsExactly("clock-moved");
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        assertThat(quarantined(OUTGOING.replace("2026-09-01 09:02:11", "9/1/2026 9:02"))
                        .detail())
                .contains("Column 5 (start_stamp) holds '9/1/2026 9:02'", "spreadsheet");
        assertThat(quarantined(OUTGOING.replace("\"749\"", "\"x\"")).reason()).isEqualTo("seconds");
        assertThat(quarantined(OUTGOING.replace("\"4b3c6e0a-54f7-4c0e-9f4e-5d5a6a7c0000\"", "\"16\""))
                        .detail())
                .contains("Column 11 (uuid) holds '16'", "template");
        assertThat(quarantined("\"Hale M\",\"1001\"\n").reason()).isEqualTo("columns");
        assertThat(quarantined(OUTGOING.replace("09:02:11", "09:20:11")).reason())
                .isEqualTo("time.order");
        assertThat(content(",,,,,,,,,,,,,,\n")).isInstanceOf(Ignored.class);
    }

    private static Quarantined quarantined(String line) {
        return (Quarantined) content(line);
    }

    private static ReadRecord.Content content(String line) {
        List<ReadRecord> records = Reading.read(FORMAT, line.getBytes(UTF_8), Reading.CHICAGO);
        assertThat(records).hasSize(1);
        return records.get(0).content();
    }

    @Test
    void sendsOtherFilesToOtherSources() {
        assertThat(FORMAT.refuses("{\"core-uuid\":\"x\"}".getBytes(UTF_8))).isPresent();
        assertThat(FORMAT.refuses("<?xml version=\"1.0\"?><cdr/>".getBytes(UTF_8)))
                .isPresent();
        assertThat(FORMAT.refuses(OUTGOING.getBytes(UTF_8))).isEmpty();
    }
}
