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

class PanasonicKxTest {
    private static final PanasonicKx FORMAT = new PanasonicKx();
    private static final String LINE = "09/01/26 10:03AM   201 01 12145550143                    00:01'05 0098765432";

    private static List<AssembledCall> sample(String name, Map<String, String> options) {
        return Reading.calls(
                FORMAT, Reading.sample("panasonic-kx/" + name), Reading.settings("America/Chicago", false, options));
    }

    private static AssembledCall call(String line, Map<String, String> options) {
        return Reading.calls(FORMAT, line.getBytes(US_ASCII), Reading.settings("America/Chicago", false, options))
                .get(0);
    }

    private static ReadRecord.Content content(String line) {
        List<ReadRecord> records = Reading.read(FORMAT, line.getBytes(US_ASCII), Reading.CHICAGO);
        assertThat(records).hasSize(1);
        return records.get(0).content();
    }

    @Test
    void readsTheSample() {
        List<AssembledCall> calls = sample("smdr.txt", Map.of());

        assertThat(calls).hasSize(5);
        AssembledCall out = calls.get(0);
        assertThat(out.direction()).isEqualTo(Direction.OUT);
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.code()).isEqualTo("1042");
        assertThat(out.endedAt()).isEqualTo("2026-09-01T14:02:00Z");
        assertThat(out.talks()).containsExactly(new Talk("201", Instant.parse("2026-09-01T13:49:39Z"), 741));
        assertThat(out.flags()).containsExactly("answer-not-marked");
        AssembledCall passedOn = calls.get(1);
        assertThat(passedOn.direction()).isEqualTo(Direction.IN);
        assertThat(passedOn.party()).isEqualTo("+12145550199");
        assertThat(passedOn.startedAt()).isEqualTo("2026-09-01T14:55:52Z");
        assertThat(passedOn.talks()).containsExactly(new Talk("202", Instant.parse("2026-09-01T14:56:00Z"), 300));
        assertThat(passedOn.flags()).isEmpty();
        assertThat(calls.get(3).talks()).isEmpty();
        assertThat(calls.get(4).code()).isEqualTo("0000000007");
    }

    @Test
    void aTransferGoesOnInTheNextRecord() {
        List<Leg> legs = Reading.legs(Reading.read(FORMAT, Reading.sample("panasonic-kx/smdr.txt"), Reading.CHICAGO));

        assertThat(legs).extracting(Leg::applicationData).containsExactly("", Leg.GOES_ON, "", "", "");
        assertThat(legs.get(1).fromSide())
                .isEqualTo("line:02")
                .isEqualTo(legs.get(2).fromSide());
    }

    @Test
    void readsPagesOf80Columns() {
        List<AssembledCall> calls = sample("80-columns.txt", Map.of());

        assertThat(calls).hasSize(9);
        assertThat(calls.get(0).code()).isEqualTo("9876543210");
        assertThat(calls.get(1).party()).isEqualTo("+12145550199");
        assertThat(calls.get(2).code()).isEqualTo("007");
        assertThat(calls.get(3).party()).isEmpty();
        assertThat(calls.get(3).startedAt()).isEqualTo("2026-09-01T15:09:45Z");
        assertThat(calls.get(4).party()).isEqualTo("+12145550177");
        AssembledCall verified = calls.get(5);
        assertThat(verified.extension()).isEqualTo("*123");
        assertThat(verified.party()).isEqualTo("+12145550143");
        assertThat(calls.get(6).party()).isEmpty();
        AssembledCall inner = calls.get(7);
        assertThat(inner.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(inner.party()).isEqualTo("203");
        assertThat(inner.code()).isEqualTo("98765");
        assertThat(calls.get(8).endedAt()).isEqualTo("2026-09-01T05:50:00Z");
    }

    @Test
    void readsChargesApartFromCodes() {
        List<AssembledCall> narrow = sample(
                "80-columns-charges.txt",
                Map.of("date", "day/month/year", "answer", "where the duration begins (ISDN, SIP)"));
        assertThat(narrow.get(0).code()).isEqualTo("9876543210");
        assertThat(narrow.get(0).endedAt()).isEqualTo("2026-09-01T15:03:00Z");
        assertThat(narrow.get(0).flags()).isEmpty();
        assertThat(narrow.get(1).endedAt()).isEqualTo("2027-01-01T05:59:00Z");

        List<AssembledCall> wide = sample("120-columns.txt", Map.of("date", "year/month/day"));
        assertThat(wide).extracting(AssembledCall::code).containsExactly("1042", "", "", "0000000007");
        assertThat(wide)
                .extracting(AssembledCall::party)
                .containsExactly("+12145550143", "+12145550199", "+12145550177", "+12145550185");
        assertThat(wide.get(2).talks()).isEmpty();
        assertThat(wide.get(3).endedAt()).isEqualTo("2026-09-01T15:19:00Z");
    }

    @Test
    void settingsTellWhatTheRecordsDoNot() {
        assertThat(call(LINE, Map.of("time", "start of the call")).startedAt()).isEqualTo("2026-09-01T15:03:00Z");
        assertThat(call(LINE, Map.of("date", "day/month/year")).endedAt()).isEqualTo("2026-01-09T16:03:00Z");
        assertThat(call(LINE.replace("09/01/26", "26/01/09"), Map.of("date", "year/day/month"))
                        .endedAt())
                .isEqualTo("2026-09-01T15:03:00Z");
    }

    @Test
    void whatIsNoCallIsLeftOutForItsReason() {
        assertThat(content("  Date     Time    Ext  CO  Dial Number"))
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.reason()).isEqualTo("page.heading"));
        assertThat(content("09/01/26 03:35PM   204    LOG OUT"))
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.reason()).isEqualTo("event"));
        assertThat(content("09/01/26 11:02AM   202 01 <I>2145550177                  00:00'00            VR"))
                .isInstanceOfSatisfying(
                        Ignored.class, ignored -> assertThat(ignored.reason()).isEqualTo("call.step"));
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        assertThat(((Quarantined) content(LINE.replace("09/01/26", "13/01/26"))).detail())
                .contains("'13/01/26 10:03AM' is no date and time with the order month/day/year");
        assertThat(((Quarantined) content(LINE.substring(0, 50))).reason()).isEqualTo("duration");
        assertThat(((Quarantined) content(LINE.replace("01'05", "01'75"))).reason())
                .isEqualTo("seconds");
        assertThat(((Quarantined) content("x" + LINE)).reason()).isEqualTo("record.unknown");
    }
}
