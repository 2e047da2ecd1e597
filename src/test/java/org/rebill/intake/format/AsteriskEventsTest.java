package org.rebill.intake.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rebill.call.Leg;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Part;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** Asterisk's channel events (CEL), sent to the source of its call records. */
class AsteriskEventsTest {
    private static final RecordFormat FORMAT = new AsteriskCdrCsv();
    private static final String ENTER = "\"BRIDGE_ENTER\",\"1795484029.373489\",\"\",\"1000\",\"1000\",\"\",\"\","
            + "\"93125550100\",\"from-internal\",\"IAX2/1000-2095\",\"Dial\",\"IAX2/carrier/3125550100,60,TK\",\"3\","
            + "\"0042\",\"1795484028.0\",\"1795484028.0\",\"IAX2/carrier-4771\",\"\",\"\","
            + "\"{\"\"bridge_id\"\":\"\"3d4a5f99\"\",\"\"bridge_technology\"\":\"\"simple_bridge\"\"}\"";
    private static final String RECORD = "\"0042\",\"1000\",\"93125550100\",\"from-internal\",\"\"\"\"\" <1000>\","
            + "\"IAX2/1000-2095\",\"IAX2/carrier-4771\",\"Dial\",\"IAX2/carrier/3125550100,60,TK\","
            + "\"2026-11-23 19:33:48\",\"2026-11-23 19:33:49\",\"2026-11-23 19:33:54\",6,5,\"ANSWERED\","
            + "\"DOCUMENTATION\",\"1795484028.0\",\"\",\"\",\"1795484028.0\",0";

    private static ReadRecord.Content read(String line) {
        List<ReadRecord> records = Reading.read(FORMAT, (line + "\n").getBytes(UTF_8), Reading.CHICAGO);
        assertThat(records).hasSize(1);
        return records.get(0).content();
    }

    private static Leg leg(String line) {
        return ((Part) read(line)).leg();
    }

    private static String reason(String line) {
        return read(line) instanceof Quarantined quarantined ? quarantined.reason() : "none";
    }

    @Test
    void anEventIsPartOfTheCallOfItsRecord() {
        Leg event = leg(ENTER);
        assertThat(event.callId()).isEqualTo(leg(RECORD).callId());
        assertThat(event.id()).isNotEqualTo(leg(RECORD).id());
        assertThat(event.isEvent()).isTrue();
        assertThat(event.disposition()).isEqualTo("BRIDGE_ENTER");
        assertThat(event.startedAt()).isEqualTo(Instant.ofEpochSecond(1_795_484_029));
        assertThat(event.endedAt()).isEqualTo(event.startedAt());
        assertThat(event.sequence()).isEqualTo(373_489);
        assertThat(event.answeredAt()).isNull();
        assertThat(event.fromSide()).isEqualTo("IAX2/1000-2095");
        assertThat(event.toSide()).isEqualTo("IAX2/carrier-4771");
        assertThat(event.caller()).isEqualTo("1000");
        assertThat(event.called()).isEqualTo("93125550100");
        assertThat(event.code()).isEqualTo("0042");
        assertThat(event.applicationData()).isEqualTo("1795484028.0 3d4a5f99 Dial(IAX2/carrier/3125550100,60,TK)");
    }

    @Test
    void allOfALineTellsItFromAnother() {
        assertThat(leg(ENTER).id()).isEqualTo(leg(ENTER).id());
        for (String[] change : new String[][] {
            {"BRIDGE_ENTER", "BRIDGE_EXIT"},
            {".373489", ".373490"},
            {"IAX2/1000-2095", "IAX2/1000-2096"},
            {"IAX2/carrier-4771", ""},
            {"3d4a5f99", "3d4a5f98"}
        }) {
            assertThat(leg(ENTER.replace(change[0], change[1])).id())
                    .as(change[1])
                    .isNotEqualTo(leg(ENTER).id());
        }
    }

    @Test
    void recordsAndEventsInOneFileAreEachReadAsWhatTheyAre() {
        byte[] bytes = (ENTER + "\r\n" + RECORD + "\r\n" + ENTER.replace("ENTER", "EXIT") + "\n").getBytes(UTF_8);
        List<ReadRecord> records = Reading.read(FORMAT, bytes, Reading.CHICAGO);
        Reading.assertCovers(records, bytes);
        assertThat(Reading.legs(records)).extracting(Leg::isEvent).containsExactly(true, false, true);
        assertThat(FORMAT.recognises(bytes)).isTrue();
        assertThat(FORMAT.refuses(bytes)).isEmpty();
    }

