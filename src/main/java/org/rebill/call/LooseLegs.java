package org.rebill.call;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Finds the calls of legs to which their phone system gives nothing in common (DOMAIN.md D10): a leg is of the same call
 * as one over the same line, in the same direction, with the same outside party, that ends within
 * {@value #APART_SECONDS} s of its start. Where the legs say that the call was passed on ({@link Leg#GOES_ON},
 * {@link Leg#CAME_ON}) and both are stamped to the minute, they may be {@value #MINUTE_SECONDS} s apart; then the party may be withheld too.
 *
 * <p>Legs are evidence and are never changed once they are stored: a leg is told its call before it is written. So a leg
 * that comes late joins the call that is there. One that comes so late that it lies between two stored calls joins the
 * earlier of them, and the later stays a call of its own.
 */
final class LooseLegs {
    private static final int APART_SECONDS = 2;
    private static final int MINUTE_SECONDS = 60;

    /** No single leg lasts longer, for which earlier ones would have to be looked for. */
    private static final Duration LONGEST_LEG = Duration.ofDays(1);

    private static final Comparator<Node> BY_START = Comparator.comparingLong((Node node) -> node.from)
            .thenComparingLong(node -> node.leg.sequence())
            .thenComparing(node -> node.leg.id());

    /** What legs of one call have in common. */
    private record Way(String line, boolean incoming, String party) {}

    /** Legs that were found to be one call; the first of them leads. */
    private static final class Chain {
        private final UUID ownCall;
        private UUID storedCall;

        Chain(Leg first) {
            this.ownCall = first.callId();
        }

        UUID call() {
            return storedCall == null ? ownCall : storedCall;
        }
    }

    private static final class Node {
        private final Leg leg;
        private final boolean stored;
        private final long from;
        private final long to;
        private Chain chain;

        Node(Leg leg, boolean stored) {
            this.leg = leg;
            this.stored = stored;
            this.from = leg.startedAt().getEpochSecond();
            this.to = leg.endedAt().getEpochSecond();
        }

        private boolean isToTheMinuteAs(Node other) {
            boolean starts = from % MINUTE_SECONDS == 0 && other.from % MINUTE_SECONDS == 0;
            boolean ends = to % MINUTE_SECONDS == 0 && other.to % MINUTE_SECONDS == 0;
            return starts || ends;
        }

        /** Whether this call went on in a later leg. */
        boolean goesOnIn(Node later, boolean partyKnown) {
            if (BY_START.compare(this, later) >= 0) {
                return false;
            }
            boolean marked = leg.applicationData().equals(Leg.GOES_ON)
                    || later.leg.applicationData().equals(Leg.CAME_ON);
            long most = marked && isToTheMinuteAs(later) ? MINUTE_SECONDS : APART_SECONDS;
            return (partyKnown || marked) && Math.abs(later.from - to) <= most;
        }
    }

    /** Legs of one way, by when they start and end. */
    private static final class Group {
        private final boolean partyKnown;
        private final List<Node> fresh = new ArrayList<>();
        private final NavigableMap<Long, List<Node>> byEnd = new TreeMap<>();
        private final NavigableMap<Long, List<Node>> storedByStart = new TreeMap<>();

        Group(boolean partyKnown) {
            this.partyKnown = partyKnown;
        }

        void add(Node node) {
            byEnd.computeIfAbsent(node.to, second -> new ArrayList<>(1)).add(node);
            if (node.stored) {
                storedByStart
                        .computeIfAbsent(node.from, second -> new ArrayList<>(1))
                        .add(node);
            } else {
                fresh.add(node);
            }
        }

        void findCalls() {
            fresh.sort(BY_START);
            for (Node node : fresh) {
                Node before = nearest(node, around(byEnd, node.from));
                if (before == null) {
                    node.chain = new Chain(node.leg);
                } else if (before.stored) {
                    node.chain = new Chain(node.leg);
                    node.chain.storedCall = before.leg.callId();
                } else {
                    node.chain = before.chain;
                }
            }
            for (Node node : fresh) {
                if (node.chain.storedCall == null) {
                    for (Node after : around(storedByStart, node.to)) {
                        if (node.chain.storedCall == null && node.goesOnIn(after, partyKnown)) {
                            node.chain.storedCall = after.leg.callId();
                        }
                    }
                }
            }
        }

        private static List<Node> around(NavigableMap<Long, List<Node>> nodes, long second) {
            return nodes.subMap(second - MINUTE_SECONDS, true, second + MINUTE_SECONDS, true).values().stream()
                    .flatMap(List::stream)
                    .toList();
        }

        /** Of those that went on in a leg the one that ends nearest to its start. */
        private Node nearest(Node node, List<Node> candidates) {
            Node nearest = null;
            for (Node candidate : candidates) {
                boolean better =
                        nearest == null || Math.abs(candidate.to - node.from) < Math.abs(nearest.to - node.from);
                if (better && candidate.goesOnIn(node, partyKnown)) {
                    nearest = candidate;
                }
            }
            return nearest;
        }
    }

    private final Map<Way, Group> groups = new HashMap<>();

    private LooseLegs() {}

    /** The batch with each such leg in its call. */
    static LegBatch joined(LegBatch batch, LegRows rows) throws SQLException {
        Instant first = null;
        Instant last = null;
        for (IncomingLeg incoming : batch.legs()) {
            Leg leg = incoming.leg();
            if (isLoose(leg)) {
                first = first == null || leg.startedAt().isBefore(first) ? leg.startedAt() : first;
                last = last == null || leg.endedAt().isAfter(last) ? leg.endedAt() : last;
            }
        }
        if (first == null) {
            return batch;
        }
        Collection<Leg> stored =
                rows.overLines(batch.sourceId(), first.minus(LONGEST_LEG), last.plusSeconds(MINUTE_SECONDS));
        return new LooseLegs().joined(batch, stored);
    }

    private static boolean isLoose(Leg leg) {
        return leg.callId().equals(leg.id()) && way(leg) != null;
    }

    /** Null when not exactly one side is a line. */
    private static Way way(Leg leg) {
        boolean from = leg.fromSide().startsWith(Side.LINE);
        boolean to = leg.toSide().startsWith(Side.LINE);
        if (from == to) {
            return null;
        }
        return from ? new Way(leg.fromSide(), true, leg.caller()) : new Way(leg.toSide(), false, leg.called());
    }

    private LegBatch joined(LegBatch batch, Collection<Leg> stored) {
        Map<UUID, Node> nodes = new HashMap<>();
        for (Leg leg : stored) {
            add(nodes, leg, true);
        }
        for (IncomingLeg incoming : batch.legs()) {
            if (isLoose(incoming.leg())) {
                add(nodes, incoming.leg(), false);
            }
        }
        groups.values().forEach(Group::findCalls);
        List<IncomingLeg> legs = new ArrayList<>(batch.legs().size());
        for (IncomingLeg incoming : batch.legs()) {
            Node node = isLoose(incoming.leg()) ? nodes.get(incoming.leg().id()) : null;
            legs.add(node == null || node.chain == null ? incoming : incoming.inCall(node.chain.call()));
        }
        return batch.with(legs);
    }

    /** A leg that is stored, or stands earlier in the batch, counts once. */
    private void add(Map<UUID, Node> nodes, Leg leg, boolean stored) {
        Way way = way(leg);
        if (way == null || nodes.containsKey(leg.id())) {
            return;
        }
        Node node = new Node(leg, stored);
        nodes.put(leg.id(), node);
        groups.computeIfAbsent(way, key -> new Group(!key.party().isEmpty())).add(node);
    }
}
