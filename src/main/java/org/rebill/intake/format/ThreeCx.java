package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.DialString;
import org.rebill.call.Leg;
import org.rebill.call.Side;

/**
 * 3CX call data records ("CDR - Call Data Records", 3CX): delimited by commas, without header, columns in the order that
 * the administrator chose; names are those of 3CX's output fields. A record may begin with the word Call, and its list of
 * hops with Chain.
 *
 * <p>One record holds a whole call. When it was passed on (reason-changed Replaced...), the talk stands with the first
 * telephone and the record tells the last one, but not when it took over; when it only rang elsewhere before, the talk is
 * the last one's. A code is in bill-code or behind the dialled number and two stars; the word default there is the name of
 * a tariff.
 */
@ApplicationScoped
public class ThreeCx implements RecordFormat {
    private static final List<String> ORDER = List.of(
            "historyid",
            "callid",
            "duration",
            "time-start",
            "time-answered",
            "time-end",
            "reason-terminated",
            "from-no",
            "to-no",
            "from-dn",
            "to-dn",
            "dial-no",
            "reason-changed",
            "final-number",
            "final-dn",
            "bill-code",
            "bill-rate",
            "bill-cost",
            "bill-name",
            "chain",
            "from-type",
            "to-type",
            "final-type",
            "from-dispname",
            "to-dispname",
            "final-dispname",
            "missed-queue-calls");
    private static final String[] NEEDED = {
        "historyid", "callid", "duration", "time-start", "time-answered", "time-end", "from-no", "to-no"
    };
    private static final FormatOption COLUMNS = new FormatOption(
            "columns",
            "Columns",
            "The fields in the order of Configure CDR Output Fields (Reporting > CDR), by 3CX's names, with commas"
                    + " between. Fields behind the last one that is written do no harm.",
            List.of(),
            String.join(", ", ORDER));
    private static final String UTC = "UTC";
    private static final String LOCAL = "local time";
    private static final FormatOption TIMES = new FormatOption(
            "times",
            "Times are in",
            "3CX writes UTC; some older versions write local time. Make a call and compare time-start with a clock.",
            List.of(UTC, LOCAL),
            UTC);
    private static final Pattern NAME = Pattern.compile("[^,;\\s]+");
    private static final Pattern NUMBER = Pattern.compile("(?:Call )?[0-9]+");
    private static final Pattern INNER =
            Pattern.compile("(?:Ext|Extension)\\.?:?[ ]?([0-9*]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern VOICEMAIL =
            Pattern.compile("(?:VMail|Voice ?mail|SpecialMenu|VM)\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SYSTEM = Pattern.compile(
            "(?:Queue|RingGroup|Ring ?Group|IVR|DR|Digital ?Receptionist|Park|Conf|Fax|CFD|Script|EndCall)\\b.*",
            Pattern.CASE_INSENSITIVE);
    private static final String CALL = "Call ";
    private static final byte COMMA = ',';
    private static final int LEAST_TO_TELL = 8;

    @Override
    public String id() {
        return "three-cx";
    }

    @Override
    public String name() {
        return "3CX CDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Open the 3CX Management Console, Reporting > CDR (Settings > CDR on version 20) and tick Generate CDR.",
                "Choose 3CX CDR Service is client / active socket and enter the IP address and TCP port of the machine on"
                        + " which Rebill's collector listens; or choose Single file for all calls and send the file cdr.log"
                        + " of the folder CDRLogs.",
                "Under Configure CDR Output Fields add all fields, with a comma as delimiter and without padding, in the"
                        + " order that is asked for below.",
                "For account codes let people dial number**code, or use the tariff's name as bill-code: 3CX does not check"
                        + " codes.",
                "Save, make a call and hang up: the record is written when the call has ended.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(COLUMNS, TIMES);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        if (!option.name().equals(COLUMNS.name())) {
            return Optional.empty();
        }
        ColumnNames names = columns(value);
        ColumnNames known = new ColumnNames(ORDER);
        for (String name : names.names()) {
            if (!known.has(name)) {
                return Optional.of(
                        "3CX has no field named '" + name + "'. Its fields are: " + COLUMNS.standard() + ".");
            }
        }
        if (!names.hasAll("time-start", "from-no", "to-no") || !(names.has("duration") || names.has("time-end"))) {
            return Optional.of("A call can't be told without time-start, from-no, to-no, and duration or time-end.");
        }
        return Optional.empty();
    }

