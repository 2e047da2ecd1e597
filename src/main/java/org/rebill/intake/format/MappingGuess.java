package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.rebill.intake.format.RecordMapping.Layout;
import org.rebill.intake.format.RecordMapping.Span;
import org.rebill.intake.format.RecordMapping.Use;
import org.rebill.intake.format.SampleCut.Column;

/**
 * Guesses what stands where in records of an unknown layout: by the names of columns where they have such, and by what
 * the columns hold. A guess for people to correct.
 */
public final class MappingGuess {
    private static final Pattern NUMBER = Pattern.compile("(?:<[A-Za-z]>)?[+*]?[0-9(][0-9 ().*#-]{6,24}");
    private static final Pattern FRACTION = Pattern.compile("[0-9]{9,}\\.[0-9]+");
    private static final Pattern SHORT = Pattern.compile("[0-9]{2,6}");
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{2,5}");
    private static final Pattern CLOCK = Pattern.compile("(?:[0-9]{1,4}[:'])?[0-9]{1,2}[:'][0-9]{2}\"?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,6}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,5}[.,][0-9]{1,3}");
    private static final Pattern ID = Pattern.compile("(?=.*[0-9])[A-Za-z0-9._:@-]{8,64}");
    private static final Pattern MARK = Pattern.compile("<[A-Za-z]>.*");
    private static final Pattern CODE = Pattern.compile("[0-9A-Za-z./-]{1,16}");
    private static final int MOST_JOINED = 5;
    private static final int SHOWN = 3;
    private static final int LEAST_DIGITS = 3;

    private final SampleCut cut;
    private final Map<Meaning, Use> uses = new EnumMap<>(Meaning.class);
    private final Set<Column> taken = new HashSet<>();
    private Locale locale = Locale.ENGLISH;
    private List<String> starts = List.of();

    private MappingGuess(SampleCut cut) {
        this.cut = cut;
    }

    /**
     * A column of a sample.
     *
     * @param place as it is written in a mapping
     * @param name in the line of names; empty when there is none
     * @param values of the first records
     */
    public record SampleColumn(String place, String name, List<String> values) {
        public SampleColumn {
            values = List.copyOf(values);
        }
    }

