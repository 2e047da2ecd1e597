package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.rebill.intake.format.Reading.CHICAGO;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Part;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** What is read of Master.csv, and what becomes of everything that should not be in it. */
class AsteriskCdrCsvTest {
    private static final RecordFormat FORMAT = new AsteriskCdrCsv();

    /** A good record; of sequence 11. */
    static final String GOOD =
            "\"1042\",\"201\",\"912145550143\",\"from-internal\",\"\"\"Hale, M.\"\" <201>\",\"PJSIP/201-0000001a\","
                    + "\"PJSIP/trunk-0000001b\",\"Dial\",\"PJSIP/912145550143@trunk,300\",\"2026-09-01 09:02:11\","
                    + "\"2026-09-01 09:02:19\",\"2026-09-01 09:14:40\",749,741,\"ANSWERED\",\"DOCUMENTATION\","
                    + "\"1788271331.26\",\"\",\"\",\"1788271331.26\",11";

    private static final String NEXT = GOOD.replace(",11", ",12");

    private static List<ReadRecord> read(byte[] bytes) {
        return Reading.read(FORMAT, bytes, CHICAGO);
    }

    private static List<ReadRecord> read(InputStream bytes) {
        return Reading.read(FORMAT, bytes, CHICAGO, new FileStart(new byte[0], 0, 1));
    }

    private static List<ReadRecord> read(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        List<ReadRecord> records = read(bytes);
        Reading.assertCovers(records, bytes);
        return records;
    }

    /** In order: a leg's sequence, or why it is none. */
    private static String told(List<ReadRecord> records) {
        return records.stream()
                .map(record -> {
                    if (record.content() instanceof Part part) {
                        return String.valueOf(part.leg().sequence());
                    }
                    return record.content() instanceof Quarantined bad
                            ? bad.reason()
                            : ((Ignored) record.content()).reason();
                })
                .collect(Collectors.joining(" "));
    }

    private static Leg leg(String line) {
        return leg(read(line).get(0));
    }

    private static Leg leg(ReadRecord record) {
        assertThat(record.content()).isInstanceOf(Part.class);
        return ((Part) record.content()).leg();
    }

