package org.rebill.overview;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditPage;
import org.rebill.call.CallFilter;
import org.rebill.call.CallGroup;
import org.rebill.call.CallLine;
import org.rebill.call.CallOrder;
import org.rebill.call.CallState;
import org.rebill.call.Calls;
import org.rebill.call.PersonSum;
import org.rebill.call.StateSum;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Caller;
import org.rebill.intake.FileState;
import org.rebill.intake.Intake;
import org.rebill.intake.IntakeFile;
import org.rebill.intake.Source;
import org.rebill.intake.Sources;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.statement.Questions;
import org.rebill.statement.Receivables;
import org.rebill.statement.StatementList;
import org.rebill.statement.StatementState;

/** What needs the user, and what a month came to; every figure leads to the list it counts. */
@Named
@RequestScoped
public class OverviewPage {
    private static final int LATELY = 6;
    /** Between the sums of two currencies: a line may end behind it, not before it. */
    private static final String AND = "\u00a0+ ";

    private static final Set<CallState> UNBILLED = EnumSet.of(CallState.RATED, CallState.ON_DRAFT);

    private final Calls calls;
    private final Intake intake;
    private final Sources sources;
    private final StatementList statements;
    private final Questions questions;
    private final Receivables receivables;
    private final AuditPage audit;
    private final Firms firms;
    private final Address address;
    private final Formats formats;
    private final Texts texts;

    private YearMonth month;
    private List<StateSum> sums;
    private List<Lost> people;
    private Intake.Quarantine quarantine;
    private List<StatementList.Total> drafts;
    private List<Feed> feeds;
    private List<Receivables.Open> overdue;

    @Inject
    OverviewPage(
            Calls calls,
            Intake intake,
            Sources sources,
            StatementList statements,
            Questions questions,
            Receivables receivables,
            AuditPage audit,
            Firms firms,
            Address address,
            Formats formats,
            Texts texts) {
        this.calls = calls;
        this.intake = intake;
        this.sources = sources;
        this.statements = statements;
        this.questions = questions;
        this.receivables = receivables;
        this.audit = audit;
        this.firms = firms;
        this.address = address;
        this.formats = formats;
        this.texts = texts;
    }

    /**
     * A sum of calls.
     *
     * @param money in the currencies there are, such as "$24,670.00"; "–" when none has a price
     */
    public record Value(long calls, String money, String time) {}

    /**
     * One person's calls without a code.
     *
     * @param share of the largest, 0 to 100
     */
    public record Lost(String initials, String name, UUID personId, PersonSum sum, long share) {}

    /** A feed of records and when it last brought any. */
    public record Feed(Source source, String state, String text, String href) {}

    private static boolean office() {
        return Caller.current().seesAllCalls();
    }

    /** The month that is shown: the one asked for, else that of the newest call, else this one. */
    public YearMonth month() {
        if (month == null) {
            month = asked().or(this::newest).orElse(YearMonth.from(formats.today()));
        }
        return month;
    }

