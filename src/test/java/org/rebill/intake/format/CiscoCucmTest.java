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

class CiscoCucmTest {
    private static final RecordFormat FORMAT = new CiscoCucm();
    private static final String SMALL = "cisco-cucm/cdr_StandAloneCluster_01_202609010900_1";
    private static final String FULL = "cisco-cucm/cdr_CLUSTER01_02_202609011000_57";
    private static final String HEADER = "\"cdrRecordType\",\"globalCallID_callManagerId\",\"globalCallID_callId\","
            + "\"origLegCallIdentifier\",\"dateTimeOrigination\",\"callingPartyNumber\",\"destLegIdentifier\","
            + "\"finalCalledPartyNumber\",\"destCause_value\",\"dateTimeConnect\",\"dateTimeDisconnect\",\"pkid\",\"duration\","
            + "\"origDeviceName\",\"destDeviceName\",\"clientMatterCode\",\"globalCallId_ClusterID\"\n"
            + "INTEGER,INTEGER,INTEGER,INTEGER,INTEGER,VARCHAR(50),INTEGER,VARCHAR(50),INTEGER,INTEGER,INTEGER,"
            + "UNIQUEIDENTIFIER,INTEGER,VARCHAR(129),VARCHAR(129),VARCHAR(32),VARCHAR(50)\n";
    private static final String GOOD =
            "1,1,77,101,1788253331,\"5201\",102,\"912145550143\",16,1788253339,1788254080,\"p1\",741,"
                    + "\"SEP001122334455\",\"SIP-TRUNK-1\",\"1042\",\"C\"\n";

    private static List<AssembledCall> calls(String name) {
        return Reading.calls(FORMAT, Reading.sample(name), Reading.CHICAGO);
    }

    private static ReadRecord.Content content(String line) {
        return Reading.read(FORMAT, (HEADER + line).getBytes(UTF_8), Reading.CHICAGO)
                .get(2)
                .content();
    }

