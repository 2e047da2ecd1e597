package org.rebill.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who was in a bridge with whom, and when, by the events of one call. The two halves of a Local channel are one wire, so
 * that those at its ends meet when both are in a bridge with their half.
 */
final class Bridges {
    /**
     * Two channels that heard each other.
     *
     * @param from epoch microsecond
     * @param to epoch microsecond
     */
    record Meeting(EventChannel one, EventChannel other, long from, long to) {}

    /** A time of one channel in one bridge. */
    private record Stay(int channel, String bridge, long from, long to) {}

    /** Moved from bridge to bridge, as a phone system does to save a Local channel. */
    private static final long SHORT_BREAK = 500_000;

    // Any file may name any number of channels: no call may take long.
    private static final int MOST_STAYS = 500;
    private static final int MOST_STEPS = 1_000_000;

    private final List<EventChannel> channels;
    private final List<ChannelName> names = new ArrayList<>();
    private final List<Stay> stays = new ArrayList<>();
    private final Map<String, Long> opened = new HashMap<>();
    private final List<Meeting> meetings = new ArrayList<>();
    private boolean consistent = true;

    /**
     * @param channels each once
     * @param entries of each channel, by its bridge, when it came ({@code true}) and went, in order of time
     * @param last epoch microsecond of the call's last event
     */
    Bridges(Collection<EventChannel> channels, Map<EventChannel, Map<String, List<Passage>>> entries, long last) {
        this.channels = List.copyOf(channels);
        entries.values()
                .forEach(ofChannel -> ofChannel.forEach((bridge, passages) -> passages.stream()
                        .filter(Passage::in)
                        .forEach(entry -> opened.merge(bridge, entry.at, Math::min))));
        for (int i = 0; i < this.channels.size(); i++) {
            EventChannel channel = this.channels.get(i);
            names.add(ChannelName.of(channel.name()));
            int index = i;
            entries.getOrDefault(channel, Map.of()).forEach((bridge, passages) -> stay(index, bridge, passages, last));
        }
        consistent = consistent && stays.size() <= MOST_STAYS && haveBothHalves();
        if (consistent) {
            meet();
        }
    }

    /** Through a bridge's door. */
    record Passage(long at, boolean in) {}

    /** False when the events contradict each other, or some must be missing. */
    boolean isConsistent() {
        return consistent;
    }

    /** Whether any channel was in a bridge. */
    boolean isUsed() {
        return !stays.isEmpty();
    }

    /** In order of time. */
    List<Meeting> meetings() {
        return meetings;
    }

    private void stay(int channel, String bridge, List<Passage> passages, long last) {
        long since = EventChannel.NEVER;
        List<Passage> open = new ArrayList<>(passages);
        while (!open.isEmpty()) {
            Passage next = open.remove(next(open, since != EventChannel.NEVER));
            if (next.in) {
                since = since == EventChannel.NEVER ? next.at : since;
            } else {
                since = since == EventChannel.NEVER ? broughtIn(channel, bridge, next.at) : since;
                add(channel, bridge, since, next.at);
                since = EventChannel.NEVER;
            }
        }
        if (since != EventChannel.NEVER) {
            long ends = channels.get(channel).ends();
            add(channel, bridge, since, ends == EventChannel.NEVER ? last : ends);
        }
    }

    /**
     * When a channel came that nobody saw come. One that was made in another call was in the bridge when a channel of
     * this call entered it, which made both calls one (Asterisk gives all in the bridge the older linkedid).
     */
    private long broughtIn(int channel, String bridge, long left) {
        Long since = opened.get(bridge);
        consistent &= since != null && since <= left && !channels.get(channel).isMadeHere();
        return since == null ? left : since;
    }

    /** Of those at the same moment the one that can be: who is in goes out first. */
    private static int next(List<Passage> passages, boolean inside) {
        long at = passages.get(0).at;
        for (int i = 0; i < passages.size() && passages.get(i).at == at; i++) {
            if (passages.get(i).in != inside) {
                return i;
            }
        }
        return 0;
    }

    private void add(int channel, String bridge, long from, long to) {
        if (to > from && !bridge.startsWith(CallEvent.HOLDING)) {
            stays.add(new Stay(channel, bridge, from, to));
        }
    }

    /** What is behind a Local channel must be known, else a talk through it would be lost. */
    private boolean haveBothHalves() {
        for (Stay stay : stays) {
            ChannelName name = names.get(stay.channel);
            if (name.isLocal() && half(name, 3 - name.half()) < 0) {
                return false;
            }
        }
        return true;
    }

    private int half(ChannelName of, int half) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).half() == half && names.get(i).pair().equals(of.pair())) {
                return i;
            }
        }
        return -1;
    }

    private void meet() {
        long[] moments = stays.stream()
                .flatMapToLong(stay -> Arrays.stream(new long[] {stay.from, stay.to}))
                .sorted()
                .distinct()
                .toArray();
        Map<Long, Meeting> open = new LinkedHashMap<>();
        long steps = 0;
        for (int i = 0; i + 1 < moments.length; i++) {
            steps += stays.size();
            for (List<Integer> room : rooms(moments[i], moments[i + 1])) {
                for (int one = 0; one < room.size(); one++) {
                    for (int other = one + 1; other < room.size(); other++) {
                        if (++steps > MOST_STEPS) {
                            consistent = false;
                            meetings.clear();
                            return;
                        }
                        extend(open, room.get(one), room.get(other), moments[i], moments[i + 1]);
                    }
                }
            }
        }
        meetings.addAll(open.values());
        meetings.sort(Comparator.comparingLong(Meeting::from));
    }

    private void extend(Map<Long, Meeting> open, int one, int other, long from, long to) {
        long key = (long) one * channels.size() + other;
        Meeting before = open.get(key);
        if (before != null && from - before.to <= SHORT_BREAK) {
            open.put(key, new Meeting(before.one, before.other, before.from, to));
            return;
        }
        if (before != null) {
            meetings.add(before);
        }
        open.put(key, new Meeting(channels.get(one), channels.get(other), from, to));
    }

    /** Channels that hear each other all through a span of time, Local ones left out. */
    private Collection<List<Integer>> rooms(long from, long to) {
        int[] joined = new int[channels.size()];
        Arrays.setAll(joined, i -> i);
        Map<String, Integer> bridges = new HashMap<>();
        Map<String, Integer> wires = new HashMap<>();
        TreeSet<Integer> present = new TreeSet<>();
        for (Stay stay : stays) {
            if (stay.from <= from && stay.to >= to) {
                ChannelName name = names.get(stay.channel);
                join(joined, stay.channel, bridges.putIfAbsent(stay.bridge, stay.channel));
                if (name.isLocal()) {
                    join(joined, stay.channel, wires.putIfAbsent(name.pair(), stay.channel));
                } else {
                    present.add(stay.channel);
                }
            }
        }
        Map<Integer, List<Integer>> rooms = new LinkedHashMap<>();
        for (int channel : present) {
            rooms.computeIfAbsent(root(joined, channel), room -> new ArrayList<>())
                    .add(channel);
        }
        return rooms.values();
    }

    private static void join(int[] joined, int one, Integer other) {
        if (other != null) {
            joined[root(joined, one)] = root(joined, other);
        }
    }

    private static int root(int[] joined, int at) {
        int root = at;
        while (joined[root] != root) {
            root = joined[root];
        }
        return root;
    }
}
