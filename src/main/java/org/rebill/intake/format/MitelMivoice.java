package org.rebill.intake.format;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;

/**
 * Mitel MiVoice Business (3300 ICP, MCD) SMDR: a record a line at fixed places, which depend on the SMDR options and are
 * told by the line itself ({@link MitelLine}). The places are those of "SMDR - Summary of Fields Table" of Mitel's
 * system administration help, checked against records of running systems that are public.
 *
 * <p>Start is when a trunk was seized, duration is talk where the answer is known: of incoming and inner calls by the
 * time to answer, of outgoing ones where the trunk gives answer supervision (completion A). Month and day come without a
 * year ({@link YearFinder}). One record holds a transfer: the second telephone is told, but not when it took over.
 *
 * <p>Call identifiers (option Standardized Call ID Format or Network OLI) begin anew after ten thousand calls, so that
 * the day belongs to a call's identity; records of a call that goes on over midnight stay apart. A record that names an
 * associated call is part of that one.
 */
@ApplicationScoped
public class MitelMivoice implements RecordFormat {
    private static final String BY_FILE = "as the file shows";
    private static final String HOURS_12 = "12 hours";
    private static final String HOURS_24 = "24 hours";
    private static final FormatOption CLOCK = new FormatOption(
            "clock",
            "Clock",
            "Twenty-four Hour Time Reporting in the form SMDR Options. With 12 hours a P behind the time means afternoon; a"
                    + " file whose first megabyte holds such a time is taken to be so.",
            List.of(BY_FILE, HOURS_12, HOURS_24),
            BY_FILE);
    private static final Pattern LINE = Pattern.compile("[0-9 ]{0,1}[TX][0-9]{1,5}");
    private static final Pattern STATUS = Pattern.compile(".{0,4} *[0-9]{2}/[0-9]{2} +[0-9]{2}:[0-9]{2}.? *RS .*");

    @Override
    public String id() {
        return "mitel-mivoice";
    }

    @Override
    public String name() {
        return "Mitel MiVoice Business / 3300 ICP SMDR";
    }

    @Override
    public List<String> setUp() {
        return List.of(
                "Open the System Administration Tool and the form SMDR Options (System Properties > System Feature"
                        + " Settings).",
                "Set External SMDR to Yes, and Internal SMDR too if inner calls are to be seen. Set Extended Digit Length,"
                        + " ANI/DNIS/ISDN/CLASS Number Delivery Reporting, Twenty-four Hour Time Reporting, Standardized"
                        + " Network OLI, SMDR Extended Reporting Level 1 and Level 2 to Yes: records then tell seconds, the"
                        + " caller's number and which records are one call.",
                "In the form Class of Service Options set SMDR External (and SMDR Internal) to Yes for the classes of the"
                        + " telephones and trunks.",
                "For account codes set Account Code Length in System Options, add codes under Independent Account Codes,"
                        + " and set Forced Verified Account Code or Forced Non-verified Account Code in the class of"
                        + " service of those who must give one.",
                "Enter the system's address and TCP port 1752 in Rebill's collector, which connects to the system and"
                        + " keeps the records.",
                "A file of records that another program has collected can be sent as it is.");
    }

    @Override
    public List<FormatOption> options() {
        return List.of(CLOCK, YearFinder.NEWEST);
    }

    @Override
    public Optional<String> problem(FormatOption option, String value) {
        return option.name().equals(YearFinder.NEWEST.name()) ? YearFinder.problem(value) : Optional.empty();
    }

    @Override
    public List<CollectorSetting> collector() {
        return List.of(
                new CollectorSetting("way", "connect", "This machine connects to the phone system."),
                new CollectorSetting("host", "", "Address of the phone system's controller."),
                new CollectorSetting("port", "1752", "The port on which it gives SMDR records."));
    }

    @Override
    public boolean recognises(byte[] head) {
        List<String> lines = FirstLines.lines(head);
        return !lines.isEmpty()
                && lines.stream()
                        .allMatch(line -> MitelLine.of(line).isPresent()
                                || STATUS.matcher(line).matches())
                && lines.stream().anyMatch(line -> MitelLine.of(line).isPresent());
    }

