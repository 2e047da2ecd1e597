package org.rebill.call;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** The list of calls: what is shown stands in the address; ticked calls get a code together. */
@Named
@RequestScoped
public class CallsPage {
    private static final int ROWS = 60;
    private static final int MONTHS = 6;
    /** Filters that look through all times unless a period is chosen. */
    private static final List<String> WIDE = List.of("q", "file", "source", "code", "client", "call", "flag");

    private final Calls calls;
    private final CallCodes codes;
    private final CodeChoices choices;
    private final Clients clients;
    private final Firms firms;
    private final Address address;
    private final Formats formats;
    private final Texts texts;
    private final Act act;

    private Period period;
    private CallSummary summary;
    private Page<CallLine> page;
    private List<Day> days;
    private Map<UUID, Person> people;
    private List<Client> clientChoices;
    private String newCode = "";
    private String only = "";

    @Inject
    CallsPage(
            Calls calls,
            CallCodes codes,
            CodeChoices choices,
            Clients clients,
            Firms firms,
            Address address,
            Formats formats,
            Texts texts,
            Act act) {
        this.calls = calls;
        this.codes = codes;
        this.choices = choices;
        this.clients = clients;
        this.firms = firms;
        this.address = address;
        this.formats = formats;
        this.texts = texts;
        this.act = act;
    }

    /** Days of the list, both included; null is open. */
    public record Period(LocalDate from, LocalDate to) {}

    /** A month that can be chosen. */
    public record Month(String name, LocalDate from, LocalDate to, boolean chosen) {}

    /**
     * A call as the list shows it.
     *
     * @param fixed issued: its code can't be changed
     */
    public record Row(CallLine call, String person, String client, boolean open, boolean fixed) {}

    /** The calls of a day on this piece of the list, with the sums of the whole day; no date when not sorted by time. */
    public record Day(LocalDate date, CallDay sums, List<Row> rows) {}

    /** A state of the list, with its count. */
    public record Segment(String value, String label, String count) {}

    private boolean given(String name) {
        return !address.text(name).isEmpty();
    }

    /** What was asked for; else everything for a search, and the month of the newest call for a look around. */
    public Period period() {
        if (period == null) {
            Optional<LocalDate> from = address.date("from");
            Optional<LocalDate> to = address.date("to");
            if (from.isPresent() || to.isPresent()) {
                period = new Period(from.orElse(null), to.orElse(null));
            } else if (address.is("period", "all") || WIDE.stream().anyMatch(this::given)) {
                period = new Period(null, null);
            } else {
                period = newestMonth()
                        .map(month -> new Period(month.atDay(1), month.atEndOfMonth()))
                        .orElse(new Period(null, null));
            }
        }
        return period;
    }

    private Optional<YearMonth> newestMonth() {
        return calls.list(CallFilter.ALL, CallOrder.NEWEST, null, 1).items().stream()
                .map(call -> YearMonth.from(formats.day(call.startedAt())))
                .findFirst();
    }

    /** The period in words. */
    public String periodName() {
        LocalDate from = period().from();
        LocalDate to = period().to();
        if (from == null && to == null) {
            return texts.get("call.period.all");
        }
        if (from == null) {
            return texts.of("call.period.to", formats.date(to));
        }
        return to == null ? texts.of("call.period.from", formats.date(from)) : formats.period(from, to);
    }

    /** The latest months with calls, newest first. */
    public List<Month> months() {
        YearMonth newest = newestMonth().orElse(YearMonth.from(formats.today()));
        return IntStream.range(0, MONTHS)
                .mapToObj(newest::minusMonths)
                .map(month -> new Month(
                        formats.month(month),
                        month.atDay(1),
                        month.atEndOfMonth(),
                        period().equals(new Period(month.atDay(1), month.atEndOfMonth()))))
                .toList();
    }