    /**
     * What was found.
     *
     * @param mapping may lack what could not be found: see {@link RecordMapping#problem}
     * @param columns all, those that mean nothing too
     * @param extensionDigits of the longest number that seems to be a telephone of the firm, 3 to 5
     */
    public record Guess(RecordMapping mapping, List<SampleColumn> columns, int extensionDigits) {
        public Guess {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Guesses.
     *
     * @param sample text of some records; the first 300 lines are looked at
     */
    public static Guess of(String sample) {
        return guess(SampleCut.of(sample));
    }

    /** Guesses, where the layout is told. */
    public static Guess of(String sample, Layout layout, boolean header) {
        return guess(SampleCut.of(sample, layout, header));
    }

    private static Guess guess(SampleCut cut) {
        MappingGuess guess = new MappingGuess(cut);
        guess.find();
        RecordMapping mapping = new RecordMapping(cut.layout(), cut.header(), 0, cut.skips(), guess.locale, guess.uses);
        List<SampleColumn> columns = cut.columns().stream()
                .map(column -> new SampleColumn(
                        MappingText.written(column.place()),
                        column.name(),
                        column.given().stream().distinct().limit(SHOWN).toList()))
                .toList();
        return new Guess(mapping, columns, guess.extensionDigits());
    }

    /** A column at a place of a fixed layout. */
    static SampleColumn at(String sample, Span span) {
        List<String> values = sample.lines()
                .map(line -> new FixedLine(line).text(span.first() - 1, span.last()))
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(SHOWN)
                .toList();
        return new SampleColumn(MappingText.written(span), "", values);
    }

    private int extensionDigits() {
        int most = LEAST_DIGITS;
        for (Meaning meaning : List.of(Meaning.EXTENSION, Meaning.CALLER, Meaning.CALLED)) {
            Optional<Column> column = Optional.ofNullable(uses.get(meaning)).flatMap(this::column);
            for (String value : column.map(Column::given).orElse(List.of())) {
                String number = NumberText.plain(value);
                most = EXTENSION.matcher(number).matches() ? Math.max(most, number.length()) : most;
            }
        }
        return most;
    }

    private void find() {
        findStart();
        findStamp(Meaning.ANSWER);
        findStamp(Meaning.END);
        findStampsByOrder();
        byName(Meaning.CALL, ID);
        byName(Meaning.LEG, Pattern.compile("[0-9A-Za-z-]{1,40}"));
        findWords();
        for (Meaning meaning : List.of(Meaning.TALK, Meaning.RING, Meaning.DURATION)) {
            best(meaning, 1).filter(this::isLength).ifPresent(column -> take(meaning, column, unit(column), Map.of()));
        }
        findLengths();
        checkDuration();
        byName(Meaning.EXTENSION, Pattern.compile(".{1,40}"));
        byName(Meaning.CALLER, Pattern.compile(".{1,60}"));
        byName(Meaning.CALLED, Pattern.compile(".{1,60}"));
        byName(Meaning.CODE, Pattern.compile(".{1,40}"));
        byName(Meaning.LINE, Pattern.compile(".{1,40}"));
        findNumbers();
        findOneDirection();
        findCode();
        findIds();
        findRowNumbers();
    }

    private boolean isFree(Column column) {
        return !taken.contains(column);
    }

    private void take(Meaning meaning, Column column, String written, Map<String, List<String>> words) {
        taken.add(column);
        uses.put(meaning, new Use(List.of(column.place()), written, words));
    }

    /** The free column whose name tells a meaning best. */
    private Optional<Column> best(Meaning meaning, int least) {
        Column best = null;
        int most = least - 1;
        for (Column column : cut.columns()) {
            int fit = MeaningNames.fit(meaning, column.name());
            if (isFree(column) && fit > most) {
                best = column;
                most = fit;
            }
        }
        return Optional.ofNullable(best);
    }

    private void byName(Meaning meaning, Pattern form) {
        best(meaning, 1)
                .filter(column -> column.given().stream()
                        .allMatch(value -> form.matcher(value).matches()))
                .ifPresent(column -> take(meaning, column, "", Map.of()));
    }

    private void findStart() {
        List<Column> columns = cut.columns();
        int most = cut.layout() == Layout.FIXED ? MOST_JOINED : 2;
        int best = -1;
        int bestFit = -1;
        int bestCount = 0;
        StampGuess.Written bestWritten = null;
        for (int i = 0; i < columns.size(); i++) {
            for (int count = 1; count <= most && i + count <= columns.size(); count++) {
                List<Column> some = columns.subList(i, i + count);
                if (some.get(0).given().size() < some.get(0).values().size()) {
                    break;
                }
                Optional<StampGuess.Written> written = StampGuess.whole(joined(some));
                int fit = MeaningNames.fit(Meaning.START, some.get(0).name());
                if (written.isPresent() && fit > bestFit) {
                    best = i;
                    bestFit = fit;
                    bestCount = count;
                    bestWritten = written.get();
                }
                if (written.isPresent()) {
                    break;
                }
            }
        }
        if (best >= 0) {
            List<Column> some = columns.subList(best, best + bestCount);
            starts = joined(some);
            taken.addAll(some);
            locale = bestWritten.locale();
            uses.put(
                    Meaning.START, new Use(some.stream().map(Column::place).toList(), bestWritten.pattern(), Map.of()));
        }
    }

    private static List<String> joined(List<Column> columns) {
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < columns.get(0).values().size(); row++) {
            int at = row;
            texts.add(String.join(
                            " ",
                            columns.stream()
                                    .map(column -> column.values().get(at))
                                    .toList())
                    .strip());
        }
        return texts;
    }

    private void findStamp(Meaning meaning) {
        best(meaning, 2).ifPresent(column -> StampGuess.whole(column.values())
                .or(() -> StampGuess.time(column.values()))
                .ifPresent(written -> take(meaning, column, written.pattern(), Map.of())));
    }