    @Test
    void anAccountCodeThatIsNamedLikeAnEventIsStillAnAccountCode() {
        Leg record = leg(RECORD.replace("\"0042\"", "\"USER1.5\""));
        assertThat(record.isEvent()).isFalse();
        assertThat(record.code()).isEqualTo("USER1.5");
    }

    @Test
    void whatIsSaidOrPressedIsNotKept() {
        for (String type : List.of("DTMF", "STREAM_BEGIN", "STREAM_END", "APP_END", "LOCAL_OPTIMIZE")) {
            assertThat(((Ignored) read(ENTER.replace("BRIDGE_ENTER", type))).reason())
                    .isEqualTo("event.unused");
        }
        assertThat(((Ignored) read(ENTER.replace("BRIDGE_ENTER", "Lawyer On Call"))).reason())
                .isEqualTo("event.own");
    }

    @Test
    void aDateformatWithOrWithoutFractionIsRead() {
        Leg leg = leg(ENTER.replace("1795484029.373489", "2026-11-23 19:33:49.373"));
        assertThat(leg.startedAt()).isEqualTo(Instant.ofEpochSecond(1_795_484_029));
        assertThat(leg.sequence()).isEqualTo(373_000);
        assertThat(leg(ENTER.replace("1795484029.373489", "2026-11-23 19:33:49"))
                        .startedAt())
                .isEqualTo(Instant.ofEpochSecond(1_795_484_029));
        SourceSettings utc = Reading.settings("America/Chicago", true, Map.of());
        byte[] bytes = ENTER.replace("1795484029.373489", "2026-11-24 01:33:49").getBytes(UTF_8);
        assertThat(Reading.legs(Reading.read(FORMAT, bytes, utc)).get(0).startedAt())
                .isEqualTo(Instant.ofEpochSecond(1_795_484_029));
    }

    @Test
    void theMarkIsTheBridgeOrTheCauseOfAHangup() {
        assertThat(leg(ENTER.replace("simple_bridge", "holding_bridge")).applicationData())
                .startsWith("1795484028.0 holding:3d4a5f99 ");
        assertThat(leg(ENTER.replace("BRIDGE_ENTER", "HANGUP")
                                .replaceFirst("\\{.*}", "{\"\"hangupcause\"\":17,\"\"dialstatus\"\":\"\"BUSY\"\"}"))
                        .applicationData())
                .startsWith("1795484028.0 17 ");
    }

    @Test
    void theCodeIsFoundAsInARecord() {
        assertThat(leg(ENTER.replace("\"0042\"", "\"\"").replace("carrier-4771\",\"\"", "carrier-4771\",\"code:77\""))
                        .code())
                .isEqualTo("77");
        assertThat(leg(ENTER.replace("\"0042\"", "\"\"").replace("93125550100", "*72*8584*3125550100"))
                        .code())
                .isEqualTo("8584");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1795484029.373489\"|\"yesterday\"|event.time",
                "\"IAX2/1000-2095\"|\"\"|event.link",
                "\"from-internal\"|\"from\"internal\"|quote.wrong",
            },
            quoteCharacter = '\'')
    void whatCanNotBeReadIsToldWithItsColumn(String part, String instead, String reason) {
        assertThat(reason(ENTER.replace(part, instead))).isEqualTo(reason);
    }

    @Test
    void anEventCutShortIsTold() {
        assertThat(reason("\"HANGUP\",\"1795484029.373489\",\"\",\"1000\"")).isEqualTo("event.columns");
        assertThat(reason(ENTER.replace("\"1795484028.0\",\"1795484028.0\"", "\"\",\"\"")))
                .isEqualTo("event.link");
        assertThat(reason(ENTER.replace("1000\",\"1000", "1000\",\"10\0"))).isEqualTo("nul");
    }

    @Test
    void eventsWithColumnsOfTheirOwnOrderAreRefused() {
        assertThat(FORMAT.refuses("\"1795484029.373489\",\"CHAN_START\",\"\",\"1000\"\n".getBytes(UTF_8)))
                .hasValueSatisfying(why -> assertThat(why).contains("CEL").contains("eventtype, eventtime"));
        assertThat(FORMAT.refuses(ENTER.replace(",", ";").getBytes(UTF_8))).isPresent();
    }

    @Test
    void theSetUpGivesTheMappingThatIsRead() {
        assertThat(FORMAT.setUp()).anySatisfy(step -> assertThat(step)
                .contains("cel_custom.conf")
                .contains("${CSV_QUOTE(${CHANNEL(linkedid)})},${CSV_QUOTE(${BRIDGEPEER})}")
                .contains("${CSV_QUOTE(${eventextra})}"));
    }
}
