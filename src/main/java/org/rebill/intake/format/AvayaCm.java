package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;

/**
 * Avaya Communication Manager (Aura, Definity) CDR in a customized layout: fields of fixed width in the order of the form
 * "change system-parameters cdr" ("Call Detail Recording", Avaya Aura Communication Manager Feature Description and
 * Implementation). The order and widths are a setting.
 *
 * <p>The ready-made layouts (unformatted, LSU, TELESEER, printer, expanded) tell the day in a record of its own once a
 * day: whether a call was before or after it can't be known when reading goes on in the middle of a file, or when that
 * record was lost. They are not read; setting a customized layout with a date takes a minute.
 *
 * <p>Date and time are those of the call's end, to the minute. There is no call id, save for a UCID where the layout has
 * one.
 */
@ApplicationScoped
public class AvayaCm implements RecordFormat {
    private static final String STANDARD = "date-6, space-1, time-4, space-1, sec-dur-5, space-1, cond-code-1, space-1,"
            + " code-dial-4, space-1, code-used-4, space-1, out-crt-id-3, space-1, in-trk-code-4, space-1, in-crt-id-3,"
            + " space-1, dialed-num-23, space-1, calling-num-15, space-1, acct-code-15, space-1, auth-code-13, return-1,"
            + " line-feed-1";
    private static final Set<String> FIELDS = Set.of(
            "acct-code",
            "attd-console",
            "auth-code",
            "bandwidth",
            "bcc",
            "calling-num",
            "calltype",
            "clg-num/in-tac",
            "clg-pty-cat",
            "code-dial",
            "code-used",
            "cond-code",
            "country-from",
            "country-to",
            "date",
            "dialed-num",
            "duration",
            "feat-flag",
            "frl",
            "from-uri",
            "in-crt-id",
            "in-trk-code",
            "ins",
            "isdn-cc",
            "ixc-code",
            "line-feed",
            "location-from",
            "location-to",
            "ma-uui",
            "node-num",
            "null",
            "out-crt-id",
            "ppm",
            "request-uri",
            "res_flag",
            "return",
            "sec-dur",
            "seq-num",
            "space",
            "start-time",
            "time",
            "timezone-from",
            "timezone-to",
            "to-uri",
            "tsc_ct",
            "tsc_flag",
            "ucid",
            "vdn");
    private static final FormatOption LAYOUT = new FormatOption(
            "layout",
            "Customized record",
            "Each data item and its length, in the order of the form CDR SYSTEM PARAMETERS (display system-parameters cdr,"
                    + " page 2), such as date-6, space-1, time-4. There must be date, time, sec-dur or duration,"
                    + " dialed-num and calling-num.",
            List.of(),
            STANDARD);
    private static final String MONTH_DAY = "month/day";
    private static final String DAY_MONTH = "day/month";
    private static final FormatOption DATE = new FormatOption(
            "date",
            "CDR Date Format",
            "As in the form CDR SYSTEM PARAMETERS, page 1.",
            List.of(MONTH_DAY, DAY_MONTH),
            MONTH_DAY);
    private static final Pattern ITEM = Pattern.compile("([a-z][a-z_/]*(?:-[a-z][a-z_/]*)*) *[-:=]? *([0-9]{1,3})");
    private static final Pattern RECORD =
            Pattern.compile("[0-9]{6} [0-9]{4} [ 0-9]{4}[0-9] [0-9A-Z] .{4} .{4} .{3} .{4} .{3} .{23} .{15}.*");
    private static final Pattern DATE_RECORD = Pattern.compile(" *[0-9]{2}:?[0-9]{2} +[0-9]{2}[/ ]?[0-9]{2} *");
    private static final Pattern LINE_NUMBER = Pattern.compile("[0-9]+");

    @Override
    public String id() {
        return "avaya-cm";
    }

