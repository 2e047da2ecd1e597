package org.rebill.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.export.Column;
import org.rebill.export.Kind;
import org.rebill.export.Sheet;
import org.rebill.firm.FirmProfile;
import org.rebill.report.ReportQueries.Sum;

/** Puts what a query found into the table of its report, with a link to the calls behind each row. Pure. */
final class Tabulation {
    /** So many numbers are listed. */
    static final int NUMBERS = 25;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** Longer periods are not filled with days without a call. */
    private static final int MOST_DAYS = 92;

    private static final Column CALLS = Column.summed("calls", "Calls", Kind.COUNT);
    private static final Column TALK = Column.summed("talkSeconds", "Talk", Kind.SECONDS);
    private static final Column BILLED = Column.summed("billedSeconds", "Billed time", Kind.SECONDS);
    private static final Column AMOUNT = Column.summed("amount", "Amount", Kind.MONEY);

    private final Preset preset;
    private final ReportFilter filter;
    private final FirmProfile profile;
    private final Map<UUID, String> people;
    private final Function<Collection<UUID>, Map<UUID, String>> clientNames;

    /**
     * @param filter with days and currency
     * @param clientNames tells the names of clients
     */
    Tabulation(
            Preset preset,
            ReportFilter filter,
            FirmProfile profile,
            Map<UUID, String> people,
            Function<Collection<UUID>, Map<UUID, String>> clientNames) {
        this.preset = preset;
        this.filter = filter;
        this.profile = profile;
        this.people = people;
        this.clientNames = clientNames;
    }

    private Locale locale() {
        return profile.javaLocale();
    }

    private int digits() {
        return digits(filter.currency());
    }

    /** Digits of the firm's currency. */
    int ownDigits() {
        return digits(profile.currency());
    }

    private static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    /** Money with all digits of its currency: the database writes none of a zero. */
    private List<Object> whole(List<Column> columns, List<Object> row) {
        List<Object> whole = new ArrayList<>(row);
        for (int i = 0; i < row.size(); i++) {
            if (columns.get(i).kind() == Kind.MONEY && row.get(i) instanceof BigDecimal amount) {
                whole.set(i, amount.setScale(Math.max(amount.scale(), digits())));
            }
        }
        return whole;
    }

    private Report report(List<Column> columns, List<List<Object>> found, List<String> links) {
        List<List<Object>> rows = found.stream().map(row -> whole(columns, row)).toList();
        List<String> notes = new ArrayList<>(List.of(profile.name(), filter.from() + " to " + filter.to()));
        if (filter.clientId() != null) {
            notes.add("Client: " + clientNames.apply(List.of(filter.clientId())).get(filter.clientId()));
        }
        if (filter.personId() != null) {
            notes.add("Person: " + people.get(filter.personId()));
        }
        notes.add("Days and hours: " + profile.zoneId().getDisplayName(TextStyle.FULL, locale()) + " (" + profile.zone()
                + "). Money in " + filter.currency() + ".");
        return new Report(
                preset,
                new Sheet(
                        "report-" + preset.key(),
                        ReportTexts.title(preset),
                        notes,
                        locale(),
                        columns,
                        null,
                        filter.currency()),
                rows,
                links);
    }

    /** The list of calls of this report's period and filters, narrowed. */
    private String calls(String... parameters) {
        return calls(filter.from(), filter.to(), parameters);
    }

    private String calls(LocalDate from, LocalDate to, String... parameters) {
        Map<String, String> all = new java.util.LinkedHashMap<>();
        all.put("from", from.toString());
        all.put("to", to.toString());
        if (filter.clientId() != null) {
            all.put("client", filter.clientId().toString());
        }
        if (filter.personId() != null) {
            all.put("person", filter.personId().toString());
        }
        if (filter.sourceId() != null) {
            all.put("source", filter.sourceId().toString());
        }
        for (int i = 0; i < parameters.length; i += 2) {
            all.put(parameters[i], parameters[i + 1]);
        }
        return all.entrySet().stream()
                .map(one -> one.getKey() + "="
                        + java.net.URLEncoder.encode(one.getValue(), java.nio.charset.StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "calls.xhtml?", ""));
    }

    private Map<UUID, String> names(List<UUID> ids) {
        List<UUID> known = ids.stream().filter(Objects::nonNull).distinct().toList();
        return known.isEmpty() ? new HashMap<>() : new HashMap<>(clientNames.apply(known));
    }

    private String client(Map<UUID, String> names, UUID id) {
        return id == null ? "No client" : names.getOrDefault(id, "No client");
    }

    private String person(UUID id) {
        return id == null ? "Nobody" : people.getOrDefault(id, "Nobody");
    }

    private String ofClient(UUID id) {
        return id == null ? calls("state", "NO_CODE") : calls("client", id.toString());
    }

    private static List<Object> row(String name, Sum<?> sum) {
        return Arrays.asList(name, sum.calls(), sum.talk(), sum.billed(), sum.amount());
    }

