package org.rebill.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rebill.call.Bridges.Meeting;

/**
 * Who was connected with whom in one call, and when, by its legs. The two halves of a Local channel are one wire, so
 * that a talk through it is found once, between the telephones at its ends. A conference room connects all who are in it
 * at the same time.
 *
 * <p>A leg connects two channels when it was ANSWERED and has a called channel; a row without one is an application of
 * the phone system itself (a prompt, Busy(), voicemail), and talk seconds of a leg that was not answered are a queue's
 * or a prompt's.
 */
final class Wiring {
    /** What a channel is for the firm. */
    enum Role {
        UNKNOWN,
        PHONE,
        OUTSIDE,
        LOCAL,
        ROOM
    }

    /** A channel. */
    static final class Node {
        private final ChannelName name;
        private final int index;
        private final List<Link> links = new ArrayList<>(2);
        private Role role;
        private boolean certain;
        private boolean called;
        private int calledBy;
        private boolean calledPhone;
        private String number = "";
        private String dialled = "";
        private boolean caller;

        private Node(ChannelName name, int index) {
            this.name = name;
            this.index = index;
            this.role = name.isLocal() ? Role.LOCAL : name.isRoom() ? Role.ROOM : Role.UNKNOWN;
        }

        /** Passes talk on: no end of a talk. */
        private boolean passesOn() {
            return role == Role.LOCAL || role == Role.ROOM;
        }

        boolean isPhone() {
            return role == Role.PHONE;
        }

        boolean isOutside() {
            return role == Role.OUTSIDE;
        }

        /** Some leg called it. */
        boolean wasCalled() {
            return called;
        }

        /** A leg that began earlier, or at the same time but before it in order, called it. */
        boolean wasCalledBefore(int leg) {
            return called && calledBy < leg;
        }

        ChannelName name() {
            return name;
        }

        /** Of a telephone its extension. */
        String extension() {
            return number;
        }

        /** Of an outside party its number. */
        PhoneNumbers.Known party(NumberPlan plan) {
            return caller ? PhoneNumbers.caller(plan, number) : PhoneNumbers.dialled(plan, number, dialled);
        }

        private void is(Role role, String number, boolean certain) {
            this.role = role;
            this.number = number;
            this.certain = certain;
        }
    }

    /** An answered leg. */
    private static final class Link {
        private final Node one;
        private final Node other;
        private final Leg leg;
        private long from;
        private long to;
        private int seconds;
        private CallFlag doubt;

        private Link(Node one, Node other, Leg leg) {
            this.one = one;
            this.other = other;
            this.leg = leg;
            this.from = leg.answeredAt().getEpochSecond();
            this.to = leg.endedAt().getEpochSecond();
            this.seconds = leg.talkSeconds();
        }

        /** Moves it behind the segment before; gives where it ends. */
        private long follow(long segmentBefore) {
            from = Math.max(from, segmentBefore);
            to = from + seconds;
            return to;
        }

        private Node beyond(Node node) {
            return node == one ? other : one;
        }
    }

    /**
     * Two channels that talked.
     *
     * @param from epoch second
     * @param to epoch second
     * @param seconds by the phone system's count where one leg tells it
     * @param doubt why its beginning is not certain to be the answer, or null
     * @param legs that it was found in
     */
    record Span(Node one, Node other, long from, long to, int seconds, CallFlag doubt, List<Leg> legs) {
        boolean isBetween(Role role, Role with) {
            return (one.role == role && other.role == with) || (one.role == with && other.role == role);
        }

        Node end(Role role) {
            return one.role == role ? one : other;
        }
    }

    private static final int DEEPEST = 8;
    private static final long MICROS = 1_000_000;

    // A file may name one channel in any number of rows: no call may take long.
    private static final int MOST_STEPS = 20_000;
    private static final int MOST_ON_A_CHANNEL = 64;
    private static final Set<String> CONFERENCES = Set.of("ConfBridge", "MeetMe", "Conference");

    private final NumberPlan plan;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final Set<CallFlag> flags = EnumSet.noneOf(CallFlag.class);
    private final Map<String, Node> halves = new HashMap<>();
    private int steps;

