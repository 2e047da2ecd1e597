package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.call.AssembledCall;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Quarantined;

class AsteriskTableTest {
    private static final AsteriskTable FORMAT = new AsteriskTable();
    private static final FormatOption COLUMNS = FORMAT.options().get(0);
    private static final String HEADER = "calldate;clid;src;dst;channel;dstchannel;lastapp;lastdata;duration;billsec;"
            + "disposition;accountcode;uniqueid;linkedid\n";
    private static final String GOOD =
            "2026-09-01 09:02:11;;201;12145550143;PJSIP/201-00000001;PJSIP/trunk-00000002;Dial;"
                    + "PJSIP/12145550143@trunk,60;20;12;ANSWERED;00042;1788253331.1;1788253331.1\n";

    private record Seen(
            Direction direction,
            String party,
            String extension,
            String code,
            int talk,
            Object answeredAt,
            Object startedAt,
            Object endedAt) {
        static Seen of(AssembledCall call) {
            return new Seen(
                    call.direction(),
                    call.party(),
                    call.extension(),
                    call.code(),
                    call.talkSeconds(),
                    call.answeredAt(),
                    call.startedAt(),
                    call.endedAt());
        }
    }

    private static List<Seen> seen(RecordFormat format, byte[] bytes, SourceSettings source) {
        return Reading.calls(format, bytes, source).stream().map(Seen::of).toList();
    }

    private static SourceSettings columns(String names) {
        return Reading.settings("America/Chicago", false, Map.of("columns", names));
    }

    private static List<ReadRecord> records(String text) {
        return Reading.read(FORMAT, text.getBytes(UTF_8), Reading.CHICAGO);
    }

    private static String reason(String line) {
        return ((Quarantined) records(HEADER + line).get(1).content()).reason();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '>',
            value = {
                "Fine.csv > accountcode,src,dst,start,answer,end,duration,billsec,disposition,uniqueid,linkedid,sequence",
                "Master.csv > clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,"
                        + "disposition,amaflags,accountcode,uniqueid,userfield,sequence",
                "semicolon.csv > start,answer,end,accountcode,src,dst,duration,billsec,disposition,linkedid,sequence"
            })
    void customFilesGiveTheCallsOfMasterCsv(String file, String names) {
        for (String run : List.of("dst-fall", "midnight")) {
            byte[] custom = Reading.sample("asterisk-cdr-named/" + run + "-" + file);
            byte[] master = Reading.sample("asterisk-lab/" + run + "/Master.csv");

            assertThat(seen(FORMAT, custom, columns(names)))
                    .as("%s of %s", file, run)
                    .isEqualTo(seen(new AsteriskCdrCsv(), master, Reading.CHICAGO))
                    .isNotEmpty();
            assertThat(grouping(FORMAT, custom, columns(names)))
                    .isEqualTo(grouping(new AsteriskCdrCsv(), master, Reading.CHICAGO));
        }
    }

    /** Of each record with which of the records before it it makes a call. */
    private static List<Integer> grouping(RecordFormat format, byte[] bytes, SourceSettings source) {
        Map<UUID, Integer> calls = new LinkedHashMap<>();
        List<Integer> grouping = new ArrayList<>();
        for (Leg leg : Reading.legs(Reading.read(format, bytes, source))) {
            calls.putIfAbsent(leg.callId(), calls.size());
            grouping.add(calls.get(leg.callId()));
        }
        return grouping;
    }

    @Test
    void aTableWithAllColumnsGivesTheCallsOfMasterCsv() {
        byte[] master = Reading.sample("asterisk-lab/Master.csv");
        byte[] table = Reading.sample("asterisk-cdr-named/adaptive-mysql.txt");

        assertThat(seen(FORMAT, table, Reading.CHICAGO)).isEqualTo(seen(new AsteriskCdrCsv(), master, Reading.CHICAGO));
    }

