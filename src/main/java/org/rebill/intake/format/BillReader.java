package org.rebill.intake.format;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rebill.call.Leg;
import org.rebill.call.Side;
import org.rebill.intake.format.ReadRecord.Content;
import org.rebill.intake.format.ReadRecord.Ignored;
import org.rebill.intake.format.ReadRecord.Quarantined;

/** Reads the lines of a telephone company's bill. */
final class BillReader implements RecordReader {
    private static final Pattern YEAR_FIRST = Pattern.compile("([0-9]{4})[/-]([0-9]{1,2})[/-]([0-9]{1,2})");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("([0-9]{1,2})[/-]([0-9]{1,2})(?:[/-]([0-9]{2}|[0-9]{4}))?");
    private static final Pattern NAMED = Pattern.compile("([A-Z]{3})[A-Z]*\\.? +([0-9]{1,2})(?:,? +([0-9]{4}))?");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):?([0-9]{2})(?::([0-9]{2}))? ?([AP])?M?");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final BigDecimal SECONDS = new BigDecimal(60);
    private static final BigDecimal MOST_MINUTES = new BigDecimal(10_080);
    private static final int NOON = 12;
    private static final int CENTURY = 2000;

    private final BillCutter cutter;
    private final BillHead head;
    private final Fingerprint fingerprint;
    private final LocalStamps stamps;
    private final YearFinder years;
    private final boolean csv;

    BillReader(InputStream bytes, FileStart from, SourceSettings source, Optional<BillColumns> columns, BillHead head) {
        this.cutter = new BillCutter(bytes, from, columns);
        this.head = head;
        this.fingerprint = new Fingerprint(source.sourceId());
        this.stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        this.years = new YearFinder(from, source);
        this.csv = columns.isPresent();
    }

    @Override
    public Optional<ReadRecord> next() throws IOException {
        if (!cutter.cut()) {
            return Optional.empty();
        }
        CsvCutter cut = cutter.cutter();
        return Optional.of(new ReadRecord(cut.line(), cut.lines(), cut.offset(), cut.length(), content(cut)));
    }

    private Content content(CsvCutter cut) {
        if (cut.kind() == CsvCutter.Kind.BLANK) {
            return new Ignored("blank", "An empty line.");
        }
        if (cut.kind() == CsvCutter.Kind.LONG) {
            return DelimitedReader.tooLong(cut.length());
        }
        if (TextRows.hasNul(cut.buffer(), cut.start(), cut.end())) {
            return TextRows.nul();
        }
        if (!cutter.isReadable() || (csv && cut.fields().isMisquoted())) {
            return TextRows.misquoted();
        }
        BillLine line = cutter.line();
        return switch (line.kind()) {
            case CALL ->
                TextRows.part(
                        fingerprint, cut.buffer(), cut.start(), cut.end(), draft -> leg(line, draft, cut.offset()));
            case HEADING -> new Ignored("code.heading", "The account code of the calls below.");
            case TOTAL -> total(line);
            case OTHER -> other(cut.offset());
        };
    }

    private Content other(long offset) {
        if (csv && offset > 0 && cutter.row().values().size() > 1) {
            return new Quarantined(
                    "record.unknown",
                    "The record has neither date nor number called, and is no total: " + RecordText.shown(cutter.text())
                            + ". Send the file as the telephone company made it.");
        }
        return new Ignored("heading", "Names of columns, a page's heading or other text of the bill.");
    }

    private Content total(BillLine total) {
        String whose = total.code().isEmpty() ? "all calls" : "code " + total.code();
        if (!head.isWhole()) {
            return new Ignored("total", "The total of " + whose + ", not compared since the bill is so long.");
        }
        BillHead.Sum sum = head.sum(total.code());
        if (sum.agrees(total)) {
            return new Ignored("total", "The total of " + whose + "; its lines add up to the same: " + sum + ".");
        }
        return new Quarantined(
                "total.differs",
                "The total of " + whose + " says " + BillHead.Sum.plain(total.minutes()) + " minutes, "
                        + BillHead.Sum.plain(total.amount()) + "; its lines add up to " + sum
                        + ". A line may be missing or may not be readable: compare with the bill, and ask the telephone"
                        + " company if it is the same there.");
    }

    private Leg leg(BillLine line, LegDraft draft, long offset) throws Unreadable {
        String code = line.code();
        if (code.isEmpty() && !csv) {
            code = heading(offset);
        } else if (code.isEmpty() && head.hasHeadings()) {
            code = heading(offset);
        }
        LocalDateTime local = local(line.date(), line.time());
        if (line.to().isEmpty()) {
            throw Unreadable.because("number", "The line has no number that was called.");
        }
        if (line.minutes() == null || line.minutes().compareTo(MOST_MINUTES) > 0) {
            throw Unreadable.because(
                    "minutes",
                    "The line's minutes can't be read: " + RecordText.shown(cutter.text())
                            + "; minutes such as 12.4 or 12:24 belong there.");
        }
        int talk = line.minutes()
                .multiply(SECONDS)
                .setScale(0, RoundingMode.HALF_UP)
                .intValueExact();
        Instant started = stamps.instant(local);
        String repeat = String.valueOf(head.repeat(offset));
        draft.id(
                        'b',
                        local.toString(),
                        code,
                        line.from(),
                        line.to(),
                        line.minutes().toPlainString(),
                        repeat)
                .times(started, started, started.plusSeconds(talk))
                .talk(talk)
                .numbers(line.from(), line.to())
                .code(code)
                // Lines on a bill never continue each other: each has a line of its own.
                .sides(Side.phone(line.from()), Side.line("carrier", local + " " + repeat));
        if (talk == 0) {
            draft.notAnswered("NO ANSWER");
        }
        return draft.leg();
    }

    private String heading(long offset) throws Unreadable {
        if (head.isBeyond(offset)) {
            throw Unreadable.because(
                    "code.unknown",
                    "The code of this call stands in a heading above, and the bill is longer than what can be looked at"
                            + " as a whole. Cut the file into parts, each beginning with a heading, or ask for CSV.");
        }
        return head.codeAt(offset);
    }

    private LocalDateTime local(String date, String time) throws Unreadable {
        Matcher clock = TIME.matcher(time.toUpperCase(Locale.ROOT).strip());
        if (!clock.matches()) {
            throw notAStamp(date, time);
        }
        int hour = Integer.parseInt(clock.group(1));
        if (clock.group(4) != null && hour <= NOON) {
            hour = hour % NOON + (clock.group(4).equals("P") ? NOON : 0);
        }
        int minute = Integer.parseInt(clock.group(2));
        int second = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
        String day = date.toUpperCase(Locale.ROOT);
        Matcher yearFirst = YEAR_FIRST.matcher(day);
        Matcher monthFirst = MONTH_FIRST.matcher(day);
        Matcher named = NAMED.matcher(day);
        Optional<LocalDateTime> local = Optional.empty();
        if (yearFirst.matches()) {
            local = ClockText.local(
                    Integer.parseInt(yearFirst.group(1)),
                    Integer.parseInt(yearFirst.group(2)),
                    Integer.parseInt(yearFirst.group(3)),
                    hour,
                    minute,
                    second);
        } else if (monthFirst.matches()) {
            int month = Integer.parseInt(monthFirst.group(1));
            local = local(monthFirst.group(3), month, Integer.parseInt(monthFirst.group(2)), hour, minute, second);
        } else if (named.matches() && MONTHS.contains(named.group(1))) {
            int month = MONTHS.indexOf(named.group(1)) + 1;
            local = local(named.group(3), month, Integer.parseInt(named.group(2)), hour, minute, second);
        }
        return local.orElseThrow(() -> notAStamp(date, time));
    }

    private Optional<LocalDateTime> local(String year, int month, int day, int hour, int minute, int second) {
        if (year == null) {
            return years.local(month, day, hour, minute, second);
        }
        int number = Integer.parseInt(year);
        return ClockText.local(number < 100 ? CENTURY + number : number, month, day, hour, minute, second);
    }

    private static Unreadable notAStamp(String date, String time) {
        return Unreadable.because(
                "stamp",
                "The line's date and time are " + RecordText.shown(date) + " and " + RecordText.shown(time)
                        + "; month/day/year and a time such as 09:02A belong there.");
    }
}