    private Optional<YearMonth> asked() {
        try {
            String text = address.text("month");
            return text.isEmpty() ? Optional.empty() : Optional.of(YearMonth.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<YearMonth> newest() {
        return calls.list(CallFilter.ALL, CallOrder.NEWEST, null, 1).items().stream()
                .map(call -> YearMonth.from(formats.day(call.startedAt())))
                .findFirst();
    }

    /** The month after is not in the future. */
    public boolean isLater() {
        return month().isBefore(YearMonth.from(formats.today()));
    }

    /** Nothing has come in yet. */
    public boolean isNew() {
        return newest().isEmpty();
    }

    /** Over and gone: its statements can be made. */
    public boolean isClosed() {
        return month().isBefore(YearMonth.from(formats.today()));
    }

    /** Calls without a code that says whose they are, of all times. */
    public long toCode() {
        return calls.count(CallFilter.all(CallGroup.NO_CODE));
    }

    /** How long the oldest of them has waited. */
    public String oldest() {
        List<CallLine> oldest = calls.list(
                        CallFilter.all(CallGroup.NO_CODE), new CallOrder(CallOrder.Key.TIME, true), null, 1)
                .items();
        return oldest.isEmpty()
                ? texts.get("overview.none.tocode")
                : texts.of("overview.oldest", age(oldest.get(0).startedAt()));
    }

    private long age(Instant since) {
        return ChronoUnit.DAYS.between(formats.day(since), formats.today());
    }

    /** Calls that no agreement covers, of all times. */
    public long held() {
        return calls.count(CallFilter.all(CallGroup.HELD));
    }

    /** Records that could not be read. */
    public Intake.Quarantine quarantine() {
        if (quarantine == null) {
            quarantine = intake.quarantine();
        }
        return quarantine;
    }

    private List<StatementList.Total> drafts() {
        if (drafts == null) {
            drafts = statements.totals(new StatementList.Filter(null, null, StatementState.DRAFT));
        }
        return drafts;
    }

    /** Drafts to look through. */
    public long draftCount() {
        return drafts().stream().mapToLong(StatementList.Total::statements).sum();
    }

    /** What they come to. */
    public String draftMoney() {
        return drafts().stream()
                .map(total -> formats.money(total.amount(), total.currency()))
                .collect(Collectors.joining(AND));
    }

    /** Questions of clients that wait for an answer. */
    public long questions() {
        return questions.count();
    }

    private List<Receivables.Open> overdue() {
        if (overdue == null) {
            overdue = receivables.overdue();
        }
        return overdue;
    }

    /** Statements that are due and not paid. */
    public int overdueCount() {
        return overdue().size();
    }

    /** What of them is open. */
    public String overdueMoney() {
        return overdue().stream()
                .collect(Collectors.groupingBy(
                        one -> one.life().currency(),
                        TreeMap::new,
                        Collectors.reducing(BigDecimal.ZERO, one -> one.life().open(), BigDecimal::add)))
                .entrySet()
                .stream()
                .map(sum -> formats.money(sum.getValue(), sum.getKey()))
                .collect(Collectors.joining(AND));
    }

    private List<StateSum> sums() {
        if (sums == null) {
            sums = calls.states(CallFilter.of(month().atDay(1), month().atEndOfMonth()));
        }
        return sums;
    }

    private Value value(Set<CallState> states) {
        List<StateSum> chosen =
                sums().stream().filter(sum -> states.contains(sum.state())).toList();
        Map<String, BigDecimal> money = chosen.stream()
                .filter(sum -> sum.currency() != null)
                .collect(Collectors.toMap(StateSum::currency, StateSum::amount, BigDecimal::add, TreeMap::new));
        long billed = chosen.stream().mapToLong(StateSum::billedSeconds).sum();
        long talk = chosen.stream().mapToLong(StateSum::talkSeconds).sum();
        return new Value(
                chosen.stream().mapToLong(StateSum::calls).sum(),
                money.isEmpty()
                        ? "–"
                        : money.entrySet().stream()
                                .map(sum -> formats.money(sum.getValue(), sum.getKey()))
                                .collect(Collectors.joining(AND)),
                money.isEmpty() ? formats.talk(talk) : formats.secondsAsHours(billed));
    }

    /** How many calls and how much time: "132 calls · 25.1 h". */
    public String words(Value value) {
        return value.calls() == 0
                ? texts.get("overview.calls.none")
                : texts.of("overview.calls", value.calls(), formats.count(value.calls()), value.time());
    }

    /** Of the month's calls, those on issued statements. */
    public Value billed() {
        return value(EnumSet.of(CallState.BILLED));
    }

    /** Of the month's calls, those with a price that are not issued. */
    public Value unbilled() {
        return value(UNBILLED);
    }

    /** The persons with calls of the month that need a code, those with most time first. */
    public List<Lost> people() {
        if (people == null) {
            List<PersonSum> found = calls.people(CallFilter.of(month().atDay(1), month().atEndOfMonth())).stream()
                    .filter(sum -> sum.toCode() > 0)
                    .toList();
            long most = Math.max(
                    1, found.stream().mapToLong(PersonSum::secondsToCode).max().orElse(1));
            Map<UUID, Person> known = firms.peopleById();
            people = new ArrayList<>();
            for (PersonSum sum : found) {
                Person person = sum.personId() == null ? null : known.get(sum.personId());
                people.add(new Lost(
                        person == null ? "–" : person.initials(),
                        person == null ? texts.get("overview.nobody") : person.name(),
                        sum.personId(),
                        sum,
                        sum.secondsToCode() * 100 / most));
            }
        }
        return people;
    }

    /** All persons' calls that need a code. */
    public long peopleCalls() {
        return people().stream().mapToLong(one -> one.sum().toCode()).sum();
    }

    /** The talk seconds of those. */
    public long peopleSeconds() {
        return people().stream().mapToLong(one -> one.sum().secondsToCode()).sum();
    }

    /** The feeds, with how they are. */
    public List<Feed> feeds() {
        if (feeds == null) {
            Map<UUID, IntakeFile> newest = intake.newest();
            feeds = sources.all().stream()
                    .map(source -> feed(source, newest.get(source.id())))
                    .toList();
        }
        return feeds;
    }

    private Feed feed(Source source, IntakeFile file) {
        if (file == null) {
            return new Feed(source, "WAITING", texts.get("overview.feed.nothing"), "sources.xhtml?id=" + source.id());
        }
        boolean check = file.state() == FileState.FAILED || file.quarantined() > 0;
        return new Feed(
                source,
                check ? "CHECK" : "WELL",
                texts.of("overview.feed.last", file.name(), formats.dateTime(file.receivedAt())),
                "file.xhtml?id=" + file.id());
    }

    /** What happened lately. */
    public List<AuditPage.Row> lately() {
        return office() ? audit.latest(LATELY) : List.of();
    }
}