    @Test
    void freePbxsTableHasNoAnswerAndNoEnd() {
        List<AssembledCall> master =
                Reading.calls(new AsteriskCdrCsv(), Reading.sample("asterisk-lab/Master.csv"), Reading.CHICAGO);
        List<AssembledCall> table =
                Reading.calls(FORMAT, Reading.sample("asterisk-cdr-named/freepbx-cdr.csv"), Reading.CHICAGO);

        assertThat(table).hasSameSizeAs(master);
        for (int i = 0; i < master.size(); i++) {
            AssembledCall expected = master.get(i);
            AssembledCall call = table.get(i);
            assertThat(call.direction()).as("%s", expected).isEqualTo(expected.direction());
            assertThat(call.party()).as("%s", expected).isEqualTo(expected.party());
            assertThat(call.extension()).as("%s", expected).isEqualTo(expected.extension());
            assertThat(call.code()).as("%s", expected).isEqualTo(expected.code());
            assertThat(Math.abs(call.talkSeconds() - expected.talkSeconds()))
                    .as("%s is not %s", call, expected)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void theSameRecordInMasterCsvAndInATableIsKnownAgain() {
        List<Leg> master = Reading.legs(
                Reading.read(new AsteriskCdrCsv(), Reading.sample("asterisk-lab/Master.csv"), Reading.CHICAGO));
        List<Leg> table = Reading.legs(
                Reading.read(FORMAT, Reading.sample("asterisk-cdr-named/freepbx-cdr.csv"), Reading.CHICAGO));

        assertThat(table)
                .extracting(Leg::id)
                .isEqualTo(master.stream().map(Leg::id).toList());
    }

    @Test
    void readsATableOfAnyOrder() {
        List<AssembledCall> calls = Reading.calls(FORMAT, (HEADER + GOOD).getBytes(UTF_8), Reading.CHICAGO);

        assertThat(calls).hasSize(1);
        AssembledCall call = calls.get(0);
        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+12145550143");
        assertThat(call.code()).isEqualTo("00042");
        assertThat(call.talkSeconds()).isEqualTo(12);
        assertThat(call.answeredAt()).isEqualTo("2026-09-01T14:02:19Z");
        assertThat(call.endedAt()).isEqualTo("2026-09-01T14:02:31Z");
    }

    @Test
    void aStampOfTheHourThatComesTwiceIsPlacedByTheUniqueId() {
        String second =
                GOOD.replace("2026-09-01 09:02:11", "2026-11-01 01:30:00").replace("1788253331", "1793518200");

        AssembledCall call = Reading.calls(FORMAT, (HEADER + second).getBytes(UTF_8), Reading.CHICAGO)
                .get(0);

        assertThat(call.startedAt()).isEqualTo("2026-11-01T07:30:00Z");
        assertThat(call.endedAt()).isEqualTo("2026-11-01T07:30:20Z");
    }

    @Test
    void takesAMappingOfCdrCustomAsColumns() {
        assertThat(FORMAT.problem(COLUMNS, COLUMNS.standard())).isEmpty();
        assertThat(FORMAT.problem(
                        COLUMNS,
                        "A.csv => ${CSV_QUOTE(${CDR(src)})},${CDR(dst)},\"${CDR(start,f)}\",${CDR(duration,f)},"
                                + "${CDR(billsec)},${CDR(disposition)}"))
                .isEmpty();
        assertThat(FORMAT.problem(COLUMNS, "src,dst")).get().asString().contains("disposition");
    }

    @Test
    void tellsWhatIsWrongWithARecord() {
        assertThat(reason(GOOD.replace("2026-09-01 09:02:11", "01/09/2026 09:02")))
                .isEqualTo("stamp.start");
        assertThat(reason(GOOD.replace(";20;", ";x;"))).isEqualTo("seconds.duration");
        assertThat(reason(GOOD.replace(";12;", ";21;"))).isEqualTo("talk.longer");
        assertThat(reason(GOOD.replace("ANSWERED", "MAYBE"))).isEqualTo("disposition");
        assertThat(reason(GOOD.replace(";ANSWERED", ""))).isEqualTo("disposition");
        assertThat(reason("2026-09-01 09:02:11;x\n")).isEqualTo("columns");
        assertThat(((Quarantined) records("src,dst\n201,202\n").get(1).content()).reason())
                .isEqualTo("columns");
    }
}