    /** This list for another period; both null are all times. */
    public String link(LocalDate from, LocalDate to) {
        return address.with(Map.of(
                "from", from == null ? "" : from.toString(),
                "to", to == null ? "" : to.toString(),
                "period", from == null && to == null ? "all" : ""));
    }

    /** Seven days to today. */
    public Period week() {
        return new Period(formats.today().minus(6, ChronoUnit.DAYS), formats.today());
    }

    private CallFilter filter() {
        return new CallFilter(
                period().from(),
                period().to(),
                address.id("person").orElse(null),
                address.id("client").orElse(null),
                address.choice("state", CallGroup.class).orElse(null),
                given("code") ? address.text("code") : null,
                address.id("source").orElse(null),
                address.id("file").orElse(null),
                CallFilter.flags(address.text("flag")).orElse(List.of()),
                given("q") ? address.text("q") : null);
    }

    /** Whether anything narrows the list but the period. */
    public boolean isNarrowed() {
        return List.of("person", "state", "q", "file", "source", "code", "client", "flag").stream()
                .anyMatch(this::given);
    }

    /** Figures of what the filter finds. */
    public CallSummary summary() {
        if (summary == null) {
            summary = calls.summary(filter());
        }
        return summary;
    }

    /** The states with their counts; the empty value is all. */
    public List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        long all =
                summary().groups().values().stream().mapToLong(Long::longValue).sum();
        segments.add(new Segment("", texts.get("call.group.ALL"), formats.count(all)));
        for (CallGroup group : CallGroup.values()) {
            segments.add(new Segment(
                    group.name(),
                    texts.get("call.group." + group),
                    formats.count(summary().groups().get(group))));
        }
        return segments;
    }

    /** Billed time and money of what is found: "99.85 h · $29,126.00". */
    public String billed() {
        return billed(summary().billedSeconds(), summary().amounts());
    }

    private String billed(long seconds, List<CallSummary.Amount> amounts) {
        if (amounts.isEmpty()) {
            return "";
        }
        return formats.secondsAsHours(seconds)
                + amounts.stream()
                        .map(sum -> " · " + formats.money(sum.amount(), sum.currency()))
                        .collect(Collectors.joining());
    }

    /** What a day came to. */
    public String sums(CallDay day) {
        String money = billed(day.billedSeconds(), day.amounts());
        String count = texts.of("call.count", day.calls(), formats.count(day.calls()));
        return money.isEmpty() ? count : count + " · " + money;
    }

    private CallOrder order() {
        return CallOrder.parse(address.text("sort"));
    }

    private Page<CallLine> page() {
        if (page == null) {
            page = calls.list(filter(), order(), given("after") ? address.text("after") : null, ROWS);
        }
        return page;
    }

    /** Where the list goes on, or null. */
    public String next() {
        return page().next();
    }

    /** The rows by day; one "day" without a date when sorted by something else. */
    public List<Day> days() {
        if (days == null) {
            List<CallLine> lines = page().items();
            Map<UUID, String> names = clients.names(lines.stream()
                    .map(CallLine::clientId)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet()));
            days = new ArrayList<>();
            if (order().by() != CallOrder.Key.TIME) {
                days.add(new Day(
                        null, null, lines.stream().map(line -> row(line, names)).toList()));
                return days;
            }
            Map<LocalDate, CallDay> sums = sumsOf(lines);
            for (CallLine line : lines) {
                LocalDate date = formats.day(line.startedAt());
                if (days.isEmpty() || !days.get(days.size() - 1).date().equals(date)) {
                    days.add(new Day(date, sums.get(date), new ArrayList<>()));
                }
                days.get(days.size() - 1).rows().add(row(line, names));
            }
        }
        return days;
    }

    private Map<LocalDate, CallDay> sumsOf(List<CallLine> lines) {
        Optional<LocalDate> first =
                lines.stream().map(line -> formats.day(line.startedAt())).min(Comparator.naturalOrder());
        Optional<LocalDate> last =
                lines.stream().map(line -> formats.day(line.startedAt())).max(Comparator.naturalOrder());
        return first.isEmpty()
                ? Map.of()
                : calls.days(filter().within(first.get(), last.orElseThrow())).stream()
                        .collect(Collectors.toMap(CallDay::date, Function.identity()));
    }

    /** The call above the open one on this piece of the list, or null. */
    public UUID before() {
        return beside(-1);
    }

    /** The call below the open one on this piece of the list, or null. */
    public UUID behind() {
        return beside(1);
    }

    private UUID beside(int by) {
        List<UUID> ids = page().items().stream().map(CallLine::id).toList();
        int at = ids.indexOf(address.needed("call", "call"));
        int other = at + by;
        return at < 0 || other < 0 || other >= ids.size() ? null : ids.get(other);
    }

    private Row row(CallLine line, Map<UUID, String> names) {
        return new Row(
                line,
                person(line),
                line.clientId() == null ? "" : names.getOrDefault(line.clientId(), ""),
                address.is("call", line.id()),
                line.state() == CallState.BILLED);
    }

    /** Ticked in a form that came back. Asked while the page is written: rows are made before the form is worked on. */
    public boolean ticked(UUID call) {
        return !act.problems().isEmpty() && address.ticked("pick").contains(call);
    }

    private String person(CallLine line) {
        Person person = line.personId() == null ? null : people().get(line.personId());
        return person == null ? line.extension() : shortName(person.name());
    }

    /** "K. Lindqvist". */
    static String shortName(String name) {
        int last = name.lastIndexOf(' ');
        return last < 0 ? name : name.substring(0, name.offsetByCodePoints(0, 1)) + ". " + name.substring(last + 1);
    }

    private Map<UUID, Person> people() {
        if (people == null) {
            people = firms.peopleById();
        }
        return people;
    }

    /** Whose calls can be chosen. */
    public List<Person> persons() {
        return people().values().stream()
                .sorted(Comparator.comparing(Person::name))
                .toList();
    }

    /** Clients that can be chosen. */
    public List<Client> clientChoices() {
        if (clientChoices == null) {
            clientChoices = clients.list(null, null, Page.MOST).items();
        }
        return clientChoices;
    }

    /** A reason why records can't be right, that the list can be narrowed to. */
    public record FlagChoice(String value, String label, boolean chosen) {}

    /** What can be chosen: all that can't be, or one reason. */
    public List<FlagChoice> flagChoices() {
        List<FlagChoice> flags = new ArrayList<>();
        flags.add(new FlagChoice(
                CallFilter.IMPOSSIBLE, texts.get("call.flag.impossible"), address.is("flag", CallFilter.IMPOSSIBLE)));
        CallFlag.impossible()
                .forEach(flag -> flags.add(new FlagChoice(
                        flag.code(), flag.shortText(texts.language()), address.is("flag", flag.code()))));
        return flags;
    }

    /** Codes that can be given today. */
    public List<CodeChoices.Choice> codeChoices() {
        return choices.valid();
    }

    /** The code that ticked calls get. */
    public String getNewCode() {
        return newCode;
    }

    public void setNewCode(String newCode) {
        this.newCode = newCode;
    }

    /** The one call that gets the code, instead of those that are ticked; or empty. */
    public String getOnly() {
        return only;
    }

    public void setOnly(String only) {
        this.only = only;
    }

    /** Gives the code. */
    public void give() {
        act.perform(() -> {
            String code = newCode.strip();
            List<UUID> ids = only.isEmpty() ? address.ticked("pick") : List.of(Address.key(only, "call"));
            if (code.isEmpty()) {
                throw new Refusal.Invalid("code", "code.missing", texts.get("call.give.missing"));
            }
            codes.give(ids, code);
            return Act.Done.here(texts.of("call.given", ids.size(), code));
        });
    }
}
