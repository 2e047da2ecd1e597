package org.rebill.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rebill.call.Wiring.Node;
import org.rebill.call.Wiring.Role;
import org.rebill.call.Wiring.Span;
import org.rebill.firm.TransferBilling;

/**
 * Puts the legs of one call together (DOMAIN.md D10-D12). Pure: the same legs in any order give the same call.
 *
 * <ul>
 *   <li>Whose call it was: of the leg that began first; a channel that an earlier leg called did not begin it.
 *   <li>In and out: each telephone of the firm that talked with somebody outside has its own talk, with all its channels
 *       together, and nothing twice ({@link TalkTime}). Inside: the caller's.
 *   <li>Code: of the legs that carried the talk the last that has one, else of any leg. A trunk's own account (the
 *       caller's number, the number called, or the trunk's name) is no code.
 * </ul>
 */
public final class Assembly {
    private static final Comparator<Leg> BY_START = Comparator.comparing(Leg::startedAt)
            .thenComparingLong(Leg::sequence)
            .thenComparing(Leg::endedAt)
            .thenComparing(Leg::id);
    private static final Comparator<Leg> BY_END = Comparator.comparing(Leg::endedAt)
            .thenComparingLong(Leg::sequence)
            .thenComparing(Leg::startedAt)
            .thenComparing(Leg::id);
    private static final Set<String> VOICEMAILS = Set.of("VoiceMail", "MinivmRecord", "Record", "MiniVM");
    private static final int MOST_COMPARED = 50;

    private final List<Leg> legs;
    private final NumberPlan plan;
    private final Wiring wiring;
    private final Set<CallFlag> flags = EnumSet.noneOf(CallFlag.class);
    private final Leg first;
    private final Node origin;

    private final EventTale tale;
    private final boolean exact;

    /**
     * @param legs records, in order of start
     * @param tale what the call's events tell, or null when there are none
     */
    private Assembly(List<Leg> legs, NumberPlan plan, EventTale tale, boolean recorded) {
        this.legs = legs;
        this.plan = plan;
        this.tale = tale;
        this.exact = tale != null && tale.isWhole();
        this.wiring = exact || (tale != null && !recorded)
                ? new Wiring(legs, plan, tale.legs(), exact ? tale.meetings() : List.of())
                : new Wiring(legs, plan);
        this.first = firstLeg();
        this.origin = wiring.node(first.fromSide());
        flags.addAll(wiring.flags());
    }

    /**
     * One call of its legs.
     *
     * @param legs at least one, all with the same call id, in any order
     * @param promptAllowanceSeconds taken off each talk whose recorded answer is not the person's: a prompt, menu or
     *     queue answered first, the call was passed on, or the phone system called the firm's telephone first; 0 to 600
     */
    public static AssembledCall of(List<Leg> legs, NumberPlan plan, int promptAllowanceSeconds) {
        return of(legs, plan, promptAllowanceSeconds, TransferBilling.EACH_OWN);
    }

    /**
     * One call of its legs, as above.
     *
     * @param transfers whose talk a call is that was passed on; who talked at the same time has each the own
     */
    public static AssembledCall of(
            List<Leg> legs, NumberPlan plan, int promptAllowanceSeconds, TransferBilling transfers) {
        if (legs.isEmpty()) {
            throw new IllegalArgumentException("A call has at least one leg");
        }
        for (Leg leg : legs) {
            if (leg.isEvent()) {
                return ofEvents(legs, plan).call(promptAllowanceSeconds, transfers);
            }
        }
        return new Assembly(SummaryLeg.settled(inOrder(legs)), plan, null, true)
                .call(promptAllowanceSeconds, transfers);
    }

    private static Assembly ofEvents(List<Leg> legs, NumberPlan plan) {
        EventTale tale = new EventTale(legs.stream().filter(Leg::isEvent).toList());
        List<Leg> records = legs.stream().filter(leg -> !leg.isEvent()).toList();
        boolean recorded = !records.isEmpty();
        Assembly assembly = new Assembly(inOrder(recorded ? records : tale.legs()), plan, tale, recorded);
        if (!recorded && !tale.isWhole()) {
            assembly.flags.add(CallFlag.EVENTS_INCOMPLETE);
        }
        return assembly;
    }

