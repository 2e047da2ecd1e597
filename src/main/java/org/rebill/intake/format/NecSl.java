package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.call.Side;

/**
 * NEC SL1000, SL1100, SL2100 and SV8100 SMDR with the date on each line (PRG 35-02-14 = 1; "Station Message Detail
 * Recording" of the features and specifications manuals). Columns, from 1: class 1 to 4, time 6 to 10, date 12 to 16, line
 * 18 to 21, duration 23 to 30, station 32 to 41, number dialled or caller 43 to 62, account code 64 to 79.
 *
 * <p>The time is that of placing or answering the call, to the minute; of a call that was passed on the other station has
 * a record of class PTRS or ITRS with its own time, which is found by line, party and time (DOMAIN.md D10). Lines without
 * a date are set apart: the day stands in a page's heading only, which may be far above.
 */
@ApplicationScoped
public class NecSl implements RecordFormat {
    private static final String MONTH_DAY = "month/day";
    private static final String DAY_MONTH = "day/month";
    private static final FormatOption DATE = new FormatOption(
            "date",
            "Order of the date",
            "As records show it: PRG 35-02-13 (Date Format).",
            List.of(MONTH_DAY, DAY_MONTH),
            MONTH_DAY);
    private static final Pattern RECORD =
            Pattern.compile("([A-Z]{3,5}) *([0-9]{2}):([0-9]{2}) (?:([0-9]{2})/([0-9]{2})|     )(?: .*|$)");
    private static final Pattern DATED = Pattern.compile("[A-Z]{3,5} *[0-9]{2}:[0-9]{2} [0-9]{2}/[0-9]{2}(?: .*|$)");
    private static final Pattern PAGE = Pattern.compile(
            " *(?:[0-9]{2}/[0-9]{2}/[0-9]{4} +PAGE.*|CLASS +TIME.*|OUTGOING CALL.*|FOR DAY OF.*|TOTAL NO\\..*|NO\\. OF .*|NEXT .*)");
    private static final Pattern DIGITS = Pattern.compile("[0-9*#]+");
    private static final Set<String> OUTGOING =
            Set.of("POT", "POTA", "POTP", "POTW", "IVOT", "IVOTP", "IDOT", "SAD", "WAD");
    private static final Set<String> INCOMING = Set.of("PIN", "IVIN", "IDIN");
    private static final Set<String> PASSED_ON = Set.of("PTRS", "ITRS");
    private static final Set<String> EVENTS = Set.of("ALB", "BRD", "BFL", "NEXT", "SDTA");
    private static final String NO_ANSWER = "NO ANSWER";

    @Override
    public String id() {
        return "nec-sl";
    }

    @Override
    public String name() {
        return "NEC SL1100 / SL2100 / SV8100 SMDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Open PCPro or the web programming of the system. Under PRG 35-01 choose the LAN port (or serial) for SMDR"
                        + " output and set format 0 (North America).",
                "Set PRG 35-02-14 (Date) to 1, so that each record has its date, and PRG 35-02-17 to 0, so that the account"
                        + " column is not taken by the caller's name.",
                "Set PRG 35-02 so that outgoing, incoming, unanswered and transferred calls are output, PRG 14-01-06 (SMDR"
                        + " print out) to 1 for each trunk, and PRG 15-01-03 to 1 for each extension.",
                "Set PRG 10-20-01 for SMDR to a TCP port such as 4000 and enter the system's address and that port in"
                        + " Rebill's collector.",
                "For forced account codes set PRG 20-08 and 21-04 of the extensions' class of service; codes have up to 16"
                        + " digits.",
                "A file of records that a terminal program has collected can be sent as it is, headings included.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(DATE, YearFinder.NEWEST);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        return option.name().equals(YearFinder.NEWEST.name()) ? YearFinder.problem(value) : Optional.empty();
    }

    @Override
    public List<CollectorSetting> collector() {
        return List.of(
                new CollectorSetting("way", "connect", "This machine connects to the phone system."),
                new CollectorSetting("host", "", "Address of the phone system's CPU."),
                new CollectorSetting(
                        "port", "4000", "The port that is set on the phone system for SMDR (PRG 10-20-01)."));
    }

    @Override
    public boolean recognises(byte[] head) {
        List<String> lines = FirstLines.lines(head);
        return lines.stream()
                        .allMatch(line -> RECORD.matcher(line).matches()
                                || PAGE.matcher(line).matches())
                && lines.stream().anyMatch(NecSl::isRecord);
    }