    Report clients(List<Sum<UUID>> sums) {
        Map<UUID, String> names = names(sums.stream().map(Sum::key).toList());
        return report(
                List.of(Column.of("client", "Client", Kind.TEXT), CALLS, TALK, BILLED, AMOUNT),
                sums.stream().map(sum -> row(client(names, sum.key()), sum)).toList(),
                sums.stream().map(sum -> ofClient(sum.key())).toList());
    }

    Report people(List<Sum<UUID>> sums) {
        return report(
                List.of(Column.of("person", "Person", Kind.TEXT), CALLS, TALK, BILLED, AMOUNT),
                sums.stream().map(sum -> row(person(sum.key()), sum)).toList(),
                sums.stream()
                        .map(sum -> sum.key() == null
                                ? calls()
                                : calls("person", sum.key().toString()))
                        .toList());
    }

    Report codes(List<ReportQueries.Code> codes) {
        Map<UUID, String> names =
                names(codes.stream().map(ReportQueries.Code::clientId).toList());
        return report(
                List.of(
                        Column.of("code", "Code", Kind.TEXT),
                        Column.of("client", "Client", Kind.TEXT),
                        CALLS,
                        Column.summed("incoming", "In", Kind.COUNT),
                        Column.summed("outgoing", "Out", Kind.COUNT),
                        TALK,
                        Column.of("averageSeconds", "Average", Kind.SECONDS),
                        Column.of("longestSeconds", "Longest", Kind.SECONDS),
                        AMOUNT),
                codes.stream()
                        .map(code -> Arrays.<Object>asList(
                                code.code().isEmpty() ? "none" : code.code(),
                                client(names, code.clientId()),
                                code.calls(),
                                code.in(),
                                code.out(),
                                code.talk(),
                                code.talk() / Math.max(1, code.calls()),
                                code.longest(),
                                code.amount()))
                        .toList(),
                codes.stream()
                        .map(code -> code.code().isEmpty() ? calls("state", "NO_CODE") : calls("code", code.code()))
                        .toList());
    }

    Report days(List<Sum<LocalDate>> sums) {
        Map<LocalDate, Sum<LocalDate>> byDay = sums.stream().collect(Collectors.toMap(Sum::key, Function.identity()));
        List<LocalDate> days = filter.from().until(filter.to(), java.time.temporal.ChronoUnit.DAYS) <= MOST_DAYS
                ? filter.from().datesUntil(filter.to().plusDays(1)).toList()
                : sums.stream().map(Sum::key).toList();
        return report(
                List.of(Column.of("day", "Day", Kind.DATE), CALLS, TALK, BILLED, AMOUNT),
                days.stream()
                        .map(day -> {
                            Sum<LocalDate> sum = byDay.getOrDefault(day, new Sum<>(day, 0, 0, 0, BigDecimal.ZERO));
                            return Arrays.<Object>asList(day, sum.calls(), sum.talk(), sum.billed(), sum.amount());
                        })
                        .toList(),
                days.stream().map(day -> calls(day, day)).toList());
    }

    Report hours(List<Sum<ReportQueries.Hour>> sums) {
        return report(
                List.of(
                        Column.of("weekday", "Weekday", Kind.TEXT),
                        Column.of("hour", "Hour", Kind.COUNT),
                        CALLS,
                        TALK,
                        BILLED,
                        AMOUNT),
                sums.stream()
                        .map(sum -> Arrays.<Object>asList(
                                java.time.DayOfWeek.of(sum.key().weekday())
                                        .getDisplayName(TextStyle.FULL, Locale.ENGLISH),
                                (long) sum.key().hour(),
                                sum.calls(),
                                sum.talk(),
                                sum.billed(),
                                sum.amount()))
                        .toList(),
                List.of());
    }

    Report directions(List<Sum<Boolean>> sums) {
        return report(
                List.of(Column.of("direction", "Direction", Kind.TEXT), CALLS, TALK, BILLED, AMOUNT),
                sums.stream().map(sum -> row(sum.key() ? "Out" : "In", sum)).toList(),
                List.of());
    }

    Report coded(List<Sum<String>> sums) {
        BigDecimal all = BigDecimal.valueOf(sums.stream().mapToLong(Sum::talk).sum());
        return report(
                List.of(
                        Column.of("standing", "Standing", Kind.TEXT),
                        CALLS,
                        TALK,
                        Column.of("share", "Of all talk", Kind.PERCENT),
                        AMOUNT),
                sums.stream()
                        .map(sum -> Arrays.<Object>asList(
                                ReportTexts.standing(sum.key()),
                                sum.calls(),
                                sum.talk(),
                                percent(BigDecimal.valueOf(sum.talk()), all),
                                sum.amount()))
                        .toList(),
                sums.stream()
                        .map(sum -> switch (sum.key()) {
                            case "CLIENT" -> calls("state", "RATED");
                            case "HOUSE" -> calls("state", "HOUSE");
                            default -> calls("state", "NO_CODE");
                        })
                        .toList());
    }

