package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;

/**
 * BroadWorks' accounting records as comma separated files ("Accounting Call Detail Record Interface Specification",
 * BroadSoft): a line with the version, a record of type Start, a record for each user of each call, a record of type End.
 * The fields stand in the order of their numbers (FreeRADIUS' {@code dictionary.broadsoft} has the same); releases differ
 * in how many there are at the end. Times are UTC, {@code 20260901140211.250}. Some providers put a line of field names at
 * the top, in any order; then these count.
 *
 * <p>Both users of a call inside have the same two call ids, one as local and one as remote.
 */
@ApplicationScoped
public class BroadWorks implements RecordFormat {
    private static final byte COMMA = ',';
    private static final int LEAST_FIELDS = 15;
    private static final int NAMED_FIELDS = 152;
    private static final Set<String> INSIDE_ROUTES = Set.of("group", "enterprise");
    private static final ColumnNames FIELDS = new ColumnNames(fields());

    /** Names of the fields that are of use, at the places of their numbers. */
    private static List<String> fields() {
        List<String> names = new ArrayList<>(List.of(
                "recordId",
                "serviceProvider",
                "type",
                "userNumber",
                "groupNumber",
                "direction",
                "callingNumber",
                "callingPresentationIndicator",
                "calledNumber",
                "startTime",
                "userTimeZone",
                "answerIndicator",
                "answerTime",
                "releaseTime",
                "terminationCause",
                "networkType",
                "carrierIdentificationCode",
                "dialedDigits",
                "callCategory",
                "networkCallType",
                "networkTranslatedNumber",
                "networkTranslatedGroup",
                "releasingParty",
                "route",
                "networkCallID"));
        while (names.size() < NAMED_FIELDS) {
            names.add("field " + (names.size() + 1));
        }
        names.set(33, "accountCode");
        names.set(34, "authorizationCode");
        names.set(35, "originalCalledNumber");
        names.set(38, "redirectingNumber");
        names.set(40, "redirectingReason");
        names.set(44, "localCallID");
        names.set(45, "remoteCallID");
        names.set(120, "userId");
        return names;
    }

    @Override
    public String id() {
        return "broadworks";
    }

