package org.rebill.intake.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rebill.intake.format.RecordMapping.Layout;
import org.rebill.intake.format.RecordMapping.Named;
import org.rebill.intake.format.RecordMapping.Numbered;
import org.rebill.intake.format.RecordMapping.Place;
import org.rebill.intake.format.RecordMapping.Span;

/**
 * A sample of an unknown layout, cut into columns: by the separator that most lines have the same number of, or at the
 * places where all lines are blank.
 *
 * @param skips lines that seem to be no records
 */
record SampleCut(Layout layout, boolean header, List<String> skips, List<Column> columns) {
    private static final int LEAST_COLUMNS = 3;
    private static final int MOST_LINES = 300;
    private static final int MOST_COLUMNS = 150;
    private static final int MOST_SKIPS = 12;
    private static final Pattern RECORD = Pattern.compile(".*[0-9]{1,2}[:.][0-9]{2}.*|.*[0-9]{8}.*");
    private static final Pattern TOTAL =
            Pattern.compile("(?:sub|grand )?total[s:]?.*|summe.*|gesamt.*|sum", Pattern.CASE_INSENSITIVE);

    /**
     * A column.
     *
     * @param name in the line of names; empty when there is none
     * @param values of the records, blanks around them stripped
     */
    record Column(Place place, String name, List<String> values) {
        List<String> given() {
            return values.stream().filter(value -> !value.isEmpty()).toList();
        }
    }

    private static List<String> lines(String sample) {
        return sample.lines()
                .filter(line -> !line.isBlank())
                .limit(MOST_LINES)
                .map(line -> line.replace("\ufeff", ""))
                .toList();
    }

    /** As told. */
    static SampleCut of(String sample, Layout layout, boolean header) {
        List<String> lines = lines(sample);
        if (layout == Layout.FIXED) {
            return fixed(lines);
        }
        List<List<String>> records = records(layout, lines);
        int count = usual(records);
        int most = records.stream().mapToInt(List::size).max().orElse(0);
        return delimited(layout, records, count == 0 ? most : count, header);
    }

    static SampleCut of(String sample) {
        List<String> lines = lines(sample);
        Layout best = Layout.FIXED;
        int most = 0;
        for (Layout layout : Layout.values()) {
            int columns = layout == Layout.FIXED ? 0 : usual(records(layout, lines));
            if (columns >= LEAST_COLUMNS && columns > most) {
                best = layout;
                most = columns;
            }
        }
        if (best == Layout.FIXED) {
            return fixed(lines);
        }
        List<List<String>> records = records(best, lines);
        return delimited(best, records, most, header(records, most) >= 0);
    }