    @Override
    public String name() {
        return "Avaya Communication Manager (Aura, Definity) CDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Sign in to the system (SAT) and enter change node-names ip: add the machine on which Rebill's collector"
                        + " listens; then change ip-services: add CDR1 with that node and a TCP port such as 9000.",
                "Enter change system-parameters cdr. Set Primary Output Format to customized, Primary Output Endpoint to"
                        + " CDR1, Intra-switch CDR to y if inner calls are to be seen, Inc Trk Call Splitting and Outg Trk"
                        + " Call Splitting to y, and CDR Account Code Length to the length of the firm's codes.",
                "On page 2 enter these items and lengths: " + STANDARD + ".",
                "If the format is unformatted, LSU, TELESEER, printer or expanded today, change it to customized: those"
                        + " tell the date once a day only, in a record that can be lost.",
                "For forced codes set Force Entry of Acct Code for Calls Marked on Toll Analysis Form to y, or Forced Entry"
                        + " of Account Codes in the class of restriction.",
                "Make a call and hang up: the system writes a record when the call has ended.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(LAYOUT, DATE);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        if (!option.name().equals(LAYOUT.name())) {
            return Optional.empty();
        }
        Layout layout = new Layout(value);
        if (!layout.rest.isEmpty()) {
            return Optional.of("'" + layout.rest + "' is no item with its length, such as acct-code-15.");
        }
        for (String name : layout.names) {
            if (!FIELDS.contains(name)) {
                return Optional.of("Communication Manager has no data item named '" + name + "'.");
            }
        }
        if (!layout.has("date")) {
            return Optional.of(
                    "The layout has no date. Add date-6 on page 2 of change system-parameters cdr: without it"
                            + " the day of a call is not certain.");
        }
        boolean whole = layout.has("time")
                && layout.has("dialed-num")
                && (layout.has("calling-num") || layout.has("clg-num/in-tac"))
                && (layout.has("sec-dur") || layout.has("duration"));
        return whole
                ? Optional.empty()
                : Optional.of("A call can't be told without time, sec-dur or duration, dialed-num and calling-num.");
    }

    @Override
    public List<CollectorSetting> collector() {
        return List.of(
                new CollectorSetting("way", "listen", "The phone system connects to this machine."),
                new CollectorSetting("port", "9000", "The TCP port that is set on the phone system for its CDR link."),
                new CollectorSetting(
                        "allow", "", "Address of the phone system: others are refused. Empty lets any address in."));
    }

    @Override
    public boolean recognises(byte[] head) {
        List<String> lines = FirstLines.lines(head);
        return !lines.isEmpty()
                && lines.stream().allMatch(line -> RECORD.matcher(line).matches());
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        Layout layout = new Layout(source.option(LAYOUT));
        boolean monthFirst = source.option(DATE).equals(MONTH_DAY);
        LocalStamps stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        return new LineReader(bytes, from, source, (line, draft) -> {
            if (DATE_RECORD.matcher(line).matches()) {
                throw Unreadable.ignored("date.record", "The day, which each record tells too.");
            }
            return new Fields(layout, line).leg(draft, monthFirst, stamps, source.plan());
        });
    }

    /** Where each data item stands. */
    private static final class Layout {
        private final List<String> names = new ArrayList<>();
        private final Map<String, int[]> places = new HashMap<>();
        private final String rest;

        Layout(String text) {
            Matcher items = ITEM.matcher(text.toLowerCase(Locale.ROOT));
            int at = 0;
            while (items.find()) {
                String name = items.group(1);
                int width = Integer.parseInt(items.group(2));
                names.add(name);
                places.putIfAbsent(name, new int[] {at, at + width});
                at += width;
            }
            rest = ITEM.matcher(text.toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .replaceAll("[,;\\s]+", " ")
                    .strip();
        }

        boolean has(String name) {
            return places.containsKey(name);
        }
    }

    /** What one record says. */
    private static final class Fields {
        private final Layout layout;
        private final FixedLine line;

        Fields(Layout layout, String line) {
            this.layout = layout;
            this.line = new FixedLine(line);
        }

        private String text(String name) {
            int[] place = layout.places.get(name);
            return place == null ? "" : line.text(place[0], place[1]);
        }

        private String says(String name) {
            int[] place = layout.places.get(name);
            return place == null ? "The layout has no " + name : line.says(name, place[0], place[1]);
        }

        private String firstOf(String one, String other) {
            return text(one).isEmpty() ? text(other) : text(one);
        }

        Leg leg(LegDraft draft, boolean monthFirst, LocalStamps stamps, NumberPlan plan) throws Unreadable {
            Instant ended = ended(monthFirst, stamps);
            int talk = seconds();
            String calling = firstOf("calling-num", "clg-num/in-tac");
            String dialled = text("dialed-num");
            String lineIn = name("in-trk-code", "in-crt-id");
            String lineOut = name(text("code-used").isEmpty() ? "code-dial" : "code-used", "out-crt-id");
            char condition =
                    text("cond-code").isEmpty() ? ' ' : text("cond-code").charAt(0);
            boolean in = condition == '9' || (!lineIn.isEmpty() && "78A".indexOf(condition) < 0);
            boolean out = !in
                    && condition != '0'
                    && (!lineOut.isEmpty() || "78A".indexOf(condition) >= 0 || !plan.isExtension(dialled));
            Instant answered = ended.minusSeconds(talk);
            draft.id('l', line.whole().strip())
                    .times(answered, answered, ended)
                    .talk(talk)
                    .numbers(calling, dialled)
                    .code(firstOf("acct-code", "auth-code"))
                    .sides(
                            in ? Side.line(lineIn) : Side.phone(calling),
                            out || (in && !lineOut.isEmpty()) ? Side.line(lineOut) : Side.phone(dialled))
                    .application(condition == 'C' ? "Conference" : "", "");
            if (!text("ucid").isEmpty()) {
                draft.group('u', text("ucid"));
            }
            String failure = failure(condition);
            if (talk == 0 || !failure.isEmpty()) {
                draft.notAnswered(failure.isEmpty() ? "NO ANSWER" : failure);
            }
            return draft.leg();
        }

        private static String failure(char condition) {
            return switch (condition) {
                case 'E' -> "NO LINE FREE";
                case 'F' -> "NOT ALLOWED";
                case 'G', 'H' -> "NO ANSWER";
                case 'I' -> "BUSY";
                default -> "";
            };
        }

        private String name(String trunk, String circuit) {
            String group = text(trunk);
            return group.isEmpty() || text(circuit).isEmpty() ? group + text(circuit) : group + "/" + text(circuit);
        }

        private Instant ended(boolean monthFirst, LocalStamps stamps) throws Unreadable {
            String date = text("date").replace("/", "");
            String time = text("time").replace(":", "");
            boolean digits = LINE_NUMBER.matcher(date + time).matches() && date.length() == 6 && time.length() == 4;
            if (digits) {
                int one = Integer.parseInt(date.substring(0, 2));
                int two = Integer.parseInt(date.substring(2, 4));
                Optional<LocalDateTime> local = ClockText.local(
                        2000 + Integer.parseInt(date.substring(4)),
                        monthFirst ? one : two,
                        monthFirst ? two : one,
                        Integer.parseInt(time.substring(0, 2)),
                        Integer.parseInt(time.substring(2)),
                        0);
                if (local.isPresent()) {
                    return stamps.instant(local.get());
                }
            }
            throw Unreadable.because(
                    "stamp",
                    says("date") + ", " + says("time") + "; six and four digits belong there, with "
                            + (monthFirst ? "the month" : "the day")
                            + " first. Compare the layout set at the source with display system-parameters cdr.");
        }

        /** Seconds, or hours, minutes and tenths of a minute in one digit, two, and one. */
        private int seconds() throws Unreadable {
            String name = layout.has("sec-dur") ? "sec-dur" : "duration";
            String text = text(name);
            boolean digits = LINE_NUMBER.matcher(text).matches();
            if (digits && name.equals("sec-dur")) {
                return Integer.parseInt(text);
            }
            if (digits && text.length() <= 4) {
                int number = Integer.parseInt(text);
                return number / 1000 * 3600 + number / 10 % 100 * 60 + number % 10 * 6;
            }
            throw Unreadable.because(
                    "seconds",
                    says(name) + "; digits belong there. Compare the layout set at the source with display"
                            + " system-parameters cdr.");
        }
    }
}
