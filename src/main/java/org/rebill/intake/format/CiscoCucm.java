package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;

/**
 * Cisco Unified Communications Manager's call detail records, releases 4 to 15 ("Call Reporting and Billing
 * Administration Guide", Cisco): files {@code cdr_...} with a line of column names and a line of column types, then a
 * record a line. Releases differ in how many columns there are; they are read by name. Times are UTC epoch seconds.
 *
 * <p>A call that is passed on gives a record for each two parties that were connected. They share
 * {@code globalCallID_callManagerId}, {@code globalCallID_callId} and {@code globalCallId_ClusterId}; a party that stays
 * keeps its leg identifier. The call in which the other telephone was asked first has an identifier of its own. All who
 * are in a conference show as having called its bridge, whose number begins with {@code b00}.
 *
 * <p>The client matter code is the account code; where none was given, the forced authorization code. CUCM writes the
 * latter only where it was told to, and its name always, which is taken where it is digits.
 */
@ApplicationScoped
public class CiscoCucm implements RecordFormat {
    private static final FormatOption VOICEMAIL = new FormatOption(
            "voicemail",
            "Voicemail numbers",
            "Pilot numbers of the voicemail system, and the trunk's name if it has one of its own, separated by commas"
                    + " (Cisco Unified CM Administration > Advanced Features > Voice Mail > Voice Mail Pilot). Calls that"
                    + " end there are nobody's talk.",
            List.of(),
            "");

    private static final String[] DESTINATION_LEG = {"destLegIdentifier", "destLegCallIdentifier"};
    private static final Set<String> CAUSES_UNANSWERED =
            Set.of("0", "16", "18", "19", "31", "102", "127", "262144", "393216", "458752");
    private static final String BUSY = "17";
    private static final String RECORDING = "27";
    private static final String MONITORING = "28";

    @Override
    public String id() {
        return "cisco-cucm";
    }

    @Override
    public String name() {
        return "Cisco Unified Communications Manager (CUCM) CDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "In Cisco Unified CM Administration open System > Service Parameters, choose the server and the service"
                        + " Cisco CallManager, and set CDR Enabled Flag to True; do so for each server of the cluster.",
                "On the same page set Display FAC in CDR to True if forced authorization codes are the account codes, and"
                        + " Show Line Group Member DN in finalCalledPartyNumber CDR Field to True, so that calls to a hunt"
                        + " pilot name the telephone that answered.",
                "Under System > Enterprise Parameters set CDR File Time Interval to 1 minute.",
                "Under Call Routing > Client Matter Codes add the firm's codes (or import them by Bulk Administration >"
                        + " Client Matter Codes), and tick Require Client Matter Code on the route patterns that ask for"
                        + " one.",
                "Open Cisco Unified Serviceability: Tools > CDR Management, and add a Billing Application Server: the host,"
                        + " user, password and folder to which CUCM shall send its files by SFTP. Up to three are allowed;"
                        + " tick Resend on Failure.",
                "Send the files cdr_... from that folder as they are. Files cmr_... tell how well calls could be heard and"
                        + " are not needed.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(VOICEMAIL);
    }

    @Override
    public Optional<String> refuses(byte[] head) {
        Optional<String> notText = FileHead.notText(head).map(what -> "This is " + what);
        if (notText.isPresent() || table(head).isPresent()) {
            return notText;
        }
        return NamedTable.of(head, columns -> columns.hasAll("cdrRecordType", "globalCallID_callId", "dateTimeStamp"))
                .map(table ->
                        "This is a file of call management records (cmr_...), which tell how well calls could be heard."
                                + " Send the files whose names begin with cdr_ from the same folder.");
    }

    @Override
    public boolean recognises(byte[] head) {
        return table(head).isPresent();
    }

    private static Optional<NamedTable> table(byte[] head) {
        return NamedTable.of(
                head,
                columns -> columns.hasAll(
                        "cdrRecordType",
                        "globalCallID_callId",
                        "dateTimeOrigination",
                        "dateTimeConnect",
                        "dateTimeDisconnect"));
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Optional<NamedTable> table = table(from.head());
        if (table.isEmpty()) {
            return NamedTable.unnamed(
                    bytes,
                    source,
                    from,
                    "CUCM writes two lines at the top of each file, names and types: send whole files as CUCM wrote them.");
        }
        Set<String> voicemail = OptionText.list(source.option(VOICEMAIL));
        return table.get().read(bytes, source, from, (row, draft) -> leg(row, draft, source.plan(), voicemail));
    }