    private static List<Leg> inOrder(List<Leg> legs) {
        if (legs.size() < 2) {
            return legs;
        }
        List<Leg> ordered = new ArrayList<>(legs);
        ordered.sort(BY_START);
        return ordered;
    }

    private AssembledCall call(int allowance, TransferBilling transfers) {
        Direction direction = direction();
        List<Span> talked = new ArrayList<>();
        List<TalkTime> own = times(direction, talked);
        boolean together = direction != Direction.INTERNAL && anyOverlap(own);
        List<TalkTime> times = together ? own : billed(own, talked, transfers);
        List<Talk> talks = new ArrayList<>(times.size());
        int seconds = 0;
        for (TalkTime time : times) {
            Talk talk = time.talk(allowance);
            talks.add(talk);
            seconds += talk.seconds();
            flags.addAll(time.doubts());
        }
        talks.sort(Comparator.comparing(Talk::answeredAt).thenComparing(Talk::extension));
        if (together) {
            flags.add(CallFlag.TWO_TIMEKEEPERS);
        }
        Instant ended = first.endedAt();
        for (Leg leg : legs) {
            ended = leg.endedAt().isAfter(ended) ? leg.endedAt() : ended;
            if (talks.isEmpty() && leg.answeredAt() != null && leg.talkSeconds() > 0) {
                flags.add(VOICEMAILS.contains(leg.application()) ? CallFlag.VOICEMAIL : CallFlag.ANSWERED_BY_SYSTEM);
            }
        }
        if (flags.contains(CallFlag.VOICEMAIL) || flags.contains(CallFlag.EVENTS_INCOMPLETE)) {
            flags.remove(CallFlag.ANSWERED_BY_SYSTEM);
        }
        for (Span span : talked) {
            // Of segments that all carry the call's start, the last ends behind what its own record says.
            Instant to = Instant.ofEpochSecond(span.to());
            ended = to.isAfter(ended) ? to : ended;
        }
        PhoneNumbers.Known party = party(direction, talked);
        Instant firstStart = legs.get(0).startedAt();
        Instant started = exact && tale.startedAt().isBefore(firstStart) ? tale.startedAt() : firstStart;
        flags.addAll(Sequences.of(legs, started, ended));
        if (!exact && direction != Direction.INTERNAL && Sequences.isClosedEarly(wiring, legs, talked)) {
            flags.add(CallFlag.CLOSED_EARLY);
        }
        return new AssembledCall(
                started,
                talks.isEmpty() ? null : talks.get(0).answeredAt(),
                ended,
                direction,
                party.text(),
                extension(direction, talks),
                talks,
                seconds,
                code(direction, talked),
                direction == Direction.OUT && party.emergency(),
                flags.stream().map(CallFlag::code).toList());
    }

    /** All of a call that was passed on as one telephone's talk, where the firm wants that. */
    private static List<TalkTime> billed(List<TalkTime> own, List<Span> talked, TransferBilling transfers) {
        if (own.size() < 2 || transfers == TransferBilling.EACH_OWN) {
            return own;
        }
        Comparator<Talk> byAnswer = Comparator.comparing(Talk::answeredAt).thenComparing(Talk::extension);
        List<Talk> talks =
                own.stream().map(time -> time.talk(0)).sorted(byAnswer).toList();
        Talk chosen =
                switch (transfers) {
                    case LONGEST -> {
                        Talk longest = talks.get(0);
                        for (Talk talk : talks) {
                            longest = talk.seconds() > longest.seconds() ? talk : longest;
                        }
                        yield longest;
                    }
                    case LAST -> talks.get(talks.size() - 1);
                    case FIRST, EACH_OWN -> talks.get(0);
                };
        return List.of(TalkTime.of(chosen.extension(), talked));
    }

    private Leg firstLeg() {
        Leg originated = null;
        for (int i = 0; i < legs.size(); i++) {
            Leg leg = legs.get(i);
            Node from = wiring.node(leg.fromSide());
            if (!from.wasCalledBefore(i) && !from.name().isLocal()) {
                return leg;
            }
            if (originated == null && !from.wasCalled() && from.name().half() == 1) {
                originated = leg;
            }
        }
        return originated == null ? legs.get(0) : originated;
    }