    private static ColumnNames columns(String text) {
        List<String> names = new ArrayList<>();
        Matcher found = NAME.matcher(text);
        while (found.find()) {
            names.add(found.group());
        }
        return new ColumnNames(names);
    }

    @Override
    public List<CollectorSetting> collector() {
        return List.of(
                new CollectorSetting("way", "listen", "The phone system connects to this machine."),
                new CollectorSetting(
                        "port", "33555", "The TCP port that is set on the phone system for its call records."),
                new CollectorSetting(
                        "allow", "", "Address of the phone system: others are refused. Empty lets any address in."));
    }

    @Override
    public boolean recognises(byte[] head) {
        return FirstLines.of(head, COMMA).allMatch(ThreeCx::isRecord);
    }

    private static boolean isRecord(List<String> values) {
        long stamps = values.stream()
                .filter(value -> ClockText.local(value.strip()).isPresent())
                .count();
        boolean marked = values.stream()
                .map(String::strip)
                .anyMatch(value -> value.startsWith("Chain:")
                        || value.startsWith("TerminatedBy")
                        || (value.startsWith(CALL) && NUMBER.matcher(value).matches()));
        return values.size() >= LEAST_TO_TELL && stamps >= 2 && marked;
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        ColumnNames columns = columns(source.option(COLUMNS));
        int least = 0;
        for (String name : NEEDED) {
            least = Math.max(least, columns.find(name) + 1);
        }
        int needed = least;
        LocalStamps stamps = new LocalStamps(
                source.zone(), source.stampsInUtc() || source.option(TIMES).equals(UTC));
        boolean answers = columns.has("time-answered");
        TextRows rows = new TextRows(columns, source, (row, draft) -> {
            if (row.values().size() < needed) {
                throw tooShort(row, needed);
            }
            return leg(row, draft, stamps, answers);
        });
        return new DelimitedReader(new CsvCutter(bytes, from, COMMA, fields -> fields.count() >= needed), rows);
    }

    private static Unreadable tooShort(TextRow row, int needed) {
        return Unreadable.because(
                "columns",
                "The record has " + row.values().size() + " fields; with the columns set at the source it must have "
                        + needed + " at least. Compare the order with Configure CDR Output Fields.");
    }

    /** @param answers whether the column of answers is written at all */
    private static Leg leg(TextRow row, LegDraft draft, LocalStamps stamps, boolean answers) throws Unreadable {
        String history = row.text("historyid");
        if (history.startsWith(CALL)) {
            history = history.substring(CALL.length()).strip();
        }
        Instant started = instant(row, stamps, "time-start");
        int talk = row.secondsOrNone("duration");
        Instant ended = row.text("time-end").isEmpty() ? null : instant(row, stamps, "time-end");
        Instant answered = row.text("time-answered").isEmpty() ? null : instant(row, stamps, "time-answered");
        if (ended == null) {
            ended = (answered == null ? started : answered).plusSeconds(talk);
        }
        if (row.text("duration").isEmpty() && answered != null) {
            talk = (int) Math.max(0, ended.getEpochSecond() - answered.getEpochSecond());
        }
        String call = row.text("callid");
        draft.id(
                'r',
                history,
                call,
                row.text("time-start"),
                row.text("time-end"),
                row.text("duration"),
                row.text("from-no"),
                row.text("to-no"),
                row.text("final-number"));
        if (!call.isEmpty()) {
            draft.group('g', call);
        }
        Hops hops = new Hops(row, call.isEmpty() ? history : call);
        String dialled = row.text("dial-no");
        int stars = dialled.indexOf("**");
        String number =
                stars > 0 ? dialled.substring(0, stars) : DialString.of(dialled).number();
        String code = stars > 0
                ? dialled.substring(stars + 2)
                : DialString.of(dialled).code();
        draft.times(started, answered == null ? ended.minusSeconds(talk) : answered, ended)
                .talk(talk)
                .numbers(hops.caller(), hops.called(number))
                .code(isCode(row.text("bill-code")) ? row.text("bill-code") : code)
                .sides(hops.from(), hops.to())
                .application(hops.isVoicemail() ? "VoiceMail" : "", hops.passedOn());
        if (talk == 0 || (answers && answered == null)) {
            draft.talk(0).notAnswered(reason(row));
        }
        return draft.leg();
    }

