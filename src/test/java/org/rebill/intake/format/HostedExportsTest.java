package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Talk;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** Hosted phone systems and those with a web page, which export tables with named columns. */
class HostedExportsTest {
    private static List<AssembledCall> calls(RecordFormat format, String sample) {
        return Reading.calls(format, Reading.sample(sample), Reading.CHICAGO);
    }

    private static List<ReadRecord> read(RecordFormat format, String text) {
        return Reading.read(format, text.getBytes(UTF_8), Reading.CHICAGO);
    }

    private static String text(String sample) {
        return new String(Reading.sample(sample), UTF_8);
    }

    /** Of a sample in which one thing was replaced: why its first record can't be read. */
    private static Quarantined wrong(RecordFormat format, String sample, String from, String to) {
        String text = text(sample);
        assertThat(text).contains(from);
        return read(format, text.replace(from, to)).stream()
                .map(ReadRecord::content)
                .filter(Quarantined.class::isInstance)
                .map(Quarantined.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> ignored(RecordFormat format, String sample) {
        return Reading.read(format, Reading.sample(sample), Reading.CHICAGO).stream()
                .map(ReadRecord::content)
                .filter(Ignored.class::isInstance)
                .map(content -> ((Ignored) content).reason())
                .toList();
    }

    static List<Object[]> firstCalls() {
        return List.of(
                new Object[] {new WebexCalling(), "webex-calling/history.csv", "+12145550101", "0042"},
                new Object[] {
                    new BroadWorks(),
                    "broadworks/BW-CDR-20260901200000-2-00A1B2C3D4E5-000001.csv",
                    "+12145550101",
                    "0042"
                },
                new Object[] {new BroadWorks(), "broadworks/named.csv", "+12145550101", "000123"},
                new Object[] {new MsTeamsPstn(), "ms-teams-pstn/PSTN.calls.2026-09-01.csv", "ann@firm.example", ""},
                new Object[] {
                    new MsTeamsPstn(), "ms-teams-pstn/DirectRouting.calls.2026-09-01.csv", "ann@firm.example", ""
                },
                new Object[] {new ZoomPhone(), "zoom-phone/call-log.csv", "101", "0042"},
                new Object[] {new ZoomPhone(), "zoom-phone/call-history-rows.csv", "101", "000123"},
                new Object[] {new TwilioCalls(), "twilio/calls.csv", "ann", ""},
                new Object[] {new Yeastar(), "yeastar/p-series.csv", "1001", "0042"},
                new Object[] {new Yeastar(), "yeastar/s-series.csv", "1001", "000123"},
                new Object[] {new GrandstreamUcm(), "grandstream-ucm/realtime.csv", "1001", "0042"},
                new Object[] {new GrandstreamUcm(), "grandstream-ucm/download.csv", "1001", "0042"},
                new Object[] {new GrandstreamUcm(), "grandstream-ucm/acctid.csv", "1001", "0042"});
    }

    @ParameterizedTest
    @MethodSource("firstCalls")
    void readsAnOutgoingCall(RecordFormat format, String sample, String extension, String code) {
        AssembledCall call = calls(format, sample).get(0);

        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+12145550143");
        assertThat(call.extension()).isEqualTo(extension);
        assertThat(call.code()).isEqualTo(code);
        assertThat(call.talkSeconds()).isEqualTo(741);
        assertThat(call.startedAt()).isEqualTo("2026-09-01T14:02:11Z");
        assertThat(call.answeredAt()).isEqualTo("2026-09-01T14:02:19Z");
        assertThat(call.endedAt()).isEqualTo("2026-09-01T14:14:40Z");
        assertThat(call.flags()).isEmpty();
    }

    /** Samples of those that are read by their names only. */
    static List<Object[]> named() {
        return firstCalls().stream()
                .filter(call -> !(call[0] instanceof GrandstreamUcm || call[0] instanceof BroadWorks))
                .map(call -> new Object[] {call[0], call[1]})
                .toList();
    }

    @ParameterizedTest
    @MethodSource("named")
    void aFileWithoutItsNamesIsNotRead(RecordFormat format, String sample) {
        String text = text(sample);
        List<ReadRecord> records = read(format, text.substring(text.indexOf('\n') + 1));

        assertThat(records.get(0).content()).isInstanceOf(Quarantined.class);
    }

    @Nested
    class Webex {
        private final RecordFormat format = new WebexCalling();

        @Test
        void menuAndTransferAreNobodysTalk() {
            AssembledCall call = calls(format, "webex-calling/history.csv").get(1);

            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(call.party()).isEqualTo("+12145550199");
            assertThat(call.talks()).extracting(Talk::extension).containsExactly("+12145550102", "+12145550103");
            assertThat(call.talks()).extracting(Talk::seconds).containsExactly(299, 270);
        }

        @Test
        void bothViewsOfAnInnerCallAreOne() {
            AssembledCall call = calls(format, "webex-calling/history.csv").get(2);

            assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
            assertThat(call.talkSeconds()).isEqualTo(60);
        }

        @Test
        void voicemailAndUnanswered() {
            List<AssembledCall> calls = calls(format, "webex-calling/history.csv");

            assertThat(calls.get(3).talks()).isEmpty();
            assertThat(calls.get(3).flags()).containsExactly("voicemail");
            assertThat(calls.get(4).talks()).isEmpty();
            assertThat(calls).hasSize(5);
        }

        @Test
        void readsAnOlderReport() {
            AssembledCall call = calls(format, "webex-calling/older.csv").get(0);

            assertThat(call.code()).isEqualTo("007");
            assertThat(call.startedAt()).isEqualTo("2022-03-01T14:02:11Z");
            assertThat(call.talkSeconds()).isEqualTo(741);
        }

        @Test
        void tellsWhatIsWrong() {
            String sample = "webex-calling/history.csv";
            assertThat(wrong(format, sample, "ORIGINATING", "SIDEWAYS").reason())
                    .isEqualTo("direction");
            assertThat(wrong(format, sample, "2026-09-01T14:02:11.545Z", "yesterday")
                            .detail())
                    .contains("Column 1 (Start time) holds 'yesterday'");
        }
    }

    @Nested
    class BroadWorksFiles {
        private final RecordFormat format = new BroadWorks();
        private final String sample = "broadworks/BW-CDR-20260901200000-2-00A1B2C3D4E5-000001.csv";

        @Test
        void leavesOutWhatFramesTheFileAndWhatGoesOn() {
            assertThat(ignored(format, sample)).containsExactly("header", "header", "interim", "footer");
        }

        @Test
        void readsIncomingWithheldInnerAndForwardedCalls() {
            List<AssembledCall> calls = calls(format, sample);

            assertThat(calls.get(1).direction()).isEqualTo(Direction.IN);
            assertThat(calls.get(1).talkSeconds()).isEqualTo(300);
            assertThat(calls.get(2).party()).isEmpty();
            assertThat(calls.get(2).talks()).isEmpty();
            assertThat(calls.get(3).direction()).isEqualTo(Direction.INTERNAL);
            assertThat(calls.get(3).talkSeconds()).isEqualTo(60);
            assertThat(calls.get(4).flags()).containsExactly("phone-unknown");
            assertThat(calls.get(5).code()).isEqualTo("8841");
            assertThat(calls).hasSize(6);
        }

        @Test
        void tellsWhatIsWrong() {
            assertThat(wrong(format, sample, "20260901140211.564", "20261301140211.564")
                            .reason())
                    .isEqualTo("stamp.start");
            assertThat(wrong(format, sample, "Originating", "Upwards").reason()).isEqualTo("direction");
        }
    }

    @Nested
    class Teams {
        private final RecordFormat format = new MsTeamsPstn();

        @Test
        void botsAndConferencesAreNobodysTalk() {
            List<AssembledCall> calls = calls(format, "ms-teams-pstn/PSTN.calls.2026-09-01.csv");

            assertThat(calls.get(1).direction()).isEqualTo(Direction.IN);
            assertThat(calls.get(1).extension()).isEqualTo("lee@firm.example");
            assertThat(calls.get(1).answeredAt()).isEqualTo("2026-09-01T15:00:08Z");
            assertThat(calls.get(2).flags()).containsExactly("answered-by-system");
            assertThat(calls.get(3).flags()).containsExactly("answered-by-system");
            assertThat(calls.get(4).flags()).containsExactly("phone-unknown");
            assertThat(calls.get(5).talks()).isEmpty();
        }

        @Test
        void aTransferToANumberBelongsToItsCall() {
            List<AssembledCall> calls = calls(format, "ms-teams-pstn/DirectRouting.calls.2026-09-01.csv");

            assertThat(calls).hasSize(3);
            assertThat(calls.get(1).talks()).extracting(Talk::seconds).containsExactly(300);
            assertThat(calls.get(1).flags()).containsExactly("transferred");
            assertThat(calls.get(2).talks()).isEmpty();
        }

        @Test
        void tellsWhatIsWrong() {
            assertThat(wrong(format, "ms-teams-pstn/PSTN.calls.2026-09-01.csv", "user_out,", "user_sideways,")
                            .reason())
                    .isEqualTo("direction");
        }
    }

    @Nested
    class Zoom {
        private final RecordFormat format = new ZoomPhone();

        @Test
        void readsMenuVoicemailInnerAndUnansweredCalls() {
            List<AssembledCall> calls = calls(format, "zoom-phone/call-log.csv");

            assertThat(calls.get(1).direction()).isEqualTo(Direction.IN);
            assertThat(calls.get(1).talks()).extracting(Talk::extension).containsExactly("102");
            assertThat(calls.get(1).talkSeconds()).isEqualTo(300);
            assertThat(calls.get(2).flags()).containsExactly("voicemail");
            assertThat(calls.get(3).direction()).isEqualTo(Direction.INTERNAL);
            assertThat(calls.get(4).talks()).isEmpty();
        }

        @Test
        void tellsWhatIsWrong() {
            assertThat(wrong(format, "zoom-phone/call-log.csv", ",outbound,", ",sideways,")
                            .reason())
                    .isEqualTo("direction");
            assertThat(wrong(format, "zoom-phone/call-log.csv", ",741,", ",long,")
                            .reason())
                    .isEqualTo("seconds");
        }
    }

    @Nested
    class RingCentralLog {
        private final RecordFormat format = new RingCentral();

        @Test
        void readsACallWhoseAnswerIsNotMarked() {
            List<AssembledCall> calls = calls(format, "ringcentral/call-log.csv");

            AssembledCall out = calls.get(0);
            assertThat(out.direction()).isEqualTo(Direction.OUT);
            assertThat(out.party()).isEqualTo("+12145550143");
            assertThat(out.extension()).isEqualTo("101");
            assertThat(out.talkSeconds()).isEqualTo(741);
            assertThat(out.startedAt()).isEqualTo("2026-09-01T14:02:00Z");
            assertThat(out.flags()).containsExactly("answer-not-marked");
            assertThat(calls.get(2).startedAt()).isEqualTo("2026-09-02T04:00:00Z");
            assertThat(calls.get(2).talks()).isEmpty();
            assertThat(calls.get(3).flags()).containsExactly("voicemail");
            assertThat(ignored(format, "ringcentral/call-log.csv")).containsExactly("header", "fax");
        }

        @Test
        void readsTheDayFirstWhereTheExportWritesItSo() {
            SourceSettings source = Reading.settings("America/Chicago", false, Map.of("dates", "day-month"));
            String text = text("ringcentral/simple.csv");

            assertThat(Reading.calls(format, text.getBytes(UTF_8), source)
                            .get(0)
                            .startedAt())
                    .isEqualTo("2026-01-09T15:02:00Z");
            assertThat(Reading.calls(format, text.replace("09/01", "23/01").getBytes(UTF_8), Reading.CHICAGO)
                            .get(0)
                            .startedAt())
                    .isEqualTo("2026-01-23T15:02:00Z");
        }

        @Test
        void tellsWhatIsWrong() {
            assertThat(wrong(format, "ringcentral/simple.csv", "9:02 AM", "morning")
                            .reason())
                    .isEqualTo("stamp.start");
            assertThat(wrong(format, "ringcentral/simple.csv", "\"Outbound\"", "\"Voice\"")
                            .reason())
                    .isEqualTo("direction");
        }
    }

    @Nested
    class Twilio {
        private final RecordFormat format = new TwilioCalls();

        @Test
        void theLegsOfACallMeetInTwilio() {
            AssembledCall call = calls(format, "twilio/calls.csv").get(1);

            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(call.party()).isEqualTo("+12145550199");
            assertThat(call.talks()).extracting(Talk::extension).containsExactly("202");
            assertThat(call.talks()).extracting(Talk::seconds).containsExactly(300);
            assertThat(call.flags()).isEmpty();
        }

        @Test
        void readsTrunksAndWhatAnApplicationTook() {
            List<AssembledCall> calls = calls(format, "twilio/calls.csv");

            assertThat(calls.get(2).direction()).isEqualTo(Direction.OUT);
            assertThat(calls.get(2).talkSeconds()).isEqualTo(60);
            assertThat(calls.get(3).flags()).containsExactly("answered-by-system");
            List<AssembledCall> console = calls(format, "twilio/console.csv");
            assertThat(console).extracting(AssembledCall::direction).containsExactly(Direction.OUT, Direction.IN);
            assertThat(console)
                    .extracting(AssembledCall::startedAt)
                    .containsOnly(calls.get(0).startedAt());
        }

        @Test
        void tellsWhatIsWrong() {
            assertThat(wrong(format, "twilio/calls.csv", "outbound-dial", "sideways")
                            .reason())
                    .isEqualTo("direction");
        }
    }

    @Nested
    class YeastarReport {
        private final RecordFormat format = new Yeastar();

        @Test
        void readsMenuVoicemailInnerAndUnansweredCalls() {
            List<AssembledCall> calls = calls(format, "yeastar/p-series.csv");

            assertThat(calls.get(1).direction()).isEqualTo(Direction.IN);
            assertThat(calls.get(1).talks()).extracting(Talk::extension).containsExactly("1002");
            assertThat(calls.get(1).talkSeconds()).isEqualTo(300);
            assertThat(calls.get(2).flags()).containsExactly("voicemail");
            assertThat(calls.get(3).direction()).isEqualTo(Direction.INTERNAL);
            assertThat(calls.get(4).talks()).isEmpty();
        }

        @Test
        void tellsWhatIsWrong() {
            assertThat(wrong(format, "yeastar/p-series.csv", "09/01/2026 09:02:11", "soon")
                            .reason())
                    .isEqualTo("stamp.start");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-09-01T14:02:11.250Z|2026-09-01T14:02:11Z",
                "2026-09-01 09:02:11-05:00|2026-09-01T14:02:11Z",
                "2026-09-01 09:02:11|2026-09-01T14:02:11Z",
                "Tue, 01 Sep 2026 14:02:11 +0000|2026-09-01T14:02:11Z",
                "14:02:11 UTC 2026-09-01|2026-09-01T14:02:11Z",
                "09/01/2026 09:02:11 AM|2026-09-01T14:02:11Z",
                "9/1/26, 9:02 PM|2026-09-02T02:02:00Z",
                "Sep 1, 2026, 9:02 AM|2026-09-01T14:02:00Z",
                "Tuesday, September 1, 2026 12:02 AM|2026-09-01T05:02:00Z",
                "20260901140211.250Z|2026-09-01T14:02:11Z",
                "2026-13-01 09:02:11|",
                "09/31/2026 09:02|",
                "13:02 PM 09/01/2026|",
                "Foo 1, 2026 9:02 AM|",
                "|"
            })
    void readsTimesAsExportsWriteThem(String written, String instant) {
        ExportTimes stamps = new ExportTimes(Reading.CHICAGO, false);

        assertThat(stamps.instant(written == null ? "" : written)
                        .map(Object::toString)
                        .orElse(null))
                .isEqualTo(instant);
    }
}
