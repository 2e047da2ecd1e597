package org.rebill.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rebill.call.Bridges.Meeting;
import org.rebill.call.EventChannel.Dialling;

/**
 * What the events of one call tell ({@link CallEvent}): who heard whom, to the microsecond, and who called whom, in the
 * shape of call records. Pure: the same events in any order tell the same.
 *
 * <p>It is exact only when the call is over and nothing is missing: the call's end or the end of each channel is there,
 * whoever left a bridge entered it, the other half of each Local channel is known, who is named as being in a bridge was
 * seen to come or go, and where a called telephone answered there are bridges at all.
 */
final class EventTale {
    private static final String NO_ANSWER = "NO ANSWER";
    private static final long SECOND = 1_000_000;
    private static final Comparator<CallEvent> BY_TIME = Comparator.comparingLong(CallEvent::micros)
            .thenComparing(CallEvent::kind)
            .thenComparing(CallEvent::channelId)
            .thenComparing(CallEvent::channel)
            .thenComparing(CallEvent::name)
            .thenComparing(CallEvent::mark)
            .thenComparing(CallEvent::application)
            .thenComparing(CallEvent::arguments)
            .thenComparing(CallEvent::called)
            .thenComparing(CallEvent::caller)
            .thenComparing(CallEvent::code);
    /** Channels of a conference room's own, of which no events are written. */
    private static final Pattern OWN_CHANNEL = Pattern.compile("(CBAnn|CBRec|Announcer|Recorder)/.*");

    // Any file may name any number of them: no call may take long.
    private static final int MOST_DIALLINGS = 256;

    private final List<CallEvent> events;
    private final Map<String, EventChannel> channels = new LinkedHashMap<>();
    private final Bridges bridges;
    private final boolean ended;
    private final boolean whole;
    private final long last;

    /** @param legs at least one, each an event */
    EventTale(List<Leg> legs) {
        events = legs.stream().map(CallEvent::of).sorted(BY_TIME).toList();
        last = events.get(events.size() - 1).micros();
        Map<EventChannel, Map<String, List<Bridges.Passage>>> passages = new HashMap<>();
        boolean marked = true;
        boolean callEnded = false;
        for (CallEvent event : events) {
            EventChannel channel = channels.computeIfAbsent(
                    event.channelId().isEmpty() ? event.channel() : event.channelId(), id -> new EventChannel());
            channel.add(event);
            CallEvent.Kind kind = event.kind();
            callEnded |= kind == CallEvent.Kind.LINKEDID_END;
            if (kind == CallEvent.Kind.BRIDGE_ENTER || kind == CallEvent.Kind.BRIDGE_EXIT) {
                marked &= !event.mark().isEmpty();
                passages.computeIfAbsent(channel, one -> new LinkedHashMap<>(2))
                        .computeIfAbsent(event.mark(), bridge -> new ArrayList<>(2))
                        .add(new Bridges.Passage(event.micros(), kind == CallEvent.Kind.BRIDGE_ENTER));
            }
        }
        bridges = new Bridges(channels.values(), passages, last);
        ended = callEnded || channels.values().stream().allMatch(one -> one.ends() != EventChannel.NEVER);
        whole = ended && marked && bridges.isConsistent() && isEachPeerSeen() && !isBridgingMissing();
    }

    /** Whoever is named as being in a bridge must be known to have come or gone, else lines are missing. */
    private boolean isEachPeerSeen() {
        Map<String, Set<String>> seen = new HashMap<>();
        List<CallEvent> passages = events.stream()
                .filter(event ->
                        event.kind() == CallEvent.Kind.BRIDGE_ENTER || event.kind() == CallEvent.Kind.BRIDGE_EXIT)
                .toList();
        passages.forEach(event ->
                seen.computeIfAbsent(event.mark(), bridge -> new HashSet<>()).add(event.channel()));
        return passages.stream().allMatch(event -> Arrays.stream(event.peers().split(","))
                .allMatch(peer -> peer.isBlank()
                        || seen.get(event.mark()).contains(peer)
                        || OWN_CHANNEL.matcher(peer).matches()));
    }

    /** The phone system may be set to write some kinds of events only. */
    private boolean isBridgingMissing() {
        return !bridges.isUsed()
                && channels.values().stream().anyMatch(one -> one.isCalled() && one.answers() != EventChannel.NEVER);
    }

    /** Whether the talk of the call is told exactly. */
    boolean isWhole() {
        return whole;
    }

    /** In order of time. */
    List<Meeting> meetings() {
        return bridges.meetings();
    }

