package org.rebill.intake.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.rebill.call.DialString;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;

/**
 * Understands one record of mod_json_cdr or mod_xml_cdr (switch_ivr_generate_json_cdr and switch_ivr_generate_xml_cdr):
 * what one channel did. {@code variables} are its channel variables, percent-encoded or not; {@code callflow} comes once
 * for each dial plan entry that the channel went through, the last one first, with caller, destination, the channels that
 * it called (originatee) or was called by (originator), and when it was connected and passed on.
 *
 * <p>The record of a channel that somebody began (a-leg) tells its own talks, from each connection to the next transfer.
 * The record of a channel that was called for another (b-leg) tells the talk of its own end. Where both are written,
 * both say the same, and parts that the a-leg has had with several are told by their own records
 * ({@link Leg#SUMMARY}).
 *
 * <p>Group: {@code call_uuid} where it names another channel than the record's own; else, of a b-leg, the channel it was
 * called for, since {@code call_uuid} is now and then its own (signalwire/freeswitch issue 1042); else the channel
 * itself. Two channels that somebody else began and joined (uuid_bridge) name each other.
 */
final class FreeSwitchChannel implements FreeSwitch.Facts {
    private static final String[] CALLED_FOR = {
        "originating_leg_uuid", "originator", "ent_originate_aleg_uuid", "cc_member_session_uuid", "fifo_bridge_uuid"
    };
    private static final String[] CONNECTED = {"bridge_uuid", "signal_bond", "last_bridge_to"};
    private static final long MICROS = 1_000_000;
    private static final int AT_ONCE = 1;

    private final Tag root;
    private final Tag variables;
    private final List<Tag> flow;
    private final NumberPlan plan;
    private final String uuid;
    private final String calledFor;
    private final boolean joined;

    private FreeSwitchChannel(Tag root, NumberPlan plan) {
        this.root = root;
        this.plan = plan;
        this.variables = root.piece("variables");
        this.flow = inOrder(root.pieces("callflow"));
        this.uuid = text("uuid", "Unique-ID").isEmpty() ? first("uuid") : text("uuid", "Unique-ID");
        String named = text(CALLED_FOR);
        boolean inbound = text("direction").equals("inbound");
        String caller = inbound ? "" : named.isEmpty() ? originator().textOf("uuid") : named;
        this.joined = caller.isEmpty()
                && text("direction").equals("outbound")
                && text("originated_legs").isEmpty()
                && !text(CONNECTED).isEmpty();
        this.calledFor = joined && gateway() ? text(CONNECTED) : caller;
    }

    static Leg leg(Tag root, LegDraft draft, NumberPlan plan, LocalStamps stamps) throws Unreadable {
        return new FreeSwitchChannel(root, plan).leg(draft, stamps);
    }

    /** The first one first: by profile index, else as FreeSWITCH writes them, the last one first. */
    private static List<Tag> inOrder(List<Tag> written) {
        List<Tag> flow = new ArrayList<>(written);
        Collections.reverse(flow);
        flow.sort(Comparator.comparingInt(entry -> {
            String index = entry.textOf("profile_index");
            return index.matches("[0-9]{1,9}") ? Integer.parseInt(index) : 0;
        }));
        return flow;
    }

    /** One talk of the channel: from the epoch second of its connection to that of its end. */
    private record Talk(long from, long to, String side) {}

    private Leg leg(LegDraft draft, LocalStamps stamps) throws Unreadable {
        if (uuid.isEmpty()) {
            throw Unreadable.because(
                    "uuid",
                    "The record names no channel (variables, uuid): it is no call record of mod_json_cdr or mod_xml_cdr.");
        }
        FreeSwitchTimes times = FreeSwitchTimes.of(this, stamps);
        String dialled = dialled();
        draft.id('u', uuid)
                .times(times.started(), times.answered(), times.ended())
                .counted(times.duration())
                .talk(times.talk())
                .sequence(calledFor.isEmpty() ? 0 : 1);
        group(draft);
        if (calledFor.isEmpty()) {
            beginner(draft, times, dialled);
        } else {
            called(draft, times);
        }
        if (!times.isAnswered()) {
            draft.notAnswered(FreeSwitch.disposition(text("hangup_cause")));
        }
        return draft.leg();
    }

