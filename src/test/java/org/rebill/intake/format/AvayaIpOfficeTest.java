package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Quarantined;

class AvayaIpOfficeTest {
    private static final RecordFormat FORMAT = new AvayaIpOffice();

    private static List<AssembledCall> calls(String text) {
        return Reading.calls(FORMAT, text.getBytes(US_ASCII), Reading.CHICAGO);
    }

    private static Quarantined quarantined(String line) {
        List<ReadRecord> records = Reading.read(FORMAT, line.getBytes(US_ASCII), Reading.CHICAGO);
        assertThat(records).hasSize(1);
        return (Quarantined) records.get(0).content();
    }

    @Test
    void readsTheSample() {
        List<AssembledCall> calls = Reading.calls(FORMAT, Reading.sample("avaya-ip-office/smdr.csv"), Reading.CHICAGO);

        assertThat(calls).hasSize(4);
        AssembledCall out = calls.get(0);
        assertThat(out.direction()).isEqualTo(Direction.OUT);
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.extension()).isEqualTo("201");
        assertThat(out.code()).isEqualTo("1042");
        assertThat(out.talkSeconds()).isEqualTo(741);
        assertThat(out.startedAt()).isEqualTo("2026-09-01T14:02:11Z");
        assertThat(out.answeredAt()).isEqualTo("2026-09-01T14:02:19Z");
        assertThat(out.endedAt()).isEqualTo("2026-09-01T14:14:40Z");
        assertThat(out.flags()).isEmpty();
        AssembledCall missed = calls.get(2);
        assertThat(missed.direction()).isEqualTo(Direction.IN);
        assertThat(missed.talks()).isEmpty();
        AssembledCall internal = calls.get(3);
        assertThat(internal.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(internal.talkSeconds()).isEqualTo(180);
    }

    @Test
    void partsOfATransferredCallFollowEachOther() {
        AssembledCall call = Reading.calls(FORMAT, Reading.sample("avaya-ip-office/smdr.csv"), Reading.CHICAGO)
                .get(1);

        assertThat(call.direction()).isEqualTo(Direction.IN);
        assertThat(call.party()).isEqualTo("+12145550199");
        assertThat(call.talks())
                .containsExactly(
                        new Talk("202", Instant.parse("2026-09-01T15:01:15Z"), 300),
                        new Talk("203", Instant.parse("2026-09-01T15:06:15Z"), 310));
        assertThat(call.endedAt()).isEqualTo("2026-09-01T15:11:25Z");
        assertThat(call.flags()).isEmpty();
    }

    @Test
    void voicemailIsNobodysTalk() {
        List<AssembledCall> calls = calls("2026/09/01 09:30:57,00:00:13,7,12145550199,I,202,202,,0,1000014160,0,"
                + "V9501,VM Channel 1,T9005,LINE 5.1,0,0,,,,,,,,,,,,,\r\n");

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).talks()).isEmpty();
        assertThat(calls.get(0).flags()).containsExactly("voicemail");
    }

    @Test
    void theSameCallIdAfterARestartIsAnotherCall() {
        String first = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042,0,1000035,0,E201,Hale M,"
                + "T9001,Line 1.1,0,0\r\n";
        assertThat(calls(first + first.replace("09/01", "09/03"))).hasSize(2);
        assertThat(calls(first + first)).hasSize(1);
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        String good = "2026/09/01 09:02:11,00:12:21,8,201,O,12145550143,912145550143,1042,0,1000035,0,E201,Hale M,"
                + "T9001,Line 1.1,0,0";
        assertThat(quarantined(good.replace("2026/09/01", "01/09/2026")).detail())
                .contains("Column 1 (Call Start) holds '01/09/2026 09:02:11'");
        assertThat(quarantined(good.replace("00:12:21", "00:12:xx")).reason()).isEqualTo("seconds");
        assertThat(quarantined(good.replace(",O,", ",X,")).reason()).isEqualTo("direction");
        assertThat(quarantined("2026/09/01 09:02:11,00:12:21").reason()).isEqualTo("columns");
    }
}
