package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where an unknown layout holds what: a text of entries, each {@code key = value}, with a semicolon or a new line between
 * them.
 *
 * <pre>
 * layout = comma                    comma, semicolon, tab, pipe, or fixed
 * header = yes                      whether a line at the top names the columns
 * columns = 9                       the fewest columns a record has (fixed: characters); else all that are mapped
 * skip = "Total*" "----*"           lines that are no records; * is any text
 * locale = en-US                    language of the names of months and days
 * start = 4 + 5 as "M/d/yyyy H:mm"  columns, and how they are written (java.time, epoch, or epoch-ms)
 * talk = "Minutes" in minutes       seconds (also h:mm:ss), minutes, milliseconds, or hours (h:mm)
 * caller = 6
 * direction = 7 in "I" out "O" internal "X"     or one word for all records: in, out or internal
 * answered = 8 by "ANSWERED"        the words that mean it was
 * </pre>
 *
 * <p>A column is its number from 1, its name in quotes, or in a fixed layout its first and last character ({@code 10-17},
 * {@code 40-}). Several are put together (a date and a time), or the first that holds something is taken (a code).
 * {@link Meaning} names all keys.
 *
 * @param header a line at the top names the columns
 * @param leastColumns the fewest columns of a record, of a fixed layout characters; 0 when not said
 * @param skips lines that are no records, {@code *} for any text
 * @param uses where each meaning is; has {@link Meaning#START} and a length
 */
public record RecordMapping(
        Layout layout, boolean header, int leastColumns, List<String> skips, Locale locale, Map<Meaning, Use> uses) {
    public RecordMapping {
        skips = List.copyOf(skips);
        uses = uses.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(uses));
    }

    /** How a line is cut into columns. */
    public enum Layout {
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t'),
        PIPE('|'),
        /** Columns at fixed places. */
        FIXED('\0');

        private final char separator;

        Layout(char separator) {
            this.separator = separator;
        }

        /** Between columns; NUL where they stand at fixed places. */
        public byte separator() {
            return (byte) separator;
        }

        /** As it is written in a mapping. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A column. */
    public sealed interface Place {}

    /**
     * A column by its name.
     *
     * @param name in the line of names
     */
    public record Named(String name) implements Place {}

    /**
     * A column by its number.
     *
     * @param number from 1
     */
    public record Numbered(int number) implements Place {}

    /**
     * A column of a fixed layout.
     *
     * @param first character, from 1
     * @param last character, from 1; {@link Integer#MAX_VALUE} for the end of the line
     */
    public record Span(int first, int last) implements Place {}

    /**
     * Where a meaning is, and how it is written.
     *
     * @param places none where all records are of one direction
     * @param written pattern of a stamp, unit of a length, the one direction of all records; else empty
     * @param words of a direction under {@code in}, {@code out}, {@code internal}; of an answer under {@code by}
     */
    public record Use(List<Place> places, String written, Map<String, List<String>> words) {
        public Use {
            places = List.copyOf(places);
            words = Map.copyOf(words);
        }

        /** Without anything behind the columns. */
        public Use(Place... places) {
            this(List.of(places), "", Map.of());
        }
    }

    /**
     * Reads a mapping.
     *
     * @throws IllegalArgumentException with what is wrong, for people
     */
    public static RecordMapping of(String text) {
        return new MappingText(text).mapping();
    }

    /** What is wrong with a mapping's text; empty when nothing is. */
    public static Optional<String> problem(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** On one line, as {@link #of} reads it. */
    public String text() {
        return MappingText.written(this);
    }

    /** Where a meaning is; empty when nowhere. */
    public Optional<Use> use(Meaning meaning) {
        return Optional.ofNullable(uses.get(meaning));
    }

    boolean has(Meaning meaning) {
        return uses.containsKey(meaning);
    }

    /** All columns that mean something, the order is that of the meanings. */
    List<Place> places() {
        return uses.values().stream()
                .map(Use::places)
                .flatMap(Collection::stream)
                .toList();
    }

    /** Names of columns that must be in the line of names. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Place place : places()) {
            if (place instanceof Named named) {
                names.add(named.name());
            }
        }
        return names;
    }

    /** Columns of a meaning as they are written in a mapping; none where it is nowhere. */
    public List<String> placesOf(Meaning meaning) {
        return use(meaning).map(Use::places).orElse(List.of()).stream()
                .map(MappingText::written)
                .toList();
    }

    /** How a meaning is written: pattern, unit or values, as {@link Meaning#entry} takes it; empty when there is none. */
    public String detailOf(Meaning meaning) {
        return use(meaning).map(use -> MappingText.detail(meaning, use)).orElse("");
    }

    /**
     * Columns to choose from: those of the sample, in a fixed layout those of the mapping.
     *
     * @param found in the sample
     */
    public List<MappingGuess.SampleColumn> columns(List<MappingGuess.SampleColumn> found, String sample) {
        if (layout != Layout.FIXED) {
            return found;
        }
        return places().stream()
                .filter(Span.class::isInstance)
                .map(Span.class::cast)
                .distinct()
                .sorted(Comparator.comparingInt(Span::first))
                .map(span -> MappingGuess.at(sample, span))
                .toList();
    }
}