    private Direction direction() {
        // The second half of a Local channel stands for whoever called its first, which has no record here.
        boolean calledFromOutside = origin.name().half() == 2 && !plan.isExtension(first.caller());
        if (origin.isOutside() || calledFromOutside) {
            return Direction.IN;
        }
        boolean inside = false;
        for (Span span : wiring.spans()) {
            if (!span.isBetween(Role.PHONE, Role.PHONE)) {
                return Direction.OUT;
            }
            inside = true;
        }
        if (inside) {
            return Direction.INTERNAL;
        }
        boolean rangInside = false;
        boolean rangOutside = false;
        for (Node node : wiring.nodes()) {
            rangInside |= node.isPhone() && node.wasCalled();
            rangOutside |= node.isOutside();
        }
        if (rangInside != rangOutside) {
            return rangOutside ? Direction.OUT : Direction.INTERNAL;
        }
        return isOutside(first.called()) ? Direction.OUT : Direction.INTERNAL;
    }

    private boolean isOutside(String called) {
        String number = DialString.of(called).number();
        String digits = number.startsWith("+") ? number.substring(1) : number;
        return DialString.isDigits(digits)
                && (!plan.isExtension(number)
                        || PhoneNumbers.dialled(plan, "", number).emergency());
    }

    /** The time of each telephone that talked; what it was found in is added to the given list. */
    private List<TalkTime> times(Direction direction, List<Span> talked) {
        Map<String, List<Span>> byPhone = new LinkedHashMap<>();
        List<Span> through = new ArrayList<>();
        for (Span span : wiring.spans()) {
            if (span.isBetween(Role.PHONE, Role.OUTSIDE)) {
                if (direction != Direction.INTERNAL) {
                    talkOf(byPhone, span.end(Role.PHONE).extension(), span);
                }
            } else if (span.isBetween(Role.PHONE, Role.PHONE)) {
                if (direction == Direction.INTERNAL) {
                    talkOf(byPhone, span.one().extension(), span);
                    talkOf(byPhone, span.other().extension(), span);
                }
            } else {
                through.add(span);
            }
        }
        if (direction == Direction.INTERNAL) {
            keepOneSide(byPhone);
        } else if (byPhone.isEmpty() && !through.isEmpty()) {
            String forwarded = forwardedPhone();
            flags.add(forwarded.isEmpty() ? CallFlag.PHONE_UNKNOWN : CallFlag.FORWARDED);
            byPhone.put(forwarded, through);
        } else if (!through.isEmpty() && !exact) {
            flags.add(CallFlag.TRANSFERRED);
        }
        List<TalkTime> times = new ArrayList<>(byPhone.size());
        byPhone.forEach((extension, spans) -> {
            talked.addAll(spans);
            times.add(TalkTime.of(extension, spans));
        });
        return times;
    }

    private static void talkOf(Map<String, List<Span>> byPhone, String extension, Span span) {
        byPhone.computeIfAbsent(extension, phone -> new ArrayList<>()).add(span);
    }

    /** Of an inner call the caller's time; when the caller's channel did not talk, that of who talked first. */
    private void keepOneSide(Map<String, List<Span>> byPhone) {
        if (byPhone.isEmpty()) {
            return;
        }
        String caller = origin.isPhone() && byPhone.containsKey(origin.extension())
                ? origin.extension()
                : byPhone.containsKey(first.caller())
                        ? first.caller()
                        : byPhone.keySet().iterator().next();
        byPhone.keySet().retainAll(Set.of(caller));
    }

    /** The extension that was called and then talked elsewhere; empty when not known. */
    private String forwardedPhone() {
        if (plan.isExtension(first.called())) {
            return first.called();
        }
        for (Node node : wiring.nodes()) {
            if (node.name().isLocal()) {
                String device = node.name().device();
                String number = device.substring(device.lastIndexOf('-') + 1);
                if (plan.isExtension(number)) {
                    return number;
                }
            }
        }
        return "";
    }

