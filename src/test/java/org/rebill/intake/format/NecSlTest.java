package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

class NecSlTest {
    private static final NecSl FORMAT = new NecSl();
    private static final String LINE = "POT  09:02 09/01 002  00:12:21 2001       12145550143          08754";

    private static ReadRecord.Content content(String line) {
        List<ReadRecord> records = Reading.read(FORMAT, line.getBytes(US_ASCII), Reading.CHICAGO);
        assertThat(records).hasSize(1);
        return records.get(0).content();
    }

    @Test
    void readsTheSample() {
        byte[] sample = Reading.sample("nec-sl/with-dates.txt");
        List<AssembledCall> calls = Reading.calls(FORMAT, sample, Reading.CHICAGO);

        assertThat(calls).hasSize(6);
        AssembledCall out = calls.get(0);
        assertThat(out.direction()).isEqualTo(Direction.OUT);
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.code()).isEqualTo("08754");
        assertThat(out.talks()).containsExactly(new Talk("2001", Instant.parse("2026-09-01T14:02:00Z"), 741));
        assertThat(out.flags()).containsExactly("answer-not-marked");
        AssembledCall in = calls.get(1);
        assertThat(in.direction()).isEqualTo(Direction.IN);
        assertThat(in.talks()).containsExactly(new Talk("2002", Instant.parse("2026-09-01T15:01:00Z"), 300));
        assertThat(calls.get(3).talks()).isEmpty();
        assertThat(calls.get(4).code()).as("the caller's name").isEmpty();
        assertThat(calls.get(5).code()).isEqualTo("0000000007");
        assertThat(calls.get(5).startedAt()).isEqualTo("2026-01-01T05:59:00Z");
        assertThat(Reading.legs(Reading.read(FORMAT, sample, Reading.CHICAGO)))
                .extracting(Leg::applicationData)
                .containsExactly("", "", Leg.CAME_ON, "", "", "");
    }

    @Test
    void theOrderOfTheDateIsASetting() {
        assertThat(Reading.calls(
                                FORMAT,
                                LINE.getBytes(US_ASCII),
                                Reading.settings("America/Chicago", false, Map.of("date", "day/month")))
                        .get(0)
                        .startedAt())
                .isEqualTo("2026-01-09T15:02:00Z");
    }

    @Test
    void whatIsNoCallIsLeftOutForItsReason() {
        assertThat(content("CLASS TIME DATE  LINE DURATION")).isInstanceOf(Ignored.class);
        assertThat(content("BRD  09:02 09/01 002"))
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.reason()).isEqualTo("event"));
        assertThat(content("ICM  11:20            00:01:20 2001       2002"))
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.reason()).isEqualTo("inner"));
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        assertThat(((Quarantined) content(LINE.replace("09/01", "     "))).detail())
                .contains("PRG 35-02-14");
        assertThat(((Quarantined) content(LINE.replace("09/01", "19/01"))).reason())
                .isEqualTo("stamp");
        assertThat(((Quarantined) content(LINE.replace("00:12:21", "00:12:xx"))).reason())
                .isEqualTo("seconds");
        assertThat(((Quarantined) content("XYZ" + LINE.substring(3))).reason()).isEqualTo("record.unknown");
    }
}