    /** @param legs in order of start */
    Wiring(List<Leg> legs, NumberPlan plan) {
        this(legs, plan, List.of(), null);
    }

    /**
     * As told by events: who talked is known from outside, the legs tell who is who.
     *
     * @param legs in order of start
     * @param further tell of channels that the legs do not name
     * @param meetings who heard whom
     */
    Wiring(List<Leg> legs, NumberPlan plan, List<Leg> further, List<Meeting> meetings) {
        this.plan = plan;
        long segmentsEnd = Long.MIN_VALUE;
        long lastEnd = Long.MIN_VALUE;
        boolean wentOn = false;
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.get(i);
            Node from = node(leg.fromSide());
            learnCaller(from, leg);
            if (CONFERENCES.contains(leg.application())) {
                flags.add(CallFlag.CONFERENCE);
            }
            if (leg.applicationData().startsWith(Leg.PASSED_ON)) {
                flags.add(CallFlag.TRANSFERRED);
            }
            if (leg.toSide().isEmpty()) {
                continue;
            }
            Node to = node(leg.toSide());
            if (!to.called) {
                to.called = true;
                to.calledBy = i;
            }
            learnCalled(to, leg);
            from.calledPhone |= to.isPhone();
            if (leg.answeredAt() != null && leg.disposition().equals(Leg.ANSWERED) && from != to) {
                Link link = new Link(from, to, leg);
                boolean goesOn = leg.applicationData().equals(Leg.GOES_ON);
                boolean cameOn = leg.applicationData().equals(Leg.CAME_ON);
                if (leg.application().equals(Leg.SEGMENT) || goesOn || wentOn) {
                    segmentsEnd = link.follow(segmentsEnd);
                } else if (cameOn) {
                    segmentsEnd = link.follow(Math.max(segmentsEnd, lastEnd));
                }
                wentOn |= goesOn || cameOn;
                lastEnd = Math.max(lastEnd, link.to);
                links.add(link);
                from.links.add(link);
                to.links.add(link);
            }
        }
        learnFurther(further);
        for (Leg leg : legs) {
            findNamedPhone(leg);
        }
        if (meetings != null) {
            flags.clear();
            takeOver(meetings, legs);
            return;
        }
        findDoubts(legs);
        for (Node node : List.copyOf(nodes.values())) {
            if (!node.passesOn()) {
                for (Link link : node.links) {
                    walk(node, link, node, 1, null);
                }
            }
        }
    }

    private void learnFurther(List<Leg> further) {
        for (Leg leg : further) {
            boolean newCaller = !nodes.containsKey(leg.fromSide());
            boolean newCalled = !leg.toSide().isEmpty() && !nodes.containsKey(leg.toSide());
            if (newCaller) {
                learnCaller(node(leg.fromSide()), leg);
            }
            if (newCalled) {
                Node called = node(leg.toSide());
                called.called = true;
                called.calledBy = Integer.MAX_VALUE;
                learnCalled(called, leg);
            }
        }
    }

    private void takeOver(List<Meeting> meetings, List<Leg> legs) {
        Map<Node, List<Leg>> carried = new HashMap<>();
        for (Leg leg : legs) {
            carried.computeIfAbsent(nodes.get(leg.fromSide()), node -> new ArrayList<>())
                    .add(leg);
            if (!leg.toSide().isEmpty()) {
                carried.computeIfAbsent(nodes.get(leg.toSide()), node -> new ArrayList<>())
                        .add(leg);
            }
        }
        for (Meeting meeting : meetings) {
            Node one = node(meeting.one().name());
            Node other = node(meeting.other().name());
            if (one != other) {
                List<Leg> both = new ArrayList<>(carried.getOrDefault(one, List.of()));
                both.addAll(carried.getOrDefault(other, List.of()));
                spans.add(new Span(
                        one,
                        other,
                        Math.floorDiv(meeting.from(), MICROS),
                        Math.floorDiv(meeting.to(), MICROS),
                        (int) ((meeting.to() - meeting.from()) / MICROS),
                        null,
                        both));
            }
        }
    }

    List<Span> spans() {
        return spans;
    }

    Set<CallFlag> flags() {
        return flags;
    }

    Iterable<Node> nodes() {
        return nodes.values();
    }

    Node node(String channel) {
        Node known = nodes.get(channel);
        if (known != null) {
            return known;
        }
        ChannelName name = ChannelName.of(channel);
        Node node = new Node(name, nodes.size());
        nodes.put(channel, node);
        if (name.isLocal()) {
            halves.put(name.pair() + name.half(), node);
        }
        return node;
    }

    private void learnCaller(Node node, Leg leg) {
        if (node.passesOn() || node.certain) {
            return;
        }
        String device = node.name.device();
        if (node.name.isToldLine()) {
            node.is(Role.OUTSIDE, leg.caller(), true);
            node.caller = true;
        } else if (node.name.isToldPhone()
                || isDevice(node, device)
                || (device.equals(leg.caller()) && device.length() < 7 && DialString.isDigits(device))) {
            node.is(Role.PHONE, device, true);
        } else if (node.role == Role.UNKNOWN) {
            node.is(plan.isExtension(leg.caller()) ? Role.PHONE : Role.OUTSIDE, leg.caller(), false);
            node.caller = true;
        }
    }

    private boolean isDevice(Node node, String device) {
        return node.name.namesDevice() && device.length() > 1 && plan.isExtension(device);
    }

    private void learnCalled(Node node, Leg leg) {
        if (node.passesOn() || node.certain) {
            return;
        }
        String device = node.name.device();
        if (node.name.isToldLine()) {
            node.is(Role.OUTSIDE, "", true);
            node.dialled = leg.called();
            return;
        }
        if (node.name.isToldPhone() || isDevice(node, device)) {
            node.is(Role.PHONE, device, true);
            return;
        }
        boolean dial = leg.application().equals("Dial");
        DialTarget target = dial ? DialTarget.of(leg.applicationData(), device) : DialTarget.of("", device);
        boolean toNumber = !target.number().isEmpty();
        boolean toDevice = !toNumber && target.device().equals(device) && node.name.namesDevice();
        if (toNumber
                && target.number().length() == plan.extensionDigits()
                && plan.isExtension(target.number())
                && !PhoneNumbers.dialled(plan, target.number(), "").emergency()) {
            node.is(Role.PHONE, target.number(), true);
        } else if (toNumber) {
            node.is(Role.OUTSIDE, target.number(), true);
            node.dialled = leg.called();
        } else if (toDevice || leg.application().equals("Queue")) {
            boolean numbered = DialString.isDigits(device) && device.length() < 7;
            node.is(Role.PHONE, !numbered && plan.isExtension(leg.called()) ? leg.called() : device, true);
        } else if (node.role == Role.UNKNOWN) {
            boolean phone = plan.isExtension(leg.called());
            node.is(phone ? Role.PHONE : Role.OUTSIDE, phone ? leg.called() : "", false);
            node.dialled = leg.called();
        }
    }

    /**
     * A telephone with a name and a full number of its own looks like a trunk. But it dialled what then went out, and
     * never talked to a telephone: nobody from outside does that.
     */
    private void findNamedPhone(Leg leg) {
        Node from = nodes.get(leg.fromSide());
        if (from.role != Role.OUTSIDE
                || from.certain
                || from.called
                || leg.toSide().isEmpty()) {
            return;
        }
        Node to = nodes.get(leg.toSide());
        String dialled = DialString.of(leg.called()).number();
        boolean sent = to.role == Role.OUTSIDE
                && !to.caller
                && to.number.length() > plan.extensionDigits()
                && dialled.endsWith(to.number);
        if (sent && !from.calledPhone && !from.name.device().equals(to.name.device())) {
            from.is(Role.PHONE, from.name.device(), true);
        }
    }

    private void findDoubts(List<Leg> legs) {
        Map<String, long[]> losers = null;
        for (Link link : links) {
            if (link.one.name.isToldPhone() || link.one.name.isToldLine() || link.one.name.isRoom()) {
                link.doubt = link.leg.application().equals(Leg.NO_ANSWER_MARK) ? CallFlag.ANSWER_NOT_MARKED : null;
            } else if (link.one.name.half() == 1 && !link.one.called && half(link.one, 2) != null) {
                link.doubt = CallFlag.CLICK_TO_CALL;
            } else if (isAnsweredAtOnce(link.leg) && !CONFERENCES.contains(link.leg.application())) {
                link.doubt = doubtOfAnswer(link);
            }
        }
        for (Link link : links) {
            if (link.doubt == CallFlag.PROMPT_IN_TALK || link.doubt == CallFlag.TRANSFERRED) {
                if (link.doubt == CallFlag.TRANSFERRED) {
                    flags.add(CallFlag.TRANSFERRED);
                }
                losers = losers == null ? losers(legs) : losers;
                inferAnswer(link, losers.get(link.leg.fromSide()));
            }
        }
    }

    /** Under one second between start and answer: no telephone rang. */
    private static boolean isAnsweredAtOnce(Leg leg) {
        long between = leg.answeredAt().getEpochSecond() - leg.startedAt().getEpochSecond();
        return between <= 0 || (between == 1 && leg.durationSeconds() == leg.talkSeconds());
    }

    /** The calling channel was up before: after a prompt, or after it had talked with somebody else. */
    private static CallFlag doubtOfAnswer(Link link) {
        boolean goesOn = false;
        for (Link earlier : firstOf(link.one)) {
            goesOn |= earlier != link
                    && earlier.to >= link.from - 2
                    && earlier.to <= link.from + 1
                    && earlier.from <= link.from;
        }
        for (Link earlier : firstOf(link.other)) {
            boolean talkedBefore = earlier.from < link.from || (goesOn && earlier.from == link.from);
            if (earlier != link && talkedBefore) {
                // The called one was up as well: handed over or fetched from where it was parked, without ringing.
                return null;
            }
        }
        return goesOn ? CallFlag.TRANSFERRED : CallFlag.PROMPT_IN_TALK;
    }

    private static List<Link> firstOf(Node node) {
        return node.links.size() <= MOST_ON_A_CHANNEL ? node.links : node.links.subList(0, MOST_ON_A_CHANNEL);
    }

    /** By calling channel: when the telephones that it called in vain stopped ringing, sorted. */
    private static Map<String, long[]> losers(List<Leg> legs) {
        Map<String, List<Long>> ends = new HashMap<>();
        for (Leg leg : legs) {
            if (leg.disposition().equals("NO ANSWER") && !leg.toSide().isEmpty()) {
                ends.computeIfAbsent(leg.fromSide(), side -> new ArrayList<>())
                        .add(leg.endedAt().getEpochSecond());
            }
        }
        Map<String, long[]> sorted = new HashMap<>();
        ends.forEach((side, all) -> sorted.put(
                side, all.stream().mapToLong(Long::longValue).sorted().toArray()));
        return sorted;
    }

    /** The others stop ringing when one is answered. */
    private static void inferAnswer(Link link, long[] losers) {
        if (losers == null) {
            return;
        }
        int found = Arrays.binarySearch(losers, link.to);
        int last = found >= 0 ? found : -found - 2;
        if (last < 0 || losers[last] <= link.from) {
            return;
        }
        // Whole seconds of both stamps: the talk is that or one less; the count of the phone system tells which.
        long byStamps = link.to - losers[last];
        long byCount = link.seconds - (losers[last] - link.from);
        link.seconds = (int) Math.max(0, Math.min(byStamps, Math.max(byCount, byStamps - 1)));
        link.from = losers[last];
        link.doubt = CallFlag.ANSWER_INFERRED;
    }

    private Node half(Node local, int half) {
        return halves.get(local.name.pair() + half);
    }

    /** Follows a link from a channel, through Local channels, to the channels at the other ends. */
    private void walk(Node origin, Link link, Node at, int depth, Span before) {
        Node beyond = link.beyond(at);
        long begins = Math.max(afterConsultation(beyond, link), afterConsultation(at, link));
        Span span = joined(origin, beyond, before, link, begins);
        if (span == null || ++steps > MOST_STEPS) {
            return;
        }
        if (beyond.role == Role.ROOM) {
            throughRoom(origin, link, beyond, depth, span);
            return;
        }
        if (beyond.role != Role.LOCAL) {
            if (origin.index < beyond.index) {
                spans.add(span);
            }
            return;
        }
        Node partner = half(beyond, 3 - beyond.name.half());
        if (partner == null) {
            flags.add(CallFlag.HALF_MISSING);
            spans.add(new Span(
                    origin, standIn(beyond, link.leg), span.from, span.to, span.seconds, span.doubt, span.legs));
            return;
        }
        if (depth < DEEPEST) {
            for (Link next : partner.links) {
                if (next != link) {
                    walk(origin, next, partner, depth + 1, span);
                }
            }
        }
    }

    /** Whoever else was in the room at the same time. */
    private void throughRoom(Node origin, Link link, Node room, int depth, Span before) {
        if (depth >= DEEPEST) {
            return;
        }
        for (Link next : firstOf(room)) {
            boolean together = next != link && next.to > before.from && next.from < before.to;
            if (together && next.beyond(room) != origin) {
                walk(origin, next, room, depth + 1, before);
            }
        }
    }

    /** In place of the channel behind a Local one whose other half has no record. */
    private Node standIn(Node local, Leg leg) {
        boolean asCaller = leg.fromSide().endsWith(local.name.pair() + ";" + local.name.half());
        String number =
                asCaller ? leg.caller() : DialString.of(local.name.device()).number();
        Node node = new Node(new ChannelName("", "", 0, ""), Integer.MAX_VALUE);
        node.is(plan.isExtension(number) ? Role.PHONE : Role.OUTSIDE, number, true);
        node.caller = asCaller;
        node.dialled = asCaller ? "" : local.name.device();
        return node;
    }

    /** An attended transfer joins a half first to who consults, and to the other party when that one is gone. */
    private long afterConsultation(Node half, Link link) {
        long begins = link.from;
        if (half.role == Role.LOCAL && half.links.size() > 1 && half.links.size() <= MOST_ON_A_CHANNEL) {
            for (Link other : half.links) {
                boolean consults = other != link
                        && other.beyond(half) != link.beyond(half)
                        && other.from >= link.from - 2
                        && other.to < link.to;
                if (consults) {
                    flags.add(CallFlag.TRANSFERRED);
                    begins = Math.max(begins, other.to);
                }
            }
        }
        return begins;
    }

    /** What a talk so far and a further link have in common; null when they do not meet. */
    private static Span joined(Node origin, Node beyond, Span before, Link link, long begins) {
        int seconds = begins == link.from ? link.seconds : (int) Math.max(0, link.to - begins);
        CallFlag doubt = begins == link.from ? link.doubt : null;
        if (before == null) {
            return new Span(origin, beyond, begins, link.to, seconds, doubt, List.of(link.leg));
        }
        long from = Math.max(before.from, begins);
        long to = Math.min(before.to, link.to);
        if (to < from) {
            return null;
        }
        boolean wholeLink = from == begins && to == link.to;
        boolean wholeBefore = from == before.from && to == before.to;
        int common = wholeLink && wholeBefore
                ? Math.min(seconds, before.seconds)
                : wholeLink ? seconds : wholeBefore ? before.seconds : (int) (to - from);
        List<Leg> legs = new ArrayList<>(before.legs);
        legs.add(link.leg);
        return new Span(origin, beyond, from, to, common, worse(before, doubt, begins), legs);
    }

    /** The doubt of whichever began later; when both began together, one without doubt settles it. */
    private static CallFlag worse(Span before, CallFlag doubt, long begins) {
        if (before.doubt == CallFlag.CLICK_TO_CALL || doubt == CallFlag.CLICK_TO_CALL) {
            return CallFlag.CLICK_TO_CALL;
        }
        if (begins != before.from) {
            return begins > before.from ? doubt : before.doubt;
        }
        return before.doubt == null ? null : doubt;
    }
}