    private static boolean anyOverlap(List<TalkTime> times) {
        int compared = Math.min(times.size(), MOST_COMPARED);
        for (int i = 0; i < compared; i++) {
            for (int j = i + 1; j < compared; j++) {
                if (times.get(i).overlaps(times.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private PhoneNumbers.Known party(Direction direction, List<Span> talked) {
        return switch (direction) {
            case IN -> PhoneNumbers.caller(plan, first.caller());
            case INTERNAL -> new PhoneNumbers.Known(calledExtension(), false);
            case OUT -> outsideParty(talked);
        };
    }

    private PhoneNumbers.Known outsideParty(List<Span> talked) {
        Node outside = null;
        long from = Long.MAX_VALUE;
        for (Span span : talked) {
            if (span.from() < from && (span.one().isOutside() || span.other().isOutside())) {
                from = span.from();
                outside = span.end(Role.OUTSIDE);
            }
        }
        if (outside == null) {
            for (Node node : wiring.nodes()) {
                outside = outside == null && node.isOutside() ? node : outside;
            }
        }
        PhoneNumbers.Known known = outside == null ? null : outside.party(plan);
        return known != null && !known.text().isEmpty() ? known : PhoneNumbers.dialled(plan, "", first.called());
    }

    /** What the caller dialled: a blind transfer puts its target in the called number of the first leg too. */
    private String calledExtension() {
        String called = DialString.of(first.called()).number();
        DialTarget target =
                first.application().equals("Dial") ? DialTarget.of(first.applicationData(), "") : DialTarget.of("", "");
        boolean single = target.number().isEmpty() && plan.isExtension(target.device());
        if (single && !target.device().equals(called)) {
            for (Leg leg : legs) {
                boolean passedOn = !leg.id().equals(first.id())
                        && leg.fromSide().equals(first.fromSide())
                        && leg.called().equals(first.called())
                        && ChannelName.of(leg.toSide()).device().equals(called);
                if (passedOn) {
                    return target.device();
                }
            }
        }
        return called.chars().anyMatch(c -> c >= '0' && c <= '9') ? called : "";
    }

    private String extension(Direction direction, List<Talk> talks) {
        Talk longest = null;
        for (Talk talk : talks) {
            longest = longest == null || talk.seconds() > longest.seconds() ? talk : longest;
        }
        if (longest != null) {
            return longest.extension();
        }
        if (direction == Direction.IN && plan.isExtension(first.called())) {
            return first.called();
        }
        if (origin.isPhone()) {
            return origin.extension();
        }
        for (Node node : wiring.nodes()) {
            if (node.isPhone()) {
                return node.extension();
            }
        }
        return direction != Direction.IN && plan.isExtension(first.caller()) ? first.caller() : "";
    }

    private String code(Direction direction, List<Span> talked) {
        String any = "";
        boolean differ = false;
        List<Leg> byEnd = legs;
        if (legs.size() > 1) {
            byEnd = new ArrayList<>(legs);
            byEnd.sort(BY_END);
        }
        Set<Leg> carried = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Span span : talked) {
            carried.addAll(span.legs());
        }
        String best = "";
        for (Leg leg : byEnd) {
            String code = leg.code();
            if (code.isEmpty() || (direction == Direction.IN && isTrunksOwn(code, leg))) {
                continue;
            }
            differ |= !any.isEmpty() && !any.equals(code);
            any = code;
            best = carried.contains(leg) ? code : best;
        }
        if (differ || (exact && tale.codesDiffer())) {
            flags.add(CallFlag.CODES_DIFFER);
        }
        String recorded = best.isEmpty() ? any : best;
        return recorded.isEmpty() && tale != null ? toldCode(direction) : recorded;
    }

    /** The last code that the events tell, such as one that was set when the record was closed already. */
    private String toldCode(Direction direction) {
        String told = "";
        for (Leg leg : tale.legs()) {
            String code = leg.code();
            told = code.isEmpty() || (direction == Direction.IN && isTrunksOwn(code, leg)) ? told : code;
        }
        return told;
    }

    private boolean isTrunksOwn(String code, Leg leg) {
        return code.equals(leg.caller())
                || code.equals(first.caller())
                || code.equals(first.called())
                || code.equals(origin.name().device());
    }
}
