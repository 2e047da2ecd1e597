package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.agreement.Clients;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.ledger.Ledger;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** The statements of a month: make the drafts, look them through, issue them. */
@Named
@RequestScoped
public class StatementsPage {
    private static final int ROWS = 200;
    private static final int MONTHS_BACK = 12;
    private static final String ALL = "all";

    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private final StatementList list;
    private final Statements statements;
    private final Issuing issuing;
    private final IssueBatches batches;
    private final Clients clients;

    private Optional<YearMonth> month;
    private Page<StatementList.Row> page;
    private List<StatementList.Total> totals;
    private List<Ledger.Held> held;
    private Statements.Pending pending;
    private IssueBatches.Progress progress;

    @Inject
    StatementsPage(
            Address address,
            Act act,
            Texts texts,
            Formats formats,
            StatementList list,
            Statements statements,
            Issuing issuing,
            IssueBatches batches,
            Clients clients) {
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
        this.list = list;
        this.statements = statements;
        this.issuing = issuing;
        this.batches = batches;
        this.clients = clients;
    }

    /** The month that is looked at; empty for all of them. */
    private Optional<YearMonth> month() {
        if (month == null) {
            String asked = address.text("month");
            boolean ofClient = asked.isEmpty() && address.id("client").isPresent();
            if (ofClient || asked.equals(ALL)) {
                month = Optional.empty();
            } else {
                month = Optional.of(parsed(asked).orElseGet(this::usual));
            }
        }
        return month;
    }

