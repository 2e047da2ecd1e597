package org.rebill.intake.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rebill.call.Direction;
import org.rebill.call.Leg;
import org.rebill.call.NumberPlan;
import org.rebill.call.Side;
import org.rebill.intake.format.LengthText.Unit;
import org.rebill.intake.format.RecordMapping.Place;
import org.rebill.intake.format.RecordMapping.Use;
import org.rebill.intake.format.StampText.Stamp;

/** Understands records by a mapping. Not for several threads. */
final class MappedRecord {
    private static final int NONE = -1;

    private final RecordMapping mapping;
    private final NumberPlan plan;
    private final LocalStamps stamps;
    private final YearFinder years;
    private final Map<Meaning, StampText> patterns = new EnumMap<>(Meaning.class);

    MappedRecord(RecordMapping mapping, SourceSettings source, FileStart from) {
        this.mapping = mapping;
        this.plan = source.plan();
        this.stamps = new LocalStamps(source.zone(), source.stampsInUtc());
        this.years = new YearFinder(from, source);
        for (Meaning meaning : List.of(Meaning.START, Meaning.ANSWER, Meaning.END)) {
            mapping.use(meaning)
                    .ifPresent(use -> patterns.put(meaning, new StampText(use.written(), mapping.locale())));
        }
    }

    /** Whether a record's start can be read: then it is no line of names. */
    boolean hasStart(Cells cells) {
        return patterns.get(Meaning.START).fits(joined(cells, Meaning.START));
    }

    /** @throws Unreadable when the record is not as the mapping says */
    Leg leg(Cells cells, LegDraft draft) throws Unreadable {
        checkWidth(cells);
        Stamp start = stamp(cells, Meaning.START, Optional.empty()).orElseThrow(() -> wrongStamp(cells, Meaning.START));
        Times times = times(cells, start);
        identify(cells, draft);
        Ends ends = ends(cells);
        draft.times(times.start(), times.answer(), times.end())
                .talk(times.talk())
                .counted(times.counted())
                .numbers(ends.caller(), ends.called())
                .sides(ends.from(), ends.to())
                .code(first(cells, Meaning.CODE));
        if (!times.marked()) {
            draft.application(Leg.NO_ANSWER_MARK, "");
        }
        String failure = failure(cells, times.talk(), times.unanswered());
        if (!failure.isEmpty()) {
            draft.notAnswered(failure);
        }
        return draft.leg();
    }

    /** A record that was cut reads as one without a code, or without talk: it must be long enough for all columns. */
    private void checkWidth(Cells cells) throws Unreadable {
        int least = mapping.leastColumns();
        boolean fixed = mapping.layout() == RecordMapping.Layout.FIXED;
        if (least == 0) {
            List<Meaning> needed = fixed
                    ? List.of(Meaning.START, Meaning.TALK, Meaning.DURATION, Meaning.END)
                    : List.of(Meaning.values());
            for (Meaning meaning : needed) {
                for (Place place : places(meaning)) {
                    least = Math.max(least, cells.needed(place));
                }
            }
        }
        if (cells.count() < least) {
            throw Unreadable.because(
                    "columns",
                    "The record has " + cells.count() + (fixed ? " characters" : " columns")
                            + ", but the mapping needs "
                            + least
                            + ". A line was cut, or it is no record: leave such lines out by skip in the mapping,"
                            + " or, where records may be so short, say so by columns = " + Math.max(1, cells.count())
                            + ".");
        }
    }

    private List<Place> places(Meaning meaning) {
        return mapping.use(meaning).map(Use::places).orElse(List.of());
    }

