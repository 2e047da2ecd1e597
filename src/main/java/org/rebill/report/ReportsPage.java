package org.rebill.report;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.agreement.Client;
import org.rebill.agreement.Clients;
import org.rebill.export.Column;
import org.rebill.export.Format;
import org.rebill.export.Shown;
import org.rebill.export.Totals;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;

/** A report as chart and table; which one and of what stands in the address. */
@Named
@RequestScoped
public class ReportsPage {
    private static final int CLIENTS = 500;

    private final Reports reports;
    private final SavedReports saved;
    private final ReportChoice choice;
    private final Clients clients;
    private final Firms firms;
    private final Address address;
    private final Texts texts;
    private final Act act;

    private Report report;
    private String name = "";

    @Inject
    ReportsPage(
            Reports reports,
            SavedReports saved,
            ReportChoice choice,
            Clients clients,
            Firms firms,
            Address address,
            Texts texts,
            Act act) {
        this.reports = reports;
        this.saved = saved;
        this.choice = choice;
        this.clients = clients;
        this.firms = firms;
        this.address = address;
        this.texts = texts;
        this.act = act;
    }

    /** Something to choose. */
    public record Option(String value, String label, boolean chosen) {}

    /** A cell; numbers stand at the right. */
    public record Cell(String text, boolean number) {}

    /** A row and the calls behind it; no link where there is none. */
    public record Row(List<Cell> cells, String href) {}

    /** A square of the heat map, 0 to 8 strong. */
    public record Square(String words, int strength) {}

    /** A weekday of the heat map. */
    public record Weekday(String name, List<Square> squares) {}

    /** A file. */
    public record Link(String name, String href) {}

    public Report report() {
        if (report == null) {
            report = reports.run(choice.preset(), choice.filter());
        }
        return report;
    }

    public String title() {
        return ReportTexts.title(choice.preset());
    }

    public String help() {
        return texts.get("report.help." + choice.preset().name());
    }

    /** The reports that are there. */
    public List<Option> presets() {
        return Stream.of(Preset.values())
                .map(preset -> new Option(preset.key(), ReportTexts.title(preset), preset == choice.preset()))
                .toList();
    }

    public List<Option> periods() {
        return Stream.of(ReportChoice.Period.values())
                .map(period ->
                        new Option(period.name(), texts.get("report.period." + period), period == choice.period()))
                .toList();
    }

    public LocalDate from() {
        return choice.from();
    }

    public LocalDate to() {
        return choice.to();
    }

    public List<Option> clientChoices() {
        return clients.list(null, null, CLIENTS).items().stream()
                .map((Client client) ->
                        new Option(client.id().toString(), client.name(), address.is("client", client.id())))
                .toList();
    }

    public List<Option> people() {
        return firms.people().stream()
                .map((Person person) ->
                        new Option(person.id().toString(), person.name(), address.is("person", person.id())))
                .toList();
    }

    public boolean isHeat() {
        return report().preset().chart() == Preset.Chart.HEAT;
    }

    /** For the script that draws it. */
    public String chart() {
        return ReportChart.of(report()).json();
    }

    public List<Cell> heads() {
        return report().sheet().columns().stream()
                .map(column -> new Cell(column.head(), isNumber(column)))
                .toList();
    }

    private static boolean isNumber(Column column) {
        return switch (column.kind()) {
            case TEXT, DATE, TIME -> false;
            default -> true;
        };
    }

    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < report().rows().size(); i++) {
            rows.add(new Row(
                    cells(report().rows().get(i)),
                    report().links().isEmpty() ? "" : report().links().get(i)));
        }
        return rows;
    }

    /** The lines of totals. */
    public List<Row> totals() {
        return Totals.of(report().sheet(), report().rows()).stream()
                .map(line -> new Row(cells(line), ""))
                .toList();
    }

    private List<Cell> cells(List<Object> row) {
        Shown shown = new Shown(report().sheet().locale());
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Column column = report().sheet().columns().get(i);
            cells.add(new Cell(shown.of(column.kind(), row.get(i)), isNumber(column)));
        }
        return cells;
    }

    /** Hours of the heat map. */
    public List<Integer> hours() {
        return Stream.iterate(0, hour -> hour < 24, hour -> hour + 1).toList();
    }

    /** The heat map. */
    public List<Weekday> weekdays() {
        int talk = report().at("talkSeconds");
        Map<String, Long> found = new LinkedHashMap<>();
        long most = 1;
        for (List<Object> row : report().rows()) {
            long seconds = ((Number) row.get(talk)).longValue();
            found.put(row.get(0) + "|" + row.get(1), seconds);
            most = Math.max(most, seconds);
        }
        Shown shown = new Shown(report().sheet().locale());
        List<Weekday> days = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String label = day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            List<Square> squares = new ArrayList<>();
            for (int hour : hours()) {
                long seconds = found.getOrDefault(label + "|" + hour, 0L);
                int strength = seconds == 0 ? 0 : 1 + (int) (seconds * 7 / most);
                squares.add(new Square(
                        texts.of(
                                "report.square",
                                label,
                                String.valueOf(hour),
                                shown.of(org.rebill.export.Kind.SECONDS, seconds)),
                        strength));
            }
            days.add(new Weekday(label, squares));
        }
        return days;
    }

    /** The report in each format. */
    public List<Link> files() {
        String query = parameters().entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return Stream.of(Format.values())
                .map(format -> new Link(format.name(), "report?" + query + "&format=" + format.ending()))
                .toList();
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("report", choice.preset().key());
        parameters.put("period", choice.period().name());
        for (String key : ReportsResource.parameters()) {
            if (!address.text(key).isEmpty()) {
                parameters.put(key, address.text(key));
            }
        }
        return parameters;
    }

    /** Reports that somebody saved. */
    public List<SavedReport> saved() {
        return saved.all();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Saves what is shown under the name. */
    public void save() {
        act.perform(() -> {
            SavedReport kept = saved.save(name, parameters());
            return Act.Done.here(texts.of("report.saved", kept.name()));
        });
    }

    /** Removes a saved one, named by the posted button. */
    public void remove() {
        act.perform(() -> {
            for (UUID id : address.ticked("remove")) {
                saved.remove(id);
            }
            return Act.Done.here(texts.get("report.removed"));
        });
    }

    /** There is nothing to show. */
    public boolean isNothing() {
        return report().rows().stream().allMatch(row -> row.stream()
                .filter(value -> value instanceof Number)
                .map(value -> value instanceof BigDecimal decimal
                        ? decimal
                        : BigDecimal.valueOf(((Number) value).longValue()))
                .allMatch(value -> value.signum() == 0));
    }
}
