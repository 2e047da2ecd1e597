package org.rebill.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rebill.intake.format.MappingGuess.SampleColumn;
import org.rebill.intake.format.Meaning;
import org.rebill.intake.format.RecordMapping;
import org.rebill.intake.format.RecordMapping.Layout;

/** A mapping as the page shows it: a row for each column, and what no single column says. */
public final class TeachForm {
    private static final int MOST_COLUMNS = 150;
    private static final Pattern ENTRY = Pattern.compile("([a-z]+) = ((?:[^;\"]|\"(?:[^\"]|\"\")*\")*)(?:; |$)");
    private static final Set<String> FRAME = Set.of("layout", "header", "skip", "locale");

    /**
     * A row of the form.
     *
     * @param place as in a mapping
     * @param meaning or null
     * @param detail pattern, unit or values, as in a mapping
     */
    public record Row(int index, String place, String name, String values, Meaning meaning, String detail) {}

    private final Layout layout;
    private final boolean header;
    private final String skip;
    private final String locale;
    private final String more;
    private final List<Row> rows;

    private TeachForm(Layout layout, boolean header, String skip, String locale, String more, List<Row> rows) {
        this.layout = layout;
        this.header = header;
        this.skip = skip;
        this.locale = locale;
        this.more = more;
        this.rows = rows;
    }

    /** Shows a mapping over the columns of a sample. */
    static TeachForm of(RecordMapping mapping, List<SampleColumn> columns) {
        Map<String, String> entries = new LinkedHashMap<>();
        ENTRY.matcher(mapping.text()).results().forEach(entry -> entries.put(entry.group(1), entry.group(2)));
        Map<String, Meaning> meanings = new LinkedHashMap<>();
        Map<String, String> details = new LinkedHashMap<>();
        List<String> more = new ArrayList<>();
        entries.forEach((key, value) -> {
            if (FRAME.contains(key)) {
                return;
            }
            Optional<Meaning> meaning = Meaning.of(key);
            Set<String> known = columns.stream().map(SampleColumn::place).collect(Collectors.toSet());
            List<String> places = meaning.map(mapping::placesOf).orElse(List.of());
            boolean free = !places.isEmpty()
                    && known.containsAll(places)
                    && places.stream().noneMatch(meanings::containsKey);
            if (!free) {
                more.add(key + " = " + value);
                return;
            }
            places.forEach(place -> meanings.put(place, meaning.get()));
            details.put(places.get(0), mapping.detailOf(meaning.get()));
        });
        List<Row> rows = new ArrayList<>();
        for (SampleColumn column : columns) {
            rows.add(new Row(
                    rows.size(),
                    column.place(),
                    column.name(),
                    String.join(" · ", column.values()),
                    meanings.get(column.place()),
                    details.getOrDefault(column.place(), "")));
        }
        return new TeachForm(
                mapping.layout(),
                mapping.header(),
                entries.getOrDefault("skip", ""),
                entries.getOrDefault("locale", ""),
                String.join("; ", more),
                rows);
    }

    /**
     * What was posted.
     *
     * @param posted a parameter by its name; empty when it was not sent
     * @param columns of the sample, for what they hold
     */
    static TeachForm posted(UnaryOperator<String> posted, Layout layout, boolean header, List<SampleColumn> columns) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < MOST_COLUMNS && !posted.apply("place-" + i).isEmpty(); i++) {
            String place = posted.apply("place-" + i);
            Optional<SampleColumn> column =
                    columns.stream().filter(one -> one.place().equals(place)).findFirst();
            rows.add(new Row(
                    i,
                    place,
                    column.map(SampleColumn::name).orElse(""),
                    column.map(one -> String.join(" · ", one.values())).orElse(""),
                    Meaning.of(posted.apply("meaning-" + i)).orElse(null),
                    posted.apply("detail-" + i)));
        }
        return new TeachForm(layout, header, posted.apply("skip"), posted.apply("locale"), posted.apply("more"), rows);
    }

    /** The text of the mapping that it says; checked when it is read. */
    public String text() {
        List<String> entries = new ArrayList<>();
        entries.add("layout = " + layout.word());
        if (header) {
            entries.add("header = yes");
        }
        if (!skip.isBlank()) {
            entries.add("skip = " + skip);
        }
        if (!locale.isBlank()) {
            entries.add("locale = " + locale);
        }
        Map<Meaning, List<Row>> uses = new EnumMap<>(Meaning.class);
        rows.stream().filter(row -> row.meaning() != null).forEach(row -> uses.computeIfAbsent(
                        row.meaning(), key -> new ArrayList<>())
                .add(row));
        uses.forEach((meaning, some) -> {
            String places = some.stream().map(Row::place).collect(Collectors.joining(" + "));
            String detail = some.stream()
                    .map(Row::detail)
                    .filter(text -> !text.isBlank())
                    .collect(Collectors.joining(" "));
            entries.add(meaning.entry(places, detail));
        });
        if (!more.isBlank()) {
            entries.add(more);
        }
        return String.join("; ", entries);
    }

    /** How a line is cut into columns. */
    public Layout layout() {
        return layout;
    }

    /** Whether a line at the top names the columns. */
    public boolean header() {
        return header;
    }

    /** Lines that are no records, as in a mapping. */
    public String skip() {
        return skip;
    }

    /** Language of the names of months; empty for English. */
    public String locale() {
        return locale;
    }

    /** Entries that no single column says. */
    public String more() {
        return more;
    }

    /** One for each column. */
    public List<Row> rows() {
        return rows;
    }
}