    /** The number of columns that three fifths of the records have, or 0. */
    private static int usual(List<List<String>> records) {
        Map<Integer, Integer> counts = new TreeMap<>();
        records.forEach(record -> counts.merge(record.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() * 5 >= records.size() * 3)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    private static List<List<String>> records(Layout layout, List<String> lines) {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        CsvCutter cutter = new CsvCutter(
                new ByteArrayInputStream(bytes), new FileStart(bytes, 0, 1), layout.separator(), fields -> true);
        List<List<String>> records = new ArrayList<>();
        try {
            while (cutter.cut()) {
                if (cutter.kind() == CsvCutter.Kind.FIELDS) {
                    records.add(
                            TextRow.of(new ColumnNames(List.of()), cutter.fields(), StandardCharsets.UTF_8)
                                    .values()
                                    .stream()
                                    .map(String::strip)
                                    .toList());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static SampleCut delimited(Layout layout, List<List<String>> records, int count, boolean named) {
        int names = named ? Math.max(0, header(records, count)) : -1;
        List<String> header = names < 0 || records.isEmpty() ? List.of() : records.get(names);
        Set<String> skips = new LinkedHashSet<>();
        List<List<String>> data = new ArrayList<>();
        for (int i = names + 1; i < records.size(); i++) {
            List<String> record = records.get(i);
            String total = record.stream()
                    .filter(value -> TOTAL.matcher(value).matches())
                    .findFirst()
                    .orElse("");
            if (!total.isEmpty()) {
                String separator = String.valueOf((char) layout.separator());
                skips.add((record.get(0).equals(total) ? "" : "*" + separator) + total + separator + "*");
            } else if (record.size() == count && record.stream().allMatch(SampleCut::isWord)) {
                skips.add(record.get(0) + (char) layout.separator() + "*");
            } else if (record.size() == count) {
                data.add(record);
            }
        }
        ColumnNames known = new ColumnNames(header);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < Math.min(count, MOST_COLUMNS); i++) {
            int column = i;
            String name = i < header.size() ? header.get(i) : "";
            Place place =
                    !ColumnNames.key(name).isEmpty() && known.find(name) == i ? new Named(name) : new Numbered(i + 1);
            columns.add(new Column(
                    place, name, data.stream().map(record -> record.get(column)).toList()));
        }
        return new SampleCut(
                layout, names >= 0, skips.stream().limit(MOST_SKIPS).toList(), columns);
    }

    /** The line of names, or -1: words in all columns, with numbers below. */
    private static int header(List<List<String>> records, int count) {
        for (int i = 0; i < Math.min(5, records.size() - 1); i++) {
            List<String> record = records.get(i);
            boolean names = record.size() == count
                    && record.stream().allMatch(SampleCut::isWord)
                    && record.stream().filter(value -> !value.isEmpty()).count() * 2 > count
                    && Set.copyOf(record).size() * 3 >= count * 2;
            boolean below = records.subList(i + 1, records.size()).stream()
                    .anyMatch(other -> other.size() == count && !other.stream().allMatch(SampleCut::isWord));
            if (names && below) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isWord(String value) {
        return value.isEmpty()
                || (!Character.isDigit(value.charAt(0))
                        && value.chars().anyMatch(Character::isLetter)
                        && value.chars().filter(Character::isDigit).count() * 2 < value.length());
    }

    private static SampleCut fixed(List<String> lines) {
        List<String> data =
                lines.stream().filter(line -> RECORD.matcher(line).matches()).toList();
        int width = data.stream().mapToInt(String::length).max().orElse(0);
        boolean[] used = new boolean[Math.min(width, CsvCutter.MAX_RECORD) + 1];
        for (String line : data) {
            for (int i = 0; i < Math.min(line.length(), used.length - 1); i++) {
                used[i] |= !Character.isWhitespace(line.charAt(i));
            }
        }
        List<int[]> runs = new ArrayList<>();
        for (int i = 0; i < used.length - 1; i++) {
            if (used[i] && (i == 0 || !used[i - 1])) {
                runs.add(new int[] {i, i});
            }
            if (used[i]) {
                runs.get(runs.size() - 1)[1] = i;
            }
        }
        List<Column> columns = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < Math.min(runs.size(), MOST_COLUMNS); i++) {
            boolean last = i == runs.size() - 1;
            int next = last ? 0 : runs.get(i + 1)[0];
            // What stands at the right of its column grows to the left.
            boolean grows = !last && isRightAligned(data, runs.get(i + 1));
            int to = last ? Integer.MAX_VALUE : grows ? runs.get(i)[1] + 1 : next;
            Span span = new Span(i == 0 ? runs.get(0)[0] + 1 : from, to);
            columns.add(new Column(
                    span,
                    "",
                    data.stream()
                            .map(line -> new FixedLine(line).text(span.first() - 1, span.last()))
                            .toList()));
            from = to == Integer.MAX_VALUE ? 0 : to + 1;
        }
        return new SampleCut(Layout.FIXED, false, skips(lines, data), columns);
    }

    private static boolean isRightAligned(List<String> data, int[] run) {
        List<String> values = data.stream()
                .map(line -> line.length() <= run[0] ? "" : line.substring(run[0], Math.min(line.length(), run[1] + 1)))
                .filter(value -> !value.isBlank())
                .toList();
        return values.stream()
                        .allMatch(value -> value.equals(value.stripTrailing()) && value.length() == run[1] - run[0] + 1)
                && values.stream().anyMatch(value -> value.startsWith(" "));
    }

    private static List<String> skips(List<String> lines, List<String> data) {
        return lines.stream()
                .filter(line -> !RECORD.matcher(line).matches() && isHeading(line))
                .map(line -> skip(line.strip(), data))
                .collect(Collectors.toCollection(LinkedHashSet::new))
                .stream()
                .limit(MOST_SKIPS)
                .toList();
    }

    /** Few digits: what has many may be a record after all, and is shown as one that is not understood. */
    private static boolean isHeading(String line) {
        return line.chars().filter(Character::isDigit).count() * 3
                <= line.chars().filter(Character::isLetter).count();
    }

    /** The beginning of a line that is no record, unless a record begins so too. */
    private static String skip(String line, List<String> data) {
        boolean rule = line.chars().noneMatch(Character::isLetterOrDigit);
        String word = Arrays.stream(line.split("\\s+", 2)).findFirst().orElse(line);
        String skip = rule ? line.substring(0, Math.min(3, line.length())) + "*" : word + " *";
        boolean single = !rule && word.length() == line.length();
        return single || data.stream().anyMatch(record -> Wildcard.matches(skip, record)) ? line : skip;
    }
}