    private static Optional<YearMonth> parsed(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(YearMonth.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isOffice() {
        return Caller.current().hasAny(Role.OWNER, Role.CLERK);
    }

    /** The month that is over, or the present one when there is nothing of that yet; to read only, the newest one. */
    private YearMonth usual() {
        YearMonth now = YearMonth.from(formats.today());
        if (!isOffice()) {
            return list.periods().stream()
                    .findFirst()
                    .map(newest -> YearMonth.from(newest.from()))
                    .orElse(now.minusMonths(1));
        }
        Period last = Period.of(now.minusMonths(1));
        boolean something =
                list.periods().stream().anyMatch(period -> period.from().equals(last.from()))
                        || !statements.pending(last).ready().isEmpty();
        return something ? now.minusMonths(1) : now;
    }

    private Optional<Period> period() {
        return month().map(Period::of);
    }

    private StatementList.Filter filter() {
        return new StatementList.Filter(
                period().orElse(null),
                address.id("client").orElse(null),
                address.choice("state", StatementState.class).orElse(null),
                address.choice("stage", StatementStage.class).orElse(null),
                null);
    }

    /** One month only: it can be run. */
    public boolean isOneMonth() {
        return month().isPresent() && address.id("client").isEmpty();
    }

    /** The month that is looked at, such as 2026-10; empty for all. */
    public String getChosenMonth() {
        return month().map(YearMonth::toString).orElse("");
    }

    public String getTitle() {
        return month().map(formats::month).orElseGet(() -> texts.get("statement.all"));
    }

    /** Name of the client whose statements these are; empty for all clients. */
    public String getClient() {
        return address.id("client").map(id -> clients.get(id).name()).orElse("");
    }

    /** A month to go to. */
    public record Choice(String value, String label, boolean chosen) {}

    /** The last year's months and all that have statements, newest first. */
    public List<Choice> months() {
        YearMonth now = YearMonth.from(formats.today());
        TreeSet<YearMonth> found = new TreeSet<>(Comparator.reverseOrder());
        for (int back = 0; back < MONTHS_BACK; back++) {
            found.add(now.minusMonths(back));
        }
        list.periods().forEach(each -> found.add(YearMonth.from(each.from())));
        month().ifPresent(found::add);
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(ALL, texts.get("statement.all"), month().isEmpty()));
        found.forEach(each ->
                choices.add(new Choice(each.toString(), formats.month(each), month().equals(Optional.of(each)))));
        return choices;
    }

    /** The list as it was asked for. */
    public Page<StatementList.Row> getPage() {
        if (page == null) {
            page = list.list(filter(), address.id("after").orElse(null), ROWS);
        }
        return page;
    }

    private List<StatementList.Total> totals() {
        if (totals == null) {
            totals = list.totals(filter().anyState());
        }
        return totals;
    }

    /**
     * What all of a state come to, by currency.
     *
     * @param state a state's name, or empty for all
     */
    public List<StatementList.Total> totals(String state) {
        Map<String, StatementList.Total> sums = new TreeMap<>();
        totals().stream()
                .filter(total -> state.isEmpty() || total.state().name().equals(state))
                .forEach(total -> sums.merge(total.currency(), total, StatementList::add));
        return List.copyOf(sums.values());
    }

    /** How many are in a state, or altogether. */
    public long count(String state) {
        return totals(state).stream().mapToLong(StatementList.Total::statements).sum();
    }

    /** The totals that stand under the list. */
    public List<StatementList.Total> getListed() {
        return totals(
                address.choice("state", StatementState.class).map(Enum::name).orElse(""));
    }

    private List<Ledger.Held> held() {
        if (held == null) {
            held = isOffice() ? period().map(list::held).orElse(List.of()) : List.of();
        }
        return held;
    }

    /** Calls of the month that wait for somebody. */
    public long getHeldCalls() {
        return held().stream().mapToLong(Ledger.Held::calls).sum();
    }

    /** Why they wait, in words. */
    public String getHeldReasons() {
        Map<String, Long> reasons = held().stream()
                .collect(Collectors.groupingBy(
                        Ledger.Held::reason, TreeMap::new, Collectors.summingLong(Ledger.Held::calls)));
        return reasons.entrySet().stream()
                .map(reason -> texts.of("statement.held." + reason.getKey(), formats.count(reason.getValue())))
                .collect(Collectors.joining(", "));
    }

    /** Calls of a draft's client that wait for somebody, and so would miss the statement. */
    public long heldOf(UUID clientId) {
        return held().stream()
                .filter(each -> clientId.equals(each.clientId()))
                .mapToLong(Ledger.Held::calls)
                .sum();
    }

    private Statements.Pending pending() {
        if (pending == null) {
            pending = isOneMonth() && isOffice()
                    ? statements.pending(period().orElseThrow())
                    : new Statements.Pending(List.of(), List.of());
        }
        return pending;
    }

    /** Clients that a run would make or extend a draft for. */
    public int getReadyClients() {
        return pending().ready().size();
    }

    /** Calls that a run would take. */
    public long getReadyCalls() {
        return pending().ready().stream().mapToLong(Ledger.Unbilled::calls).sum();
    }

    /** What those calls come to, by currency. */
    public String getReadyAmounts() {
        return amounts(pending().ready());
    }

    /** Calls that came after their period was issued. */
    public long getWaitingCalls() {
        return pending().waiting().stream().mapToLong(Ledger.Unbilled::calls).sum();
    }

    public String getWaitingAmounts() {
        return amounts(pending().waiting());
    }

    private String amounts(List<Ledger.Unbilled> unbilled) {
        return unbilled.stream()
                .collect(Collectors.groupingBy(
                        Ledger.Unbilled::currency,
                        TreeMap::new,
                        Collectors.reducing(BigDecimal.ZERO, Ledger.Unbilled::amount, BigDecimal::add)))
                .entrySet()
                .stream()
                .map(sum -> formats.money(sum.getValue(), sum.getKey()))
                .collect(Collectors.joining(" + "));
    }

    /** The number that the first of them would get. */
    public String getNextNumber() {
        return issuing.numbers(1).get(0);
    }

    /** How far the issuing has come that the address names; null for none. */
    public IssueBatches.Progress getProgress() {
        if (progress == null && address.id("batch").isPresent()) {
            progress = batches.progress(address.id("batch").orElseThrow());
        }
        return progress;
    }

    /** Still issuing: the page looks again by itself. */
    public boolean isWorking() {
        return getProgress() != null && !getProgress().done();
    }

    /** Makes the drafts of the month, or adds to them. */
    public void run() {
        act.perform(() -> {
            Statements.Run run = statements.run(period().orElseThrow(() -> new Refusal.NotFound("month")));
            long made =
                    run.drafted().stream().filter(Statements.Drafted::created).count();
            long extended = run.drafted().size() - made;
            String text = run.drafted().isEmpty()
                    ? texts.get("statement.run.nothing")
                    : texts.of("statement.run.done", made, extended);
            return Act.Done.here(text);
        });
    }

    /** Issues what was ticked. */
    public void issue() {
        act.perform(() -> {
            UUID batch = batches.ask(address.ticked("pick"));
            return Act.Done.at(
                    "/app/statements.xhtml?month="
                            + month().map(YearMonth::toString).orElse(ALL) + "&batch=" + batch,
                    "");
        });
    }
}