    /** Of several columns the first that holds something. */
    private String first(Cells cells, Meaning meaning) {
        for (Place place : places(meaning)) {
            String text = cells.text(place);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private String joined(Cells cells, Meaning meaning) {
        List<String> texts = new ArrayList<>();
        for (Place place : places(meaning)) {
            texts.add(cells.text(place));
        }
        return String.join(" ", texts).strip();
    }

    private String at(Cells cells, Meaning meaning) {
        List<String> each = new ArrayList<>();
        for (Place place : places(meaning)) {
            each.add(cells.at(place, meaning.word()));
        }
        return String.join(" and ", each);
    }

    private Optional<Stamp> stamp(Cells cells, Meaning meaning, Optional<Stamp> after) throws Unreadable {
        String text = joined(cells, meaning);
        // A time alone of 00:00:00 is midnight.
        if (text.isEmpty() || (StampText.isNone(text) && !patterns.get(meaning).fits(text)) || text.equals("0")) {
            return Optional.empty();
        }
        Optional<Stamp> stamp = patterns.get(meaning).read(text, years, after);
        if (stamp.isEmpty()) {
            throw wrongStamp(cells, meaning);
        }
        return stamp;
    }

    private Unreadable wrongStamp(Cells cells, Meaning meaning) {
        return Unreadable.because(
                "stamp." + meaning.word(),
                at(cells, meaning) + "; the mapping says that the " + meaning.word() + " is written as "
                        + mapping.use(meaning).map(Use::written).orElse("")
                        + ". If the line is no record, leave it out by skip in the mapping.");
    }

    /** Whole seconds; {@link #NONE} where the mapping has no such column. An empty column is 0. */
    private int length(Cells cells, Meaning meaning) throws Unreadable {
        if (!mapping.has(meaning)) {
            return NONE;
        }
        String text = first(cells, meaning);
        if (text.isEmpty()) {
            return 0;
        }
        Unit unit = mapping.use(meaning).map(Use::written).flatMap(Unit::of).orElse(Unit.SECONDS);
        int seconds = LengthText.seconds(text, unit);
        if (seconds < 0) {
            throw Unreadable.because(
                    "seconds",
                    at(cells, meaning) + "; the mapping says that the " + meaning.word() + " is in "
                            + unit.name().toLowerCase(Locale.ROOT) + ".");
        }
        return seconds;
    }

    /**
     * When what was.
     *
     * @param answer of a call that was answered; start where it is not known
     * @param counted whole seconds from start to end by the record's own count, or -1
     * @param marked the record tells the answer
     * @param unanswered the record has a column for the answer, which is empty
     */
    private record Times(
            Instant start, Instant answer, Instant end, int talk, int counted, boolean marked, boolean unanswered) {}

    private Times times(Cells cells, Stamp start) throws Unreadable {
        int talk = length(cells, Meaning.TALK);
        int duration = length(cells, Meaning.DURATION);
        int ring = length(cells, Meaning.RING);
        Optional<Stamp> answer =
                mapping.has(Meaning.ANSWER) ? stamp(cells, Meaning.ANSWER, Optional.of(start)) : Optional.empty();
        Optional<Stamp> end = mapping.has(Meaning.END)
                ? stamp(cells, Meaning.END, Optional.of(answer.orElse(start)))
                : Optional.empty();
        if (end.isEmpty() && talk == NONE && duration == NONE) {
            throw wrongStamp(cells, Meaning.END);
        }
        if (end.isPresent() && first(cells, Meaning.DURATION).isEmpty()) {
            duration = NONE;
        }
        if (end.isPresent() && first(cells, Meaning.TALK).isEmpty() && mapping.has(Meaning.ANSWER)) {
            talk = NONE;
        }
        // An end to the minute says less than a length in seconds.
        boolean rough = mapping.has(Meaning.END) && !patterns.get(Meaning.END).hasSeconds();
        if (rough && (talk != NONE || duration != NONE)) {
            end = Optional.empty();
        }
        Instants at = instants(start, answer, end, duration, talk);
        boolean answerKnown = at.answer() != null || ring != NONE || talk != NONE;
        Instant begun = at.answer() != null ? at.answer() : at.start().plusSeconds(Math.max(0, ring));
        Instant ended = at.end();
        if (ended == null) {
            ended = duration == NONE ? begun.plusSeconds(talk) : at.start().plusSeconds(duration);
        }
        if (talk == NONE) {
            talk = (int) Math.min(Integer.MAX_VALUE, Math.max(0, ended.getEpochSecond() - begun.getEpochSecond()));
        } else if (at.answer() == null
                && ring == NONE
                && !ended.minusSeconds(talk).isBefore(at.start())) {
            begun = ended.minusSeconds(talk);
        }
        return new Times(
                at.start(),
                begun.isAfter(ended) ? ended : begun,
                ended,
                talk,
                duration,
                answerKnown,
                mapping.has(Meaning.ANSWER) && answer.isEmpty());
    }

    private record Instants(Instant start, Instant answer, Instant end) {}

    private Instants instants(Stamp start, Optional<Stamp> answer, Optional<Stamp> end, int duration, int talk) {
        boolean local = start.local() != null
                && end.isPresent()
                && end.get().local() != null
                && answer.map(stamp -> stamp.local() != null).orElse(true);
        if (!local) {
            return new Instants(
                    instant(start),
                    answer.map(this::instant).orElse(null),
                    end.map(this::instant).orElse(null));
        }
        long from = LocalStamps.seconds(start.local());
        long to = LocalStamps.seconds(end.get().local());
        long answered = answer.map(Stamp::local).map(LocalStamps::seconds).orElse(LocalStamps.NONE);
        long passed = duration != NONE ? duration : talk != NONE && talk > 0 ? talk : Math.max(0, to - from);
        stamps.resolve(
                from, answered, to, passed, talk != NONE ? talk : to - Math.max(from, answered), LocalStamps.NONE);
        return new Instants(
                Instant.ofEpochSecond(stamps.start()),
                answered == LocalStamps.NONE ? null : Instant.ofEpochSecond(stamps.answer()),
                Instant.ofEpochSecond(stamps.end()));
    }

    private Instant instant(Stamp stamp) {
        LocalDateTime local = stamp.local();
        return local == null ? stamp.instant() : stamps.instant(local);
    }

    /** Why nobody talked, or empty. */
    private String failure(Cells cells, int talk, boolean unanswered) {
        Optional<Use> mark = mapping.use(Meaning.ANSWERED);
        if (mark.isPresent()) {
            String word = first(cells, Meaning.ANSWERED);
            if (!matchesAny(mark.get().words().get("by"), word)) {
                return word.isEmpty() ? "NO ANSWER" : word.toUpperCase(Locale.ROOT);
            }
        }
        return talk == 0 || unanswered ? "NO ANSWER" : "";
    }

    /**
     * With an id of the part of a call that; else all that the record says, save for what differs from export to export:
     * it stays the same when the mapping is corrected.
     */
    private void identify(Cells cells, LegDraft draft) throws Unreadable {
        String call = first(cells, Meaning.CALL);
        if (mapping.has(Meaning.CALL) && call.isEmpty()) {
            throw Unreadable.because("call.id", at(cells, Meaning.CALL) + "; the id of the call belongs there.");
        }
        String leg = first(cells, Meaning.LEG);
        if (leg.isEmpty()) {
            draft.id('m', cells.allBut(places(Meaning.EXCEPT)).toArray(String[]::new));
        } else {
            draft.id('r', call, leg);
        }
        if (!call.isEmpty()) {
            draft.group('g', call);
        }
    }

    /** Numbers and sides. */
    private record Ends(String caller, String called, String from, String to) {}

    private Ends ends(Cells cells) throws Unreadable {
        String caller = number(cells, Meaning.CALLER);
        String called = number(cells, Meaning.CALLED);
        String extension = number(cells, Meaning.EXTENSION);
        String line = first(cells, Meaning.LINE);
        String party = number(cells, Meaning.PARTY);
        Direction direction = direction(cells, caller, called, extension);
        return switch (direction) {
            case IN -> {
                String from = caller.isEmpty() ? party : caller;
                String phone = extension.isEmpty() ? called : extension;
                yield new Ends(from, called.isEmpty() ? phone : called, Side.line(line), side(phone));
            }
            case OUT -> {
                String phone = extension.isEmpty() ? caller : extension;
                yield new Ends(
                        caller.isEmpty() ? phone : caller,
                        called.isEmpty() ? party : called,
                        side(phone),
                        Side.line(line));
            }
            case INTERNAL -> {
                String from = caller.isEmpty() ? extension : caller;
                String to = !called.isEmpty() ? called : party;
                yield new Ends(from, to, side(from), side(to));
            }
        };
    }

    private static String side(String phone) {
        return phone.isEmpty() ? "" : Side.phone(phone);
    }

    /** A number without what some systems put around it. */
    private String number(Cells cells, Meaning meaning) {
        return NumberText.plain(first(cells, meaning));
    }

    private Direction direction(Cells cells, String caller, String called, String extension) throws Unreadable {
        Optional<Use> use = mapping.use(Meaning.DIRECTION);
        if (use.isEmpty()) {
            return directionByNumbers(cells, caller, called, extension);
        }
        if (use.get().places().isEmpty()) {
            return Direction.valueOf(use.get().written().toUpperCase(Locale.ROOT));
        }
        String word = first(cells, Meaning.DIRECTION);
        for (Direction direction : Direction.values()) {
            List<String> words = use.get().words().get(direction.name().toLowerCase(Locale.ROOT));
            if (words != null && matchesAny(words, word)) {
                return direction;
            }
        }
        throw Unreadable.because(
                "direction",
                at(cells, Meaning.DIRECTION)
                        + "; the mapping does not say whether that is in, out or internal. Add it to"
                        + " the values of the direction.");
    }

    private Direction directionByNumbers(Cells cells, String caller, String called, String extension)
            throws Unreadable {
        boolean fromPhone = (!caller.isEmpty() && caller.equals(extension)) || plan.isExtension(caller);
        boolean toPhone = (!called.isEmpty() && called.equals(extension))
                || (plan.isExtension(called) && !plan.isEmergency(called));
        if (fromPhone) {
            return toPhone ? Direction.INTERNAL : Direction.OUT;
        }
        if (toPhone) {
            return extension.isEmpty() || extension.equals(called) || !caller.isEmpty()
                    ? Direction.IN
                    : Direction.INTERNAL;
        }
        if (!extension.isEmpty()) {
            return caller.isEmpty() && !called.isEmpty() ? Direction.OUT : Direction.IN;
        }
        throw Unreadable.because(
                "direction",
                "Neither the caller nor the called number is an extension (up to " + plan.extensionDigits()
                        + " digits): "
                        + at(cells, Meaning.CALLER) + ", " + at(cells, Meaning.CALLED)
                        + ". Put the source's digits of an extension right, or say in the mapping which column holds the"
                        + " extension or the direction.");
    }

    private static boolean matchesAny(List<String> words, String text) {
        return words.stream().anyMatch(word -> Wildcard.matches(word, text));
    }
}
