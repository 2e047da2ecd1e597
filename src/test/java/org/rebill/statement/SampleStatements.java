package org.rebill.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.rebill.statement.StatementDocument.Agreement;
import org.rebill.statement.StatementDocument.Client;
import org.rebill.statement.StatementDocument.Firm;
import org.rebill.statement.StatementDocument.Line;
import org.rebill.statement.StatementDocument.Matter;

/** SampleStatements to print in tests; the same seed gives the same ones. */
public final class SampleStatements {
    static final String SQUARE_LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" width="52" height="52" viewBox="0 0 52 52"><rect width="52" height="52" \
            rx="4" fill="#7a2331"/><path d="M14 14v24M14 26h10M24 14v24" stroke="#fff" stroke-width="3.2" fill="none"/>\
            <circle cx="35" cy="31" r="6" stroke="#e8c9a0" stroke-width="3" fill="none"/></svg>""";
    static final String WIDE_LOGO = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 180 36"><path d="M0 36V0h8v28h20v8zM40 0h8v36h-8z\
            M60 0h10l14 22V0h8v36H82L68 14v22h-8z" fill="#0b6b5b"/><circle cx="140" cy="18" r="15" fill="none" \
            stroke="#0b6b5b" stroke-width="6"/></svg>""";

    private static final int[] TENTHS = {1, 1, 2, 3, 4, 6, 7};
    private static final String[] PEOPLE = {"Margaret Hale", "Karin Lindqvist", "Priya Raman"};
    private static final String[] RATES = {"420.00", "290.00", "145.00"};

    private Firm firm = new Firm(
            "Hale & Ortiz LLP",
            "Attorneys and counselors, Austin, Texas",
            "816 Congress Avenue, Suite 1100\nAustin, TX 78701",
            "(512) 555-0100",
            "billing@hale-ortiz.example",
            "Tax ID 00-0000000",
            "#7a2331",
            base64(SQUARE_LOGO));
    private Client client =
            new Client("Barton Creek Builders LLC", "Thomas Reyes, CFO", "1204 Bee Caves Road\nAustin, TX 78746");
    private String number = "HO-2026-0398";
    private String locale = "en-US";
    private String zone = "America/Chicago";
    private String paper = "LETTER";
    private String currency = "USD";
    private String matterWord = "matter";
    private String note = "No sales tax on legal services";
    private String[] units = {"HOUR"};
    private String[] numbers = {"(512) 555-0144", "(512) 555-0143", "(512) 555-0146"};
    private LocalDate from = LocalDate.of(2026, 10, 1);
    private int agreements = 1;
    private StatementDocument.Credited credits;
    private Totals.DiscountTerms discount;
    private Totals.TaxTerms tax;
    private Boolean summaryOnly;
    private List<StatementDocument.Earlier> earlier;
    private List<StatementDocument.PhoneRecord> annex;
    private final List<Integer> linesOfMatters = new ArrayList<>();

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A matter for each number, with so many lines. */
    public static SampleStatements of(int... linesOfMatters) {
        SampleStatements statements = new SampleStatements();
        for (int lines : linesOfMatters) {
            statements.linesOfMatters.add(lines);
        }
        return statements;
    }

    SampleStatements draft() {
        number = null;
        return this;
    }

    SampleStatements firm(String name, String tagline, String address, String brand, String logo) {
        firm = new Firm(name, tagline, address, firm.phone(), firm.email(), firm.taxId(), brand, logo);
        return this;
    }

    SampleStatements logo(String base64) {
        return firm(firm.name(), firm.tagline(), firm.address(), firm.brandColour(), base64);
    }

    SampleStatements client(String name, String contact, String address) {
        client = new Client(name, contact, address);
        return this;
    }

    SampleStatements place(String locale, String zone, String paper, String currency) {
        this.locale = locale;
        this.zone = zone;
        this.paper = paper;
        this.currency = currency;
        return this;
    }

    SampleStatements matterWord(String word) {
        matterWord = word;
        return this;
    }

    SampleStatements note(String note) {
        this.note = note;
        return this;
    }

    SampleStatements units(String... units) {
        this.units = units;
        return this;
    }

    SampleStatements numbers(String... numbers) {
        this.numbers = numbers;
        return this;
    }

    /** The statement is of the second half of the month; earlier calls are late. */
    SampleStatements late() {
        from = LocalDate.of(2026, 10, 16);
        return this;
    }

    SampleStatements agreements(int agreements) {
        this.agreements = agreements;
        return this;
    }

    /** A credit note of what would be the statement. */
    SampleStatements credit(boolean whole) {
        number = "HO-CN-2026-0004";
        note = "";
        credits = new StatementDocument.Credited(
                "HO-2026-0398",
                LocalDate.of(2026, 11, 2),
                "Two calls were with another client of ours; they are billed to that one",
                whole);
        return this;
    }

    SampleStatements summaryOnly() {
        summaryOnly = true;
        return this;
    }

    SampleStatements earlier() {
        earlier = List.of(
                new StatementDocument.Earlier("HO-2026-0301", LocalDate.of(2026, 10, 1), new BigDecimal("125.50")));
        return this;
    }

    SampleStatements annex(List<StatementDocument.PhoneRecord> records) {
        annex = records;
        return this;
    }

    SampleStatements discount(String percent, String amount) {
        discount = new Totals.DiscountTerms(
                percent == null ? null : new BigDecimal(percent), amount == null ? null : new BigDecimal(amount), null);
        return this;
    }