    @Override
    public String name() {
        return "BroadWorks (BroadSoft) accounting CDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Ask the provider for BroadWorks accounting records (BW-CDR files) of the firm's enterprise or group, by SFTP.",
                "For each group the provider assigns the service Account/Authorization Codes: Group > Calling > Account/"
                        + "Authorization Codes, type Account Codes, with the number of digits.",
                "There add the codes, and choose for which users a code is mandatory or optional.",
                "Send the files BW-CDR-... as they are (unpack them if they end in .gz), and the source's zone does not matter:"
                        + " they are in UTC.");
    }

    @Override
    public boolean recognises(byte[] head) {
        if (table(head).isPresent()) {
            return true;
        }
        List<List<String>> records = FirstLines.of(head, COMMA).records();
        boolean calls = false;
        for (List<String> values : records) {
            boolean frame = isVersion(values) || isFrame(values);
            boolean call = values.size() >= LEAST_FIELDS && isDirection(values.get(5)) && isStamp(values.get(9));
            if (!frame && !call) {
                return false;
            }
            calls = true;
        }
        return calls;
    }

    private static Optional<NamedTable> table(byte[] head) {
        return NamedTable.of(
                head,
                columns -> columns.hasAll(
                        "recordId", "direction", "callingNumber", "calledNumber", "startTime", "releaseTime"));
    }

    private static boolean isVersion(List<String> values) {
        return values.get(0).strip().toLowerCase(Locale.ROOT).startsWith("version=");
    }

    private static boolean isFrame(List<String> values) {
        return values.size() > 2
                && (values.get(2).equals("Start") || values.get(2).equals("End"));
    }

    private static boolean isDirection(String text) {
        return text.equals("Originating") || text.equals("Terminating");
    }

    private static boolean isStamp(String text) {
        return text.matches("[12][0-9]{13}(\\.[0-9]+)?");
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        ExportTimes stamps = new ExportTimes(source, true);
        TextRows.Understanding understanding = (row, draft) -> leg(row, draft, stamps, source.plan());
        Optional<NamedTable> table = table(from.head());
        if (table.isPresent()) {
            return table.get().read(bytes, source, from, understanding);
        }
        return new DelimitedReader(
                new CsvCutter(bytes, from, COMMA, fields -> fields.count() >= LEAST_FIELDS),
                new TextRows(FIELDS, source, understanding));
    }

    private static Leg leg(TextRow row, LegDraft draft, ExportTimes stamps, NumberPlan plan) throws Unreadable {
        checkFrame(row);
        boolean outgoing = isOutgoing(row);
        Instant start = stamps.instant(row, "stamp.start", "startTime");
        boolean answered = row.text("answerIndicator").equalsIgnoreCase("Yes");
        Instant answer = answered ? stamps.instant(row, "stamp.answer", "answerTime") : null;
        Instant release = stamps.instant(row, "stamp.end", "releaseTime");
        String calling = number(row, "callingNumber");
        String called = number(row, "calledNumber");
        String own = row.text("userNumber").isEmpty() ? (outgoing ? calling : called) : number(row, "userNumber");
        String other = outgoing ? called : calling;
        String withheld = row.text("callingPresentationIndicator");
        UserView view = new UserView(outgoing, own, other, isOutside(row, other, plan));
        draft.id('r', row.text("recordId"), row.text("direction"), own, row.text("startTime"), row.text("releaseTime"));
        group(row, draft);
        draft.times(start, answer, release)
                .talk(answered ? (int) Math.max(0, release.getEpochSecond() - answer.getEpochSecond()) : 0)
                .numbers(
                        withheld.equals("Private") && !outgoing ? "" : calling,
                        called.isEmpty() ? row.text("dialedDigits") : called)
                .code(row.firstOf("accountCode", "authorizationCode"));
        String redirecting = number(row, "redirectingNumber");
        if (outgoing && !redirecting.isEmpty() && redirecting.equals(own)) {
            view.passedOn(draft.application("Redirect", ""), calling);
        } else {
            view.on(draft.application("Call", ""));
        }
        if (!answered) {
            draft.notAnswered(row.text("terminationCause").equals("017") ? "BUSY" : "NO ANSWER");
        }
        return draft.leg();
    }

    private static void checkFrame(TextRow row) throws Unreadable {
        List<String> values = row.values();
        if (isVersion(values)) {
            throw Unreadable.ignored("header", "The version of the file.");
        }
        String type = row.text("type");
        if (type.equals("Start")) {
            throw Unreadable.ignored("header", "A record that opens the file.");
        }
        if (type.equals("End")) {
            throw Unreadable.ignored("footer", "A record that closes the file.");
        }
        if (type.equals("Long Duration") || type.equals("Interim")) {
            throw Unreadable.ignored("interim", "A call that still goes on; its own record comes when it has ended.");
        }
        if (row.text("releaseTime").isEmpty() && values.size() < LEAST_FIELDS) {
            throw Unreadable.because(
                    "columns",
                    "The record has " + values.size() + (values.size() == 1 ? " field" : " fields")
                            + "; BroadWorks writes at least " + LEAST_FIELDS
                            + " for a call. Send the file as it was written.");
        }
    }

    private static boolean isOutgoing(TextRow row) throws Unreadable {
        String direction = row.text("direction");
        if (!isDirection(direction)) {
            throw Unreadable.because(
                    "direction",
                    row.at("direction") + "; Originating or Terminating belongs there. Fields may have moved.");
        }
        return direction.equals("Originating");
    }

    private static boolean isOutside(TextRow row, String other, NumberPlan plan) {
        boolean inside = plan.isExtension(other) && other.length() == plan.extensionDigits();
        return !inside
                && !INSIDE_ROUTES.contains(row.text("route").toLowerCase(Locale.ROOT))
                && !row.text("callCategory").equalsIgnoreCase("private");
    }

    /** Without the words that BroadWorks puts for what it does not know. */
    private static String number(TextRow row, String column) {
        String text = row.text(column);
        return text.equalsIgnoreCase("Unavailable") || text.equalsIgnoreCase("anonymous") ? "" : text;
    }

    private static void group(TextRow row, LegDraft draft) {
        String local = row.text("localCallID");
        String remote = row.text("remoteCallID");
        if (!local.isEmpty() && !remote.isEmpty()) {
            boolean ordered = local.compareTo(remote) <= 0;
            draft.group('l', ordered ? local : remote, ordered ? remote : local);
        } else if (!row.text("networkCallID").isEmpty()) {
            draft.group('n', row.text("networkCallID"));
        }
    }
}
