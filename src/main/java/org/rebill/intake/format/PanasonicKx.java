package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.call.Side;

/**
 * Panasonic KX-TDA, KX-TDE, KX-NCP and KX-NS SMDR in its three patterns: 80 columns without and with charges, 120
 * columns ("Station Message Detail Recording" of the feature guides, {@link PanasonicLine}). Headings come again on
 * every page.
 *
 * <p>The time printed is that of the call's end, to the minute; duration and ringing are to the second. There is no call
 * id: a call that is passed on gives a record for each telephone, of which all but the last say TR, and they are found by
 * line, party and time (DOMAIN.md D10). Of outgoing calls the answer is not told; on ISDN and SIP lines duration begins
 * with it.
 */
@ApplicationScoped
public class PanasonicKx implements RecordFormat {
    private static final String MONTH_FIRST = "month/day/year";
    private static final String DAY_FIRST = "day/month/year";
    private static final String YEAR_FIRST = "year/month/day";
    private static final String YEAR_DAY = "year/day/month";
    private static final FormatOption ORDER = new FormatOption(
            "date",
            "Order of the date",
            "SMDR Format, Date Format (PC programming 11.1.1 SMDR & Log, or 8.2 on older systems).",
            List.of(MONTH_FIRST, DAY_FIRST, YEAR_FIRST, YEAR_DAY),
            MONTH_FIRST);
    private static final String END = "end of the call";
    private static final String START = "start of the call";
    private static final FormatOption TIME = new FormatOption(
            "time",
            "Time means",
            "Panasonic's guides say that the time printed is that of the call's end. Choose the start if a call that you"
                    + " make shows otherwise.",
            List.of(END, START),
            END);
    private static final String NOT_TOLD = "not told (analogue lines)";
    private static final String TOLD = "where the duration begins (ISDN, SIP)";
    private static final FormatOption ANSWER = new FormatOption(
            "answer",
            "Answer of outgoing calls",
            "On analogue lines the system does not see when the other side answers: the duration holds the ringing.",
            List.of(NOT_TOLD, TOLD),
            NOT_TOLD);
    private static final Pattern LINE = Pattern.compile("T[0-9]{1,4}");

    @Override
    public String id() {
        return "panasonic-kx";
    }

    @Override
    public String name() {
        return "Panasonic KX-TDA / TDE / NCP / NS SMDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Open the Web Maintenance Console or the PC Maintenance Console, Maintenance > Main, SMDR & Log (11.1.1 on"
                        + " KX-TDA, TDE and NCP).",
                "Set SMDR Port to LAN (or RS-232C), SMDR Format to Type C (120 digits), Outgoing Trunk Call and Incoming"
                        + " Trunk Call to Print, and Intercom Call to Print if inner calls are to be seen.",
                "Set Print Information for Incoming Call to print unanswered calls too, and note the Date Format: it is asked"
                        + " for below.",
                "Under LAN, SMDR set the password and the port (2300). Enter the system's address, port and password in"
                        + " Rebill's collector, which signs in with SMDR and keeps the records.",
                "For account codes set Account Code Mode (Option, Forced or Verified) in the class of service, and for"
                        + " verified ones the table Verified Code (6.3). A code has up to ten digits and can be entered until"
                        + " the line is free.",
                "A file of records that a terminal program has collected can be sent as it is, headings included.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(ORDER, TIME, ANSWER);
    }

    @Override
    public List<CollectorSetting> collector() {
        return List.of(
                new CollectorSetting("way", "connect", "This machine connects to the phone system."),
                new CollectorSetting("host", "", "Address of the phone system's IP interface."),
                new CollectorSetting("port", "2300", "The port on which it gives SMDR records."),
                new CollectorSetting(
                        "login", "SMDR|PCCSMDR", "What it asks for, one after the other: user name and password."));
    }

    @Override
    public boolean recognises(byte[] head) {
        List<String> lines = FirstLines.lines(head);
        return lines.stream().allMatch(line -> PanasonicLine.isRecord(line) || PanasonicLine.isPage(line))
                && lines.stream().anyMatch(PanasonicLine::isRecord);
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        LocalStamps stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        boolean ends = source.option(TIME).equals(END);
        boolean marked = source.option(ANSWER).equals(TOLD);
        String order = source.option(ORDER);
        return new LineReader(bytes, from, source, (line, draft) -> {
            PanasonicLine record = PanasonicLine.of(line);
            LocalDateTime printed = local(record, order);
            return leg(record, draft, stamps.instant(printed), ends, marked);
        });
    }

    private static LocalDateTime local(PanasonicLine record, String order) throws Unreadable {
        int[] date = record.date();
        int year = order.startsWith("year") ? date[0] : date[2];
        int month =
                switch (order) {
                    case MONTH_FIRST -> date[0];
                    case DAY_FIRST, YEAR_FIRST -> date[1];
                    default -> date[2];
                };
        int day =
                switch (order) {
                    case DAY_FIRST -> date[0];
                    case MONTH_FIRST, YEAR_DAY -> date[1];
                    default -> date[2];
                };
        return ClockText.local(2000 + year, month, day, record.hour(), record.minute(), 0)
                .orElseThrow(() -> Unreadable.because(
                        "stamp",
                        record.stamp() + " is no date and time with the order " + order
                                + ". Look up the system's Date Format and set it at the source."));
    }

    private static Leg leg(PanasonicLine record, LegDraft draft, Instant printed, boolean ends, boolean marked)
            throws Unreadable {
        int talk = record.duration();
        int ring = record.ring();
        Instant answered = ends ? printed.minusSeconds(talk) : printed.plusSeconds(ring);
        Instant started = answered.minusSeconds(ring);
        String extension = record.extension();
        String phone = LINE.matcher(extension).matches() ? Side.line(extension) : Side.phone(extension);
        String line = Side.line(record.line());
        draft.id('l', record.whole())
                .times(started, answered, answered.plusSeconds(talk))
                .talk(talk)
                .code(record.accountCode());
        switch (record.kind()) {
            case INCOMING -> draft.numbers(record.number(), extension).sides(line, extension.isEmpty() ? "" : phone);
            case OUTGOING -> draft.numbers(extension, record.number()).sides(phone, line);
            case INNER -> draft.numbers(extension, record.number()).sides(phone, Side.phone(record.number()));
        }
        boolean unmarked = record.kind() == PanasonicLine.Kind.OUTGOING && !marked;
        draft.application(unmarked ? Leg.NO_ANSWER_MARK : "", record.condition().equals("TR") ? Leg.GOES_ON : "");
        if (talk == 0 || record.condition().equals("NA")) {
            draft.notAnswered("NO ANSWER");
        }
        return draft.leg();
    }
}