    SampleStatements tax(String name, String category, String percent, String reason, boolean included) {
        tax = new Totals.TaxTerms(name, category, new BigDecimal(percent), reason, false, included);
        return this;
    }

    private Matter negated(Matter matter) {
        List<Line> lines = matter.lines().stream()
                .map(line -> new Line(
                        line.callId(),
                        line.chargeNo(),
                        line.at(),
                        line.outgoing(),
                        line.number(),
                        line.person(),
                        line.talkSeconds(),
                        -line.billedSeconds(),
                        line.quantity().negate(),
                        line.unit(),
                        line.unitRate(),
                        line.amount().negate()))
                .toList();
        return new Matter(
                matter.reference(),
                matter.name(),
                matter.codes(),
                lines,
                matter.talkSeconds(),
                matter.hours().negate(),
                matter.amount().negate());
    }

    private StatementDocument.Sums sums(List<Matter> matters) {
        if (discount == null && tax == null) {
            return null;
        }
        List<BigDecimal> amounts = matters.stream()
                .flatMap(matter -> matter.lines().stream())
                .map(Line::amount)
                .toList();
        BigDecimal fees = amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return Totals.of(
                amounts,
                discount == null ? null : new Totals.DiscountTerms(discount.percent(), discount.amount(), fees),
                tax,
                Currency.getInstance(currency).getDefaultFractionDigits());
    }

    public StatementDocument document() {
        Random random = new Random(7);
        List<Matter> matters = new ArrayList<>();
        for (int i = 0; i < linesOfMatters.size(); i++) {
            Matter matter = matter(i, linesOfMatters.get(i), random);
            matters.add(credits == null ? matter : negated(matter));
        }
        StatementDocument.Sums sums = sums(matters);
        BigDecimal total = sums == null
                ? matters.stream().map(Matter::amount).reduce(BigDecimal.ZERO, BigDecimal::add)
                : Totals.total(sums);
        boolean issued = number != null;
        return new StatementDocument(
                firm,
                client,
                number,
                from,
                LocalDate.of(2026, 10, 31),
                issued ? LocalDate.of(2026, 11, 2) : null,
                issued ? LocalDate.of(2026, 12, 2) : null,
                locale,
                zone,
                paper,
                currency,
                matterWord,
                agreements(),
                matters,
                total,
                note,
                "3f8a61c07be2d94415ac0e7790b1f2d83f8a61c07be2d94415ac0e7790b1f2d8",
                credits,
                sums,
                null,
                summaryOnly,
                earlier,
                annex);
    }

    private List<Agreement> agreements() {
        List<Agreement> all = new ArrayList<>();
        for (int i = 0; i < agreements; i++) {
            all.add(new Agreement(
                    "A-03" + (i + 1),
                    3 - i % 3,
                    client.contact().replaceFirst(",.*", ""),
                    LocalDate.of(2026, 8, 28).minusDays(i * 20L),
                    i % 2 == 0 ? "PORTAL" : "SIGNED",
                    "Time in steps of 6 minutes (0.1 h), rounded up per call."));
        }
        return all;
    }

    private Matter matter(int index, int count, Random random) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line(i, count, random));
        }
        BigDecimal amount = lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
        int billed = lines.stream().mapToInt(Line::billedSeconds).sum();
        return new Matter(
                "2026-0" + (14 + index * 25),
                index % 2 == 0 ? "Cedar Park retaining wall" : "Ranch Road 620 lien claims",
                index % 3 == 2 ? List.of(String.valueOf(1042 + index), "007") : List.of(String.valueOf(1042 + index)),
                lines,
                lines.stream().mapToInt(Line::talkSeconds).sum(),
                BigDecimal.valueOf(billed)
                        .divide(BigDecimal.valueOf(3600), 2, RoundingMode.HALF_UP)
                        .stripTrailingZeros(),
                amount);
    }

    private Line line(int index, int count, Random random) {
        Instant from = LocalDate.of(2026, 10, 1)
                .atTime(LocalTime.of(8, 51))
                .atZone(ZoneId.of(zone))
                .toInstant();
        Instant at = from.plus(Duration.ofDays(30).multipliedBy(index).dividedBy(count))
                .plusSeconds(random.nextInt(1800));
        int who = random.nextInt(PEOPLE.length);
        int tenths = TENTHS[random.nextInt(TENTHS.length)];
        int billed = tenths * 360;
        String unit = units[index % units.length];
        BigDecimal hourly = new BigDecimal(RATES[who]);
        BigDecimal quantity =
                switch (unit) {
                    case "HOUR" -> BigDecimal.valueOf(tenths, 1);
                    case "MINUTE" -> BigDecimal.valueOf(billed / 60);
                    default -> BigDecimal.valueOf(tenths);
                };
        BigDecimal rate =
                switch (unit) {
                    case "HOUR" -> hourly;
                    case "MINUTE" -> hourly.divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP);
                    default -> hourly.movePointLeft(1);
                };
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return new Line(
                new UUID(random.nextLong(), random.nextLong()),
                0,
                at,
                random.nextInt(3) > 0,
                numbers[random.nextInt(numbers.length)],
                PEOPLE[who],
                billed - random.nextInt(359),
                billed,
                quantity,
                unit,
                rate,
                quantity.multiply(rate).setScale(digits, RoundingMode.HALF_UP));
    }
}