    @Override
    public RecordReader read(InputStream bytes, SourceSettings source, FileStart from) {
        boolean twelve =
                switch (source.option(CLOCK)) {
                    case HOURS_12 -> true;
                    case HOURS_24 -> false;
                    default -> MitelLine.isTwelveHours(from.head());
                };
        LocalStamps stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        YearFinder years = new YearFinder(from, source);
        return new LineReader(bytes, from, source, (line, draft) -> {
            MitelLine record = MitelLine.of(line).orElseThrow(() -> notARecord(line));
            LocalDateTime local = record.started(years, twelve);
            return new Understanding(record, draft, source.plan()).leg(local, stamps);
        });
    }

    private static Unreadable notARecord(String line) {
        return STATUS.matcher(line).matches()
                ? Unreadable.ignored("room.status", "A room's status, not a call.")
                : Unreadable.because(
                        "record.unknown",
                        "The line does not begin with a mark, month/day, time and duration as Mitel's SMDR records do: "
                                + RecordText.shown(line)
                                + ". If its beginning was lost on the way, send the record again.");
    }

    /** What one record says. */
    private static final class Understanding {
        private final MitelLine record;
        private final LegDraft draft;
        private final NumberPlan plan;
        private final String calling;
        private final String called;
        private final String digits;
        private final boolean incoming;

        Understanding(MitelLine record, LegDraft draft, NumberPlan plan) {
            this.record = record;
            this.draft = draft;
            this.plan = plan;
            this.calling = record.callingParty();
            this.called = record.calledParty();
            this.digits = record.digits();
            this.incoming = isLine(calling);
        }

        private static boolean isLine(String party) {
            return party.isEmpty() || LINE.matcher(party).matches();
        }

        Leg leg(LocalDateTime local, LocalStamps stamps) throws Unreadable {
            Instant started = stamps.instant(local);
            int talk = record.duration();
            Instant answered = started.plusSeconds(Math.max(0, record.secondsToAnswer()));
            draft.id('l', String.valueOf(local.getYear()), record.line().whole().strip());
            String group = record.associatedId().isEmpty() ? record.callId() : record.associatedId();
            if (!group.isEmpty()) {
                draft.group('c', local.toLocalDate().toString(), group);
            }
            draft.times(started, answered, answered.plusSeconds(talk))
                    .talk(talk)
                    .code(record.accountCode())
                    .sequence(record.sequence())
                    .numbers(incoming ? record.callerNumber() : calling, calledNumber())
                    .sides(incoming ? Side.line(calling) : Side.phone(calling), calledSide())
                    .application(application(), passedOn());
            String failure = failure(talk);
            if (!failure.isEmpty()) {
                draft.notAnswered(failure);
            }
            return draft.leg();
        }

        private String calledNumber() {
            if (!incoming) {
                return digits.isEmpty() ? called : digits;
            }
            if (!isLine(called)) {
                return called;
            }
            // Forwarded outside: whose telephone it was is what the caller dialled.
            return plan.isExtension(record.calledNumber()) ? record.calledNumber() : digits;
        }

        private String calledSide() {
            if (!called.isEmpty()) {
                return isLine(called) ? Side.line(called) : Side.phone(called);
            }
            if (digits.isEmpty() || (incoming && calling.isEmpty() && !plan.isExtension(digits))) {
                return "";
            }
            return plan.isExtension(digits) ? Side.phone(digits) : Side.line("");
        }

        private String application() throws Unreadable {
            if (record.isConference()) {
                return "Conference";
            }
            boolean toLine = !incoming && calledSide().equals(Side.line(called));
            boolean marked = record.completion() == 'A' || record.secondsToAnswer() >= 0;
            return toLine && !marked ? Leg.NO_ANSWER_MARK : "";
        }

        private String passedOn() {
            return record.isPassedOn() ? Leg.PASSED_ON + record.thirdParty() : "";
        }

        /** Why nobody talked, or empty. */
        private String failure(int talk) throws Unreadable {
            String word =
                    switch (record.completion()) {
                        case 'B', 'O' -> "BUSY";
                        case 'E' -> "NO SUCH NUMBER";
                        case 'T' -> incoming ? "" : "NOT ALLOWED";
                        case 'D' -> "DO NOT DISTURB";
                        case 'S' -> "OUT OF SERVICE";
                        case 'U' -> "NOT AVAILABLE";
                        default -> "";
                    };
            if (!word.isEmpty()) {
                return word;
            }
            return talk == 0 || record.isUnanswered() ? "NO ANSWER" : "";
        }
    }
}
