package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;

/**
 * Yeastar's call reports as CSV: P-Series (CDR), S-Series and Cloud PBX, and the rows of the report {@code NewCdr} under
 * their own names. A record a leg, in the phone system's local time; parties as {@code Ann Hale<1001>} or a number.
 * Talk ends with the call, so that the answer is the start and all of the call but the talk.
 */
@ApplicationScoped
public class Yeastar implements RecordFormat {
    private static final String[] START = {"Time", "Start Time", "timestart", "time_start", "Call Time", "Date"};
    private static final String[] CALLER = {"Call From", "callfrom", "From", "Caller", "Call From Number"};
    private static final String[] CALLED = {"Call To", "callto", "To", "Callee", "Call To Number"};
    private static final String[] LASTED = {
        "Call Duration", "Call Duration(s)", "callduraction", "callduration", "Duration"
    };
    private static final String[] TALK = {
        "Talk Duration", "Talk Duration(s)", "talkduraction", "talkduration", "Billable Duration"
    };
    private static final String[] STATUS = {"Status", "Disposition"};
    private static final String[] KIND = {"Communication Type", "Call Type", "type", "Direction"};
    private static final String[] FROM_TRUNK = {"Source Trunk", "srctrunkname", "src_trunk_name", "Src. Trunk"};
    private static final String[] TO_TRUNK = {
        "Destination Trunk", "desttrunkname", "dsttrcunkname", "dst_trunk_name", "Dest. Trunk"
    };
    private static final String[] CALL = {"Call ID", "callid", "call_id", "Unique ID", "UID"};
    private static final String[] RECORD = {"CDR ID", "cdrid", "ID"};
    private static final String[] CODE = {"Account Code", "Billing Code", "PIN Code", "pin_code", "pincode", "Code"};
    /** What answers without being a person, by the name that the phone system puts before its number. */
    private static final Pattern SERVICE = Pattern.compile(
            "^\\s*(?:ivr|queue|ring ?group|conference|paging|callback|disa|voice ?mail)", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMED = Pattern.compile("(.*)<\\s*([^<>]*)\\s*>.*");

    @Override
    public String id() {
        return "yeastar";
    }

    @Override
    public String name() {
        return "Yeastar P-Series, S-Series and Cloud PBX call report";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "P-Series: open Call Control > Outbound Route > (route) and set Outbound Route Password to PIN List; S-Series:"
                        + " Settings > PBX > Call Control > Outbound Routes > Password > PIN List. Under PIN List add the firm's"
                        + " codes and tick Record in CDR.",
                "P-Series: open Reports and Recordings > Call Reports (CDR); S-Series: open CDR and Recordings. Choose the days.",
                "Show all columns, at least ID, Time, Call From, Call To, Call Duration, Talk Duration, Status, Source Trunk,"
                        + " Destination Trunk, Communication Type and PIN Code.",
                "Choose Download CDR. Choose as the source's zone the phone system's, and the order of day and month as under"
                        + " System > Date and Time (or User Preferences).",
                "Send the CSV as it was downloaded.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(ExportTimes.DATES);
    }

    @Override
    public boolean recognises(byte[] head) {
        return table(head).isPresent();
    }

    private static Optional<NamedTable> table(byte[] head) {
        return NamedTable.of(
                head,
                columns -> columns.has("Call From", "callfrom", "call_from")
                        && columns.has("Call To", "callto", "call_to")
                        && columns.has(START)
                        && columns.has(TALK)
                        && columns.has(STATUS));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        if (table.isEmpty()) {
            return NamedTable.unnamed(bytes, source, from, "Send the CSV as the phone system exported it.");
        }
        ExportTimes stamps = new ExportTimes(source, false);
        return table.get().read(bytes, source, from, (row, draft) -> leg(row, draft, stamps, source.plan()));
    }

    private static Leg leg(TextRow row, LegDraft draft, ExportTimes stamps, NumberPlan plan) throws Unreadable {
        String status = row.text(STATUS).toUpperCase(Locale.ROOT).replace('_', ' ');
        Instant start = stamps.instant(row, "stamp.start", START);
        int talk = row.secondsOrNone(TALK);
        int lasted = Math.max(talk, row.secondsOrNone(LASTED));
        boolean voicemail = status.startsWith("VOICEMAIL");
        boolean answered =
                voicemail || status.equals("ANSWERED") || status.equals("ANSWERD") || status.equals("ANSWER");
        String caller = number(row.text(CALLER));
        String called = number(row.text(CALLED));
        String kind = row.firstOf(KIND).toLowerCase(Locale.ROOT);
        boolean outgoing = isOutgoing(row, kind, caller, called, plan);
        boolean outside = !kind.startsWith("internal")
                && (outgoing ? !isInside(row, TO_TRUNK, called, plan) : !isInside(row, FROM_TRUNK, caller, plan));
        UserView view = new UserView(outgoing, outgoing ? caller : called, outgoing ? called : caller, outside);
        identify(row, draft);
        Instant end = start.plusSeconds(lasted);
        draft.times(start, answered ? end.minusSeconds(talk) : null, end)
                .talk(answered ? talk : 0)
                .numbers(caller, called)
                .code(row.firstOf(CODE));
        if (voicemail) {
            view.taken(draft.application("VoiceMail", ""));
        } else if (!outgoing
                && (!plan.isExtension(called)
                        || SERVICE.matcher(row.text(CALLED)).find())) {
            view.taken(draft.application("Service", called));
        } else {
            view.on(draft.application("Call", ""));
        }
        if (!answered) {
            draft.notAnswered(status.isEmpty() ? "NO ANSWER" : status);
        }
        return draft.leg();
    }

    private static boolean isOutgoing(TextRow row, String kind, String caller, String called, NumberPlan plan) {
        if (kind.startsWith("outbound") || kind.startsWith("internal")) {
            return true;
        }
        if (kind.startsWith("inbound")) {
            return false;
        }
        return row.firstOf(FROM_TRUNK).isEmpty() && (plan.isExtension(caller) || !plan.isExtension(called));
    }

    private static boolean isInside(TextRow row, String[] trunk, String number, NumberPlan plan) {
        return row.firstOf(trunk).isEmpty() && plan.isExtension(number);
    }

    /** Of {@code Ann Hale<1001>} the number; a menu's or queue's name stays as it is. */
    private static String number(String party) {
        Matcher named = NAMED.matcher(party);
        String text = named.matches() ? named.group(2) : party;
        return text.strip();
    }

    private static void identify(TextRow row, LegDraft draft) {
        String call = row.firstOf(CALL);
        draft.id(
                'r',
                row.firstOf(RECORD),
                call,
                row.firstOf(START),
                row.text(CALLER),
                row.text(CALLED),
                row.text(STATUS),
                row.firstOf(LASTED),
                row.firstOf(TALK),
                row.firstOf(FROM_TRUNK),
                row.firstOf(TO_TRUNK));
        if (!call.isEmpty()) {
            draft.group('g', call);
        } else if (!row.firstOf(RECORD).isEmpty()) {
            draft.group('i', row.firstOf(RECORD), row.firstOf(START));
        }
    }
}