    /** Without names: of two more stamps the answer comes first, of one more it is the end unless it is empty at times. */
    private void findStampsByOrder() {
        if (starts.isEmpty() || uses.containsKey(Meaning.ANSWER) || uses.containsKey(Meaning.END)) {
            return;
        }
        Map<Column, String> others = new LinkedHashMap<>();
        for (Column column : cut.columns()) {
            if (isFree(column)) {
                StampGuess.whole(column.values()).ifPresent(written -> others.put(column, written.pattern()));
            }
        }
        List<Column> found = new ArrayList<>(others.keySet());
        if (found.size() >= 2) {
            take(Meaning.ANSWER, found.get(0), others.get(found.get(0)), Map.of());
            take(Meaning.END, found.get(1), others.get(found.get(1)), Map.of());
        } else if (found.size() == 1) {
            Column only = found.get(0);
            boolean answer = only.given().size() < only.values().size();
            take(answer ? Meaning.ANSWER : Meaning.END, only, others.get(only), Map.of());
        }
    }

    private void findWords() {
        for (Column column : cut.columns()) {
            Set<String> values = new TreeSet<>(column.given());
            if (!isFree(column) || values.isEmpty() || values.size() > 12) {
                continue;
            }
            boolean whole = column.given().size() == column.values().size();
            if (!uses.containsKey(Meaning.DIRECTION)
                    && whole
                    && values.stream()
                            .allMatch(value -> MeaningNames.direction(value).isPresent())) {
                Map<String, List<String>> words = new LinkedHashMap<>();
                values.forEach(value -> words.computeIfAbsent(
                                MeaningNames.direction(value).orElseThrow(), key -> new ArrayList<>())
                        .add(value));
                take(Meaning.DIRECTION, column, "", words);
            } else if (!uses.containsKey(Meaning.ANSWERED)
                    && values.stream()
                            .anyMatch(value -> MeaningNames.answered(value).orElse(false))
                    && values.stream()
                            .allMatch(value -> MeaningNames.answered(value).isPresent()
                                    || MeaningNames.fit(Meaning.ANSWERED, column.name()) > 0)) {
                List<String> by = values.stream()
                        .filter(value -> MeaningNames.answered(value).orElse(false))
                        .toList();
                take(Meaning.ANSWERED, column, "", Map.of("by", by));
            }
        }
    }

    private boolean isLength(Column column) {
        List<String> given = column.given();
        return given.stream()
                .allMatch(value -> CLOCK.matcher(value).matches()
                        || COUNT.matcher(value).matches()
                        || DECIMAL.matcher(value).matches());
    }

    private static String unit(Column column) {
        String name = ColumnNames.key(column.name());
        List<String> given = column.given();
        boolean decimal = !given.isEmpty()
                && given.stream().allMatch(value -> DECIMAL.matcher(value).matches());
        if (decimal || name.startsWith("min")) {
            return "minutes";
        }
        return name.endsWith("ms") || name.contains("milli") ? "milliseconds" : "seconds";
    }