    private void group(LegDraft draft) {
        String call = text("call_uuid");
        String other = text(CONNECTED);
        String room = text("conference_uuid");
        if (!room.isEmpty()) {
            draft.group('r', room);
        } else if (!call.isEmpty() && !call.equals(uuid)) {
            draft.group('c', call);
        } else if (joined) {
            draft.group('c', uuid.compareTo(other) < 0 ? uuid : other);
        } else if (!calledFor.isEmpty()) {
            draft.group('c', calledFor);
        } else {
            draft.group('c', uuid);
        }
    }

    /** The record of a channel that was called for another: its telephone or line, and who called. */
    private void called(LegDraft draft, FreeSwitchTimes times) {
        Tag originator = originator();
        String destination = firstOf(first("destination_number"), text("dialed_user", "sip_to_user"));
        String caller =
                firstOf(originator.textOf("caller_id_number"), first("caller_id_number"), text("sip_from_user"));
        String from = FreeSwitch.side(
                plan,
                calledFor,
                originator.textOf("username"),
                caller,
                calledFor.equals(text(CONNECTED)) ? FreeSwitch.user(text("bridge_channel")) : "");
        String to = gateway()
                ? Side.line("", uuid)
                : FreeSwitch.side(plan, uuid, destination, text("dialed_user"), FreeSwitch.user(text("channel_name")));
        String code = text("accountcode");
        // A called telephone's own account is no code of the call.
        boolean own = FreeSwitch.isPhone(to) && to.equals(Side.phone(code));
        draft.numbers(FreeSwitch.caller(caller), destination).code(own ? "" : code);
        if (destination.contains("voicemail")) {
            draft.application("VoiceMail", destination).sides(from, "");
            return;
        }
        List<Talk> talks = talks(times);
        Talk first = talks.isEmpty() ? null : talks.get(0);
        long ended = times.ended().getEpochSecond();
        boolean passedOn = talks.size() > 1 && first.to < ended;
        if (passedOn) {
            // What it had after that is told by the record of whom it was passed on to.
            long from1 = times.answered().getEpochSecond();
            draft.talk((int) Math.max(0, Math.min(times.talk(), first.to - from1)));
        }
        draft.application("", !passedOn && wasJoinedAnew() ? Leg.PASSED_ON + user() : "")
                .sides(from, to);
    }

    /** An attended transfer joined the channel with another than the one it was called for. */
    private boolean wasJoinedAnew() {
        String other = text(CONNECTED);
        return !other.isEmpty()
                && !other.equals(calledFor)
                && text("transfer_history").contains("att_xfer");
    }

    private String user() {
        return FreeSwitch.user(text("bridge_channel"));
    }

    /** The record of a channel that somebody began. */
    private void beginner(LegDraft draft, FreeSwitchTimes times, String dialled) {
        String caller = firstOf(first("caller_id_number"), text("caller_id_number", "ani", "sip_from_user"));
        String from = gateway()
                ? Side.line("", uuid)
                : FreeSwitch.side(
                        plan,
                        uuid,
                        text("user_name"),
                        caller,
                        first("username"),
                        FreeSwitch.user(text("channel_name")));
        draft.numbers(FreeSwitch.caller(caller), dialled).code(FreeSwitch.code(this, dialled));
        String application = text("last_app");
        String arguments = text("last_arg");
        List<Talk> talks = talks(times);
        if (!talks.isEmpty()) {
            talked(draft, times, from, talks);
        } else if (FreeSwitch.isVoicemail(application, arguments) && times.isAnswered()) {
            draft.application("VoiceMail", arguments).sides(from, "");
        } else if (application.equals("conference") || !text("conference_uuid").isEmpty()) {
            String room = text("conference_uuid", "conference_name");
            draft.application("Conference", arguments).sides(from, Side.room(firstOf(room, dialled)));
        } else if (times.isAnswered()) {
            // A menu, a prompt, a queue that nobody left.
            draft.application(application, arguments).sides(from, "");
        } else {
            draft.application(application, arguments).sides(from, rung(from, dialled));
        }
    }