    private static Quarantined quarantined(String line) {
        List<ReadRecord> records = read(line);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).content()).isInstanceOf(Quarantined.class);
        return (Quarantined) records.get(0).content();
    }

    /** The good record with another text in a column, counted from 1. */
    private static String with(int column, String text) {
        List<String> fields = new ArrayList<>(Arrays.asList(GOOD.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")));
        fields.set(column - 1, text);
        return String.join(",", fields);
    }

    /** The good record with only so many columns. */
    private static String first(int columns) {
        String[] fields = GOOD.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
        return String.join(",", Arrays.asList(fields).subList(0, columns));
    }

    @Nested
    class GoodRecords {
        @Test
        void giveALegAsWritten() {
            Leg leg = leg(GOOD);
            assertThat(leg.startedAt()).isEqualTo(Instant.parse("2026-09-01T14:02:11Z"));
            assertThat(leg.answeredAt()).isEqualTo(Instant.parse("2026-09-01T14:02:19Z"));
            assertThat(leg.endedAt()).isEqualTo(Instant.parse("2026-09-01T14:14:40Z"));
            assertThat(leg.disposition()).isEqualTo("ANSWERED");
            assertThat(leg.caller()).isEqualTo("201");
            assertThat(leg.called()).isEqualTo("912145550143");
            assertThat(leg.fromSide()).isEqualTo("PJSIP/201-0000001a");
            assertThat(leg.toSide()).isEqualTo("PJSIP/trunk-0000001b");
            assertThat(leg.application()).isEqualTo("Dial");
            assertThat(leg.applicationData()).isEqualTo("PJSIP/912145550143@trunk,300");
            assertThat(leg.durationSeconds()).isEqualTo(749);
            assertThat(leg.talkSeconds()).isEqualTo(741);
            assertThat(leg.code()).isEqualTo("1042");
            assertThat(leg.sequence()).isEqualTo(11);
        }

        @Test
        void unansweredHasNoAnswer() {
            Leg leg = leg(GOOD.replace("\"2026-09-01 09:02:19\"", "").replace(",741,\"ANSWERED\"", ",0,\"no answer\""));
            assertThat(leg.answeredAt()).isNull();
            assertThat(leg.disposition()).isEqualTo("NO ANSWER");
        }

        @Test
        void quotesInNamesAreDoubledAsAsteriskDoes() {
            assertThat(told(read(GOOD.replace("\"\"Hale, M.\"\" <201>", "\"\"Tom & \\\"\"Jerry\\\"\"\"\" <1273>"))))
                    .isEqualTo("11");
            assertThat(told(read(GOOD.replace("\"\"Hale, M.\"\" <201>", "\"\"\"\" <1000>"))))
                    .isEqualTo("11");
        }

        @ParameterizedTest
        @ValueSource(ints = {16, 17, 18})
        void ofEachColumnCountAreRead(int columns) {
            Leg leg = leg(first(columns));
            assertThat(leg.sequence()).isZero();
            assertThat(leg.code()).isEqualTo("1042");
        }

        @Test
        void newColumnsMayStandBehindEachOfTheOthers() {
            String old = first(16);
            String added = ",\"\",\"1788271331.26\",11";
            assertThat(told(read(old + added))).isEqualTo("11");
            assertThat(told(read(old + ",\"1788271331.26\"" + added))).isEqualTo("11");
            assertThat(told(read(old + ",\"free text\"" + added))).isEqualTo("11");
            assertThat(told(read(old + ",\"1788271331.26\",\"free text\"" + added)))
                    .isEqualTo("11");
            assertThat(leg(old + added).callId())
                    .isEqualTo(leg(old + ",\"1788271331.26\"" + added).callId())
                    .isEqualTo(leg(old + ",\"1788271331.26\",\"x\"").callId());
        }

        @Test
        void stampsMayBeUtc() {
            SourceSettings utc = Reading.settings("America/Chicago", true, Map.of());
            assertThat(leg(Reading.read(FORMAT, GOOD.getBytes(UTF_8), utc).get(0))
                            .startedAt())
                    .isEqualTo(Instant.parse("2026-09-01T09:02:11Z"));
        }

        @Test
        void mayBeOfTheHourThatComesTwice() {
            // DOMAIN.md D6: 01:50, the first, to 01:10, the second, is 1 200 s.
            Leg leg = leg(at("2026-11-01 01:50:00", "2026-11-01 01:50:00", "2026-11-01 01:10:00", 1200, 1200, 0));
            assertThat(leg.startedAt()).isEqualTo(Instant.parse("2026-11-01T06:50:00Z"));
            assertThat(leg.endedAt()).isEqualTo(Instant.parse("2026-11-01T07:10:00Z"));
        }

        @Test
        void ofTheSecondOfTwoHoursAreToldByTheirChannelsBirth() {
            Leg second =
                    leg(at("2026-11-01 01:20:00", "2026-11-01 01:20:05", "2026-11-01 01:21:00", 60, 55, 1793517600));
            assertThat(second.startedAt()).isEqualTo(Instant.parse("2026-11-01T07:20:00Z"));
            assertThat(second.answeredAt()).isEqualTo(Instant.parse("2026-11-01T07:20:05Z"));
            Leg first =
                    leg(at("2026-11-01 01:20:00", "2026-11-01 01:20:05", "2026-11-01 01:21:00", 60, 55, 1793514000));
            assertThat(first.startedAt()).isEqualTo(Instant.parse("2026-11-01T06:20:00Z"));
            Leg unknown = leg(at("2026-11-01 01:20:00", "2026-11-01 01:20:05", "2026-11-01 01:21:00", 60, 55, 0));
            assertThat(unknown.startedAt()).isEqualTo(Instant.parse("2026-11-01T06:20:00Z"));
        }

        @Test
        void mayEndAfterTheHourThatComesTwice() {
            Leg leg = leg(at("2026-11-01 01:50:00", "2026-11-01 01:50:05", "2026-11-01 02:10:00", 1200, 1195, 0));
            assertThat(leg.startedAt()).isEqualTo(Instant.parse("2026-11-01T07:50:00Z"));
            assertThat(leg.answeredAt()).isEqualTo(Instant.parse("2026-11-01T07:50:05Z"));
        }

        @Test
        void mayBeOfTheHourThatIsSkipped() {
            // DOMAIN.md D6: 01:50 to 03:10 is 1 200 s.
            Leg across = leg(at("2026-03-08 01:50:00", "2026-03-08 01:50:00", "2026-03-08 03:10:00", 1200, 1200, 0));
            assertThat(across.startedAt().plusSeconds(1200)).isEqualTo(across.endedAt());
            Leg inside = leg(at("2026-03-08 02:30:00", "2026-03-08 02:30:10", "2026-03-08 02:31:00", 60, 50, 0));
            assertThat(inside.startedAt()).isEqualTo(Instant.parse("2026-03-08T08:30:00Z"));
            assertThat(inside.endedAt()).isEqualTo(Instant.parse("2026-03-08T08:31:00Z"));
            Leg out = leg(at("2026-03-08 02:58:00", "2026-03-08 02:58:00", "2026-03-08 03:07:00", 540, 540, 0));
            assertThat(out.startedAt()).isEqualTo(Instant.parse("2026-03-08T07:58:00Z"));
            assertThat(out.endedAt()).isEqualTo(Instant.parse("2026-03-08T08:07:00Z"));
        }

        private String at(String start, String answer, String end, int duration, int talk, long madeAt) {
            return "\"\",\"201\",\"912145550143\",\"x\",\"\",\"PJSIP/201-1a\",\"PJSIP/trunk-1b\",\"Dial\",\"\",\""
                    + start
                    + "\",\"" + answer + "\",\"" + end + "\"," + duration + "," + talk
                    + ",\"ANSWERED\",\"DOCUMENTATION\"" + (madeAt == 0 ? "" : ",\"box-" + madeAt + ".1\"");
        }
    }

    @Nested
    class Codes {
        @ParameterizedTest
        @CsvSource({
            "007, '', 913125550177, 007",
            "' 42 ', '', 913125550177, 42",
            "12AB, '', 913125550177, 12AB",
            "1234567890123456789012345, '', 913125550177, 1234567890123456789012345",
            "'', 123456789, 913125550177, 123456789",
            "'', code:123456789, 913125550177, 123456789",
            "'', Code: 12x, 913125550177, 12x",
            "'', free text, 913125550177, ''",
            "'', 3125550177, 913125550177, ''",
            "'', '', *72*1234*3125550151, 1234",
            "'', '', *73*007*13125550151, 007",
            "'', '', *74*1*3125550151, 1",
            "'', '', 3125550165*123456789, 123456789",
            "'', '', 1234**3125550165, 1234",
            "'', '', *1234*3125550165, 1234",
            "'', '', *72*3125550165, ''",
            "'', '', *97, ''",
            "99, code:1, *72*1234*3125550151, 99"
        })
        void areTakenFromAccountThenUserFieldThenDialString(String account, String user, String dst, String code) {
            String line = with(1, "\"" + account + "\"").replace("\"912145550143\"", "\"" + dst + "\"");
            line = line.replace("\"1788271331.26\",\"\",\"\"", "\"1788271331.26\",\"" + user + "\",\"\"");
            assertThat(leg(line).code()).isEqualTo(code);
        }
    }

    @Nested
    class Identity {
        @Test
        void staysTheSameAndBelongsToTheSource() {
            Part one = (Part) read(GOOD).get(0).content();
            Part again = (Part) read(NEXT + "\r\n" + GOOD + "\r\n").get(1).content();
            assertThat(again.leg()).isEqualTo(one.leg());
            assertThat(again.contentHash()).isEqualTo(one.contentHash());
            SourceSettings other = new SourceSettings(new UUID(1, 3), CHICAGO.zone(), false, CHICAGO.plan(), Map.of());
            Part others = (Part)
                    Reading.read(FORMAT, GOOD.getBytes(UTF_8), other).get(0).content();
            assertThat(others.leg().id()).isNotEqualTo(one.leg().id());
            assertThat(others.leg().callId()).isNotEqualTo(one.leg().callId());
        }

        @Test
        void changedContentKeepsTheIdentity() {
            Part one = (Part) read(GOOD).get(0).content();
            Part changed = (Part) read(with(1, "\"1043\"")).get(0).content();
            assertThat(changed.leg().id()).isEqualTo(one.leg().id());
            assertThat(changed.contentHash()).isNotEqualTo(one.contentHash());
        }

        @Test
        void sequenceSetsForkedRowsApart() {
            assertThat(leg(GOOD).id()).isNotEqualTo(leg(NEXT).id());
            assertThat(leg(GOOD).callId()).isEqualTo(leg(NEXT).callId());
        }

        @ParameterizedTest
        @ValueSource(ints = {16, 18})
        void withoutSequenceRowsThatDifferAreApart(int columns) {
            String row = first(columns);
            List<String> others = List.of(
                    row.replace("trunk-0000001b", "trunk-0000001c"),
                    row.replace("09:14:40", "09:14:41"),
                    row.replace("09:02:11", "09:02:10"),
                    row.replace("\"Dial\"", "\"Busy\""));
            assertThat(others).allSatisfy(other -> assertThat(leg(other).id()).isNotEqualTo(leg(row).id()));
        }

        @Test
        void twinsWithoutIdsAreToldApartByTheirChannels() {
            String row = first(16);
            String twin = row.replace("201-0000001a", "201-0000002a");
            assertThat(leg(twin).id()).isNotEqualTo(leg(row).id());
            assertThat(leg(twin).callId()).isNotEqualTo(leg(row).callId());
        }

        @Test
        void withoutIdsRowsOfOneChannelAreOneCall() {
            String row = first(16);
            String busy = row.replace("\"PJSIP/trunk-0000001b\",\"Dial\"", "\"\",\"Busy\"");
            assertThat(leg(busy).callId()).isEqualTo(leg(row).callId());
            assertThat(leg(row.replace("2026-09-01", "2026-09-02")).callId()).isNotEqualTo(leg(row).callId());
        }

        @Test
        void withoutIdsALinesNameDoesNotJoinItsCalls() {
            String row = first(16).replace("PJSIP/201-0000001a", "DAHDI/1-1");
            assertThat(leg(row.replace("09:02:11", "09:02:10")).callId()).isNotEqualTo(leg(row).callId());
        }

        @Test
        void withoutIdsBothHalvesOfALocalChannelAreOneCall() {
            String outer = first(16).replace("PJSIP/trunk-0000001b", "Local/1181@inside-00000001;1");
            String inner = first(16).replace("PJSIP/201-0000001a", "Local/1181@inside-00000001;2");
            assertThat(leg(outer).callId()).isEqualTo(leg(inner).callId());
            assertThat(leg(outer).id()).isNotEqualTo(leg(inner).id());
        }
    }

    @Nested
    class Lines {
        @Test
        void endInAnyWay() {
            assertThat(told(read(GOOD + "\n" + NEXT + "\r\n" + GOOD + "\r" + NEXT)))
                    .isEqualTo("11 12 11 12");
            assertThat(read(GOOD + "\r\n").get(0).byteLength()).isEqualTo(GOOD.length() + 2);
        }

        @Test
        void blankOnesAreIgnored() {
            assertThat(told(read("\n" + GOOD + "\n\n \t\r\n" + NEXT + "\n\n")))
                    .isEqualTo("blank 11 blank blank 12 blank");
        }

        @Test
        void longRunsOfEmptyOnesAreOneRecord() {
            List<ReadRecord> records = read(GOOD + "\n" + "\n".repeat(200_000) + NEXT + "\n");
            assertThat(records).hasSizeLessThan(10);
            assertThat(records.get(records.size() - 1).lineNo()).isEqualTo(200_002);
        }

        @Test
        void emptyFileHasNone() {
            assertThat(read("")).isEmpty();
        }

        @Test
        void byteOrderMarkBelongsToTheFirst() {
            List<ReadRecord> records = read("\ufeff" + GOOD + "\n" + NEXT + "\n");
            assertThat(told(records)).isEqualTo("11 12");
            assertThat(leg(records.get(0))).isEqualTo(leg(GOOD));
            assertThat(records.get(0).byteLength()).isEqualTo(GOOD.length() + 4);
            assertThat(told(read("\ufeff"))).isEqualTo("blank");
        }

        @Test
        void namesOfColumnsAreIgnored() {
            String header = "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,"
                    + "duration,billsec,disposition,amaflags,uniqueid,userfield";
            assertThat(told(read(header + "\n" + GOOD + "\n"))).isEqualTo("header 11");
            assertThat(new AsteriskCdrCsv().refuses((header + "\n" + GOOD).getBytes(UTF_8)))
                    .isEmpty();
        }
    }

    @Nested
    class Quotes {
        @Test
        void missingAtTheEndOfAFieldSpoilsOneRecordOnly() {
            String broken = GOOD.replace("\"1042\"", "\"1042");
            assertThat(told(read(GOOD + "\n" + broken + "\n" + NEXT + "\n"))).isEqualTo("11 quote.wrong 12");
        }

        @Test
        void missingAtTheBeginningOfAFieldSpoilsOneRecordOnly() {
            String broken = GOOD.replace("\"1042\"", "1042\"");
            assertThat(told(read(GOOD + "\n" + broken + "\n" + NEXT + "\n"))).isEqualTo("11 quote.wrong 12");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n", "\r\n", "\r"})
        void missingInTheLastTextSpoilsOneRecordOnly(String lineEnd) {
            String row = first(18).replace("\"1788271331.26\",\"\"", "\"1788271331.26\",\"note\"");
            String broken = row.substring(0, row.length() - 1);
            List<ReadRecord> records = read(String.join(lineEnd, row, broken, GOOD, NEXT, ""));
            assertThat(told(records)).isEqualTo("0 quote.open 11 12");
            assertThat(((Quarantined) records.get(1).content()).detail())
                    .contains("quote")
                    .contains("Put it back");
        }

        @Test
        void missingSpoilsOneRecordWhateverQuoteItWas() {
            String two = GOOD + "\n" + NEXT + "\n";
            for (int i = 0; i < GOOD.length(); i++) {
                if (GOOD.charAt(i) == '"') {
                    String broken = GOOD.substring(0, i) + GOOD.substring(i + 1);
                    String told = told(read(GOOD + "\n" + broken + "\n" + two));
                    // A quote of a doubled pair in a name may be lost without harm.
                    assertThat(told).matches("11 (quote\\.\\w+|columns|stamp\\.\\w+|11) 11 12");
                }
            }
        }

        @Test
        void mayHoldALineEnd() {
            List<ReadRecord> records = read(GOOD.replace("Hale, M.", "Hale,\nM.") + "\n" + NEXT + "\n");
            assertThat(told(records)).isEqualTo("11 12");
            assertThat(records.get(0).lines()).isEqualTo(2);
            assertThat(records.get(1).lineNo()).isEqualTo(3);
        }

        @Test
        void neverClosedIsTheFirstLineOnly() {
            String text = "\"open\n".concat("more text\n".repeat(30)) + GOOD + "\n";
            List<ReadRecord> records = read(text);
            assertThat(told(records)).startsWith("quote.open columns").endsWith("11");
            assertThat(records.get(0).lines()).isEqualTo(1);
        }

        @Test
        void openAtTheEndOfTheFileIsACutRecord() {
            String cut = GOOD.substring(0, GOOD.indexOf("PJSIP/201") + 4);
            assertThat(told(read(GOOD + "\n" + cut))).isEqualTo("11 record.cut");
            assertThat(quarantined(cut).detail()).contains("Send the whole file");
        }
    }

    @Nested
    class LongLines {
        @Test
        void areQuarantinedWithTheirLengthAndReadingGoesOn() {
            int size = 40_000_000;
            byte[] junk = new byte[size];
            Arrays.fill(junk, (byte) 'x');
            InputStream bytes = new SequenceInputStream(
                    new SequenceInputStream(
                            new ByteArrayInputStream((GOOD + "\n").getBytes(UTF_8)), new ByteArrayInputStream(junk)),
                    new ByteArrayInputStream(("\r\n" + NEXT + "\n").getBytes(UTF_8)));
            List<ReadRecord> records = read(bytes);
            assertThat(told(records)).isEqualTo("11 record.long 12");
            assertThat(records.get(1).byteLength()).isEqualTo(size + 2);
            assertThat(records.get(2).byteOffset()).isEqualTo(GOOD.length() + 1 + size + 2);
            assertThat(records.get(2).lineNo()).isEqualTo(3);
        }

        @ParameterizedTest
        @CsvSource({"-3", "-2", "-1", "0", "1", "2", "3"})
        void areCutToTheByteWhereverTheBufferEnds(int more) {
            // The line end falls around the end of what is read at once.
            int size = 512 * 1024 + more;
            for (String lineEnd : List.of("\n", "\r\n", "\r")) {
                List<ReadRecord> records = read("\"" + "x".repeat(size) + lineEnd + GOOD + lineEnd);
                assertThat(told(records)).isEqualTo("record.long 11");
                assertThat(records.get(0).byteLength()).isEqualTo(1 + size + lineEnd.length());
            }
        }

        @Test
        void upToTheLimitAreRead() {
            String name = "n".repeat(CsvCutter.MAX_RECORD - GOOD.length());
            String longest = GOOD.replace("Hale, M.", "Hale, M." + name);
            assertThat(told(read(longest + "\n" + NEXT + "\n"))).isEqualTo("11 12");
            assertThat(told(read(longest))).isEqualTo("11");
            String over = GOOD.replace("Hale, M.", "Hale, M.x" + name);
            assertThat(told(read(over + "\n" + NEXT + "\n"))).isEqualTo("record.long 12");
            assertThat(told(read(over))).isEqualTo("record.long");
        }
    }

    @Nested
    class BadRecords {
        @ParameterizedTest
        @CsvSource({
            "10, '\"2026-13-01 09:02:11\"', stamp.start, Column 10 (start)",
            "10, '\"09/01/2026 09:02\"', stamp.start, spreadsheet",
            "10, '', stamp.start, nothing",
            "10, '\"1970-01-01 00:00:05\"', stamp.start, clock",
            "11, '\"2026-02-30 09:02:11\"', stamp.answer, Column 11 (answer)",
            "12, '\"2026-09-01 24:00:00\"', stamp.end, Column 12 (end)",
            "12, '\"2026-09-01 09:00:00\"', time.order, 09:00:00",
            "11, '\"2026-09-01 09:20:00\"', time.order, not in this order",
            "11, '\"2026-09-01 09:01:00\"', time.order, not in this order",
            "11, '', answer.missing, column 11 (answer) is empty",
            "13, -749, seconds.duration, '''-749'''",
            "13, 12 min, seconds.duration, whole seconds",
            "13, 99999999999, seconds.duration, 99999999999",
            "14, -1, seconds.talk, Column 14 (billsec)",
            "14, 741.5, seconds.talk, '''741.5'''",
            "14, 750, talk.longer, 750 s of talk in a call that lasted 749 s",
            "15, '\"MAYBE\"', disposition, '''MAYBE'''",
            "21, x, sequence, Column 21 (sequence)",
        })
        void areQuarantinedWithTheColumnAndWhatWasThere(int column, String text, String reason, String detail) {
            Quarantined bad = quarantined(with(column, text));
            assertThat(bad.reason()).isEqualTo(reason);
            assertThat(bad.detail()).contains(detail);
        }

        @Test
        void ofTooFewOrTooManyColumnsSaySo() {
            assertThat(quarantined(first(15)).detail()).contains("15 columns").contains("16 to 21");
            assertThat(quarantined(GOOD + ",22").reason()).isEqualTo("columns");
            assertThat(quarantined(GOOD + "," + GOOD).detail()).contains("42 columns");
            assertThat(quarantined(GOOD + GOOD).detail()).contains("two lines ran into one");
            assertThat(quarantined("hello").detail()).contains("1 column;");
        }

        @Test
        void withNulBytesAreSetAside() {
            byte[] bytes = (GOOD + "\n" + GOOD.replace("Hale", "Ha\0e") + "\n" + "\0".repeat(300) + NEXT + "\n" + NEXT)
                    .getBytes(UTF_8);
            List<ReadRecord> records = read(bytes);
            Reading.assertCovers(records, bytes);
            assertThat(told(records)).isEqualTo("11 nul nul 12");
        }

        @Test
        void showAtMostAShortPieceOfWhatWasThere() {
            Quarantined bad = quarantined(with(10, "\"" + "9".repeat(5_000) + "\""));
            assertThat(bad.detail()).hasSizeLessThan(400).contains("999...");
        }

        @Test
        void aCodeWithLettersIsNoneOfThem() {
            assertThat(leg(with(1, "\"10A2\"")).code()).isEqualTo("10A2");
        }
    }

    @Nested
    class Encodings {
        @Test
        void latin1IsReadAsSuch() {
            byte[] bytes = with(8, "\"Zoë\"").getBytes(ISO_8859_1);
            assertThat(leg(read(bytes).get(0)).application()).isEqualTo("Zoë");
        }

        @Test
        void utf8IsReadAsSuchBesideIt() throws IOException {
            ByteArrayOutputStream mixed = new ByteArrayOutputStream();
            mixed.write(with(8, "\"Zoë\"").getBytes(ISO_8859_1));
            mixed.write('\n');
            mixed.write(with(8, "\"Zoë\"").getBytes(UTF_8));
            assertThat(read(mixed.toByteArray()))
                    .allSatisfy(record -> assertThat(leg(record).application()).isEqualTo("Zoë"));
        }

        @Test
        void aCharacterCutInTheMiddleSpoilsNothing() throws IOException {
            ByteArrayOutputStream cut = new ByteArrayOutputStream();
            byte[] whole = with(1, "\"Jörg Zoë\"").getBytes(UTF_8);
            int after = new String(whole, ISO_8859_1).indexOf("Zo") + 3;
            cut.write(whole, 0, after);
            cut.write(whole, after + 1, whole.length - after - 1);
            assertThat(leg(read(cut.toByteArray()).get(0)).code()).isEqualTo("Jörg Zo\ufffd");
        }
    }

    @Nested
    class WrongFiles {
        private final AsteriskCdrCsv format = new AsteriskCdrCsv();

        private String refusal(byte[] head) {
            return format.refuses(head).orElse("taken");
        }

        @Test
        void ofTextInTwoBytesALetterAreToldHowToMend() {
            assertThat(refusal(GOOD.getBytes(UTF_16))).contains("UTF-16").contains("iconv");
            assertThat(refusal(("\ufeff" + GOOD).getBytes(UTF_16LE))).contains("UTF-16");
            assertThat(refusal(GOOD.getBytes(UTF_16LE))).contains("UTF-16");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                ignoreLeadingAndTrailingWhitespace = false,
                value = {
                    "PK\u0003\u0004xl/|zip",
                    "PK\u0003\u0004....[Content_Types].xml|Excel",
                    "\u001f\u008b\u0008|gzip",
                    "%PDF-1.7|PDF",
                    "\u00d0\u00cf\u0011\u00e0|Excel",
                    "<?xml version='1.0'?><cdr/>|XML",
                    "{\"accountcode\":\"1\"}|JSON",
                    "Asterisk Call Manager/11.0.0|AMI",
                    "calldate,clid,src,dst|named columns",
                    "\u0001\u0002\u0003\u0004\u0005\u0006\u0007xyz|control characters",
                })
        void areRefusedWithWhatTheyAre(String head, String what) {
            assertThat(refusal(head.getBytes(ISO_8859_1)))
                    .startsWith("This is ")
                    .contains(what);
        }

        @Test
        void ofTheSamePhoneSystemAreRefusedToo() {
            assertThat(refusal(Reading.sample("asterisk-lab/dst-fall/cdr-custom-Master.csv")))
                    .contains("cdr_custom")
                    .contains("cdr-csv/Master.csv");
            assertThat(refusal(Reading.sample("asterisk-lab/dst-fall/cdr-custom-semicolon.csv")))
                    .contains("cdr_custom");
            assertThat(refusal(Reading.sample("asterisk-lab/dst-fall/cdr-custom-advanced.json")))
                    .contains("JSON");
            assertThat(refusal(Reading.sample("asterisk-lab/cel.csv"))).isEqualTo("taken");
        }

        @Test
        void genuineOnesAreTaken() {
            for (String name :
                    List.of("asterisk-cdr-csv", "asterisk-lab", "asterisk-lab/dst-fall", "asterisk-lab/midnight")) {
                assertThat(refusal(Reading.sample(name + "/Master.csv"))).isEqualTo("taken");
            }
            assertThat(refusal(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '"', '1'}))
                    .isEqualTo("taken");
            assertThat(refusal(GOOD.replace("\"1042\"", "\"1042").getBytes(UTF_8)))
                    .isEqualTo("taken");
            assertThat(refusal("\n\n".getBytes(UTF_8))).isEqualTo("taken");
        }

        @Test
        void setUpNamesTheOptions() {
            assertThat(String.join("\n", format.setUp()))
                    .contains("loguniqueid=yes", "newcdrcolumns=yes", "cdr show status");
        }
    }

    @Test
    void samplesAreReadToTheLastByteWithoutAComplaint() {
        for (String name :
                List.of("asterisk-cdr-csv", "asterisk-lab", "asterisk-lab/dst-fall", "asterisk-lab/midnight")) {
            byte[] bytes = Reading.sample(name + "/Master.csv");
            List<ReadRecord> records = read(bytes);
            Reading.assertCovers(records, bytes);
            assertThat(records)
                    .allSatisfy(record -> assertThat(record.content()).isInstanceOfAny(Part.class, Ignored.class));
            List<UUID> ids = records.stream()
                    .filter(record -> record.content() instanceof Part)
                    .map(record -> leg(record).id())
                    .toList();
            assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(12);
        }
    }

    @Test
    void readingGoesOnBetweenAnyTwoRecordsWithTheSameResult() {
        byte[] lab = Reading.sample("asterisk-lab/Master.csv");
        String spoiled = new String(lab, UTF_8)
                .replaceFirst("\"Queue\"", "\"Queue")
                .replaceFirst("IAX2/1223-14237", "IAX2/1223\n-14237")
                .replaceFirst("\"1379\"", "\"\"1379")
                .replaceFirst("\n\"4321\"", "\n\n\n\"4321\"");
        byte[] bytes = ("\ufeff" + spoiled).getBytes(UTF_8);
        List<ReadRecord> whole = read(bytes);
        Reading.assertCovers(whole, bytes);
        assertThat(told(whole)).contains("quote.");
        for (int i = 0; i < whole.size(); i++) {
            ReadRecord from = whole.get(i);
            int offset = (int) from.byteOffset();
            assertThat(Reading.readFrom(FORMAT, bytes, CHICAGO, offset, from.lineNo()))
                    .isEqualTo(whole.subList(i, whole.size()));
        }
    }

    @Test
    void bytesMayComeInDribbles() {
        byte[] bytes = Reading.sample("asterisk-lab/Master.csv");
        InputStream dribble = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(7, length));
            }
        };
        assertThat(read(dribble)).isEqualTo(read(bytes));
    }
}