    /** Without names: what fits the stamps, what is written as a clock, what is always the shorter one of two counts. */
    private void findLengths() {
        if (uses.containsKey(Meaning.DURATION) || uses.containsKey(Meaning.TALK)) {
            return;
        }
        List<Column> clocks = new ArrayList<>();
        List<Column> counts = new ArrayList<>();
        List<Column> decimals = new ArrayList<>();
        for (Column column : cut.columns()) {
            List<String> given = column.given();
            if (!isFree(column) || given.isEmpty() || !column.name().isEmpty()) {
                continue;
            }
            if (given.stream().allMatch(value -> CLOCK.matcher(value).matches())) {
                clocks.add(column);
            } else if (given.size() == column.values().size()
                    && given.stream().allMatch(value -> COUNT.matcher(value).matches())) {
                counts.add(column);
            } else if (given.stream().allMatch(value -> DECIMAL.matcher(value).matches())) {
                decimals.add(column);
            }
        }
        if (!clocks.isEmpty()) {
            clocks.sort((one, other) -> Long.compare(sum(other), sum(one)));
            take(Meaning.DURATION, clocks.get(0), "seconds", Map.of());
            if (clocks.size() > 1) {
                take(Meaning.RING, clocks.get(1), "seconds", Map.of());
            }
            return;
        }
        for (int i = 0; i + 1 < counts.size(); i++) {
            Column longer = counts.get(i);
            Column shorter = counts.get(i + 1);
            boolean neighbours = cut.columns().indexOf(shorter) == cut.columns().indexOf(longer) + 1;
            if (neighbours && isNeverLess(longer, shorter) && sum(longer) > sum(shorter)) {
                take(Meaning.DURATION, longer, "seconds", Map.of());
                take(Meaning.TALK, shorter, "seconds", Map.of());
                return;
            }
        }
        if (!decimals.isEmpty()) {
            take(Meaning.DURATION, decimals.get(0), "minutes", Map.of());
            return;
        }
        counts.stream()
                .filter(column -> !isCounted(column))
                .filter(column ->
                        column.values().stream().map(String::length).distinct().count() > 1)
                .findFirst()
                .ifPresent(column -> take(Meaning.DURATION, column, "seconds", Map.of()));
    }

    /** Where start, answer and end are known, a length that is shorter than the whole call is the talk. */
    private void checkDuration() {
        Use duration = uses.get(Meaning.DURATION);
        if (duration == null || uses.containsKey(Meaning.TALK) || !uses.containsKey(Meaning.END)) {
            return;
        }
        Optional<Column> column = column(duration);
        Optional<Column> end = column(uses.get(Meaning.END));
        if (column.isEmpty() || end.isEmpty()) {
            return;
        }
        StampText startText = new StampText(uses.get(Meaning.START).written(), locale);
        StampText endText = new StampText(uses.get(Meaning.END).written(), locale);
        for (int i = 0; i < starts.size(); i++) {
            int seconds = ClockText.seconds(column.get().values().get(i));
            long passed = startText.seconds(starts.get(i), end.get().values().get(i), endText);
            if (seconds > 0 && passed > seconds + 2) {
                uses.remove(Meaning.DURATION);
                uses.put(Meaning.TALK, duration);
                return;
            }
        }
    }

    private Optional<Column> column(Use use) {
        return cut.columns().stream()
                .filter(column -> use.places().equals(List.of(column.place())))
                .findFirst();
    }

