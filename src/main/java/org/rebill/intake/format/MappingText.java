package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rebill.intake.format.RecordMapping.Layout;
import org.rebill.intake.format.RecordMapping.Named;
import org.rebill.intake.format.RecordMapping.Numbered;
import org.rebill.intake.format.RecordMapping.Place;
import org.rebill.intake.format.RecordMapping.Span;
import org.rebill.intake.format.RecordMapping.Use;

/** Reads and writes the text of a {@link RecordMapping}. Every fault is an IllegalArgumentException for people. */
final class MappingText {
    private static final int LONGEST = 8_000;
    private static final int MOST_COLUMNS = 512;
    private static final int MOST_CHARACTERS = CsvCutter.MAX_RECORD;
    private static final Pattern TOKEN = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([=+;\\n\\r])|([^\\s=+;\"]+)|[ \\t]+");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,5})-([0-9]{0,5})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Set<String> DIRECTIONS = Set.of("in", "out", "internal");

    /** A word, a text in quotes, or a sign. */
    private record Token(String text, boolean quoted) {
        boolean is(String word) {
            return !quoted && text.equals(word);
        }

        boolean ends() {
            return !quoted && (text.equals(";") || text.equals("\n") || text.equals("\r"));
        }
    }

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    private Layout layout = Layout.COMMA;
    private boolean header;
    private int leastColumns;
    private final List<String> skips = new ArrayList<>();
    private Locale locale = Locale.ENGLISH;
    private final Map<Meaning, Use> uses = new EnumMap<>(Meaning.class);

    MappingText(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("A mapping has at most " + LONGEST + " characters.");
        }
        Matcher token = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!token.find(at) || token.start() != at) {
                throw new IllegalArgumentException("A quote (\") is not closed behind "
                        + RecordText.shown(text.substring(Math.max(0, at - 20), at)) + ".");
            }
            at = token.end();
            if (token.group(1) != null) {
                tokens.add(new Token(token.group(1).replace("\"\"", "\""), true));
            } else if (token.group(2) != null || token.group(3) != null) {
                tokens.add(new Token(token.group(), false));
            }
        }
    }

    RecordMapping mapping() {
        while (next < tokens.size()) {
            if (tokens.get(next).ends()) {
                next++;
            } else {
                entry();
            }
        }
        check();
        return new RecordMapping(layout, header, leastColumns, skips, locale, uses);
    }

    private void entry() {
        String key = tokens.get(next++).text();
        if (next >= tokens.size() || !tokens.get(next).is("=")) {
            throw new IllegalArgumentException("Behind '" + key + "' an equals sign (=) is missing.");
        }
        next++;
        List<Token> value = new ArrayList<>();
        while (next < tokens.size() && !tokens.get(next).ends()) {
            value.add(tokens.get(next++));
        }
        if (value.isEmpty()) {
            throw new IllegalArgumentException("Nothing stands behind '" + key + " ='.");
        }
        String first = value.get(0).text();
        switch (key) {
            case "layout" -> layout = layout(first);
            case "header" -> header = yes(first);
            case "columns" -> leastColumns = number(first, MOST_CHARACTERS);
            case "skip" -> value.forEach(token -> skips.add(token.text()));
            case "locale" -> locale = locale(first);
            default -> {
                Meaning meaning = Meaning.of(key)
                        .orElseThrow(() -> new IllegalArgumentException("'" + key + "' is no key of a mapping. Known:"
                                + " layout, header, columns, skip, locale, "
                                + Arrays.stream(Meaning.values())
                                        .map(Meaning::word)
                                        .collect(Collectors.joining(", "))
                                + "."));
                if (uses.put(meaning, use(meaning, value)) != null) {
                    throw new IllegalArgumentException("'" + key + "' is given twice.");
                }
            }
        }
    }

    private static Layout layout(String word) {
        return Arrays.stream(Layout.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "layout is comma, semicolon, tab, pipe or fixed, not '" + word + "'."));
    }

    private static boolean yes(String word) {
        if (!word.equals("yes") && !word.equals("no")) {
            throw new IllegalArgumentException("header is yes or no, not '" + word + "'.");
        }
        return word.equals("yes");
    }

    private static Locale locale(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        if (locale.getLanguage().isEmpty()) {
            throw new IllegalArgumentException("locale is a language such as en-US or de, not '" + tag + "'.");
        }
        return locale;
    }

    private static int number(String text, int most) {
        int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw new IllegalArgumentException("'" + text + "' is no number from 1 to " + most + ".");
        }
        return number;
    }

    private static Use use(Meaning meaning, List<Token> value) {
        if (meaning == Meaning.DIRECTION
                && value.size() == 1
                && !value.get(0).quoted()
                && DIRECTIONS.contains(value.get(0).text())) {
            return new Use(List.of(), value.get(0).text(), Map.of());
        }
        List<Place> places = new ArrayList<>();
        int i = 0;
        do {
            places.add(place(meaning, value, i));
            i += 2;
        } while (i <= value.size() && value.get(i - 1).is("+"));
        List<Token> rest = value.subList(i - 1, value.size());
        return switch (meaning.kind()) {
            case STAMP -> new Use(places, written(meaning, rest, "as"), Map.of());
            case LENGTH -> new Use(places, rest.isEmpty() ? "seconds" : unit(written(meaning, rest, "in")), Map.of());
            case WORDS -> new Use(places, "", words(meaning, rest));
            case TEXT -> {
                if (!rest.isEmpty()) {
                    throw new IllegalArgumentException("Nothing may stand behind the column of " + meaning.word()
                            + ", but there is '" + rest.get(0).text()
                            + "'. Put several columns together by +, and names"
                            + " with blanks in quotes.");
                }
                yield new Use(places, "", Map.of());
            }
        };
    }

    private static Place place(Meaning meaning, List<Token> value, int at) {
        if (at >= value.size()) {
            throw new IllegalArgumentException("Behind + of " + meaning.word() + " a column is missing.");
        }
        Token token = value.get(at);
        if (token.quoted()) {
            return new Named(token.text());
        }
        Matcher span = SPAN.matcher(token.text());
        if (span.matches()) {
            int first = number(span.group(1), MOST_CHARACTERS);
            int last = span.group(2).isEmpty() ? Integer.MAX_VALUE : number(span.group(2), MOST_CHARACTERS);
            if (last < first) {
                throw new IllegalArgumentException(
                        "The column " + token.text() + " of " + meaning.word() + " ends before" + " it begins.");
            }
            return new Span(first, last);
        }
        return NUMBER.matcher(token.text()).matches()
                ? new Numbered(number(token.text(), MOST_COLUMNS))
                : new Named(token.text());
    }

    private static String written(Meaning meaning, List<Token> rest, String word) {
        if (rest.size() != 2 || !rest.get(0).is(word)) {
            throw new IllegalArgumentException(
                    word.equals("as")
                            ? "Say how " + meaning.word() + " is written, such as: " + meaning.word()
                                    + " = 1 as \"yyyy-MM-dd HH:mm:ss\"."
                            : "Behind the column of " + meaning.word()
                                    + " only a unit may stand, such as: in minutes.");
        }
        return rest.get(1).text();
    }

    private static String unit(String word) {
        if (LengthText.Unit.of(word).isEmpty()) {
            throw new IllegalArgumentException(
                    "A length is in seconds, minutes, milliseconds or hours, not in '" + word + "'.");
        }
        return word;
    }

    private static Map<String, List<String>> words(Meaning meaning, List<Token> rest) {
        Set<String> keys = meaning == Meaning.DIRECTION ? DIRECTIONS : Set.of("by");
        Map<String, List<String>> words = new LinkedHashMap<>();
        List<String> of = null;
        for (Token token : rest) {
            if (!token.quoted() && keys.contains(token.text())) {
                of = words.computeIfAbsent(token.text(), key -> new ArrayList<>());
            } else if (of == null) {
                break;
            } else {
                of.add(token.text());
            }
        }
        if (words.isEmpty() || words.values().stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    meaning == Meaning.DIRECTION
                            ? "Say which values mean what, such as: direction = 5 in \"I\" out \"O\" internal \"X\"."
                            : "Say which values mean that a call was answered, such as: answered = 9 by \"ANSWERED\".");
        }
        return words;
    }

    private void check() {
        if (!uses.containsKey(Meaning.START)) {
            throw new IllegalArgumentException("Say which column holds the start of a call, date and time.");
        }
        boolean length =
                uses.containsKey(Meaning.TALK) || uses.containsKey(Meaning.DURATION) || uses.containsKey(Meaning.END);
        if (!length) {
            throw new IllegalArgumentException(
                    "Say which column holds how long a call was: talk, duration, or its end.");
        }
        boolean numbers = uses.containsKey(Meaning.CALLED) || uses.containsKey(Meaning.PARTY);
        boolean caller = uses.containsKey(Meaning.CALLER) && uses.containsKey(Meaning.EXTENSION);
        if (!numbers && !caller) {
            throw new IllegalArgumentException(
                    "Say which column holds the number that was called, or the number outside (party).");
        }
        if (uses.containsKey(Meaning.PARTY) && !uses.containsKey(Meaning.DIRECTION)) {
            throw new IllegalArgumentException("Where one column holds the number outside (party), say who called:"
                    + " direction with its column and values, or one word for all records.");
        }
        if (uses.containsKey(Meaning.LEG) && !uses.containsKey(Meaning.CALL)) {
            throw new IllegalArgumentException("The id of a part of a call (leg) needs the id of the call as well.");
        }
        uses.forEach((meaning, use) -> {
            use.places().forEach(place -> checkPlace(meaning, place));
            if (meaning.kind() == Meaning.Kind.STAMP) {
                StampText.check(use.written(), locale, meaning);
            }
        });
    }

    private void checkPlace(Meaning meaning, Place place) {
        if (layout == Layout.FIXED && !(place instanceof Span)) {
            throw new IllegalArgumentException(
                    "In a fixed layout a column is its first and last character, such as 10-17;" + " put it right at "
                            + meaning.word() + ".");
        }
        if (layout != Layout.FIXED && place instanceof Span) {
            throw new IllegalArgumentException("First and last character are for a fixed layout only; at "
                    + meaning.word() + " give the column's number or its name in quotes.");
        }
        if (place instanceof Named named && !header) {
            throw new IllegalArgumentException("The column '" + named.name() + "' of " + meaning.word()
                    + " has a name, but header is no. Give its number, or say header = yes.");
        }
        if (place instanceof Named named && ColumnNames.key(named.name()).isEmpty()) {
            throw new IllegalArgumentException(
                    "The name of the column of " + meaning.word() + " has neither letter nor digit. Give its number.");
        }
    }

    static String written(RecordMapping mapping) {
        List<String> entries = new ArrayList<>();
        entries.add("layout = " + mapping.layout().word());
        if (mapping.header()) {
            entries.add("header = yes");
        }
        if (mapping.leastColumns() > 0) {
            entries.add("columns = " + mapping.leastColumns());
        }
        if (!mapping.skips().isEmpty()) {
            entries.add("skip = " + quoted(mapping.skips()));
        }
        if (!mapping.locale().equals(Locale.ENGLISH)) {
            entries.add("locale = " + mapping.locale().toLanguageTag());
        }
        for (Meaning meaning : Meaning.values()) {
            mapping.use(meaning).ifPresent(use -> entries.add(meaning.word() + " = " + written(meaning, use)));
        }
        return String.join("; ", entries);
    }

    private static String written(Meaning meaning, Use use) {
        if (use.places().isEmpty()) {
            return use.written();
        }
        String places = use.places().stream().map(MappingText::written).collect(Collectors.joining(" + "));
        return meaning.entry(places, detail(meaning, use))
                .substring(meaning.word().length() + 3);
    }

    /** What stands behind the columns, without the word before it. */
    static String detail(Meaning meaning, Use use) {
        return switch (meaning.kind()) {
            case STAMP -> use.written();
            case LENGTH -> use.written().equals("seconds") ? "" : use.written();
            case WORDS ->
                meaning == Meaning.ANSWERED
                        ? quoted(use.words().getOrDefault("by", List.of()))
                        : Stream.of("in", "out", "internal")
                                .filter(use.words()::containsKey)
                                .map(word -> word + " " + quoted(use.words().get(word)))
                                .collect(Collectors.joining(" "));
            case TEXT -> "";
        };
    }

    /** A column as it is written in a mapping. */
    static String written(Place place) {
        if (place instanceof Named named) {
            return quoted(List.of(named.name()));
        }
        if (place instanceof Numbered numbered) {
            return Integer.toString(numbered.number());
        }
        Span span = (Span) place;
        return span.first() + "-" + (span.last() == Integer.MAX_VALUE ? "" : span.last());
    }

    private static String quoted(List<String> texts) {
        return texts.stream()
                .map(text -> "\"" + text.replace("\"", "\"\"").replaceAll("[\\n\\r]+", " ") + "\"")
                .collect(Collectors.joining(" "));
    }
}
