package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;

/**
 * Webex Calling's Detailed Call History, as Control Hub writes it to CSV (the same names as in the interface
 * {@code cdr_feed}): a record for each user, queue, menu or gateway that took part, in UTC; columns by name, of which
 * Cisco adds more from time to time. {@code NA} stands for nothing.
 *
 * <p>The answer to the second is in {@code Answer time}. {@code Duration} may begin with ringing, so that the time from
 * answer to release counts where both are there and it is shorter.
 */
@ApplicationScoped
public class WebexCalling implements RecordFormat {
    /** What answers without being a person. */
    private static final Set<String> SERVICES = Set.of(
            "automatedattendantvideo",
            "automatedattendantaudio",
            "huntgroup",
            "callcenterstandard",
            "callcenterpremium",
            "callcenterbasic",
            "callqueue",
            "routepoint",
            "voicexml",
            "grouppaging",
            "anchor",
            "localgateway",
            "broadworksanywhere");

    private static final Set<String> MAILBOXES = Set.of("voicemailretrieval", "voicemailgroup");
    private static final Set<String> OUTSIDE_TYPES = Set.of(
            "SIP_INTERNATIONAL",
            "SIP_SHORTCODE",
            "SIP_INBOUND",
            "SIP_EMERGENCY",
            "SIP_PREMIUM",
            "SIP_TOLLFREE",
            "SIP_NATIONAL",
            "SIP_MOBILE");

    @Override
    public String id() {
        return "webex-calling";
    }

    @Override
    public String name() {
        return "Webex Calling detailed call history";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "In Control Hub open Services > Calling > Locations > (location) > Call settings > Access codes (or Account"
                        + " and authorization codes) and add the firm's codes; choose for whom a code is mandatory.",
                "Open Monitoring > Reports > Templates and choose Calling Detailed Call History.",
                "Choose the days and run it as CSV; under Automatic delivery it can be run each day.",
                "Send the CSV as it was downloaded (unpack it if it came as a zip). It is in UTC, whatever the source's zone.");
    }

    @Override
    public boolean recognises(byte[] head) {
        return table(head).isPresent();
    }

    private static Optional<NamedTable> table(byte[] head) {
        return NamedTable.of(
                head,
                columns -> columns.hasAll("Start time", "Duration", "Calling number", "Called number", "Direction")
                        && columns.has("Correlation ID", "Report ID", "Local call ID"));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        if (table.isEmpty()) {
            return NamedTable.unnamed(bytes, source, from, "Send the report as Control Hub wrote it.");
        }
        ExportTimes stamps = new ExportTimes(source, true);
        return table.get().read(bytes, source, from, (row, draft) -> leg(row, draft, stamps, source.plan()));
    }

    private static Leg leg(TextRow row, LegDraft draft, ExportTimes stamps, NumberPlan plan) throws Unreadable {
        boolean outgoing = isOutgoing(row);
        Instant start = stamps.instant(row, "stamp.start", "Start time");
        boolean answered = value(row, "Answered").equalsIgnoreCase("true")
                && !value(row, "Answer indicator").equalsIgnoreCase("Yes-PostRedirection");
        Instant answer = answered ? stamps.instant(row, "stamp.answer", "Answer time", "Start time") : null;
        int duration = value(row, "Duration").isEmpty() ? 0 : row.seconds("Duration");
        Instant release = value(row, "Release time").isEmpty()
                ? (answered ? answer : start).plusSeconds(duration)
                : stamps.instant(row, "stamp.end", "Release time");
        int talk = answered
                ? (int) Math.min(duration, Math.max(0, release.getEpochSecond() - answer.getEpochSecond()))
                : 0;
        String calling = value(row, "Calling number");
        String called = value(row, "Called number");
        String user = value(row, "User number");
        String own = !user.isEmpty() ? user : outgoing ? calling : called;
        String other = outgoing ? called : calling;
        UserView view = new UserView(outgoing, own, other, isOutside(row, other, plan));
        identify(row, draft);
        draft.times(start, answer, release)
                .talk(talk)
                .numbers(calling, outgoing && !value(row, "Dialed digits").isEmpty() ? dialled(row, called) : called)
                .code(value(row, "Authorization code"));
        String kind = value(row, "User type").toLowerCase(Locale.ROOT);
        if (isMailbox(row, kind)) {
            view.taken(draft.application("VoiceMail", kind));
        } else if (value(row, "Call type").equals("SIP_MEETING")) {
            view.taken(draft.application("Meeting", kind));
        } else if (outgoing && !value(row, "Redirecting number").isEmpty()) {
            view.passedOn(draft.application("Redirect", kind), calling);
        } else if (SERVICES.contains(kind)) {
            view.taken(draft.application("Service", kind));
        } else {
            view.on(draft.application("Call", ""));
        }
        if (!answered) {
            draft.notAnswered(value(row, "Call outcome reason").equalsIgnoreCase("UserBusy") ? "BUSY" : "NO ANSWER");
        }
        return draft.leg();
    }

    private static String value(TextRow row, String column) {
        String text = row.text(column);
        return text.equals("NA") || text.equals("N/A") ? "" : text;
    }

    private static boolean isOutgoing(TextRow row) throws Unreadable {
        String direction = value(row, "Direction").toUpperCase(Locale.ROOT);
        if (!direction.equals("ORIGINATING") && !direction.equals("TERMINATING")) {
            throw Unreadable.because(
                    "direction",
                    row.at("Direction") + "; ORIGINATING or TERMINATING belongs there. Columns may have moved.");
        }
        return direction.equals("ORIGINATING");
    }

    private static boolean isOutside(TextRow row, String other, NumberPlan plan) {
        String type = value(row, "Call type").toUpperCase(Locale.ROOT);
        boolean trunk = !value(row, "Inbound trunk").isEmpty()
                || !value(row, "Outbound trunk").isEmpty();
        return OUTSIDE_TYPES.contains(type) || (!plan.isExtension(other) && (trunk || !type.equals("SIP_ENTERPRISE")));
    }

    /** Digits dialled with an outside access code lead to the called number. */
    private static String dialled(TextRow row, String called) {
        String digits = value(row, "Dialed digits");
        return called.isEmpty() ? digits : called;
    }

    private static boolean isMailbox(TextRow row, String kind) {
        String line = value(row, "Called line ID").toLowerCase(Locale.ROOT).replace(" ", "");
        return MAILBOXES.contains(kind) || line.startsWith("voicemail") || line.startsWith("voiceportal");
    }

    private static void identify(TextRow row, LegDraft draft) {
        String report = value(row, "Report ID");
        if (report.isEmpty()) {
            draft.id(
                    'r',
                    value(row, "Correlation ID"),
                    value(row, "Local call ID"),
                    value(row, "Call ID"),
                    value(row, "User UUID"),
                    value(row, "User"),
                    value(row, "Direction"),
                    value(row, "Start time"),
                    value(row, "Answer time"),
                    value(row, "Duration"),
                    value(row, "Calling number"),
                    value(row, "Called number"));
        } else {
            draft.id('p', report);
        }
        String correlation = value(row, "Correlation ID");
        if (!correlation.isEmpty()) {
            draft.group('g', correlation);
        }
    }
}
