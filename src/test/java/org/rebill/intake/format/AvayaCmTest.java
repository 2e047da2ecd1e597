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

class AvayaCmTest {
    private static final AvayaCm FORMAT = new AvayaCm();
    private static final FormatOption LAYOUT = FORMAT.options().get(0);

    private static List<AssembledCall> calls(byte[] bytes, Map<String, String> options) {
        return Reading.calls(FORMAT, bytes, Reading.settings("America/Chicago", false, options));
    }

    private static ReadRecord.Content content(String line) {
        List<ReadRecord> records = Reading.read(FORMAT, line.getBytes(US_ASCII), Reading.CHICAGO);
        assertThat(records).hasSize(1);
        return records.get(0).content();
    }

    @Test
    void readsTheRecommendedLayout() {
        List<AssembledCall> calls = calls(Reading.sample("avaya-cm/customized.txt"), Map.of());

        assertThat(calls).hasSize(5);
        AssembledCall out = calls.get(0);
        assertThat(out.direction()).isEqualTo(Direction.OUT);
        assertThat(out.party()).isEqualTo("+12145550143");
        assertThat(out.code()).isEqualTo("1042");
        assertThat(out.endedAt()).isEqualTo("2026-09-01T14:14:00Z");
        assertThat(out.talks()).containsExactly(new Talk("2001", Instant.parse("2026-09-01T14:01:39Z"), 741));
        AssembledCall in = calls.get(1);
        assertThat(in.direction()).isEqualTo(Direction.IN);
        assertThat(in.party()).isEqualTo("+12145550199");
        assertThat(in.extension()).isEqualTo("2002");
        assertThat(in.talkSeconds()).isEqualTo(310);
        AssembledCall inner = calls.get(2);
        assertThat(inner.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(inner.party()).isEqualTo("2003");
        AssembledCall conference = calls.get(3);
        assertThat(conference.code()).isEqualTo("007");
        assertThat(conference.flags()).contains("conference");
        assertThat(calls.get(4).talks()).isEmpty();
    }

    @Test
    void readsAnotherLayoutWithTenthsOfMinutesAndUcid() {
        String layout =
                "time-4 date-6 duration-4 cond-code-1 dialed-num-18 clg-num/in-tac-15 in-trk-code-3 acct-code-15"
                        + " ucid-20 return-1 line-feed-1";
        String text = "1402010926" + "0123" + "9" + "              2002" + "     2145550199" + "712" + "               "
                + "00001000101444312345\r\n"
                + "1403010926" + "0006" + "9" + "              2003" + "     2145550199" + "712" + "           0007"
                + "    00001000101444312345".substring(4) + "\r\n";
        List<AssembledCall> calls = calls(text.getBytes(US_ASCII), Map.of("layout", layout, "date", "day/month"));

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).talks())
                .containsExactly(
                        new Talk("2002", Instant.parse("2026-09-01T18:49:42Z"), 738),
                        new Talk("2003", Instant.parse("2026-09-01T19:02:24Z"), 36));
        assertThat(calls.get(0).code()).isEqualTo("0007");
        assertThat(FORMAT.problem(LAYOUT, layout)).isEmpty();
    }

    @Test
    void refusesALayoutThatCannotTellACall() {
        assertThat(FORMAT.problem(LAYOUT, LAYOUT.standard())).isEmpty();
        assertThat(FORMAT.problem(LAYOUT, "time-4, sec-dur-5, dialed-num-18, calling-num-10"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("Add date-6"));
        assertThat(FORMAT.problem(LAYOUT, "date-6, time-4")).isPresent();
        assertThat(FORMAT.problem(LAYOUT, "date-6, colour-4"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("'colour'"));
        assertThat(FORMAT.problem(LAYOUT, "date-6, ???"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("'???'"));
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        assertThat(content("00:00 09/01")).isInstanceOf(Ignored.class);
        assertThat(((Quarantined) content("139926 0914    741 A")).detail())
                .contains("Columns 1 to 6 (date) hold '139926'");
        assertThat(((Quarantined) content("090126 0914    7x1 A")).reason()).isEqualTo("seconds");
    }
}