    @Test
    void readsTheSample() {
        List<AssembledCall> calls = calls(SMALL);

        assertThat(calls).hasSize(4);
        AssembledCall out = calls.get(0);
        assertThat(out.direction()).isEqualTo(Direction.OUT);
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.extension()).isEqualTo("5201");
        assertThat(out.code()).isEqualTo("1042");
        assertThat(out.talkSeconds()).isEqualTo(741);
        assertThat(out.startedAt()).isEqualTo("2026-09-01T09:02:11Z");
        assertThat(out.answeredAt()).isEqualTo("2026-09-01T09:02:19Z");
        assertThat(out.flags()).isEmpty();
        assertThat(calls.get(1).talks()).isEmpty();
        assertThat(calls.get(2).direction()).isEqualTo(Direction.IN);
        assertThat(calls.get(2).talks()).containsExactly(new Talk("5203", Instant.ofEpochSecond(1788256875), 610));
        assertThat(calls.get(3).party()).isEqualTo("+44207946000");
        assertThat(calls.get(3).code()).isEqualTo("000000007");
    }

    @Test
    void readsEveryColumnOfALaterRelease() {
        List<AssembledCall> calls = calls(FULL);

        assertThat(calls.get(0).party()).isEqualTo("+12145550143");
        assertThat(calls.get(0).code()).isEqualTo("0042");
        assertThat(calls.get(1).direction()).isEqualTo(Direction.OUT);
        assertThat(calls.get(1).code()).isEqualTo("8841");
    }

    @Test
    void aPartyThatWasCalledAndPassedOnTalksWithBoth() {
        AssembledCall call = calls(FULL).get(2);

        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+12145550111");
        assertThat(call.talks()).extracting(Talk::extension).containsExactly("5201", "5202");
        assertThat(call.talks()).extracting(Talk::seconds).containsExactly(120, 360);
        assertThat(call.code()).isEqualTo("0007");
        assertThat(call.flags()).isEmpty();
    }

    @Test
    void askingTheOtherTelephoneFirstIsACallOfItsOwn() {
        List<AssembledCall> calls = calls(FULL);

        AssembledCall incoming = calls.get(4);
        assertThat(incoming.direction()).isEqualTo(Direction.IN);
        assertThat(incoming.party()).isEqualTo("+12145550199");
        assertThat(incoming.talks()).extracting(Talk::extension).containsExactly("5201", "5203");
        assertThat(incoming.talks()).extracting(Talk::seconds).containsExactly(90, 200);
        AssembledCall consultation = calls.get(5);
        assertThat(consultation.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(consultation.talkSeconds()).isEqualTo(12);
    }

    @Test
    void allInAConferenceTalkWithWhoIsOutside() {
        AssembledCall call = calls(FULL).get(6);

        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+12145550155");
        assertThat(call.talks()).extracting(Talk::extension).containsExactly("5201", "5203");
        assertThat(call.talks()).extracting(Talk::seconds).containsExactly(360, 360);
        assertThat(call.flags()).containsExactly("conference", "two-timekeepers");
        AssembledCall setUp = calls(FULL).get(7);
        assertThat(setUp.talkSeconds()).isEqualTo(20);
        assertThat(setUp.code()).isEqualTo("0042");
    }

    @Test
    void huntListsVoicemailAndUnansweredCalls() {
        List<AssembledCall> calls = calls(FULL);

        AssembledCall hunt = calls.get(8);
        assertThat(hunt.direction()).isEqualTo(Direction.IN);
        assertThat(hunt.party()).isEmpty();
        assertThat(hunt.talks()).containsExactly(new Talk("5204", Instant.ofEpochSecond(1788256800 + 5031), 44));
        AssembledCall voicemail = calls.get(9);
        assertThat(voicemail.talks()).isEmpty();
        assertThat(voicemail.flags()).containsExactly("voicemail");
        assertThat(calls.get(10).talks()).isEmpty();
        assertThat(calls.get(10).direction()).isEqualTo(Direction.OUT);
        assertThat(calls.get(11).direction()).isEqualTo(Direction.OUT);
        AssembledCall emergency = calls.get(12);
        assertThat(emergency.emergency()).isTrue();
        assertThat(calls.get(13).talkSeconds()).isZero();
        assertThat(calls).hasSize(14);
    }

    @Test
    void callsToTheVoicemailPilotAreNobodysTalk() {
        String pilot = GOOD.replace("912145550143", "5999").replace("SIP-TRUNK-1", "UNITY");
        SourceSettings source = Reading.settings("America/Chicago", false, Map.of("voicemail", "5998, 5999"));

        AssembledCall call =
                Reading.calls(FORMAT, (HEADER + pilot).getBytes(UTF_8), source).get(0);

        assertThat(call.talks()).isEmpty();
        assertThat(call.flags()).containsExactly("voicemail");
    }

    @Test
    void leavesOutWhatIsNoCall() {
        assertThat(((Ignored) content(GOOD.replaceFirst("1,", "2,"))).reason()).isEqualTo("quality");
        assertThat(((Ignored) content(GOOD.replace("\"5201\"", "\"BIB\""))).reason())
                .isEqualTo("recording");
        List<ReadRecord> records = Reading.read(FORMAT, (HEADER + GOOD + HEADER).getBytes(UTF_8), Reading.CHICAGO);
        assertThat(records).hasSize(5);
        assertThat(records.get(1).content()).isInstanceOf(Ignored.class);
        assertThat(records.get(4).content()).isInstanceOf(Ignored.class);
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        assertThat(((Quarantined) content(GOOD.replace("1788253331", "2026-09-01"))).detail())
                .contains("Column 5 (dateTimeOrigination) holds '2026-09-01'");
        assertThat(((Quarantined) content(GOOD.replace("1788253331", "0").replace("1788253339", "0"))).reason())
                .isEqualTo("stamp.start");
        assertThat(((Quarantined) content(GOOD.replace(",\"C\"", ""))).reason()).isEqualTo("columns");
        assertThat(((Quarantined) content(GOOD.replaceFirst("1,", "9,"))).reason())
                .isEqualTo("record.type");
        assertThat(((Quarantined) content(GOOD.replace(",741,", ",999999,"))).reason())
                .isEqualTo("talk.longer");
        List<ReadRecord> records = Reading.read(FORMAT, GOOD.getBytes(UTF_8), Reading.CHICAGO);
        assertThat(((Quarantined) records.get(0).content()).reason()).isEqualTo("header.missing");
    }

    @Test
    void refusesCallManagementRecords() {
        String cmr =
                "\"cdrRecordType\",\"globalCallID_callManagerId\",\"globalCallID_callId\",\"nodeId\",\"directoryNum\","
                        + "\"callIdentifier\",\"dateTimeStamp\",\"numberPacketsSent\"\n2,1,77,1,\"5201\",101,1788253339,1\n";

        assertThat(FORMAT.refuses(cmr.getBytes(UTF_8))).get().asString().contains("cdr_");
        assertThat(FORMAT.recognises(cmr.getBytes(UTF_8))).isFalse();
    }
}