    private static Leg leg(TextRow row, LegDraft draft, NumberPlan plan, Set<String> voicemail) throws Unreadable {
        checkType(row);
        if (isCopyForListeners(row)) {
            throw Unreadable.ignored(
                    "recording", "A call of the telephone to a recorder or a supervisor, beside the call.");
        }
        long origination = epoch(row, "dateTimeOrigination");
        long connect = epoch(row, "dateTimeConnect");
        long disconnect = epoch(row, "dateTimeDisconnect");
        int talk = connect == 0 ? 0 : row.secondsOrNone("duration");
        long start = origination > 0 && (connect == 0 || origination < connect) ? origination : connect;
        if (start == 0) {
            throw Unreadable.because(
                    "stamp.start",
                    row.at("dateTimeOrigination") + "; the second at which the call began belongs there.");
        }
        long end = disconnect > 0 ? disconnect : Math.max(start, connect + talk);
        CucmParty from = CucmParty.calling(row, plan);
        CucmParty to = CucmParty.called(row);
        identify(row, draft);
        draft.times(at(start), connect == 0 ? null : at(connect), at(end))
                .talk(talk)
                .numbers(from.number(), to.number())
                .code(code(row));
        if (to.isOf(voicemail) || to.isVoicemailPort()) {
            draft.application("VoiceMail", to.device()).sides(from.side(plan, leg(row, "origLegCallIdentifier")), "");
        } else if (to.isMedia()) {
            draft.application("Media", to.device()).sides(from.side(plan, leg(row, "origLegCallIdentifier")), "");
        } else {
            draft.application(to.isBridge() ? "Conference" : "Call", "")
                    .sides(
                            from.side(plan, leg(row, "origLegCallIdentifier")),
                            to.side(plan, leg(row, DESTINATION_LEG)));
        }
        if (connect == 0) {
            draft.notAnswered(howItEnded(row));
        }
        return draft.leg();
    }

    private static void checkType(TextRow row) throws Unreadable {
        String type = row.text("cdrRecordType");
        if (type.equals("INTEGER")) {
            throw Unreadable.ignored("header", "A line with the types of the columns.");
        }
        if (type.equals("2")) {
            throw Unreadable.ignored("quality", "A call management record: how well the call could be heard.");
        }
        if (type.equalsIgnoreCase("cdrRecordType")) {
            throw Unreadable.because(
                    "header.other",
                    "From here on the columns have other names than at the top of the file: files of two releases were put"
                            + " together. Send them one by one.");
        }
        if (!type.equals("1") && !type.equals("0")) {
            throw Unreadable.because(
                    "record.type", row.at("cdrRecordType") + "; 1 belongs there. Columns may have moved.");
        }
    }

    /** The telephone's built-in bridge sends what is said to a recorder or to a supervisor who listens. */
    private static boolean isCopyForListeners(TextRow row) {
        String behalf = row.text("lastRedirectRedirectOnBehalfOf");
        return row.text("callingPartyNumber").startsWith("BIB")
                || behalf.equals(RECORDING)
                || behalf.equals(MONITORING);
    }

    /** The name of a forced authorization code is taken where it is a code itself. */
    private static String code(TextRow row) {
        String code = row.firstOf("clientMatterCode", "authorizationCodeValue");
        String name = row.text("authCodeDescription");
        return code.isEmpty() && name.matches("[0-9]{1,16}") ? name : code;
    }

    private static void identify(TextRow row, LegDraft draft) {
        String pkid = row.text("pkid");
        if (pkid.isEmpty()) {
            draft.id(
                    'r',
                    row.text("globalCallId_ClusterId"),
                    row.text("globalCallID_callManagerId"),
                    row.text("globalCallID_callId"),
                    row.text("origLegCallIdentifier"),
                    row.text(DESTINATION_LEG),
                    row.text("dateTimeOrigination"),
                    row.text("dateTimeConnect"),
                    row.text("dateTimeDisconnect"),
                    row.text("finalCalledPartyNumber"));
        } else {
            draft.id('p', pkid);
        }
        if (!row.text("globalCallID_callId").isEmpty()) {
            draft.group(
                    'g',
                    row.text("globalCallId_ClusterId"),
                    row.text("globalCallID_callManagerId"),
                    row.text("globalCallID_callId"));
        }
    }

    private static String leg(TextRow row, String... names) {
        String leg = row.text(names);
        return leg.equals("0") ? "" : leg;
    }

    private static Instant at(long epoch) {
        return Instant.ofEpochSecond(epoch);
    }

    private static long epoch(TextRow row, String column) throws Unreadable {
        String text = row.text(column);
        if (text.isEmpty() || text.equals("0")) {
            return 0;
        }
        if (!text.matches("[0-9]{9,10}")) {
            throw Unreadable.because(
                    "stamp",
                    row.at(column) + "; a count of seconds since 1970 such as 1788253331 belongs there. If the file was"
                            + " saved by a spreadsheet, send it as CUCM wrote it.");
        }
        return Long.parseLong(text);
    }

    /** By the causes of Q.850, which either side may give. */
    private static String howItEnded(TextRow row) {
        String from = row.text("origCause_value");
        String to = row.text("destCause_value");
        if (from.equals(BUSY) || to.equals(BUSY)) {
            return "BUSY";
        }
        boolean usual = (from.isEmpty() || CAUSES_UNANSWERED.contains(from))
                && (to.isEmpty() || CAUSES_UNANSWERED.contains(to));
        return usual ? "NO ANSWER" : "FAILED";
    }
}