    private static boolean isRecord(String line) {
        Matcher record = RECORD.matcher(line);
        return record.matches()
                && isClass(record.group(1))
                && DATED.matcher(line).matches();
    }

    private static boolean isClass(String name) {
        return OUTGOING.contains(name)
                || INCOMING.contains(name)
                || PASSED_ON.contains(name)
                || EVENTS.contains(name)
                || name.equals("ICM");
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        LocalStamps stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        YearFinder years = new YearFinder(from, source);
        boolean monthFirst = source.option(DATE).equals(MONTH_DAY);
        return new LineReader(bytes, from, source, (line, draft) -> {
            if (PAGE.matcher(line).matches()) {
                throw Unreadable.ignored("page.heading", "A page's heading, a summary, or a name.");
            }
            Matcher record = RECORD.matcher(line);
            if (!record.matches() || !isClass(record.group(1))) {
                throw Unreadable.because(
                        "record.unknown",
                        "The line does not begin with a class of NEC's SMDR, such as POT or PIN, and a time: "
                                + RecordText.shown(line) + ".");
            }
            if (EVENTS.contains(record.group(1))) {
                throw Unreadable.ignored("event", "All lines busy, a blocked call or a full buffer: not a call.");
            }
            if (record.group(1).equals("ICM") && record.group(4) == null) {
                throw Unreadable.ignored(
                        "inner", "A call between telephones of the firm, which is written without a date.");
            }
            LocalDateTime local = local(record, years, monthFirst);
            return leg(record.group(1), new FixedLine(line), local, stamps, draft);
        });
    }

    private static LocalDateTime local(Matcher record, YearFinder years, boolean monthFirst) throws Unreadable {
        if (record.group(4) == null) {
            throw Unreadable.because(
                    "date.missing",
                    "The record has no date, so that its day is not certain. Set PRG 35-02-14 (Date) to 1; of older"
                            + " records put the date behind the time, as in POT  10:52 12/09.");
        }
        int one = Integer.parseInt(record.group(4));
        int two = Integer.parseInt(record.group(5));
        return years.local(
                        monthFirst ? one : two,
                        monthFirst ? two : one,
                        Integer.parseInt(record.group(2)),
                        Integer.parseInt(record.group(3)),
                        0)
                .orElseThrow(() -> Unreadable.because(
                        "stamp",
                        "The record's time and date are "
                                + RecordText.shown(record.group(2) + ":" + record.group(3) + " " + record.group(4) + "/"
                                        + record.group(5))
                                + ", with " + (monthFirst ? "the month" : "the day")
                                + " first. Look up PRG 35-02-13."));
    }

    private static Leg leg(String kind, FixedLine line, LocalDateTime local, LocalStamps stamps, LegDraft draft)
            throws Unreadable {
        int talk = line.isBlank(22, 30) ? 0 : ClockText.seconds(line.text(22, 30));
        if (talk < 0) {
            throw Unreadable.because(
                    "seconds",
                    line.says("duration", 22, 30)
                            + "; hours, minutes and seconds belong there. Blanks may have been lost: send the record as"
                            + " the system wrote it.");
        }
        String station = line.text(31, 41);
        String number = line.text(42, 62);
        String account = line.text(63, 79);
        Instant started = stamps.instant(local);
        boolean incoming = INCOMING.contains(kind) || PASSED_ON.contains(kind);
        String outside = Side.line(line.text(17, 21));
        draft.id('l', String.valueOf(local.getYear()), line.whole().strip())
                .times(started, started, started.plusSeconds(talk))
                .talk(talk)
                // Where the caller's name is printed there, it is no code.
                .code(
                        account.equals(NO_ANSWER)
                                        || (incoming && !DIGITS.matcher(account).matches())
                                ? ""
                                : account)
                .application(
                        kind.startsWith("POT") ? Leg.NO_ANSWER_MARK : "", PASSED_ON.contains(kind) ? Leg.CAME_ON : "");
        if (kind.equals("ICM")) {
            draft.numbers(station, number).sides(Side.phone(station), Side.phone(number));
        } else if (incoming) {
            draft.numbers(DIGITS.matcher(number).matches() ? number : "", station)
                    .sides(outside, station.isEmpty() ? "" : Side.phone(station));
        } else {
            draft.numbers(station, number).sides(Side.phone(station), outside);
        }
        if (talk == 0 || account.equals(NO_ANSWER)) {
            draft.notAnswered(NO_ANSWER);
        }
        return draft.leg();
    }
}
