package org.rebill.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kinds of calls as Asterisk records them, put together. Times are seconds from noon. */
class AssemblyTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);
    private static final String CLIENT = "2125550100";
    private static final String TRUNK = "PJSIP/carrier-00000001";

    /** A leg in the making. */
    private static final class Row {
        private final String caller;
        private final String called;
        private final String from;
        private final String to;
        private int start;
        private Integer answer;
        private int end;
        private String disposition = "NO ANSWER";
        private String application = "Dial";
        private String data = "";
        private String code = "";
        private int talk;
        private int duration = -1;

        private Row(String caller, String called, String from, String to) {
            this.caller = caller;
            this.called = called;
            this.from = from;
            this.to = to;
        }

        Row rang(int from, int until) {
            start = from;
            end = until;
            return this;
        }

        Row answered(int from, int at, int until) {
            start = from;
            answer = at;
            end = until;
            talk = until - at;
            disposition = "ANSWERED";
            return this;
        }

        /** Answer and talk seconds on a leg that nobody answered, as a queue writes. */
        Row lost(int from, int until) {
            answered(from, from, until);
            disposition = "NO ANSWER";
            return this;
        }

        Row by(String application, String data) {
            this.application = application;
            this.data = data;
            return this;
        }

        Row code(String code) {
            this.code = code;
            return this;
        }

        Row counted(int duration, int talk) {
            this.duration = duration;
            this.talk = talk;
            return this;
        }

        private Leg leg(int sequence) {
            return new Leg(
                    new UUID(1, sequence),
                    new UUID(0, 0),
                    NOON.plusSeconds(start),
                    answer == null ? null : NOON.plusSeconds(answer),
                    NOON.plusSeconds(end),
                    disposition,
                    caller,
                    called,
                    from,
                    to,
                    application,
                    data,
                    duration < 0 ? end - start : duration,
                    talk,
                    code,
                    sequence);
        }
    }

    private static Row row(String caller, String called, String from, String to) {
        return new Row(caller, called, from, to);
    }

    private static Row in(String extension) {
        return row(CLIENT, extension, TRUNK, channel(extension)).by("Dial", "PJSIP/" + extension + ",20");
    }

    private static Row out(String extension, String dialled, String sent) {
        return row(extension, dialled, channel(extension), TRUNK).by("Dial", "PJSIP/" + sent + "@carrier,60");
    }

    private static String channel(String device) {
        return "PJSIP/" + device + "-0000" + device;
    }

    private static AssembledCall call(Row... rows) {
        return call(0, rows);
    }

    /** Of the rows in their order and in others; it must be the same call. */
    private static AssembledCall call(int allowance, Row... rows) {
        List<Leg> legs = new ArrayList<>();
        for (Row row : rows) {
            legs.add(row.leg(legs.size()));
        }
        AssembledCall call = Assembly.of(legs, PLAN, allowance);
        for (int seed = 0; seed < 10; seed++) {
            List<Leg> shuffled = new ArrayList<>(legs);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(Assembly.of(shuffled, PLAN, allowance)).isEqualTo(call);
        }
        return call;
    }

    private static List<String> talks(AssembledCall call) {
        return call.talks().stream()
                .map(talk -> talk.extension() + " " + talk.seconds())
                .toList();
    }

    @Test
    void aCallHasALeg() {
        assertThatThrownBy(() -> Assembly.of(List.of(), PLAN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class CallsOut {
        @Test
        void areTheCallersTalkWithTheNumberThatWentOut() {
            AssembledCall call = call(
                    out("1001", "92125550143", "12125550143").answered(0, 5, 65).code("1042"));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(call.party()).isEqualTo("+12125550143");
            assertThat(call.extension()).isEqualTo("1001");
            assertThat(call.code()).isEqualTo("1042");
            assertThat(talks(call)).containsExactly("1001 60");
            assertThat(call.answeredAt()).isEqualTo(NOON.plusSeconds(5));
            assertThat(call.flags()).isEmpty();
        }

        @Test
        void ofAForkedRecordCountOnce() {
            AssembledCall call = call(
                    out("1001", "92125550143", "2125550143").answered(0, 0, 30),
                    out("1001", "92125550143", "2125550143").answered(0, 0, 30));
            assertThat(talks(call)).containsExactly("1001 30");
        }

        @Test
        void overASecondTrunkAfterABusyOneAreOneCall() {
            AssembledCall call = call(
                    row("1001", "92125550143", channel("1001"), "PJSIP/first-01")
                            .by("Dial", "PJSIP/12125550143@first,60")
                            .rang(0, 1),
                    row("1001", "92125550143", channel("1001"), "PJSIP/second-02")
                            .by("Dial", "PJSIP/12125550143@second,60")
                            .answered(1, 8, 68));
            assertThat(talks(call)).containsExactly("1001 60");
            assertThat(call.party()).isEqualTo("+12125550143");
        }

        @Test
        void ofATelephoneWithANameAndItsOwnFullNumberAreStillOut() {
            AssembledCall call = call(row("3125550199", "92125550143", "PJSIP/alice-01", TRUNK)
                    .by("Dial", "PJSIP/2125550143@carrier,60")
                    .answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(talks(call)).containsExactly("alice 60");
        }

        @Test
        void ofATelephoneWithANameCountForItsNumber() {
            AssembledCall call = call(row("1001", "92125550143", "PJSIP/0019159bf771-01", TRUNK)
                    .by("Dial", "PJSIP/2125550143@carrier,60")
                    .answered(0, 5, 65));
            assertThat(talks(call)).containsExactly("1001 60");
        }

        @Test
        void overLinesWithoutNumbersInTheirNames() {
            AssembledCall call = call(row("1001", "92125550143", "DAHDI/1-1", "DAHDI/i1/2125550143-2")
                    .by("Dial", "DAHDI/g1/2125550143,60")
                    .answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(call.party()).isEqualTo("+12125550143");
            assertThat(talks(call)).containsExactly("1001 60");
        }

        @Test
        void thatAPromptTookAreNotAnswered() {
            AssembledCall call = call(row("1001", "82125550143", channel("1001"), "")
                    .by("Read", "CODE")
                    .answered(0, 0, 12));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(call.talks()).isEmpty();
            assertThat(call.answeredAt()).isNull();
            assertThat(call.flags()).containsExactly("answered-by-system");
        }

        @Test
        void ofBusyAfterAPromptAreNotAnswered() {
            Row busy = out("1001", "82125550143", "2125550143").lost(0, 4).code("4321");
            busy.disposition = "BUSY";
            AssembledCall call = call(
                    busy,
                    row("1001", "82125550143", channel("1001"), "")
                            .by("Busy", "2")
                            .answered(4, 4, 6)
                            .code("4321"));
            assertThat(call.talks()).isEmpty();
            assertThat(call.code()).isEqualTo("4321");
        }

        @Test
        void fromAWebPageRingTheTelephoneFirst() {
            AssembledCall call = call(
                    3,
                    row("1001", "92125550143", "Local/1001@inside-00000001;1", TRUNK)
                            .by("Dial", "PJSIP/2125550143@carrier")
                            .answered(0, 2, 16),
                    row("1001", "1001", "Local/1001@inside-00000001;2", channel("1001"))
                            .by("Dial", "PJSIP/1001")
                            .answered(0, 2, 16));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(talks(call)).containsExactly("1001 11");
            assertThat(call.flags()).containsExactly("click-to-call");
        }

        @Test
        void passedOnByTheCallerCountForBoth() {
            AssembledCall call = call(
                    2,
                    out("1001", "2125550143", "2125550143").answered(0, 2, 11).code("00042"),
                    row("2125550143", "1002", TRUNK, channel("1002"))
                            .by("Dial", "PJSIP/1002")
                            .answered(11, 11, 26)
                            .code("00042"));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(call.party()).isEqualTo("+12125550143");
            assertThat(talks(call)).containsExactly("1001 9", "1002 13");
            assertThat(call.extension()).isEqualTo("1002");
            assertThat(call.flags()).containsExactly("transferred");
        }

        @ParameterizedTest
        @CsvSource({"911, 911", "9911, 911", "112, 112"})
        void toEmergencyNumbersAreMarked(String dialled, String sent) {
            AssembledCall call = call(row("1001", dialled, channel("1001"), "IAX2/carrier-5")
                    .by("Dial", "IAX2/carrier/" + sent + ",30")
                    .answered(0, 2, 30));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(call.emergency()).isTrue();
            assertThat(call.party()).isEqualTo(sent);
        }

        @Test
        void toEmergencyNumbersAreMarkedEvenWhenNoLineWasFree() {
            AssembledCall call = call(row("1001", "9911", channel("1001"), "")
                    .by("Congestion", "2")
                    .rang(0, 2));
            assertThat(call.emergency()).isTrue();
        }
    }

    @Nested
    class CallsIn {
        @Test
        void areTheAnsweringTelephonesTalk() {
            AssembledCall call = call(in("1002").answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(call.party()).isEqualTo("+12125550100");
            assertThat(talks(call)).containsExactly("1002 60");
            assertThat(call.emergency()).isFalse();
        }

        @Test
        void toAGroupCountForWhoAnswered() {
            AssembledCall call = call(
                    row(CLIENT, "6000", TRUNK, channel("1001")).rang(0, 5),
                    row(CLIENT, "6000", TRUNK, channel("1002")).answered(0, 5, 65),
                    row(CLIENT, "6000", TRUNK, channel("1003")).rang(0, 5));
            assertThat(talks(call)).containsExactly("1002 60");
        }

        @Test
        void toAGroupThroughLocalChannelsCountOnce() {
            AssembledCall call = call(
                    row(CLIENT, "6000", TRUNK, "Local/1001@in-01;1").rang(0, 5),
                    row(CLIENT, "1001", "Local/1001@in-01;2", channel("1001")).rang(0, 5),
                    row(CLIENT, "6000", TRUNK, "Local/1002@in-02;1").answered(0, 5, 65),
                    row(CLIENT, "1002", "Local/1002@in-02;2", channel("1002")).answered(0, 5, 65));
            assertThat(talks(call)).containsExactly("1002 60");
            assertThat(call.flags()).isEmpty();
        }

        @Test
        void throughLocalChannelsThatWereOptimisedAwayCountWhole() {
            AssembledCall call = call(
                    row(CLIENT, "1002", "Local/1002@in-02;2", channel("1002")).answered(0, 6, 6),
                    row(CLIENT, "6000", TRUNK, "Local/1002@in-02;1").answered(0, 6, 6),
                    row(CLIENT, "6000", TRUNK, channel("1002")).answered(6, 6, 623));
            assertThat(talks(call)).containsExactly("1002 617");
            assertThat(call.flags()).isEmpty();
        }

        @Test
        void waitingInAQueueIsKnownFromTheTelephonesThatWereNotAnswered() {
            AssembledCall call = call(
                    5,
                    row(CLIENT, "7000", TRUNK, channel("1001"))
                            .by("Queue", "q7000")
                            .lost(1, 9),
                    row(CLIENT, "7000", TRUNK, channel("1002"))
                            .by("Queue", "q7000")
                            .answered(0, 0, 69));
            assertThat(talks(call)).containsExactly("1002 60");
            assertThat(call.answeredAt()).isEqualTo(NOON.plusSeconds(9));
            assertThat(call.flags()).containsExactly("answer-inferred");
        }

        @Test
        void waitingInAQueueIsKnownFromTheMembersLocalChannel() {
            AssembledCall call = call(
                    5,
                    row(CLIENT, "7000", TRUNK, "Local/1002@from-queue-09;1")
                            .by("Queue", "q7000")
                            .answered(0, 0, 69),
                    row(CLIENT, "1002", "Local/1002@from-queue-09;2", channel("1002"))
                            .answered(3, 9, 69));
            assertThat(talks(call)).containsExactly("1002 60");
            assertThat(call.flags()).isEmpty();
        }

        @Test
        void waitingInAQueueIsAllowedForWhereNothingTellsIt() {
            AssembledCall call = call(
                    5,
                    row(CLIENT, "7000", TRUNK, channel("1002"))
                            .by("Queue", "q7000")
                            .answered(0, 0, 69));
            assertThat(talks(call)).containsExactly("1002 64");
            assertThat(call.flags()).containsExactly("prompt-in-talk");
            AssembledCall shorter = call(
                    600,
                    row(CLIENT, "7000", TRUNK, channel("1002"))
                            .by("Queue", "q7000")
                            .answered(0, 0, 69));
            assertThat(talks(shorter)).containsExactly("1002 0");
        }

        @Test
        void passedOnBlindlyCountForEachTelephoneItsOwn() {
            AssembledCall call = call(
                    in("1001").answered(0, 4, 64),
                    row(CLIENT, "1002", TRUNK, channel("1002"))
                            .by("Dial", "PJSIP/1002")
                            .answered(64, 64, 124));
            assertThat(talks(call)).containsExactly("1001 60", "1002 60");
            assertThat(call.flags()).containsExactly("transferred");
        }

        @Test
        void passedOnToARingGroupEndTheRingingWithTheOthers() {
            AssembledCall call = call(
                    in("1001").answered(0, 4, 64),
                    row(CLIENT, "6000", TRUNK, channel("1002")).answered(64, 64, 130),
                    row(CLIENT, "6000", TRUNK, channel("1003")).rang(64, 70));
            assertThat(talks(call)).containsExactly("1001 60", "1002 60");
            assertThat(call.flags()).containsExactly("answer-inferred", "transferred");
        }

        @Test
        void passedOnAfterAskingCountWithoutTheAsking() {
            // The rows of samples/asterisk-lab attended_dtmf, with a caller from outside.
            AssembledCall call = call(
                    row("1329", "", channel("1329"), "Local/1330@in-25;1")
                            .by("AppDial", "(Outgoing Line)")
                            .answered(45, 45, 59),
                    row(CLIENT, "1330", "Local/1330@in-25;2", channel("1330")).answered(45, 48, 118),
                    row("", "1330", "Local/1330@in-25;1", "").by("", "").answered(59, 59, 118),
                    row(CLIENT, "1329", TRUNK, channel("1329")).answered(32, 34, 44),
                    row(CLIENT, "1329", TRUNK, "Local/1330@in-25;1").answered(45, 45, 118));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(call.party()).isEqualTo("+12125550100");
            assertThat(talks(call)).containsExactly("1329 10", "1330 59");
            assertThat(call.flags()).containsExactly("transferred");
        }

        @Test
        void passedOnByTheTelephoneItselfCountFromTheHandOver() {
            AssembledCall call = call(
                    in("1001").answered(0, 4, 64),
                    row("1001", "1002", "PJSIP/1001-0000aaaa", channel("1002")).answered(40, 44, 64),
                    row(CLIENT, "1002", TRUNK, channel("1002"))
                            .by("Dial", "PJSIP/1002")
                            .answered(64, 64, 124));
            assertThat(talks(call)).containsExactly("1001 60", "1002 60");
            assertThat(call.flags()).isEmpty();
        }

        @Test
        void fetchedFromWhereTheyWereParkedCountFromThenOn() {
            AssembledCall call = call(
                    in("1001").answered(0, 4, 64),
                    row(CLIENT, "70", TRUNK, "").by("Park", "").answered(64, 64, 90),
                    row("1002", "701", channel("1002"), TRUNK)
                            .by("ParkedCall", "701")
                            .answered(90, 90, 150));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(talks(call)).containsExactly("1001 60", "1002 60");
            assertThat(call.flags()).isEmpty();
        }

        @Test
        void pickedUpByAnotherTelephoneCountForIt() {
            AssembledCall call = call(
                    in("1001").rang(0, 6),
                    row(CLIENT, "1001", TRUNK, channel("1002"))
                            .by("Dial", "PJSIP/1001,20")
                            .answered(0, 6, 66),
                    row("1002", "*8", channel("1002"), "").by("Pickup", "").answered(5, 6, 6));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(talks(call)).containsExactly("1002 60");
        }

        @Test
        void forwardedToAMobileCountForTheTelephoneThatWasCalled() {
            AssembledCall call = call(
                    row(CLIENT, "1002", TRUNK, "Local/92125550177@in-03;1").answered(0, 7, 67),
                    row(CLIENT, "92125550177", "Local/92125550177@in-03;2", "PJSIP/carrier-00000009")
                            .by("Dial", "PJSIP/2125550177@carrier,40")
                            .answered(0, 7, 67));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(call.party()).isEqualTo("+12125550100");
            assertThat(talks(call)).containsExactly("1002 60");
            assertThat(call.flags()).containsExactly("forwarded");
        }

        @Test
        void forwardedFromAFullNumberAreNobodys() {
            AssembledCall call = call(row(CLIENT, "3125550199", TRUNK, "PJSIP/carrier-00000009")
                    .by("Dial", "PJSIP/2125550177@carrier,40")
                    .answered(0, 7, 67));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(talks(call)).containsExactly(" 60");
            assertThat(call.flags()).containsExactly("phone-unknown");
        }

        @Test
        void inAConferenceCountForEachPersonOnce() {
            AssembledCall call = call(
                    row(CLIENT, "8000", TRUNK, channel("1001"))
                            .by("ConfBridge", "8000")
                            .answered(0, 0, 100),
                    row(CLIENT, "8000", TRUNK, channel("1002"))
                            .by("ConfBridge", "8000")
                            .answered(0, 20, 100),
                    row("1001", "8000", channel("1001"), channel("1002"))
                            .by("ConfBridge", "8000")
                            .answered(5, 20, 100));
            assertThat(talks(call)).containsExactly("1001 100", "1002 80");
            assertThat(call.flags()).containsExactly("conference", "two-timekeepers");
        }

        @Test
        void toVoicemailAreNotAnswered() {
            AssembledCall call = call(
                    in("1002").rang(0, 20),
                    row(CLIENT, "1002", TRUNK, "")
                            .by("VoiceMail", "1002@default,u")
                            .answered(20, 20, 60));
            assertThat(call.talks()).isEmpty();
            assertThat(call.extension()).isEqualTo("1002");
            assertThat(call.flags()).containsExactly("voicemail");
        }

        @ParameterizedTest
        @CsvSource({"''", "anonymous", "Restricted", "unknown"})
        void fromAWithheldNumberHaveNone(String caller) {
            AssembledCall call =
                    call(row(caller, "1002", TRUNK, channel("1002")).answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(call.party()).isEmpty();
        }

        @Test
        void doNotTakeTheTrunksOwnAccountForACode() {
            for (String own : List.of(CLIENT, "carrier", "1002")) {
                assertThat(call(in("1002").answered(0, 5, 65).code(own)).code()).isEmpty();
            }
            assertThat(call(in("1002").answered(0, 5, 65).code("1042")).code()).isEqualTo("1042");
        }

        @Test
        void toADirectNumberOfATelephoneWithANameCountForIt() {
            AssembledCall call = call(row(CLIENT, "3125550199", TRUNK, "PJSIP/alice-01")
                    .by("Dial", "PJSIP/alice,20")
                    .answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(talks(call)).containsExactly("alice 60");
        }

        @Test
        void toTheContactsOfATelephoneCountForIt() {
            AssembledCall call = call(row(CLIENT, "3125550199", TRUNK, channel("1002"))
                    .by("Dial", "PJSIP/1002/sip:1002@10.0.0.5:5060&PJSIP/1002/sip:1002@10.0.0.6,20")
                    .answered(0, 5, 65));
            assertThat(talks(call)).containsExactly("1002 60");
        }
    }

    @Nested
    class InnerCalls {
        @Test
        void areTheCallersTalk() {
            AssembledCall call =
                    call(row("1001", "1002", channel("1001"), channel("1002")).answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
            assertThat(call.party()).isEqualTo("1002");
            assertThat(talks(call)).containsExactly("1001 60");
        }

        @Test
        void toACarriersShortNumberAreNone() {
            AssembledCall call = call(row("1001", "9411", channel("1001"), "IAX2/carrier-5")
                    .by("Dial", "IAX2/carrier/411,30")
                    .answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(call.party()).isEqualTo("411");
        }

        @Test
        void toATelephoneNumberedLikeAnEmergencyAreNone() {
            NumberPlan three = new NumberPlan("DE", "030", "0", 3);
            Leg leg = row("201", "112", "PJSIP/201-01", "PJSIP/112-02")
                    .by("Dial", "PJSIP/112")
                    .answered(0, 5, 65)
                    .leg(1);
            AssembledCall call = Assembly.of(List.of(leg), three, 0);
            assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
            assertThat(call.emergency()).isFalse();
        }

        @Test
        void thatReachTheOutsideThroughAForwardedPhoneAreOut() {
            AssembledCall call = call(
                    row("1001", "6220", channel("1001"), "Local/*72*42*2125550143@in-0f;1")
                            .answered(0, 3, 14),
                    row("1001", "*72*42*2125550143", "Local/*72*42*2125550143@in-0f;2", TRUNK)
                            .by("Dial", "PJSIP/2125550143@carrier")
                            .answered(0, 3, 14)
                            .code("42"));
            assertThat(call.direction()).isEqualTo(Direction.OUT);
            assertThat(call.code()).isEqualTo("42");
            assertThat(talks(call)).containsExactly("1001 11");
        }

        @Test
        void thatRangTheOutsideTooAreInnerWhenATelephoneAnswered() {
            AssembledCall call = call(
                    row("1001", "6000", channel("1001"), channel("1002")).answered(0, 5, 65),
                    row("1001", "6000", channel("1001"), "Local/92125550177@in-03;1")
                            .rang(0, 5),
                    row("1001", "92125550177", "Local/92125550177@in-03;2", TRUNK)
                            .by("Dial", "PJSIP/2125550177@carrier,40")
                            .rang(0, 5));
            assertThat(call.direction()).isEqualTo(Direction.INTERNAL);
            assertThat(talks(call)).containsExactly("1001 60");
        }
    }

    @Nested
    class Doubts {
        @Test
        void differentCodesAreTold() {
            AssembledCall call = call(
                    in("1001").answered(0, 4, 64).code("11"),
                    row(CLIENT, "1002", TRUNK, channel("1002"))
                            .by("Dial", "PJSIP/1002")
                            .answered(64, 64, 124)
                            .code("22"));
            assertThat(call.code()).isEqualTo("22");
            assertThat(call.flags()).contains("codes-differ");
        }

        @Test
        void aCodeOfALegThatCarriedTheTalkGoesFirst() {
            AssembledCall call = call(
                    out("1001", "92125550143", "2125550143").answered(0, 5, 65).code("11"),
                    row("1001", "1002", "PJSIP/1001-0000aaaa", channel("1002"))
                            .answered(60, 64, 99)
                            .code("22"));
            assertThat(call.code()).isEqualTo("11");
        }

        @Test
        void aMissingHalfIsToldAndItsOtherSideTakenFromTheNumbers() {
            AssembledCall call = call(
                    row(CLIENT, "1002", "Local/1002@in-02;2", channel("1002")).answered(0, 5, 65));
            assertThat(call.direction()).isEqualTo(Direction.IN);
            assertThat(call.party()).isEqualTo("+12125550100");
            assertThat(talks(call)).containsExactly("1002 60");
            assertThat(call.flags()).containsExactly("half-missing");
            AssembledCall outer =
                    call(row(CLIENT, "6000", TRUNK, "Local/1002@in-02;1").answered(0, 5, 65));
            assertThat(outer.direction()).isEqualTo(Direction.IN);
            assertThat(talks(outer)).containsExactly("1002 60");
            assertThat(outer.flags()).containsExactly("half-missing");
        }

        @Test
        void aClockThatMovedIsToldAndThePhoneSystemsCountKept() {
            AssembledCall call = call(in("1002").answered(0, 5, 3665).counted(65, 60));
            assertThat(talks(call)).containsExactly("1002 60");
            assertThat(call.flags()).containsExactly("clock-moved");
        }

        @ParameterizedTest
        @EnumSource(CallFlag.class)
        void haveATextForPeopleAndACodeThatIsFound(CallFlag flag) {
            assertThat(flag.text(Locale.ENGLISH)).endsWith(".");
            assertThat(CallFlag.of(flag.code())).contains(flag);
            assertThat(flag.code()).matches("[a-z-]+");
        }

        @Test
        void anUnknownCodeIsNone() {
            assertThat(CallFlag.of("no-such-flag")).isEmpty();
        }
    }

    @Test
    void aChannelNamedInThousandsOfRowsTakesNoLongTime() {
        List<Leg> legs = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            legs.add(row(CLIENT, "1002", TRUNK, "Local/1@x-1;1")
                    .answered(i, i, i + 5)
                    .leg(i));
            legs.add(row(CLIENT, "1002", "Local/1@x-1;2", channel("1002"))
                    .answered(i, i, i + 5)
                    .leg(100_000 + i));
        }
        long began = System.nanoTime();
        AssembledCall call = Assembly.of(legs, PLAN, 0);
        assertThat(call.talkSeconds()).isLessThanOrEqualTo(20_005);
        assertThat(System.nanoTime() - began).isLessThan(10_000_000_000L);
    }
}