    private void talked(LegDraft draft, FreeSwitchTimes times, String from, List<Talk> talks) {
        Talk first = talks.get(0);
        Talk last = talks.get(talks.size() - 1);
        long answered = times.answered().getEpochSecond();
        boolean all =
                first.from - answered <= AT_ONCE && last.to >= times.ended().getEpochSecond();
        long begun = all ? answered : first.from;
        draft.times(times.started(), Instant.ofEpochSecond(begun), times.ended())
                .talk(all ? times.talk() : (int) Math.min(times.talk(), last.to - first.from));
        if (talks.size() > 1) {
            draft.application(Leg.SUMMARY, last.from + " " + last.side);
        } else {
            draft.application("", "");
        }
        draft.sides(from, first.side);
    }

    /** Whom the channel was connected with, one after the other; none when it was not answered or not connected. */
    private List<Talk> talks(FreeSwitchTimes times) {
        List<Talk> talks = new ArrayList<>();
        if (!times.isAnswered()) {
            return talks;
        }
        long answered = times.answered().getEpochSecond();
        long ended = times.ended().getEpochSecond();
        boolean timed = false;
        for (int i = 0; i < flow.size(); i++) {
            Tag clock = flow.get(i).piece("times");
            timed |= clock.has("bridged_time");
            long connected = seconds(clock.textOf("bridged_time"));
            if (connected > 0) {
                long left = seconds(clock.textOf("transfer_time"));
                long from = Math.min(ended, Math.max(answered, connected));
                long to = left > from ? Math.min(ended, left) : ended;
                addTalk(talks, from, to, flow.get(i), i == flow.size() - 1);
            }
        }
        long connected = seconds(text("bridge_uepoch"));
        boolean told = timed || !text("bridge_epoch").isEmpty();
        if (!timed && (told ? connected > 0 : !text(CONNECTED).isEmpty())) {
            Tag entry = flow.isEmpty() ? Tag.of("") : flow.get(flow.size() - 1);
            addTalk(talks, Math.min(ended, Math.max(answered, connected)), ended, entry, true);
        }
        return talks;
    }

    private void addTalk(List<Talk> talks, long from, long to, Tag entry, boolean isLast) {
        List<Tag> called = profiles(entry, "originatee");
        String now = isLast ? text(CONNECTED) : "";
        Tag with = called.stream()
                .filter(one -> one.textOf("uuid").equals(now))
                .findFirst()
                .orElse(called.isEmpty() ? Tag.of("") : called.get(0));
        boolean joinedAnew =
                !now.isEmpty() && !called.isEmpty() && !with.textOf("uuid").equals(now);
        long answered = from;
        if (joinedAnew) {
            // An attended transfer in the same dial plan entry: who was called first talked until then.
            answered = begun(from);
            if (answered < from) {
                talks.add(new Talk(answered, from, side(with, with.textOf("uuid"))));
            }
            with = Tag.of("");
        }
        if (!isVoicemail(with)) {
            talks.add(new Talk(from, to, side(with, firstOf(now, with.textOf("uuid")))));
        }
    }

    /** When the talk before an attended transfer began: at the answer, since a later time is not kept. */
    private long begun(long joined) {
        long answered = seconds(text("answer_uepoch"));
        return text("transfer_history").contains("att_xfer") && answered > 0 ? answered : joined;
    }

    private static boolean isVoicemail(Tag profile) {
        return profile.textOf("destination_number").contains("voicemail")
                || profile.textOf("chan_name").contains("voicemail");
    }