    private static boolean isCode(String text) {
        return !text.isEmpty() && !text.equalsIgnoreCase("default");
    }

    private static String reason(TextRow row) {
        String reason = row.text("reason-terminated").toUpperCase(Locale.ROOT);
        return reason.isEmpty() || reason.startsWith("TERMINATED") ? "NO ANSWER" : reason;
    }

    private static Instant instant(TextRow row, LocalStamps stamps, String column) throws Unreadable {
        Optional<LocalDateTime> local = ClockText.local(row.text(column));
        if (local.isEmpty()) {
            throw Unreadable.because(
                    "stamp",
                    row.at(column)
                            + "; a time such as 2026/09/01 14:02:11 belongs there. Compare the columns set at the source"
                            + " with Configure CDR Output Fields.");
        }
        return stamps.instant(local.get());
    }

    /** Who called whom, and where the call went. */
    private static final class Hops {
        private final TextRow row;
        private final String call;
        private final String fromPhone;
        private final String toPhone;
        private final String lastPhone;
        private final boolean replaced;

        Hops(TextRow row, String call) {
            this.row = row;
            this.call = call;
            this.fromPhone = phone(row.text("from-no"), row.text("from-dn"), row.text("from-type"));
            this.toPhone = phone(row.text("to-no"), row.text("to-dn"), row.text("to-type"));
            this.lastPhone = phone(row.text("final-number"), row.text("final-dn"), row.text("final-type"));
            this.replaced = row.text("reason-changed").toLowerCase(Locale.ROOT).startsWith("replaced");
        }

        /** The extension of a telephone; empty when it is none. */
        private static String phone(String number, String dn, String type) {
            Matcher inner = INNER.matcher(number);
            if (inner.matches()) {
                return inner.group(1);
            }
            return type.equalsIgnoreCase("Extension") ? (dn.isEmpty() ? number : dn) : "";
        }

        private boolean isOut() {
            return !fromPhone.isEmpty();
        }

        boolean isVoicemail() {
            String last = last();
            return VOICEMAIL.matcher(last).matches()
                    || row.text("final-type").equalsIgnoreCase("VMail")
                    || row.text("to-type").equalsIgnoreCase("VMail");
        }

        private String last() {
            return row.firstOf("final-number", "to-no");
        }

        String caller() {
            return isOut() ? fromPhone : row.text("from-no");
        }

        String called(String dialled) {
            String to = row.text("to-no");
            if (!toPhone.isEmpty()) {
                return toPhone;
            }
            boolean named =
                    VOICEMAIL.matcher(to).matches() || SYSTEM.matcher(to).matches();
            return named || to.isEmpty() ? dialled : to;
        }

        String from() {
            return isOut() ? Side.phone(fromPhone) : Side.line(row.text("from-dn"), call);
        }

        /** Of a call that rang at several telephones the last, of one that was passed on the first. */
        String to() {
            if (isVoicemail()) {
                return "";
            }
            String phone = lastPhone.isEmpty() || (replaced && !toPhone.isEmpty()) ? toPhone : lastPhone;
            if (!phone.isEmpty() && !(isOut() && phone.equals(fromPhone))) {
                return Side.phone(phone);
            }
            if (SYSTEM.matcher(last()).matches()) {
                return "";
            }
            return Side.line(row.text("to-dn"), call);
        }

        String passedOn() {
            boolean elsewhere =
                    replaced && !lastPhone.isEmpty() && !lastPhone.equals(toPhone) && !lastPhone.equals(fromPhone);
            return elsewhere ? Leg.PASSED_ON + lastPhone : "";
        }
    }
}
