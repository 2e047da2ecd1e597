package org.rebill.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the events of a call tell, and when they are not trusted. */
class EventTaleTest {
    private static final NumberPlan PLAN = new NumberPlan("US", "312", "9", 4);
    private static final long START = 1_800_000_000L;
    private static final UUID CALL = new UUID(7, 7);
    private static final String CALLER = "PJSIP/1001-00000001";
    private static final String TRUNK = "PJSIP/trunk-00000002";
    private static final String OTHER = "PJSIP/1002-00000003";
    private static final String DIAL = "PJSIP/3125550143@trunk,60";

    private final List<Leg> legs = new ArrayList<>();

    private EventTaleTest event(double second, String name, String channel, String peers, String mark) {
        boolean called = channel.equals(TRUNK) || channel.equals(OTHER);
        CallEvent event = new CallEvent(
                name,
                Math.round((START + second) * 1_000_000),
                channel,
                channel.substring(channel.lastIndexOf('-') + 1),
                peers,
                channel.equals(CALLER) ? "1001" : "",
                channel.equals(CALLER) ? "93125550143" : "",
                called ? "AppDial" : name.equals("CHAN_START") ? "" : "Dial",
                called ? "(Outgoing Line)" : name.equals("CHAN_START") ? "" : DIAL,
                channel.equals(CALLER) ? "1042" : "",
                mark);
        String identity = name + channel + second + mark;
        legs.add(event.leg(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)), CALL));
        return this;
    }

    private EventTaleTest made(double second, String channel) {
        return event(second, "CHAN_START", channel, "", "");
    }

    private EventTaleTest entered(double second, String channel, String bridge, String... peers) {
        return event(second, "BRIDGE_ENTER", channel, String.join(",", peers), bridge);
    }

    private EventTaleTest left(double second, String channel, String bridge, String... peers) {
        return event(second, "BRIDGE_EXIT", channel, String.join(",", peers), bridge);
    }

    private EventTaleTest hungUp(double second, String channel) {
        return event(second, "HANGUP", channel, "", "16").event(second, "CHAN_END", channel, "", "");
    }

    private EventTaleTest over(double second) {
        return event(second, "LINKEDID_END", CALLER, "", "");
    }

    /** A call out that rang for two seconds behind a prompt of three, and was talked for 20.7 s. */
    private EventTaleTest plainCall() {
        return plainCallUpToTheTalk()
                .left(25.9, TRUNK, "b1", CALLER)
                .left(25.9, CALLER, "b1")
                .hungUp(25.91, TRUNK)
                .hungUp(25.92, CALLER)
                .over(25.92);
    }

    private EventTaleTest plainCallUpToTheTalk() {
        return made(0.1, CALLER)
                .event(0.2, "ANSWER", CALLER, "", "")
                .event(3.1, "APP_START", CALLER, "", "")
                .made(3.2, TRUNK)
                .event(5.1, "ANSWER", TRUNK, "", "")
                .entered(5.2, TRUNK, "b1")
                .entered(5.2, CALLER, "b1", TRUNK);
    }

    /** As the record of that call has it: the prompt is in its talk. */
    private EventTaleTest record() {
        legs.add(new Leg(
                new UUID(1, 1),
                CALL,
                Instant.ofEpochSecond(START),
                Instant.ofEpochSecond(START),
                Instant.ofEpochSecond(START + 25),
                Leg.ANSWERED,
                "1001",
                "93125550143",
                CALLER,
                TRUNK,
                "Dial",
                DIAL,
                25,
                25,
                "1042",
                1));
        return this;
    }

    private EventTaleTest without(String name, String channel) {
        legs.removeIf(leg -> leg.isEvent()
                && leg.disposition().equals(name)
                && leg.fromSide().equals(channel));
        return this;
    }

    private AssembledCall call() {
        return Assembly.of(legs, PLAN, 0);
    }

    private static Talk talk(String extension, long second, int seconds) {
        return new Talk(extension, Instant.ofEpochSecond(START + second), seconds);
    }

    private void assertRecordStands() {
        assertThat(call().talks()).containsExactly(talk("1001", 0, 25));
        assertThat(call().flags()).containsExactly("prompt-in-talk");
    }

    @Test
    void talkIsTheTimeInABridge() {
        AssembledCall call = plainCall().record().call();
        assertThat(call.talks()).containsExactly(talk("1001", 5, 20));
        assertThat(call.party()).isEqualTo("+13125550143");
        assertThat(call.code()).isEqualTo("1042");
        assertThat(call.flags()).isEmpty();
    }

    @Test
    void eventsAloneMakeTheSameCall() {
        AssembledCall alone = plainCall().call();
        assertThat(alone).isEqualTo(record().call());
    }

    @Test
    void aCallThatStillGoesOnHasNoTalkYet() {
        AssembledCall call = plainCallUpToTheTalk().call();
        assertThat(call.talks()).isEmpty();
        assertThat(call.answeredAt()).isNull();
        assertThat(call.direction()).isEqualTo(Direction.OUT);
        assertThat(call.party()).isEqualTo("+13125550143");
        assertThat(call.flags()).containsExactly("events-incomplete");
    }

    @Test
    void theEndOfEachChannelIsTheEndOfTheCall() {
        plainCall().without("LINKEDID_END", CALLER);
        assertThat(call().talks()).containsExactly(talk("1001", 5, 20));
    }

    @Test
    void whoeverHungUpLeftTheBridge() {
        plainCall().without("BRIDGE_EXIT", TRUNK).without("BRIDGE_EXIT", CALLER);
        assertThat(call().talks()).containsExactly(talk("1001", 5, 20));
    }

    @Test
    void theRecordStandsWhereAnEntryIsMissing() {
        plainCall().record().without("BRIDGE_ENTER", TRUNK);
        assertRecordStands();
    }

    @Test
    void theRecordStandsWhereSomebodyNamedWasNotSeenInTheBridge() {
        plainCall().record().without("BRIDGE_ENTER", TRUNK).without("BRIDGE_EXIT", TRUNK);
        assertRecordStands();
    }

    @Test
    void theRecordStandsWhereBridgesAreNotTold() {
        plainCall();
        for (String channel : List.of(CALLER, TRUNK)) {
            without("BRIDGE_ENTER", channel).without("BRIDGE_EXIT", channel);
        }
        record();
        assertRecordStands();
    }

    @Test
    void theRecordStandsWhereTheBridgeHasNoName() {
        made(0, CALLER)
                .made(0, TRUNK)
                .entered(5, TRUNK, "")
                .entered(5, CALLER, "", TRUNK)
                .over(25)
                .record();
        assertRecordStands();
    }

    @Test
    void theRecordStandsWhereTheOtherHalfOfALocalChannelIsMissing() {
        String half = "Local/6000@from-internal-00000001;1";
        made(0, CALLER)
                .made(1, half)
                .entered(5, half, "b1")
                .entered(5, CALLER, "b1", half)
                .over(25)
                .record();
        assertRecordStands();
    }

    @Test
    void theTwoHalvesOfALocalChannelAreOneWire() {
        String one = "Local/6000@from-internal-00000001;1";
        String two = "Local/6000@from-internal-00000001;2";
        made(0, CALLER)
                .made(1, one)
                .made(1, two)
                .made(2, TRUNK)
                .entered(4, one, "b1")
                .entered(4, CALLER, "b1", one)
                .entered(6, TRUNK, "b2")
                .entered(7, two, "b2", TRUNK)
                .over(17);
        assertThat(call().talks()).containsExactly(talk("1001", 7, 10));
    }

    @Test
    void aMoveFromBridgeToBridgeIsNoBreak() {
        plainCallUpToTheTalk()
                .left(10.0, TRUNK, "b1", CALLER)
                .entered(10.3, TRUNK, "b2")
                .left(10.3, CALLER, "b1")
                .entered(10.4, CALLER, "b2", TRUNK)
                .over(15.3);
        assertThat(call().talks()).containsExactly(talk("1001", 5, 10));
    }

    @Test
    void nobodyHearsAnotherWhereChannelsAreOnlyHeld() {
        String lot = CallEvent.HOLDING + "lot";
        plainCallUpToTheTalk()
                .left(10.2, TRUNK, "b1", CALLER)
                .entered(10.2, TRUNK, lot)
                .left(10.2, CALLER, "b1")
                .entered(10.2, CALLER, lot, TRUNK)
                .over(60);
        assertThat(call().talks()).containsExactly(talk("1001", 5, 5));
    }

    @Test
    void aSecondTelephoneInTheSameBridgeHasTheOwnTime() {
        plainCallUpToTheTalk()
                .made(8, OTHER)
                .entered(10.2, OTHER, "b1", CALLER, TRUNK)
                .left(15.2, CALLER, "b1", TRUNK, OTHER)
                .left(25.2, OTHER, "b1", TRUNK)
                .over(25.2);
        assertThat(call().talks()).containsExactly(talk("1001", 5, 10), talk("1002", 10, 15));
        assertThat(call().flags()).containsExactly("two-timekeepers");
    }

    /** The other telephone's own call was joined to this one while that telephone sat in its bridge. */
    @Test
    void whoWasMadeInAnotherCallIsInTheBridgeWhenThisCallEntersIt() {
        plainCallUpToTheTalk()
                .left(10.2, CALLER, "b1", TRUNK)
                .left(12.2, TRUNK, "b1")
                .entered(12.2, TRUNK, "b2", OTHER)
                .left(30.2, OTHER, "b2", TRUNK)
                .hungUp(30.2, OTHER)
                .over(30.2);
        assertThat(call().talks()).containsExactly(talk("1001", 5, 5), talk("1002", 12, 18));
        assertThat(call().flags()).isEmpty();
    }

    @Test
    void aCodeChangedWhileTheyTalkedIsTold() {
        plainCall();
        Leg leg = legs.stream()
                .filter(one ->
                        one.disposition().equals("HANGUP") && one.fromSide().equals(CALLER))
                .findFirst()
                .orElseThrow();
        CallEvent event = CallEvent.of(leg);
        legs.remove(leg);
        legs.add(new CallEvent(
                        event.name(),
                        event.micros(),
                        event.channel(),
                        event.channelId(),
                        event.peers(),
                        event.caller(),
                        event.called(),
                        event.application(),
                        event.arguments(),
                        "2222",
                        event.mark())
                .leg(leg.id(), CALL));
        without("CHAN_END", CALLER).without("LINKEDID_END", CALLER);
        assertThat(call().code()).isEqualTo("2222");
        assertThat(call().flags()).containsExactly("codes-differ");
    }

    @Test
    void anEventIsKeptWhole() {
        CallEvent event = new CallEvent(
                "BRIDGE_EXIT",
                1_800_000_000_000_042L,
                CALLER,
                "my pbx-1800000000.7",
                TRUNK + "," + OTHER,
                "1001",
                "93125550143",
                "AppDial",
                "(Outgoing Line)",
                "007",
                CallEvent.HOLDING + "3d4a5f99");
        Leg leg = event.leg(new UUID(1, 2), CALL);
        assertThat(leg.isEvent()).isTrue();
        assertThat(leg.talkSeconds() + leg.durationSeconds()).isZero();
        CallEvent read = CallEvent.of(leg);
        assertThat(read.channelId()).isEqualTo("my_pbx-1800000000.7");
        assertThat(read.leg(new UUID(1, 2), CALL)).isEqualTo(leg);
        CallEvent bare = new CallEvent("ANSWER", 5, CALLER, "", "", "", "", "", "", "", "");
        assertThat(CallEvent.of(bare.leg(new UUID(1, 3), CALL))).isEqualTo(bare);
    }

    @Test
    void theTimeLineShowsTheTalkAsTheEventsTell() {
        plainCall().record();
        List<PersonTalk> talks = call().talks().stream()
                .map(talk -> new PersonTalk(null, talk.extension(), talk.answeredAt(), talk.seconds()))
                .toList();
        CallTimeline line =
                CallTimeline.of(call().startedAt(), call().endedAt(), CallTimeline.drawn(legs), talks, Leg::toSide);
        assertThat(line.lanes()).hasSize(1);
        assertThat(line.bars()).extracting(CallTimeline.Bar::look).containsExactly("ring", "talk");
        assertThat(line.bars().get(1).text()).startsWith("talk 0:20");
        without("BRIDGE_ENTER", TRUNK);
        assertThat(CallTimeline.drawn(legs)).hasSize(1).noneMatch(Leg::isEvent).allMatch(leg -> leg.sequence() == 1);
    }
}
