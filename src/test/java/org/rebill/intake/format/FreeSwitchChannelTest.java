package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

class FreeSwitchChannelTest {
    private static final RecordFormat JSON = new FreeSwitchJson();
    private static final RecordFormat XML = new FreeSwitchXml();
    private static final String CLIENT = "+12145550199";

    /** The same twenty records in both forms. */
    static Stream<List<AssembledCall>> samples() {
        return Stream.of(
                Reading.calls(JSON, Reading.sample("freeswitch-json/both-legs.ndjson"), Reading.CHICAGO),
                Reading.calls(XML, Reading.sample("freeswitch-xml/both-legs.xml"), Reading.CHICAGO));
    }

    private static Talk talk(String extension, String answered, int seconds) {
        return new Talk(extension, Instant.parse(answered), seconds);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aCallOutHasTheCallersTelephoneAndCode(List<AssembledCall> calls) {
        AssembledCall call = calls.get(0);

        assertThat(calls).hasSize(9);
        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+12145550143");
        assertThat(call.code()).isEqualTo("00042");
        assertThat(call.startedAt()).isEqualTo("2026-09-01T14:02:11Z");
        assertThat(call.talks()).containsExactly(talk("1001", "2026-09-01T14:02:19Z", 741));
        assertThat(call.endedAt()).isEqualTo("2026-09-01T14:14:40Z");
        assertThat(call.flags()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatAMenuPlayedBeforeIsNoTalk(List<AssembledCall> calls) {
        AssembledCall call = calls.get(1);

        assertThat(call.direction()).isEqualTo(Direction.IN);
        assertThat(call.party()).isEqualTo(CLIENT);
        assertThat(call.talks()).containsExactly(talk("1002", "2026-09-01T15:02:36Z", 301));
        assertThat(call.code()).as("the called telephone's own account").isEmpty();
        assertThat(call.flags()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aRingGroupIsOneCall(List<AssembledCall> calls) {
        AssembledCall missed = calls.get(2);
        assertThat(missed.direction()).isEqualTo(Direction.IN);
        assertThat(missed.talks()).isEmpty();
        assertThat(missed.flags()).isEmpty();
        AssembledCall taken = calls.get(3);
        assertThat(taken.talks()).containsExactly(talk("1003", "2026-09-01T17:02:20Z", 60));
        assertThat(taken.flags()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void afterABlindTransferEachHasTheirOwnTalk(List<AssembledCall> calls) {
        AssembledCall call = calls.get(4);

        assertThat(call.party()).isEqualTo(CLIENT);
        assertThat(call.talks())
                .containsExactly(talk("1002", "2026-09-01T18:02:21Z", 100), talk("1003", "2026-09-01T18:04:11Z", 200));
        assertThat(call.flags()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void afterAnAttendedTransferEachHasTheirOwnTalk(List<AssembledCall> calls) {
        AssembledCall call = calls.get(5);

        assertThat(call.talks())
                .containsExactly(talk("1002", "2026-09-01T19:02:21Z", 140), talk("1003", "2026-09-01T19:04:41Z", 250));
        assertThat(call.flags()).isEmpty();
        AssembledCall consultation = calls.get(6);
        assertThat(consultation.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(consultation.extension()).isEqualTo("1002");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void voicemailIsNobodysTalk(List<AssembledCall> calls) {
        AssembledCall call = calls.get(7);

        assertThat(call.direction()).isEqualTo(Direction.IN);
        assertThat(call.extension()).isEqualTo("1002");
        assertThat(call.talks()).isEmpty();
        assertThat(call.flags()).containsExactly("voicemail");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aConferenceCountsWhileTheOutsideIsIn(List<AssembledCall> calls) {
        AssembledCall call = calls.get(8);

        assertThat(call.talks()).containsExactly(talk("1001", "2026-09-01T21:03:52Z", 500));
        assertThat(call.code()).isEqualTo("00043");
        assertThat(call.flags()).contains("conference");
    }

    @Test
    void withoutRecordsOfCalledLegsAllTalkStandsWithTheFirstTelephone() {
        String all = new String(Reading.sample("freeswitch-json/both-legs.ndjson"), UTF_8);
        String lines = String.join(
                "\n",
                all.lines()
                        .filter(line ->
                                line.contains("\"channel_data\":{\"state\":\"CS_REPORTING\",\"direction\":\"inbound\""))
                        .toList());
        List<AssembledCall> calls = Reading.calls(JSON, lines.getBytes(UTF_8), Reading.CHICAGO);

        assertThat(calls).hasSize(9);
        assertThat(calls.get(0).talks()).containsExactly(talk("1001", "2026-09-01T14:02:19Z", 741));
        assertThat(calls.get(1).talks()).containsExactly(talk("1002", "2026-09-01T15:02:36Z", 301));
        assertThat(calls.get(3).talks()).containsExactly(talk("1003", "2026-09-01T17:02:20Z", 60));
        for (AssembledCall passedOn : List.of(calls.get(4), calls.get(6))) {
            assertThat(passedOn.talks()).hasSize(1);
            assertThat(passedOn.extension()).isEqualTo("1002");
            assertThat(passedOn.flags()).containsExactly("transferred");
        }
        assertThat(calls.get(4).talkSeconds()).isEqualTo(310);
        assertThat(calls.get(6).talkSeconds()).isEqualTo(390);
    }

    @Test
    void readsARecordAsARealFreeSwitchWroteIt() {
        List<AssembledCall> calls =
                Reading.calls(JSON, Reading.sample("freeswitch-json/a-leg.cdr.json"), Reading.CHICAGO);

        assertThat(calls).hasSize(1);
        AssembledCall call = calls.get(0);
        assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(call.extension()).isEqualTo("1001");
        assertThat(call.party()).isEqualTo("1002");
        assertThat(call.code()).isEqualTo("1001");
        assertThat(call.answeredAt()).isEqualTo("2018-03-14T11:09:27Z");
        assertThat(call.talkSeconds()).isEqualTo(21);
    }

    @Test
    void readsRecordsOfOldReleases() {
        String profile = "{\"profile_index\":\"%s\",\"caller_profile\":{\"caller_id_number\":\"1001\","
                + "\"destination_number\":\"%s\"%s},\"times\":{\"answered_time\":\"0\"}}";
        String called = ",\"originatee\":{\"originatee_caller_profiles\":[{\"destination_number\":\"12145550143\","
                + "\"uuid\":\"u-2\",\"chan_name\":\"sofia/external/12145550143\"}]}";
        String json =
                "{\"core-uuid\":\"x\",\"variables\":{\"direction\":\"inbound\",\"uuid\":\"u-1\",\"bridge_uuid\":\"u-2\","
                        + "\"start_epoch\":\"1788271331\",\"answer_epoch\":\"1788271339\",\"end_epoch\":\"1788272080\","
                        + "\"duration\":\"749\",\"billsec\":\"741\"},\"callflow\":"
                        + String.format(profile, "2", "12145550143", called) + ",\"callflow\":"
                        + String.format(profile, "1", "*72*1042*912145550143", "") + "}";
        List<AssembledCall> calls = Reading.calls(JSON, json.getBytes(UTF_8), Reading.CHICAGO);

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).party()).isEqualTo("+12145550143");
        assertThat(calls.get(0).code()).as("dialled with the number").isEqualTo("1042");
        assertThat(calls.get(0).talks()).containsExactly(talk("1001", "2026-09-01T14:02:19Z", 741));
    }

    @Test
    void twoChannelsThatSomebodyElseJoinedAreOneCall() {
        String one =
                "{\"core-uuid\":\"x\",\"variables\":{\"direction\":\"outbound\",\"uuid\":\"u-1\",\"bridge_uuid\":\"u-2\","
                        + "\"bridge_channel\":\"sofia/external/12145550143\",\"start_epoch\":\"1788271331\","
                        + "\"answer_epoch\":\"1788271335\",\"bridge_epoch\":\"1788271339\",\"bridge_uepoch\":\"1788271339000000\","
                        + "\"end_epoch\":\"1788272080\",\"duration\":\"749\",\"billsec\":\"745\"},\"callflow\":[{\"caller_profile\":"
                        + "{\"caller_id_number\":\"1001\",\"destination_number\":\"1001\"}}]}";
        String other =
                "{\"core-uuid\":\"x\",\"variables\":{\"direction\":\"outbound\",\"uuid\":\"u-2\",\"bridge_uuid\":\"u-1\","
                        + "\"bridge_channel\":\"sofia/internal/1001@192.0.2.10\",\"sip_gateway_name\":\"carrier\","
                        + "\"start_epoch\":\"1788271332\",\"answer_epoch\":\"1788271338\",\"bridge_uepoch\":\"1788271339000000\","
                        + "\"bridge_epoch\":\"1788271339\",\"end_epoch\":\"1788272080\",\"duration\":\"748\",\"billsec\":\"742\"},"
                        + "\"callflow\":[{\"caller_profile\":{\"caller_id_number\":\"2145550100\","
                        + "\"destination_number\":\"12145550143\"}}]}";
        List<AssembledCall> calls = Reading.calls(JSON, (one + other).getBytes(UTF_8), Reading.CHICAGO);

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).party()).isEqualTo("+12145550143");
        assertThat(calls.get(0).direction()).isEqualTo(Direction.OUT);
        assertThat(calls.get(0).talks()).containsExactly(talk("1001", "2026-09-01T14:02:18Z", 742));
    }

    @Test
    void readsFlatObjectsAndEvents() {
        String event =
                "{\"Event-Name\":\"CHANNEL_HANGUP_COMPLETE\",\"Unique-ID\":\"u-1\",\"variable_sip_from_user\":\"1001\","
                        + "\"variable_destination_number\":\"912145550143\",\"variable_accountcode\":\"7\","
                        + "\"variable_start_epoch\":\"1788271331\",\"variable_answer_epoch\":\"1788271339\","
                        + "\"variable_end_epoch\":\"1788272080\",\"variable_duration\":\"749\",\"variable_billsec\":\"741\","
                        + "\"variable_bridge_uuid\":\"u-2\"}";
        List<AssembledCall> calls = Reading.calls(JSON, event.getBytes(UTF_8), Reading.CHICAGO);

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).talks()).containsExactly(talk("1001", "2026-09-01T14:02:19Z", 741));
        assertThat(calls.get(0).code()).isEqualTo("7");
    }

    @Test
    void decodesWhatIsEncodedOnly() {
        assertThat(FreeSwitchChannel.decoded("%2B1%20214%C3%A9")).isEqualTo("+1 214\u00e9");
        assertThat(FreeSwitchChannel.decoded("%(2000,4000) 5%")).isEqualTo("%(2000,4000) 5%");
    }

    private static List<ReadRecord> read(RecordFormat format, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        List<ReadRecord> records = Reading.read(format, bytes, Reading.CHICAGO);
        Reading.assertCovers(records, bytes);
        return records;
    }

    private static List<String> reasons(List<ReadRecord> records) {
        return records.stream()
                .map(ReadRecord::content)
                .map(content -> content instanceof Quarantined wrong
                        ? wrong.reason()
                        : content instanceof Ignored ignored ? ignored.reason() : "part")
                .toList();
    }

    private static String object(String uuid, String more) {
        return "{\"core-uuid\":\"x\",\"variables\":{\"uuid\":\"" + uuid
                + "\",\"start_epoch\":\"1788271331\",\"end_epoch\":\"1788271340\",\"duration\":\"9\"" + more + "}}";
    }

    @Test
    void aBrokenObjectTakesNoOtherWithIt() {
        String good = object("b", "");
        assertThat(reasons(read(JSON, object("a", ",\"q\":\"open") + "\n" + good)))
                .containsExactly("record.cut", "part");
        assertThat(reasons(read(JSON, object("a", "").replace("}}", "}") + good + object("c", ""))))
                .containsExactly("record.cut", "part", "part");
        assertThat(reasons(read(JSON, "[" + good + ",\n" + object("c", "") + "]\n")))
                .containsExactly("part", "part");
        assertThat(reasons(read(JSON, "tail\"}}\n" + good + "\n\n  ")))
                .containsExactly("record.other", "part", "blank");
        assertThat(reasons(read(JSON, object("a", ",\"q\":\"\\x\"")))).containsExactly("json.broken");
        assertThat(reasons(read(JSON, "{}"))).containsExactly("uuid");
        assertThat(reasons(read(JSON, good.replace("1788271331", "12")))).containsExactly("stamp.start");
    }

    @Test
    void aBrokenDocumentTakesNoOtherWithIt() {
        String good = "<cdr core-uuid=\"x\"><variables><uuid>b</uuid><start_epoch>1788271331</start_epoch>"
                + "<end_epoch>1788271340</end_epoch></variables></cdr>\n";
        String declared = "<?xml version=\"1.0\"?>\n" + good;
        assertThat(reasons(read(XML, declared.substring(0, 60) + "\n" + declared)))
                .containsExactly("record.cut", "part");
        assertThat(reasons(read(XML, good.substring(0, 60) + good + declared)))
                .containsExactly("record.cut", "part", "part");
        assertThat(reasons(read(XML, "tail</uuid></cdr>" + declared))).containsExactly("record.other", "part");
        assertThat(reasons(read(XML, "<cdrs>" + good + good + "</cdrs>\n")))
                .containsExactly("wrapper", "part", "part", "wrapper");
        assertThat(reasons(read(XML, good.replace("</uuid>", "</b>")))).containsExactly("xml.broken");
        assertThat(reasons(read(XML, "<?xml version=\"1.0\"?>"))).containsExactly("record.other");
    }

    @Test
    void nothingOutsideOfADocumentIsRead() {
        String end = "<cdr><variables><uuid>&e;</uuid></variables></cdr>";
        assertThat(reasons(read(XML, "<!DOCTYPE cdr [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>" + end)))
                .containsExactly("xml.dtd");
        assertThat(reasons(read(XML, "<?xml version=\"1.0\"?><!DOCTYPE cdr SYSTEM \"http://192.0.2.1/x\">" + end)))
                .containsExactly("xml.dtd");
        assertThat(reasons(read(XML, end))).hasSize(1).doesNotContain("part");
    }

    @Test
    void aRecordOfAnyLengthIsPassedOver() {
        byte[] filler = new byte[2 * DocumentCutter.MAX_RECORD];
        Arrays.fill(filler, (byte) 'x');
        String big = new String(filler, UTF_8);
        String good = object("b", "");
        assertThat(reasons(read(JSON, object("a", ",\"q\":\"" + big + "\"") + "\n" + good)))
                .containsExactly("record.long", "part");
        assertThat(reasons(read(JSON, object("a", ",\"q\":\"" + big) + "\n" + good)))
                .containsExactly("record.long", "part");
        assertThat(reasons(read(XML, "<cdr><a>" + big + "</a></cdr><cdr></cdr>")))
                .containsExactly("record.long", "uuid");
        String blanks = " ".repeat(DocumentCutter.MAX_RECORD + 5);
        assertThat(reasons(read(JSON, blanks + good))).containsExactly("part");
        String long60 = object("c", ",\"switch_r_sdp\":\"" + big.substring(0, 200_000) + "\"");
        assertThat(reasons(read(JSON, long60 + good))).containsExactly("part", "part");
    }

    @Test
    void sendsOtherFilesToOtherSources() {
        assertThat(JSON.refuses("<?xml version=\"1.0\"?><cdr/>".getBytes(UTF_8)))
                .isPresent();
        assertThat(JSON.refuses("a,b,c".getBytes(UTF_8))).isPresent();
        assertThat(XML.refuses(object("a", "").getBytes(UTF_8))).isPresent();
        assertThat(XML.refuses("a,b,c".getBytes(UTF_8))).isPresent();
    }
}
