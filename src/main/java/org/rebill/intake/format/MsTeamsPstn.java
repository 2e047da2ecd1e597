package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rebill.call.Leg;
import org.rebill.call.Side;

/**
 * Microsoft Teams' PSTN usage report as exported (Calling Plans and Operator Connect: {@code PSTN.calls...csv}; Direct
 * Routing: {@code DirectRouting.calls...csv}), or the same rows of Microsoft Graph as CSV. A record a call with the
 * telephone network, in UTC; calls inside are not in it. Teams asks for no code: calls are matched by number.
 *
 * <p>The user is known by the sign-in name, since the number shown may be the firm's main one.
 */
@ApplicationScoped
public class MsTeamsPstn implements RecordFormat {
    private static final String[] START = {"Start Time", "startDateTime"};
    private static final String[] END = {"End Time", "endDateTime", "Failure time", "failureDateTime"};
    private static final String[] INVITED = {"Invite time", "inviteDateTime"};
    private static final String[] SECONDS = {"Duration Seconds", "Duration (seconds)", "Duration"};
    private static final String[] CALLER = {"Caller ID", "Caller Number", "callerNumber"};
    private static final String[] CALLED = {"Destination Number", "Callee Number", "calleeNumber"};
    private static final String[] USER = {"UPN", "userPrincipalName", "SIP Address"};
    private static final String[] NAME = {"User Display Name", "Display Name"};
    private static final String[] RECORD = {"UsageId", "id"};
    private static final String[] CORRELATION = {"Correlation ID"};
    private static final String[] SHARED = {"Shared Correlation ID", "transferorCorrelationId"};

    @Override
    public String id() {
        return "ms-teams-pstn";
    }

    @Override
    public String name() {
        return "Microsoft Teams PSTN usage report";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "In the Teams admin center open Analytics & reports > Usage reports, choose PSTN and SMS usage, the days, and"
                        + " Run report.",
                "Choose Export to Excel and download the zip under Downloads when it is ready.",
                "Unpack it and send PSTN.calls...csv (Calling Plans, Operator Connect) and DirectRouting.calls...csv (your own"
                        + " carrier). Both are in UTC, whatever the source's zone.",
                "Enter each person's Teams sign-in name, such as ann@firm.example, as the extension in Rebill.",
                "Teams cannot ask for an account code: put the clients' telephone numbers into Rebill, so that calls are matched"
                        + " by number.");
    }

    @Override
    public boolean recognises(byte[] head) {
        return table(head).isPresent();
    }

    private static Optional<NamedTable> table(byte[] head) {
        return NamedTable.of(
                head,
                columns -> columns.has("Call Type")
                        && columns.has(CALLER)
                        && columns.has(CALLED)
                        && columns.has(START)
                        && (columns.has("UsageId", "Capability", "licenseCapability")
                                || columns.has("SBC FQDN", "Final SIP code", "trunkFullyQualifiedDomainName")));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        if (table.isEmpty()) {
            return NamedTable.unnamed(bytes, source, from, "Send the CSV as Teams exported it.");
        }
        ExportTimes stamps = new ExportTimes(source, true);
        return table.get().read(bytes, source, from, (row, draft) -> leg(row, draft, stamps));
    }

    private static Leg leg(TextRow row, LegDraft draft, ExportTimes stamps) throws Unreadable {
        String type = row.text("Call Type").toLowerCase(Locale.ROOT);
        boolean incoming = type.matches(".*_in(_.*)?");
        if (!incoming && !type.contains("out")) {
            throw Unreadable.because(
                    "direction",
                    row.at("Call Type") + "; a type such as user_in or dr_out belongs there. Columns may have moved.");
        }
        int talk = row.secondsOrNone(SECONDS);
        Instant begun = stamps.instant(row, "stamp.start", INVITED[0], INVITED[1], START[0], START[1]);
        boolean answered = talk > 0 || (!row.text(START).isEmpty() && isSuccess(row));
        Instant connected = answered ? stamps.instant(row, "stamp.answer", START) : null;
        Instant end = row.firstOf(END).isEmpty()
                ? (answered ? connected : begun).plusSeconds(talk)
                : stamps.instant(row, "stamp.end", END);
        if (answered && connected.plusSeconds(talk).isBefore(end)) {
            // The report's start is the first ring: the talk is what its end is full of.
            connected = end.minusSeconds(talk);
        }
        identify(row, draft);
        draft.times(begun.isAfter(end) ? end : begun, connected, end)
                .talk(talk)
                .numbers(row.firstOf(CALLER), row.firstOf(CALLED));
        sides(row, draft, type, incoming);
        if (!answered) {
            draft.notAnswered("NO ANSWER");
        }
        return draft.leg();
    }

    private static boolean isSuccess(TextRow row) {
        String success = row.firstOf("Success", "successfulCall", "Event type").toLowerCase(Locale.ROOT);
        return success.equals("yes") || success.equals("true") || success.equals("success");
    }

    private static void sides(TextRow row, LegDraft draft, String type, boolean incoming) {
        String caller = row.firstOf(CALLER);
        String called = row.firstOf(CALLED);
        String named = row.firstOf(USER);
        String own = incoming ? called : caller;
        String user = !named.isEmpty() ? named : !own.isEmpty() ? own : row.firstOf(NAME);
        UserView view = new UserView(!incoming, user, incoming ? caller : called, true);
        if (type.contains("ucap") || type.startsWith("conf")) {
            view.taken(draft.application(type.startsWith("conf") ? "Audio conference" : "Bot", type));
        } else if (type.contains("transfer") || type.contains("forward")) {
            draft.application("Redirect", type).sides(Side.line("forwarded", caller), Side.line("outside", called));
        } else {
            view.on(draft.application("Call", type));
        }
    }

    private static void identify(TextRow row, LegDraft draft) {
        String record = row.firstOf(RECORD);
        String correlation = row.text(CORRELATION);
        draft.id(
                'r',
                record,
                correlation,
                row.text("Call Type"),
                row.firstOf(START),
                row.firstOf(INVITED),
                row.firstOf(END),
                row.firstOf(CALLER),
                row.firstOf(CALLED),
                row.firstOf(USER));
        String shared = row.firstOf(SHARED);
        if (!shared.isEmpty() || !correlation.isEmpty()) {
            draft.group('c', shared.isEmpty() ? correlation : shared);
        }
    }
}