    /** A channel's account code was changed while it talked. */
    boolean codesDiffer() {
        return channels.values().stream().anyMatch(EventChannel::changedCode);
    }

    Instant startedAt() {
        return second(events.get(0).micros());
    }

    /**
     * The call as records would tell it, without talk while it is not known to be over: one for each channel that
     * another called, and one for each that talked with the phone system only. At least one.
     */
    List<Leg> legs() {
        List<Leg> legs = new ArrayList<>();
        Set<EventChannel> callers = new HashSet<>();
        Set<EventChannel> reached = new HashSet<>();
        List<Dialling> diallings = channels.values().stream()
                .flatMap(channel -> channel.diallings().stream())
                .limit(MOST_DIALLINGS)
                .toList();
        EventChannel origin = channels.values().stream()
                .filter(channel -> !channel.isCalled())
                .findFirst()
                .orElse(null);
        for (EventChannel channel : channels.values()) {
            Dialling dialling = channel.isCalled() ? dialling(channel, diallings, origin) : null;
            if (dialling != null) {
                boolean first = callers.add(dialling.by());
                legs.add(leg(
                        legs.size(), dialling, channel, first ? dialling.by().begins() : dialling.at()));
                if (channel.answers() != EventChannel.NEVER) {
                    reached.add(dialling.by());
                }
            }
        }
        for (EventChannel channel : channels.values()) {
            boolean alone = !channel.isCalled() && !callers.contains(channel);
            boolean prompted = channel.answers() != EventChannel.NEVER && !reached.contains(channel);
            if (alone || (prompted && !channel.isCalled())) {
                legs.add(leg(legs.size(), channel));
            }
        }
        if (legs.isEmpty()) {
            legs.add(leg(0, channels.values().iterator().next()));
        }
        return legs;
    }

    /** Who called a channel, and with what: an application that names it, the last one that began before. */
    private static Dialling dialling(EventChannel called, List<Dialling> diallings, EventChannel origin) {
        ChannelName name = ChannelName.of(called.name());
        String device = name.technology() + "/" + name.device();
        Dialling best = null;
        int bestMatch = 0;
        for (Dialling dialling : diallings) {
            boolean named = dialling.arguments().contains(device)
                    || dialling.arguments().contains("@" + name.device());
            int match = (dialling.at() <= called.begins() ? 2 : 0) + (named ? 1 : 0);
            boolean better = best == null || match > bestMatch || (match == bestMatch && dialling.at() >= best.at());
            if (better && dialling.by() != called) {
                best = dialling;
                bestMatch = match;
            }
        }
        return best == null && origin != null
                ? new Dialling(origin, called.begins(), "Dial", "", origin.number(), called.number())
                : best;
    }

    private Leg leg(int no, Dialling dialling, EventChannel called, long begins) {
        boolean answered = ended && called.answers() != EventChannel.NEVER;
        return leg(
                no,
                begins,
                answered ? called.answers() : EventChannel.NEVER,
                called.ends(),
                answered ? Leg.ANSWERED : NO_ANSWER,
                dialling.caller().isEmpty() ? dialling.by().number() : dialling.caller(),
                dialling.called(),
                dialling.by().name(),
                called.name(),
                dialling.application(),
                dialling.arguments(),
                dialling.by().code());
    }

    private Leg leg(int no, EventChannel alone) {
        boolean answered = ended && alone.answers() != EventChannel.NEVER;
        return leg(
                no,
                alone.begins(),
                answered ? alone.answers() : EventChannel.NEVER,
                alone.ends(),
                answered ? Leg.ANSWERED : NO_ANSWER,
                alone.number(),
                alone.dialled(),
                alone.name(),
                "",
                alone.lastRun(),
                alone.lastArguments(),
                alone.code());
    }

    private Leg leg(
            int no,
            long begins,
            long answers,
            long ends,
            String disposition,
            String caller,
            String called,
            String from,
            String to,
            String application,
            String arguments,
            String code) {
        long until = Math.max(begins, ends == EventChannel.NEVER ? last : ends);
        long since = answers == EventChannel.NEVER ? until : Math.max(begins, Math.min(until, answers));
        return new Leg(
                new UUID(0, no),
                new UUID(0, 0),
                second(begins),
                answers == EventChannel.NEVER ? null : second(since),
                second(until),
                disposition,
                caller,
                called,
                from,
                to,
                application,
                arguments,
                (int) ((until - begins) / SECOND),
                (int) ((until - since) / SECOND),
                code,
                no);
    }

    private static Instant second(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, SECOND));
    }
}
