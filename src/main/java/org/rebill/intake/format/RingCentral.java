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
 * RingCentral's call log as CSV (Admin Portal > Analytics > Call Log, or the user's Download). A record a call, with the
 * local date, {@code Tue 09/01/2026}, and time, {@code 9:02 AM}, each in a column of its own or both in one; columns by
 * name, since plans and years differ. The moment of the answer is not in it: the duration may begin with ringing. Faxes
 * are left out.
 */
@ApplicationScoped
public class RingCentral implements RecordFormat {
    private static final String[] START = {"Date / Time", "Date/Time", "Date Time", "Start Time"};
    private static final String[] RESULT = {"Action Result", "Result", "Call Result"};
    private static final String[] FROM = {"From", "From Number"};
    private static final String[] TO = {"To", "To Number"};
    private static final String[] OTHER = {"Phone Number"};
    private static final String[] EXTENSION = {"Ext", "Ext.", "Extension", "Extension Number"};
    private static final String[] SESSION = {"Session Id", "Telephony Session Id", "Call ID"};
    private static final String[] CODE = {"Account Code", "Billing Code", "Cost Center Code", "Note Code"};

    @Override
    public String id() {
        return "ringcentral";
    }

    @Override
    public String name() {
        return "RingCentral call log";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "In the RingCentral Admin Portal open Reports > Call Log (or Analytics > Company Call Log), choose the days,"
                        + " all users, and the type Voice.",
                "Choose the detailed view if it is offered, so that the extension and the number forwarded to are shown.",
                "Choose Download and open the link that is mailed or shown.",
                "Choose as the source's zone the one that the log is shown in (your own settings in RingCentral), and the order"
                        + " of day and month.",
                "RingCentral asks for no account code: put the clients' telephone numbers into Rebill, so that calls are matched"
                        + " by number.",
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
                columns -> columns.hasAll("Type", "Action", "Duration")
                        && columns.has(RESULT)
                        && (columns.has(START) || columns.hasAll("Date", "Time"))
                        && (columns.has(OTHER) || (columns.has(FROM) && columns.has(TO))));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        if (table.isEmpty()) {
            return NamedTable.unnamed(bytes, source, from, "Send the CSV as RingCentral exported it.");
        }
        ExportTimes stamps = new ExportTimes(source, false);
        return table.get().read(bytes, source, from, (row, draft) -> leg(row, draft, stamps, source.plan()));
    }

    private static Leg leg(TextRow row, LegDraft draft, ExportTimes stamps, NumberPlan plan) throws Unreadable {
        String action = row.text("Action").toLowerCase(Locale.ROOT);
        String type = row.text("Type").toLowerCase(Locale.ROOT);
        if (type.equals("fax") || action.contains("fax")) {
            throw Unreadable.ignored("fax", "A fax, not a call.");
        }
        boolean outgoing = isOutgoing(row, type, action);
        String result = row.text(RESULT).toLowerCase(Locale.ROOT);
        Instant start = start(row, stamps);
        int talk = duration(row);
        boolean voicemail = result.contains("voicemail") || action.contains("voicemail");
        boolean answered = voicemail
                || ((result.contains("accepted") || result.contains("connected") || result.contains("answered"))
                        && !result.contains("not ")
                        && !result.contains("no answer"));
        String own = extension(row.firstOf(EXTENSION));
        if (own.isEmpty()) {
            own = number(row.firstOf(outgoing ? FROM : TO));
        }
        String other = number(row.firstOf(row.text(OTHER).isEmpty() ? (outgoing ? TO : FROM) : OTHER));
        boolean outside = other.isEmpty() || !plan.isExtension(other);
        UserView view = new UserView(outgoing, own, other, outside);
        identify(row, draft);
        draft.times(start, answered ? start : null, start.plusSeconds(talk))
                .talk(answered ? talk : 0)
                .numbers(outgoing ? own : other, outgoing ? other : own)
                .code(row.firstOf(CODE));
        if (voicemail) {
            view.taken(draft.application("VoiceMail", result));
        } else {
            view.on(draft.application(Leg.NO_ANSWER_MARK, ""));
        }
        if (!answered) {
            draft.notAnswered(result.contains("busy") ? "BUSY" : "NO ANSWER");
        }
        return draft.leg();
    }

    private static boolean isOutgoing(TextRow row, String type, String action) throws Unreadable {
        String direction = row.text("Direction").toLowerCase(Locale.ROOT);
        for (String word : new String[] {direction, type, action}) {
            if (word.startsWith("out") || word.equals("placed")) {
                return true;
            }
            if (word.startsWith("in") || word.equals("received") || word.equals("missed")) {
                return false;
            }
        }
        throw Unreadable.because(
                "direction",
                "Neither Direction, Type nor Action says whether the call was incoming or outgoing (" + row.at("Type")
                        + "). Add the column Direction to the export.");
    }

    private static Instant start(TextRow row, ExportTimes stamps) throws Unreadable {
        if (!row.firstOf(START).isEmpty()) {
            return stamps.instant(row, "stamp.start", START);
        }
        Optional<Instant> start = stamps.instant(row.text("Date") + " " + row.text("Time"));
        if (start.isEmpty()) {
            throw Unreadable.because(
                    "stamp.start",
                    row.at("Date") + " and " + row.at("Time")
                            + "; a date such as 09/01/2026 and a time such as 9:02 AM belong" + " there.");
        }
        return start.get();
    }

    /** {@code 0:12:21}; a dash, or words such as "In Progress", for none. */
    private static int duration(TextRow row) throws Unreadable {
        String text = row.text("Duration");
        return text.isEmpty() || text.equals("-") || text.equalsIgnoreCase("In Progress") ? 0 : row.seconds("Duration");
    }

    /** Of {@code 101 - Ann Hale} or {@code Ann Hale (Ext. 101)} the number. */
    private static String extension(String text) {
        String digits = text.replaceAll("^\\D*([0-9]{2,8})\\b.*$", "$1");
        return digits.matches("[0-9]{2,8}") ? digits : text;
    }

    /** Of {@code (214) 555-0143} or {@code +1 214-555-0143} the digits with their plus; names are no numbers. */
    private static String number(String text) {
        String digits = text.replaceAll("[\\s().-]", "");
        return digits.matches("\\+?[0-9*#]+") ? digits : "";
    }

    private static void identify(TextRow row, LegDraft draft) {
        String session = row.firstOf(SESSION);
        draft.id(
                'r',
                session,
                row.firstOf(START),
                row.text("Date"),
                row.text("Time"),
                row.text("Direction"),
                row.text("Type"),
                row.text("Action"),
                row.text(RESULT),
                row.firstOf(FROM),
                row.firstOf(TO),
                row.firstOf(OTHER),
                row.firstOf(EXTENSION),
                row.text("Forwarded To"),
                row.text("Duration"));
        if (!session.isEmpty()) {
            draft.group('g', session);
        }
    }
}