    /** The other end of a talk; by the channel's variables when the profile is empty. */
    private String side(Tag profile, String connection) {
        String destination = profile.textOf("destination_number");
        String channel = firstOf(profile.textOf("chan_name"), text("bridge_channel"));
        // Of a channel that was called itself, the destination is its own telephone.
        boolean known = !destination.isEmpty() || text("direction").equals("outbound");
        return FreeSwitch.side(
                plan,
                connection,
                destination,
                FreeSwitch.user(channel),
                known ? "" : text("dialed_user"),
                known ? "" : current("destination_number"));
    }

    /** Whom an unanswered call rang; empty when it rang nobody. */
    private String rung(String from, String dialled) {
        for (int i = flow.size() - 1; i >= 0; i--) {
            List<Tag> called = profiles(flow.get(i), "originatee");
            if (!called.isEmpty()) {
                return side(called.get(0), called.get(0).textOf("uuid"));
            }
        }
        String side = FreeSwitch.side(plan, uuid, text("dialed_user"), dialled, current("destination_number"));
        return FreeSwitch.isPhone(side) || FreeSwitch.isPhone(from) ? side : "";
    }

    /** What was dialled: as the first dial plan entry has it, unless only a later one has a number to the outside. */
    private String dialled() {
        String first = firstOf(first("destination_number"), text("destination_number", "sip_req_user", "sip_to_user"));
        if (isOutside(first)) {
            return first;
        }
        String current = current("destination_number");
        String connected = user();
        return isOutside(current)
                ? current
                : calledFor.isEmpty() && isOutside(connected) && !isCaller(connected) ? connected : first;
    }

    private boolean isCaller(String number) {
        return number.equals(first("caller_id_number")) || number.equals(text("sip_from_user"));
    }

    private boolean isOutside(String number) {
        String digits = DialString.of(number).number().replace("+", "");
        return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9') && !plan.isExtension(digits);
    }

    /** The channel itself is a line of a telephone company. */
    private boolean gateway() {
        return !text("sip_gateway_name", "sip_gateway").isEmpty();
    }

    private Tag originator() {
        for (Tag entry : flow) {
            List<Tag> profiles = profiles(entry, "originator");
            if (!profiles.isEmpty()) {
                return profiles.get(0);
            }
        }
        return Tag.of("");
    }

    /** The profiles of channels that called this one or were called by it, as JSON and as XML name them. */
    private static List<Tag> profiles(Tag entry, String what) {
        return entry.piece("caller_profile").piece(what).pieces(what + "_caller_profiles", what + "_caller_profile");
    }

    /** Of the first caller profile, decoded. */
    private String first(String name) {
        return flow.isEmpty() ? "" : decoded(flow.get(0).piece("caller_profile").textOf(name));
    }

    /** Of the last caller profile, decoded. */
    private String current(String name) {
        return flow.isEmpty()
                ? ""
                : decoded(flow.get(flow.size() - 1).piece("caller_profile").textOf(name));
    }

    private static String firstOf(String... texts) {
        for (String text : texts) {
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    /** Epoch second of a count of microseconds; 0 when there is none. */
    private static long seconds(String micros) {
        return micros.matches("[0-9]{1,18}") ? Long.parseLong(micros) / MICROS : 0;
    }

    @Override
    public String text(String... names) {
        for (String name : names) {
            String text = variables.textOf(name);
            if (text.isEmpty() && variables.pieces().isEmpty()) {
                // An event of the event socket as JSON, or an object without inner ones.
                text = firstOf(root.textOf("variable_" + name), root.textOf(name));
            }
            if (!text.isEmpty()) {
                return decoded(text).strip();
            }
        }
        return "";
    }

    @Override
    public String at(String name) {
        return "The variable " + name + " holds " + RecordText.shown(text(name));
    }

    @Override
    public boolean tells(String name) {
        return variables.has(name);
    }

    /** With each %XX made the byte it stands for, as UTF-8; a per cent sign that is none of these stays. */
    static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
