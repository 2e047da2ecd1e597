package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

class CarrierAccountBillTest {
    private static final CarrierAccountBill FORMAT = new CarrierAccountBill();
    private static final String CSV = text("account-code-bill.csv");
    private static final String TEXT = text("bill.txt");

    private static String text(String name) {
        return new String(Reading.sample("carrier-account-bill/" + name), UTF_8);
    }

    private static List<ReadRecord> read(String text) {
        return Reading.read(FORMAT, text.getBytes(UTF_8), Reading.CHICAGO);
    }

    private static List<AssembledCall> calls(String text) {
        return Reading.calls(FORMAT, text.getBytes(UTF_8), Reading.CHICAGO);
    }

    private static List<Quarantined> quarantined(String text) {
        return read(text).stream()
                .map(ReadRecord::content)
                .filter(Quarantined.class::isInstance)
                .map(Quarantined.class::cast)
                .toList();
    }

    private static List<String> ignored(String text) {
        return read(text).stream()
                .map(ReadRecord::content)
                .filter(Ignored.class::isInstance)
                .map(content -> ((Ignored) content).reason())
                .toList();
    }

    @Test
    void readsTheSample() {
        List<AssembledCall> calls = calls(CSV);

        assertThat(calls).hasSize(3);
        AssembledCall call = calls.get(0);
        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+12145550143");
        assertThat(call.code()).isEqualTo("1042");
        assertThat(call.talks()).containsExactly(new Talk("2145550100", Instant.parse("2026-09-01T14:02:00Z"), 744));
        assertThat(calls).extracting(AssembledCall::code).containsExactly("1042", "007", "");
        assertThat(calls.get(2).startedAt()).isEqualTo("2026-09-01T20:44:00Z");
        assertThat(ignored(CSV)).containsExactly("heading", "total", "total");
    }

    @Test
    void aTotalThatDiffersIsToldWithBothFigures() {
        assertThat(quarantined(CSV.replace("TOTAL,,,,,12.4,0.62", "TOTAL,,,,,13.4,0.62")))
                .singleElement()
                .satisfies(total -> {
                    assertThat(total.reason()).isEqualTo("total.differs");
                    assertThat(total.detail())
                            .contains("The total of code 1042 says 13.4 minutes, 0.62; its lines add up to 1 call,"
                                    + " 12.4 minutes, 0.62");
                });
        assertThat(quarantined(TEXT.replace("39.5     0.98", "39.5     1.98")))
                .singleElement()
                .satisfies(
                        total -> assertThat(total.detail()).contains("The total of all calls says 39.5 minutes, 1.98"));
    }

    @Test
    void readsCodesInHeadingsAndLinesAlike() {
        List<AssembledCall> calls = calls(TEXT);

        assertThat(calls).hasSize(5);
        assertThat(calls).extracting(AssembledCall::code).containsExactly("1042", "1042", "1042", "007", "007");
        assertThat(calls).extracting(AssembledCall::talkSeconds).containsExactly(744, 60, 60, 306, 1200);
        assertThat(calls.get(3).party()).isEqualTo("+13125550177");
        assertThat(calls.get(4).startedAt()).isEqualTo("2026-09-30T20:44:00Z");
        assertThat(ignored(TEXT).stream().filter("total"::equals)).hasSize(3);
        assertThat(calls(TEXT
                        + TEXT.substring(TEXT.indexOf(" ACCOUNT CODE: 007"), TEXT.indexOf(" TOTAL ACCOUNT CODE 007"))))
                .as("lines alike are calls of their own within one bill")
                .hasSize(7);
    }

    @Test
    void theSameBillAgainIsTheSameCalls() {
        List<UUID> once = Reading.legs(read(TEXT)).stream().map(Leg::id).toList();
        assertThat(Reading.legs(read(TEXT.replace("Page 1", "Page 1 (copy)"))).stream()
                        .map(Leg::id))
                .containsExactlyElementsOf(once);
        assertThat(once).doesNotHaveDuplicates();
    }

    @Test
    void readsOtherNamesSeparatorsAndTimes() {
        String text = """
                Acct Code;Call Date;Connect Time;Originating Number;Number Called;Duration;Charge
                0042;2026-09-01;14:05:30;2145550100;3125550177;12:24;$1.25
                0042;Sep 1 2026;2:05 PM;2145550100;3125550178;3;1,025.00
                """;
        List<AssembledCall> calls = calls(text);
        assertThat(calls).extracting(AssembledCall::talkSeconds).containsExactly(744, 180);
        assertThat(calls.get(0).startedAt()).isEqualTo("2026-09-01T19:05:30Z");
        assertThat(calls.get(1).startedAt()).isEqualTo("2026-09-01T19:05:00Z");
    }

    @Test
    void tellsWhatIsWrongWithALine() {
        assertThat(quarantined(CSV.replace("09/01/2026,09:02A", "31/31/2026,09:02A")))
                .extracting(Quarantined::reason)
                .contains("stamp");
        assertThat(quarantined(CSV.replace("IL,5.1,0.26", "IL,five,0.26")))
                .extracting(Quarantined::reason)
                .contains("minutes", "total.differs");
        assertThat(quarantined(CSV.replace("3125550177", "")))
                .extracting(Quarantined::reason)
                .contains("number");
    }

    @Test
    void codesBehindTheLookedAtPartOfALongBillAreNotGuessed() {
        StringBuilder text = new StringBuilder(" ACCOUNT CODE: 1042\n");
        while (text.length() < FileStart.HEAD_BYTES) {
            text.append(" 09/01  09:02A 214-555-0100  214-555-0143  DALLAS    TX       12.4      .62\n");
        }
        text.append(" 09/01  09:03A 214-555-0100  214-555-0143  DALLAS    TX       12.4      .62\n");
        text.append(" TOTAL ACCOUNT CODE 1042  2.0  1.00\n");
        List<ReadRecord> records = read(text.toString());
        assertThat(((Quarantined) records.get(records.size() - 2).content()).reason())
                .isEqualTo("code.unknown");
        assertThat(((Ignored) records.get(records.size() - 1).content()).reason())
                .isEqualTo("total");
    }
}
