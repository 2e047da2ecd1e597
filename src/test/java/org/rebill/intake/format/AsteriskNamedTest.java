package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.call.AssembledCall;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** Manager events and JSON give the calls that Master.csv of the same run gives. */
class AsteriskNamedTest {
    private static final RecordFormat AMI = new AsteriskAmi();
    private static final RecordFormat JSON = new AsteriskJson();
    private static final RecordFormat CSV = new AsteriskCdrCsv();
    private static final String LINE = "{\"accountcode\":\"00042\",\"src\":\"1013\",\"dst\":\"3125550113\",\"channel\":"
            + "\"IAX2/1013-1\",\"dstchannel\":\"IAX2/carrier-9\",\"lastapp\":\"Dial\",\"lastdata\":"
            + "\"IAX2/carrier/3125550113,60\",\"start\":\"2026-09-01 09:02:11\",\"answer\":\"2026-09-01 09:02:19\","
            + "\"end\":\"2026-09-01 09:14:40\",\"duration\":749,\"billsec\":741,\"disposition\":\"ANSWERED\","
            + "\"uniqueid\":\"1.1\",\"dcontext\":\"x\"}\n";

    private static List<AssembledCall> calls(RecordFormat format, String sample) {
        return Reading.calls(format, Reading.sample(sample), Reading.CHICAGO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dst-fall", "midnight"})
    void giveTheSameCallsAsMasterCsv(String run) {
        List<AssembledCall> expected = calls(CSV, "asterisk-lab/" + run + "/Master.csv");

        assertThat(calls(AMI, "asterisk-ami-cdr/" + run + ".txt")).isNotEmpty().isEqualTo(expected);
        assertThat(calls(JSON, "asterisk-cdr-json/" + run + ".json")).isEqualTo(expected);
    }

    @Test
    void giveTheSameLegsAsMasterCsvWhereThatHasIds() {
        List<Leg> expected =
                Reading.legs(Reading.read(CSV, Reading.sample("asterisk-lab/dst-fall/Master.csv"), Reading.CHICAGO));

        assertThat(Reading.legs(Reading.read(AMI, Reading.sample("asterisk-ami-cdr/dst-fall.txt"), Reading.CHICAGO)))
                .isEqualTo(expected);
        assertThat(Reading.legs(Reading.read(JSON, Reading.sample("asterisk-cdr-json/dst-fall.json"), Reading.CHICAGO)))
                .isEqualTo(expected);
    }

    private static List<String> reasons(RecordFormat format, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        List<ReadRecord> records = Reading.read(format, bytes, Reading.CHICAGO);
        Reading.assertCovers(records, bytes);
        return records.stream()
                .map(ReadRecord::content)
                .map(content -> content instanceof Quarantined wrong
                        ? wrong.reason()
                        : content instanceof Ignored ignored ? ignored.reason() : "part")
                .toList();
    }

    @Test
    void leaveOutOtherEventsAndKeepWhatIsBroken() {
        String event = """
                Event: Cdr
                Source: 1013
                Destination: 3125550113
                StartTime: 2026-09-01 09:02:11
                AnswerTime:
                EndTime: 2026-09-01 09:02:19
                Duration: 8
                BillableSeconds: 0
                Disposition: NO ANSWER
                UniqueID: 1.1
                """.replace("\n", "\r\n");
        assertThat(reasons(AMI, event + "\r\n" + event)).containsExactly("part", "part");
        assertThat(reasons(AMI, event + event)).as("without an empty line").containsExactly("part", "part");
        assertThat(reasons(AMI, "Event: Hangup\r\nChannel: x\r\n\r\nResponse: Success\r\n\r\n" + event + "\r\n\r\n"))
                .containsExactly("event", "event", "part", "blank");
        assertThat(reasons(AMI, event.substring(12))).containsExactly("part");
        assertThat(reasons(AMI, event.substring(0, 80))).doesNotContain("part", "event");
        assertThat(reasons(AMI, event.replace("Duration: 8", "Duration: x")).get(0))
                .startsWith("seconds");
    }

    @Test
    void aBrokenLineTakesNoOtherWithIt() {
        assertThat(reasons(JSON, LINE + LINE.replace("}", "") + LINE + LINE.replaceFirst("\"", "") + LINE))
                .containsExactly("part", "record.cut", "part", "record.cut", "part");
        assertThat(reasons(JSON, "{\"src\":\"1\"}")).hasSize(1).doesNotContain("part");
    }

    @Test
    void sendOtherFilesToOtherSources() {
        assertThat(AMI.refuses("1,2,3".getBytes(UTF_8))).isPresent();
        assertThat(JSON.refuses("1,2,3".getBytes(UTF_8))).isPresent();
        assertThat(JSON.recognises(LINE.getBytes(UTF_8))).isTrue();
        assertThat(AMI.recognises(LINE.getBytes(UTF_8))).isFalse();
    }
}