    private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0 ? null : part.multiply(HUNDRED).divide(whole, 1, RoundingMode.HALF_UP);
    }

    /** What is lost is worth something in the firm's own currency only. */
    Report money(List<ReportQueries.MonthMoney> months) {
        boolean own = filter.currency().equals(profile.currency());
        return report(
                List.of(
                        Column.of("month", "Month", Kind.TEXT),
                        Column.summed("billed", "Billed", Kind.MONEY),
                        Column.summed("unbilled", "Unbilled", Kind.MONEY),
                        Column.summed("lostSeconds", "Talk that was lost", Kind.SECONDS),
                        Column.summed("lost", "Lost, at default rates", Kind.MONEY)),
                months.stream()
                        .map(month -> Arrays.<Object>asList(
                                month.month().toString().substring(0, 7),
                                month.billed(),
                                month.unbilled(),
                                month.lostSeconds(),
                                own ? month.lost() : BigDecimal.ZERO))
                        .toList(),
                months.stream()
                        .map(month ->
                                calls(month.month(), month.month().plusMonths(1).minusDays(1)))
                        .toList());
    }

    Report numbers(List<Sum<String>> sums) {
        return report(
                List.of(Column.of("number", "Number", Kind.TEXT), CALLS, TALK, BILLED, AMOUNT),
                sums.stream().map(sum -> row(sum.key(), sum)).toList(),
                sums.stream().map(sum -> calls("q", sum.key())).toList());
    }

    /** Twelve months, each beside the same one a year before. */
    Report trend(YearMonth last, List<Sum<LocalDate>> sums) {
        Map<YearMonth, Sum<LocalDate>> byMonth =
                sums.stream().collect(Collectors.toMap(sum -> YearMonth.from(sum.key()), Function.identity()));
        List<YearMonth> months = new ArrayList<>();
        for (int back = 11; back >= 0; back--) {
            months.add(last.minusMonths(back));
        }
        Sum<LocalDate> none = new Sum<>(null, 0, 0, 0, BigDecimal.ZERO);
        return report(
                List.of(
                        Column.of("month", "Month", Kind.TEXT),
                        CALLS,
                        TALK,
                        Column.summed("yearBefore", "Talk a year before", Kind.SECONDS),
                        AMOUNT,
                        Column.summed("amountYearBefore", "Amount a year before", Kind.MONEY)),
                months.stream()
                        .map(month -> {
                            Sum<LocalDate> now = byMonth.getOrDefault(month, none);
                            Sum<LocalDate> then = byMonth.getOrDefault(month.minusYears(1), none);
                            return Arrays.<Object>asList(
                                    month.toString(),
                                    now.calls(),
                                    now.talk(),
                                    then.talk(),
                                    now.amount(),
                                    then.amount());
                        })
                        .toList(),
                months.stream()
                        .map(month -> calls(month.atDay(1), month.atEndOfMonth()))
                        .toList());
    }

    Report realisation(List<ReportQueries.Part> parts) {
        return report(
                List.of(
                        Column.of("person", "Person", Kind.TEXT),
                        CALLS,
                        TALK,
                        Column.summed("priced", "Priced", Kind.MONEY),
                        Column.summed("billed", "On statements", Kind.MONEY),
                        Column.summed("open", "Still open", Kind.MONEY),
                        Column.of("share", "Realised", Kind.PERCENT)),
                parts.stream()
                        .map(part -> Arrays.<Object>asList(
                                person(part.key()),
                                part.calls(),
                                part.talk(),
                                part.whole(),
                                part.done(),
                                part.whole().subtract(part.done()),
                                percent(part.done(), part.whole())))
                        .toList(),
                parts.stream()
                        .map(part -> part.key() == null
                                ? calls()
                                : calls("person", part.key().toString()))
                        .toList());
    }

    Report agreements(List<ReportQueries.Part> parts) {
        Map<UUID, String> names =
                names(parts.stream().map(ReportQueries.Part::key).toList());
        return report(
                List.of(
                        Column.of("client", "Client", Kind.TEXT),
                        CALLS,
                        TALK,
                        Column.summed("coveredSeconds", "Under an agreement", Kind.SECONDS),
                        Column.summed("uncoveredSeconds", "Without one", Kind.SECONDS),
                        Column.of("share", "Covered", Kind.PERCENT)),
                parts.stream()
                        .map(part -> Arrays.<Object>asList(
                                client(names, part.key()),
                                part.calls(),
                                part.talk(),
                                part.covered(),
                                part.uncovered(),
                                percent(BigDecimal.valueOf(part.covered()), BigDecimal.valueOf(part.talk()))))
                        .toList(),
                parts.stream().map(part -> ofClient(part.key())).toList());
    }
}
