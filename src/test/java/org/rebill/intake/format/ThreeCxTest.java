package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Quarantined;

class ThreeCxTest {
    private static final ThreeCx FORMAT = new ThreeCx();
    private static final String COLUMNS =
            "time-start, duration, from-no, to-no, time-answered, time-end, reason-terminated, bill-code";

    private static Quarantined quarantined(String line, Map<String, String> options) {
        List<ReadRecord> records =
                Reading.read(FORMAT, line.getBytes(US_ASCII), Reading.settings("America/Chicago", false, options));
        assertThat(records).hasSize(1);
        return (Quarantined) records.get(0).content();
    }

    @Test
    void readsTheSample() {
        List<AssembledCall> calls = Reading.calls(FORMAT, Reading.sample("three-cx/cdr.csv"), Reading.CHICAGO);

        assertThat(calls).hasSize(2);
        AssembledCall out = calls.get(0);
        assertThat(out.direction()).isEqualTo(Direction.OUT);
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.code()).isEqualTo("1042");
        assertThat(out.startedAt()).isEqualTo("2026-09-01T14:02:11Z");
        assertThat(out.talks()).containsExactly(new Talk("201", Instant.parse("2026-09-01T14:02:19Z"), 741));
        assertThat(out.flags()).isEmpty();
        AssembledCall missed = calls.get(1);
        assertThat(missed.direction()).isEqualTo(Direction.IN);
        assertThat(missed.party()).isEqualTo("+12145550199");
        assertThat(missed.extension()).isEqualTo("202");
        assertThat(missed.talks()).isEmpty();
    }

    @Test
    void findsWhoTalkedBehindQueuesTransfersAndVoicemail() {
        List<AssembledCall> calls = Reading.calls(FORMAT, Reading.sample("three-cx/27-columns.csv"), Reading.CHICAGO);

        assertThat(calls).hasSize(5);
        assertThat(calls.get(0).code())
                .as("the word default is a tariff's name")
                .isEmpty();
        assertThat(calls.get(0).talkSeconds()).isEqualTo(25);
        assertThat(calls.get(1).direction()).isEqualTo(Direction.IN);
        assertThat(calls.get(1).talks()).containsExactly(new Talk("1017", Instant.parse("2024-06-17T06:10:12Z"), 310));
        assertThat(calls.get(1).flags()).isEmpty();
        assertThat(calls.get(2).talks()).containsExactly(new Talk("1016", Instant.parse("2024-06-17T07:00:05Z"), 600));
        assertThat(calls.get(2).flags()).containsExactly("transferred");
        assertThat(calls.get(3).talks()).isEmpty();
        assertThat(calls.get(3).flags()).containsExactly("voicemail");
        assertThat(calls.get(4).code()).isEqualTo("007");
        assertThat(calls.get(4).party()).isEqualTo("+12145550143");
    }

    @Test
    void theAdministratorsOrderIsASetting() {
        Map<String, String> options = Map.of("columns", COLUMNS, "times", "local time");
        List<AssembledCall> calls = Reading.calls(
                FORMAT, Reading.sample("three-cx/own-order.csv"), Reading.settings("America/Chicago", false, options));

        assertThat(calls.get(0).startedAt()).isEqualTo("2026-09-01T14:02:11Z");
        assertThat(calls.get(0).code()).isEqualTo("1042");
        assertThat(calls.get(0).talkSeconds()).isEqualTo(741);
        assertThat(calls.get(1).talks()).isEmpty();
        FormatOption columns = FORMAT.options().get(0);
        assertThat(FORMAT.problem(columns, COLUMNS)).isEmpty();
        assertThat(FORMAT.problem(columns, columns.standard())).isEmpty();
        assertThat(FORMAT.problem(columns, COLUMNS + ", colour"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("'colour'"));
        assertThat(FORMAT.problem(columns, "time-start, from-no, to-no")).isPresent();
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        String good = "Call 7421,00000196C2A1B3D0_33,00:12:21,2026/09/01 14:02:11,2026/09/01 14:02:19,"
                + "2026/09/01 14:14:40,TerminatedByDst,Ext.201,12145550143,201,10000,912145550143";
        assertThat(quarantined(good.replace("2026/09/01 14:02:11", "yesterday"), Map.of())
                        .detail())
                .contains("Column 4 (time-start) holds 'yesterday'");
        assertThat(quarantined("Call 7421,00000196C2A1B3D0_33", Map.of()).reason())
                .isEqualTo("columns");
        assertThat(quarantined(good.replace("00:12:21", "12 minutes"), Map.of()).reason())
                .isEqualTo("seconds");
        assertThat(quarantined(good, Map.of("columns", COLUMNS)).reason()).isEqualTo("stamp");
    }
}
