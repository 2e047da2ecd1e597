package org.rebill.ledger;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;

/** Lost advice of three months up to the one that the address names, by person and by week; also the overview's figures. */
@Named
@RequestScoped
public class LostAdvicePage {
    private static final int MONTHS = 3;

    private final LostAdvice lost;
    private final Firms firms;
    private final Address address;
    private final Formats formats;
    private final Texts texts;
    private LostAdvice.Report report;
    private Map<UUID, Person> people;
    private final Map<YearMonth, LostAdvice.Report> months = new LinkedHashMap<>();

    @Inject
    LostAdvicePage(LostAdvice lost, Firms firms, Address address, Formats formats, Texts texts) {
        this.lost = lost;
        this.firms = firms;
        this.address = address;
        this.formats = formats;
        this.texts = texts;
    }

    /**
     * A sum of rows.
     *
     * @param key null for telephones that are nobody's
     * @param name a person's, or a week's first day
     * @param money by cause, in the order of {@link LostAdvice.Cause}
     */
    public record Line(UUID key, String name, long calls, long seconds, List<String> money, String value) {}

    /** The last month that is shown. */
    public YearMonth month() {
        try {
            return address.text("month").isEmpty()
                    ? YearMonth.from(formats.today())
                    : YearMonth.parse(address.text("month"));
        } catch (DateTimeException e) {
            return YearMonth.from(formats.today());
        }
    }

    /** All of the period. */
    public LostAdvice.Report report() {
        if (report == null) {
            report = lost.of(month().minusMonths(MONTHS - 1).atDay(1), month().atEndOfMonth());
        }
        return report;
    }

    /** The causes. */
    public List<LostAdvice.Cause> causes() {
        return List.of(LostAdvice.Cause.values());
    }

    /** By person, those with most first. */
    public List<Line> byPerson() {
        return report().rows().stream()
                .map(LostAdvice.Row::personId)
                .distinct()
                .map(person -> line(person, name(person), row -> Objects.equals(row.personId(), person)))
                .sorted((one, other) -> Long.compare(other.seconds(), one.seconds()))
                .toList();
    }

    /** By week, oldest first. */
    public List<Line> byWeek() {
        return report().rows().stream()
                .map(LostAdvice.Row::week)
                .distinct()
                .sorted()
                .map(week -> line(null, texts.of("ledger.lost.week", formats.date(week)), row -> row.week()
                        .equals(week)))
                .toList();
    }

    private Line line(UUID key, String name, Predicate<LostAdvice.Row> which) {
        List<LostAdvice.Row> rows = report().rows().stream().filter(which).toList();
        return new Line(
                key,
                name,
                rows.stream().mapToLong(LostAdvice.Row::calls).sum(),
                rows.stream().mapToLong(LostAdvice.Row::talkSeconds).sum(),
                causes().stream()
                        .map(cause -> money(rows.stream()
                                .filter(row -> row.cause() == cause)
                                .toList()))
                        .toList(),
                money(rows));
    }

    private String name(UUID person) {
        if (people == null) {
            people = firms.peopleById();
        }
        Person found = person == null ? null : people.get(person);
        return found == null ? texts.get("ledger.lost.nobody") : found.name();
    }

    private String money(List<LostAdvice.Row> rows) {
        return rows.stream()
                .map(LostAdvice.Row::value)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .map(sum -> formats.money(sum, report().currency()))
                .orElse("–");
    }

    /** What it all comes to. */
    public String total() {
        return formats.money(report().value(), report().currency());
    }

    /** A month's report. */
    private LostAdvice.Report of(YearMonth month) {
        return months.computeIfAbsent(month, it -> lost.of(it.atDay(1), it.atEndOfMonth()));
    }

    /** A month's lost money, for the overview; the time where nobody's hour has a value. */
    public String moneyOf(YearMonth month) {
        LostAdvice.Report found = of(month);
        return found.value().signum() == 0 && found.unvaluedSeconds() > 0
                ? formats.talk(found.talkSeconds())
                : formats.money(found.value(), found.currency());
    }

    /** How many calls and how much time of a month that is, for the overview. */
    public String wordsOf(YearMonth month) {
        LostAdvice.Report found = of(month);
        return texts.of(
                "ledger.lost.words", found.calls(), formats.count(found.calls()), formats.talk(found.talkSeconds()));
    }

    /** The part of one person of a month's lost money, for the overview. */
    public String moneyOf(YearMonth month, UUID person) {
        LostAdvice.Report found = of(month);
        return found.rows().stream()
                .filter(row -> Objects.equals(row.personId(), person))
                .map(LostAdvice.Row::value)
                .filter(Objects::nonNull)
                .reduce(BigDecimal::add)
                .map(sum -> formats.money(sum, found.currency()))
                .orElse("–");
    }
}
