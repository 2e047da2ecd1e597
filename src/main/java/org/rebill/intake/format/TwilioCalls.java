package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rebill.call.Leg;
import org.rebill.call.Side;

/**
 * Twilio's call log as CSV: of the Console, or the rows of the interface {@code Calls} under their own names. A record a
 * leg; a leg that Twilio dialled because of another carries its {@code Parent Call SID}, and both meet in Twilio. The
 * start is the answer, from which the duration counts.
 */
@ApplicationScoped
public class TwilioCalls implements RecordFormat {
    private static final String[] SID = {"Call SID", "sid"};
    private static final String[] PARENT = {"Parent Call SID", "parent_call_sid"};
    private static final String[] START = {"Start Time", "start_time", "Date Created", "Date"};
    private static final String[] DIRECTION = {"Direction", "Type"};
    private static final Set<String> ANSWERED = Set.of("completed", "in-progress", "answered");

    @Override
    public String id() {
        return "twilio";
    }

    @Override
    public String name() {
        return "Twilio call log";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "In the Twilio Console open Monitor > Logs > Calls, choose the days, and Export to CSV; or write the rows of the"
                        + " interface Calls to CSV under their own names (sid, parent_call_sid, from, to, direction, status,"
                        + " start_time, end_time, duration).",
                "Keep the columns SID, Parent Call SID, From, To, Direction, Status, Start Time and Duration.",
                "Times that say no zone of their own are read in the source's zone: choose the zone that the Console shows.",
                "An application that asks for an account code can put it into a column account_code of the CSV.",
                "Send the CSV as it was exported.");
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
                columns -> columns.has(SID)
                        && columns.has(START)
                        && columns.has(DIRECTION)
                        && columns.hasAll("From", "To", "Duration", "Status"));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        if (table.isEmpty()) {
            return NamedTable.unnamed(bytes, source, from, "Send the CSV as Twilio exported it.");
        }
        ExportTimes stamps = new ExportTimes(source, false);
        return table.get().read(bytes, source, from, (row, draft) -> leg(row, draft, stamps));
    }

    private static Leg leg(TextRow row, LegDraft draft, ExportTimes stamps) throws Unreadable {
        String direction = row.firstOf(DIRECTION).toLowerCase(Locale.ROOT).replace(' ', '-');
        String status = row.text("Status").toLowerCase(Locale.ROOT);
        int talk = row.secondsOrNone("Duration");
        Instant start = stamps.instant(row, "stamp.start", START);
        boolean answered = ANSWERED.contains(status);
        String sid = row.text(SID);
        String parent = parent(row);
        String meeting = parent.isEmpty() ? sid : parent;
        Instant written = row.text("End Time", "end_time").isEmpty()
                ? start.plusSeconds(talk)
                : stamps.instant(row, "stamp.end", "End Time", "end_time");
        Instant end = written.isBefore(start.plusSeconds(talk)) ? start.plusSeconds(talk) : written;
        draft.id('s', sid)
                .group('p', meeting)
                .times(start, answered ? start : null, end)
                .talk(answered ? talk : 0)
                .numbers(plain(row.text("From")), plain(row.text("To")))
                .application("Call", "")
                .code(row.firstOf("Account Code", "account_code"));
        sides(row, draft, direction, Side.room(meeting));
        if (!answered) {
            draft.notAnswered(status.equals("busy") ? "BUSY" : status.equals("failed") ? "FAILED" : "NO ANSWER");
        }
        return draft.leg();
    }

    /** Scripts write {@code null} where there is none. */
    private static String parent(TextRow row) {
        String parent = row.text(PARENT);
        return parent.startsWith("CA") ? parent : "";
    }

    private static void sides(TextRow row, LegDraft draft, String direction, String room) throws Unreadable {
        String from = row.text("From");
        String to = row.text("To");
        switch (direction) {
            case "inbound", "incoming" -> draft.sides(side(from), room);
            case "outbound-dial", "outbound-api", "outgoing-dial", "outgoing-api", "outbound" ->
                draft.sides(room, side(to));
            case "trunking-terminating" -> draft.sides(Side.phone(plain(from)), Side.line("outside", plain(to)));
            case "trunking-originating" -> draft.sides(Side.line("outside", plain(from)), Side.phone(plain(to)));
            default ->
                throw Unreadable.because(
                        "direction",
                        row.at(DIRECTION)
                                + "; a direction such as inbound or outbound-dial belongs there. Columns may have"
                                + " moved.");
        }
    }

    /** A browser or a SIP telephone is the firm's; a number is not. */
    private static String side(String party) {
        return isDevice(party) ? Side.phone(plain(party)) : Side.line("outside", plain(party));
    }

    private static boolean isDevice(String party) {
        return party.startsWith("client:") || party.startsWith("sip:") || party.startsWith("sim:");
    }

    /** Of {@code client:ann} or {@code sip:201@firm.sip.twilio.com} the name; else the number. */
    private static String plain(String party) {
        if (!isDevice(party)) {
            return party;
        }
        String name = party.substring(party.indexOf(':') + 1);
        int at = name.indexOf('@');
        return at > 0 ? name.substring(0, at) : name;
    }
}
