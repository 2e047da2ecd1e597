package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;

/**
 * Zoom Phone's call log as CSV: exported from the web portal, or the rows of the interfaces {@code call_logs} and
 * {@code call_history} under their own names. A record for each user, queue or menu that took part; columns by name,
 * since the portal lets the administrator choose them and has renamed some. The duration is the talk.
 */
@ApplicationScoped
public class ZoomPhone implements RecordFormat {
    private static final String[] START = {
        "Start Time", "Call Start Time", "start_time", "date_time", "Date/Time", "Date & Time", "Time", "Call Time"
    };
    private static final String[] ANSWER = {"Answer Time", "Answer Start Time", "answer_start_time", "Call Answer Time"
    };
    private static final String[] END = {"End Time", "Call End Time", "End Date Time"};
    private static final String[] SECONDS = {"Talk Time", "Talk Duration", "Duration", "Call Duration"};
    private static final String[] CALLER = {
        "Caller Number", "Caller DID Number", "From Number", "Caller", "From", "Caller Phone Number"
    };
    private static final String[] CALLER_EXTENSION = {
        "Caller Ext Number",
        "Caller Extension Number",
        "Caller Extension",
        "Caller Ext",
        "From Extension",
        "Caller Ext."
    };
    private static final String[] CALLED = {
        "Callee Number", "Callee DID Number", "To Number", "Callee", "To", "Callee Phone Number"
    };
    private static final String[] CALLED_EXTENSION = {
        "Callee Ext Number", "Callee Extension Number", "Callee Extension", "Callee Ext", "To Extension", "Callee Ext."
    };
    private static final String[] RESULT = {"Call Result", "Result", "Status"};
    private static final String[] DIRECTION = {"Direction", "Call Direction"};
    private static final String[] RECORD = {"Call Log ID", "Log ID", "id", "Call Element ID", "Call Path ID"};
    private static final String[] CALL = {"Call ID", "Call UUID", "Call History UUID", "Call History ID"};
    private static final String[] CODE = {
        "Account Code",
        "Client Code",
        "Account Code (Dial-in)",
        "Caller Account Code",
        "Callee Account Code",
        "Billing Code"
    };

    @Override
    public String id() {
        return "zoom-phone";
    }