    private static boolean isNeverLess(Column longer, Column shorter) {
        for (int i = 0; i < longer.values().size(); i++) {
            if (Integer.parseInt(longer.values().get(i))
                    < Integer.parseInt(shorter.values().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static long sum(Column column) {
        return column.given().stream().mapToLong(ClockText::seconds).sum();
    }

    /** Without names, or with one for the number outside: telephones of the firm are short, numbers outside long. */
    private void findNumbers() {
        if (uses.containsKey(Meaning.CALLED)) {
            return;
        }
        List<Column> numbers = new ArrayList<>();
        List<Column> phones = new ArrayList<>();
        for (Column column : cut.columns()) {
            List<String> given = column.given();
            if (!isFree(column)
                    || given.isEmpty()
                    || (!column.name().isEmpty() && MeaningNames.fit(Meaning.PARTY, column.name()) == 0)) {
                continue;
            }
            long dialled = given.stream()
                    .filter(value -> isNumber(value) || SHORT.matcher(value).matches())
                    .count();
            boolean mostly = given.size() * 20 >= column.values().size() * 17;
            if (!mostly || dialled * 5 < given.size() * 4L) {
                continue;
            }
            if (given.stream().anyMatch(MappingGuess::isNumber)) {
                numbers.add(column);
            } else if (given.size() == column.values().size()) {
                phones.add(column);
            }
        }
        if (numbers.isEmpty()) {
            return;
        }
        boolean phone = uses.containsKey(Meaning.EXTENSION);
        Column first = numbers.get(0);
        if (!phone && !phones.isEmpty() && !isMixed(first)) {
            take(Meaning.EXTENSION, phones.get(0), "", Map.of());
            phone = true;
        }
        boolean marked =
                first.given().stream().anyMatch(value -> MARK.matcher(value).matches());
        if (marked && !uses.containsKey(Meaning.DIRECTION)) {
            take(Meaning.PARTY, first, "", Map.of());
            uses.put(
                    Meaning.DIRECTION,
                    new Use(List.of(first.place()), "", Map.of("in", List.of("<I>*"), "out", List.of("*"))));
        } else if (uses.containsKey(Meaning.CALLER)) {
            take(Meaning.CALLED, first, "", Map.of());
        } else if (phone) {
            take(uses.containsKey(Meaning.DIRECTION) ? Meaning.PARTY : Meaning.CALLED, first, "", Map.of());
        } else if (numbers.size() > 1) {
            take(Meaning.CALLER, first, "", Map.of());
            take(Meaning.CALLED, numbers.get(1), "", Map.of());
        } else {
            take(Meaning.CALLED, first, "", Map.of());
        }
    }

    /** A telephone company's bill: numbers outside at both ends, so that all records are of calls that went out. */
    private void findOneDirection() {
        boolean both = uses.containsKey(Meaning.CALLER) && uses.containsKey(Meaning.CALLED);
        if (!both || uses.containsKey(Meaning.DIRECTION) || uses.containsKey(Meaning.EXTENSION)) {
            return;
        }
        Optional<Column> caller = column(uses.get(Meaning.CALLER));
        Optional<Column> called = column(uses.get(Meaning.CALLED));
        if (caller.isPresent() && called.isPresent() && !isMixed(caller.get()) && !isMixed(called.get())) {
            uses.put(Meaning.DIRECTION, new Use(List.of(), "out", Map.of()));
        }
    }

    private static boolean isNumber(String value) {
        return NUMBER.matcher(value).matches() && !FRACTION.matcher(value).matches();
    }

    private static boolean isMixed(Column column) {
        return column.given().stream().anyMatch(value -> SHORT.matcher(value).matches());
    }

    /** Without names: what repeats, is short, and is empty at times. */
    private void findCode() {
        if (uses.containsKey(Meaning.CODE)) {
            return;
        }
        for (Column column : cut.columns()) {
            List<String> given = column.given();
            boolean sometimes =
                    !given.isEmpty() && given.size() < column.values().size();
            if (isFree(column)
                    && column.name().isEmpty()
                    && sometimes
                    && given.stream().allMatch(value -> CODE.matcher(value).matches())
                    && given.stream()
                                            .filter(value -> value.chars().anyMatch(Character::isDigit))
                                            .count()
                                    * 2
                            >= given.size()) {
                take(Meaning.CODE, column, "", Map.of());
                return;
            }
        }
    }

    /** Without names: what is long, not a number, and differs from record to record. */
    private void findIds() {
        if (uses.containsKey(Meaning.CALL)) {
            return;
        }
        for (Column column : cut.columns()) {
            List<String> given = column.given();
            boolean always = given.size() > 1 && given.size() == column.values().size();
            if (isFree(column)
                    && column.name().isEmpty()
                    && always
                    && given.stream().allMatch(value -> ID.matcher(value).matches() && !isNumber(value))
                    && Set.copyOf(given).size() * 2 > given.size()) {
                take(Meaning.CALL, column, "", Map.of());
                return;
            }
        }
    }

    /** Counted from 1, whatever the records are. */
    private void findRowNumbers() {
        for (Column column : cut.columns()) {
            if (column.values().size() > 2 && isFree(column) && isCounted(column)) {
                take(Meaning.EXCEPT, column, "", Map.of());
                return;
            }
        }
    }

    private static boolean isCounted(Column column) {
        List<String> values = column.values();
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).equals(Integer.toString(i + 1))) {
                return false;
            }
        }
        return true;
    }
}
