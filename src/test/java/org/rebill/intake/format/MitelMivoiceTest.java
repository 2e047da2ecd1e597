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
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

class MitelMivoiceTest {
    private static final MitelMivoice FORMAT = new MitelMivoice();

    private static List<AssembledCall> sample(String name) {
        return Reading.calls(FORMAT, Reading.sample("mitel-mivoice/" + name), Reading.CHICAGO);
    }

    private static List<AssembledCall> calls(String text, Map<String, String> options) {
        return Reading.calls(FORMAT, text.getBytes(US_ASCII), Reading.settings("America/Chicago", false, options));
    }

    private static ReadRecord.Content content(String line) {
        List<ReadRecord> records = Reading.read(FORMAT, line.getBytes(US_ASCII), Reading.CHICAGO);
        assertThat(records).hasSize(1);
        return records.get(0).content();
    }

    @Test
    void readsTheSample() {
        List<AssembledCall> calls = sample("smdr.txt");

        assertThat(calls).hasSize(3);
        AssembledCall out = calls.get(0);
        assertThat(out.direction()).isEqualTo(Direction.OUT);
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.code()).isEqualTo("1042");
        assertThat(out.talks()).containsExactly(new Talk("201", Instant.parse("2026-09-01T14:02:08Z"), 741));
        AssembledCall passedOn = calls.get(1);
        assertThat(passedOn.direction()).isEqualTo(Direction.IN);
        assertThat(passedOn.talks()).containsExactly(new Talk("202", Instant.parse("2026-09-01T15:01:08Z"), 300));
        assertThat(passedOn.flags()).containsExactly("transferred");
        AssembledCall missed = calls.get(2);
        assertThat(missed.direction()).isEqualTo(Direction.IN);
        assertThat(missed.extension()).isEqualTo("202");
        assertThat(missed.talks()).isEmpty();
    }

    @Test
    void readsRecordsWithSecondsAndCallIdentifiers() {
        List<AssembledCall> calls = sample("level2.txt");

        assertThat(calls).hasSize(7);
        AssembledCall out = calls.get(0);
        assertThat(out.startedAt()).isEqualTo("2026-09-01T14:02:11Z");
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.code()).isEqualTo("007");
        assertThat(out.talkSeconds()).isEqualTo(741);
        assertThat(out.flags()).isEmpty();
        AssembledCall in = calls.get(1);
        assertThat(in.party()).isEqualTo("+12145550199");
        assertThat(in.talks()).containsExactly(new Talk("2000", Instant.parse("2026-09-01T15:01:15Z"), 310));
        assertThat(in.flags()).containsExactly("transferred");
        assertThat(calls.get(2).talks()).isEmpty();
        AssembledCall inner = calls.get(3);
        assertThat(inner.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(inner.party()).isEqualTo("2025");
        assertThat(inner.talkSeconds()).isEqualTo(998);
        assertThat(calls.get(5).talks()).isEmpty();
        AssembledCall withoutDuration = calls.get(6);
        assertThat(withoutDuration.direction()).isEqualTo(Direction.OUT);
        assertThat(withoutDuration.talks()).isEmpty();
    }

    @Test
    void recordsOfAssociatedCallsAreOneCall() {
        AssembledCall forwarded = sample("level2.txt").get(4);

        assertThat(forwarded.direction()).isEqualTo(Direction.IN);
        assertThat(forwarded.party()).isEqualTo("+12145550185");
        assertThat(forwarded.talks()).hasSize(1);
        assertThat(forwarded.talks().get(0).extension()).isEqualTo("2016");
    }

    @Test
    void readsStandardColumnsAndTheClockOfTwelveHours() {
        List<AssembledCall> calls = sample("standard-12-hours.txt");

        assertThat(calls).hasSize(4);
        AssembledCall eve = calls.get(0);
        assertThat(eve.startedAt()).isEqualTo("2026-01-01T05:58:00Z");
        assertThat(eve.code()).isEqualTo("1042");
        assertThat(eve.flags()).containsExactly("answer-not-marked");
        AssembledCall attendant = calls.get(1);
        assertThat(attendant.startedAt()).isEqualTo("2026-01-01T06:04:00Z");
        assertThat(attendant.talks()).containsExactly(new Talk("ATT1", Instant.parse("2026-01-01T06:04:08Z"), 62));
        assertThat(calls.get(2).talks()).isEmpty();
        AssembledCall conference = calls.get(3);
        assertThat(conference.code()).isEqualTo("004711223344");
        assertThat(conference.party()).isEqualTo("+18005550100");
        assertThat(conference.talkSeconds()).isEqualTo(2710);
        assertThat(conference.flags()).containsExactly("conference");
    }

    @Test
    void readsExtendedDigitLength() {
        List<AssembledCall> calls = sample("extended.txt");

        assertThat(calls.get(0).code()).isEqualTo("1042");
        assertThat(calls.get(0).talks()).hasSize(1);
        assertThat(calls.get(1).party()).isEqualTo("+12145550199");
        assertThat(calls.get(1).code()).isEmpty();
        assertThat(calls.get(1).flags()).containsExactly("transferred");
        assertThat(calls.get(2).party()).isEqualTo("+12145550177");
        assertThat(calls.get(2).talks()).isEmpty();
    }

    @Test
    void theYearIsTheOneNearestBeforeTheFileCameIn() {
        String line = " %s 09:02  0000:12:21 201         12145550143               A T1     \n";
        String records = String.format(line, "12/30") + String.format(line, "11/30") + String.format(line, "02/29");

        assertThat(calls(records, Map.of()))
                .extracting(AssembledCall::startedAt)
                .containsExactly(
                        Instant.parse("2025-12-30T15:02:00Z"),
                        Instant.parse("2026-11-30T15:02:00Z"),
                        Instant.parse("2024-02-29T15:02:00Z"));
        assertThat(calls(records, Map.of("newest", "2025-02-03")))
                .extracting(AssembledCall::startedAt)
                .containsExactly(
                        Instant.parse("2024-12-30T15:02:00Z"),
                        Instant.parse("2024-11-30T15:02:00Z"),
                        Instant.parse("2024-02-29T15:02:00Z"));
        assertThat(FORMAT.problem(YearFinder.NEWEST, "3.2.2025")).isPresent();
        assertThat(FORMAT.problem(YearFinder.NEWEST, "2025-02-03")).isEmpty();
    }

    @Test
    void noonIsNoonByAClockOf24Hours() {
        String line = " 09/01 12:02  0000:12:21 201         12145550143               A T1     \n";
        assertThat(calls(line, Map.of()).get(0).startedAt()).isEqualTo("2026-09-01T17:02:00Z");
        assertThat(calls(line, Map.of("clock", "12 hours")).get(0).startedAt()).isEqualTo("2026-09-01T05:02:00Z");
    }

    @Test
    void aLineThatLostTheBlankInFrontIsTheSameRecord() {
        String line = " 09/01 12:02  0000:12:21 201         12145550143               A T1     \n";
        assertThat(calls(line + line.strip() + "\n", Map.of())).hasSize(1);
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        String good = " 09/01 09:02  0000:12:21 201     0008 12145550143               A T1     ";
        assertThat(content("09 01 garbage")).isInstanceOf(Quarantined.class);
        assertThat(((Quarantined) content(good.replace("09/01", "02/30"))).detail())
                .contains("Columns 2 to 13 (date and time) hold '02/30 09:02'");
        assertThat(((Quarantined) content(good.replace("12:21", "72:21"))).reason())
                .isEqualTo("seconds");
        assertThat(((Quarantined) content(good.replace("0008", "00x8"))).detail())
                .contains("(time to answer) hold '00x8'");
        assertThat(content("127   08/03 10:28  RS CLEAN                     ")).isInstanceOf(Ignored.class);
    }
}