    @Override
    public String name() {
        return "Zoom Phone call log";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "In the Zoom web portal open Phone System Management > Company Info > Account Settings > Policy and, if the firm"
                        + " has the feature, switch on client or account codes and add the firm's codes.",
                "Open Phone System Management > Logs > Call Logs (or Call History), choose the days, and add all columns under"
                        + " the column settings: at least Call ID, Direction, the caller's and the callee's number and extension,"
                        + " Start Time, Answer Time, Duration, Call Result and the code.",
                "Choose Export and download the CSV.",
                "Times without a zone are read in the source's zone: choose the one that the portal shows.",
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
                columns -> columns.has("Caller Number", "Caller DID Number", "Caller Ext Number")
                        && columns.has("Callee Number", "Callee DID Number", "Callee Ext Number")
                        && columns.has(DIRECTION)
                        && columns.has(START)
                        && columns.has(SECONDS)
                        && columns.has(RESULT)
                        && !columns.has("SBC FQDN", "Final SIP code", "Source Channel"));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        if (table.isEmpty()) {
            return NamedTable.unnamed(bytes, source, from, "Send the CSV as Zoom exported it.");
        }
        ExportTimes stamps = new ExportTimes(source, false);
        return table.get().read(bytes, source, from, (row, draft) -> leg(row, draft, stamps, source.plan()));
    }

    private static Leg leg(TextRow row, LegDraft draft, ExportTimes stamps, NumberPlan plan) throws Unreadable {
        boolean outgoing = isOutgoing(row);
        String result = row.text(RESULT).toLowerCase(Locale.ROOT).replace('_', ' ');
        int talk = row.secondsOrNone(SECONDS);
        Instant start = stamps.instant(row, "stamp.start", START);
        boolean voicemail = result.contains("voicemail") || result.contains("voice mail") || isPath(row, "voice");
        boolean answered = isAnswered(result, talk) || (voicemail && talk > 0);
        Instant answer = start;
        boolean marked = !row.firstOf(ANSWER).isEmpty();
        if (answered && marked) {
            answer = stamps.instant(row, "stamp.answer", ANSWER);
        }
        Instant end = row.firstOf(END).isEmpty() ? answer.plusSeconds(talk) : stamps.instant(row, "stamp.end", END);
        if (answered && !marked && end.minusSeconds(talk).isAfter(start)) {
            answer = end.minusSeconds(talk);
            marked = true;
        }
        String callerNumber = row.firstOf(CALLER);
        String calledNumber = row.firstOf(CALLED);
        String caller = extension(row, CALLER_EXTENSION, callerNumber);
        String called = extension(row, CALLED_EXTENSION, calledNumber);
        String otherNumber = outgoing ? calledNumber : callerNumber;
        String otherExtension = outgoing ? row.firstOf(CALLED_EXTENSION) : row.firstOf(CALLER_EXTENSION);
        boolean inside = !otherExtension.isEmpty() || (!otherNumber.isEmpty() && plan.isExtension(digits(otherNumber)));
        String other = inside ? (outgoing ? called : caller) : otherNumber;
        UserView view = new UserView(outgoing, outgoing ? caller : called, other, !inside);
        identify(row, draft);
        draft.times(start, answered ? answer : null, end)
                .talk(answered ? talk : 0)
                .numbers(inside && !outgoing ? caller : callerNumber, outgoing && !inside ? calledNumber : called)
                .code(row.firstOf(CODE));
        if (voicemail) {
            view.taken(draft.application("VoiceMail", result));
        } else if (isPath(row, "auto receptionist") || isPath(row, "call queue") || isPath(row, "ivr")) {
            view.taken(draft.application("Service", row.text("Path")));
        } else {
            view.on(draft.application(marked ? "Call" : Leg.NO_ANSWER_MARK, ""));
        }
        if (!answered) {
            draft.notAnswered(result.contains("busy") ? "BUSY" : "NO ANSWER");
        }
        return draft.leg();
    }

    private static boolean isOutgoing(TextRow row) throws Unreadable {
        String direction = row.firstOf(DIRECTION).toLowerCase(Locale.ROOT);
        if (direction.startsWith("out")) {
            return true;
        }
        if (direction.startsWith("in")) {
            return false;
        }
        throw Unreadable.because(
                "direction", row.at(DIRECTION) + "; inbound or outbound belongs there. Columns may have moved.");
    }

    private static boolean isAnswered(String result, int talk) {
        boolean connected = result.contains("connected")
                || result.contains("answered")
                || result.contains("recorded")
                || result.contains("accepted")
                || result.equals("completed");
        boolean not = result.contains("not ")
                || result.contains("no answer")
                || result.contains("missed")
                || result.contains("unanswered");
        return (connected && !not) || (result.isEmpty() && talk > 0);
    }

    /** The word is compared without blanks, since the portal and the interface write them differently. */
    private static boolean isPath(TextRow row, String word) {
        String path = row.text("Path").toLowerCase(Locale.ROOT).replace(" ", "");
        return path.startsWith(word.replace(" ", ""));
    }

    private static String extension(TextRow row, String[] columns, String number) {
        String extension = row.firstOf(columns);
        return extension.isEmpty() ? number : extension;
    }

    private static String digits(String number) {
        return number.replaceAll("[^0-9]", "");
    }

    private static void identify(TextRow row, LegDraft draft) {
        String record = row.firstOf(RECORD);
        if (record.isEmpty()) {
            draft.id(
                    'r',
                    row.firstOf(CALL),
                    row.firstOf(DIRECTION),
                    row.firstOf(START),
                    row.firstOf(ANSWER),
                    row.firstOf(SECONDS),
                    row.firstOf(CALLER),
                    row.firstOf(CALLER_EXTENSION),
                    row.firstOf(CALLED),
                    row.firstOf(CALLED_EXTENSION),
                    row.firstOf(RESULT));
        } else {
            draft.id('p', record);
        }
        String call = row.firstOf(CALL);
        if (!call.isEmpty()) {
            draft.group('g', call);
        }
    }
}
