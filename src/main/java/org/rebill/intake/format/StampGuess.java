package org.rebill.intake.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the pattern in which stamps are written. Where day and month can't be told apart, a slash puts the month first. */
final class StampGuess {
    /**
     * A pattern of {@link StampText}.
     *
     * @param locale of names of months; English where there are none
     */
    record Written(String pattern, Locale locale) {}

    private record Candidate(Written written, StampText text) {}

    private static final List<String> DATES = List.of(
            "yyyy-M-d",
            "yyyy/M/d",
            "yyyy.M.d",
            "M/d/yyyy",
            "d/M/yyyy",
            "M/d/yy",
            "d/M/yy",
            "d.M.yyyy",
            "d.M.yy",
            "M-d-yyyy",
            "d-M-yyyy",
            "M-d-yy",
            "d-M-yy",
            "yyyyMMdd",
            "M/d",
            "d.M.");
    private static final List<String> NAMED_DATES = List.of(
            "d-MMM-yyyy",
            "d-MMM-yy",
            "d MMM yyyy",
            "d MMM yy",
            "MMM d, yyyy",
            "MMM d yyyy",
            "MMM d yy",
            "d. MMM yyyy",
            "d. MMMM yyyy",
            "d MMMM yyyy",
            "MMMM d, yyyy",
            "EEE, d MMM yyyy",
            "EEE MMM d yyyy");
    private static final List<String> TIMES = List.of(
            "H:mm:ss",
            "H:mm",
            "h:mm:ss a",
            "h:mm:ssa",
            "h:mm a",
            "h:mma",
            "H:mm:ss.SSS",
            "H:mm:ss.SSSSSS",
            "HHmmss",
            "H.mm.ss");
    private static final List<Locale> LANGUAGES =
            List.of(Locale.ENGLISH, Locale.GERMAN, Locale.FRENCH, Locale.forLanguageTag("es"), Locale.ITALIAN);
    private static final List<Candidate> WHOLE = whole();
    private static final List<Candidate> TIME = candidates(TIMES, Locale.ENGLISH);
    private static final Pattern TIMED = Pattern.compile(".*[0-9][:.][0-9]{2}.*|[0-9]{6}|[0-9]{8} [0-9]{6}|[0-9]{14}");
    private static final Pattern SECONDS = Pattern.compile("1[0-8][0-9]{8}(?:\\.[0-9]{4,6})?");
    private static final Pattern MILLISECONDS = Pattern.compile("1[0-8][0-9]{11}");

    private StampGuess() {}

    private static List<Candidate> whole() {
        List<Candidate> all = new ArrayList<>();
        for (String date : DATES) {
            all.addAll(candidates(withTimes(date), Locale.ENGLISH));
        }
        for (Locale language : LANGUAGES) {
            for (String date : NAMED_DATES) {
                all.addAll(candidates(withTimes(date), language));
            }
        }
        return all;
    }

    private static List<String> withTimes(String date) {
        List<String> patterns = new ArrayList<>();
        for (String time : TIMES) {
            patterns.add(date + " " + time);
            patterns.add(date + ", " + time);
            if (date.startsWith("yyyy")) {
                patterns.add(date + "'T'" + time);
                patterns.add(date + "'T'" + time + "XXX");
                patterns.add(date + "'T'" + time + "XX");
                patterns.add(date + " " + time + " XXX");
                patterns.add(date + " " + time + "XXX");
            }
        }
        if (date.equals("yyyyMMdd")) {
            patterns.add("yyyyMMddHHmmss");
        }
        return patterns;
    }

    private static List<Candidate> candidates(List<String> patterns, Locale locale) {
        return patterns.stream()
                .map(pattern -> new Candidate(new Written(pattern, locale), new StampText(pattern, locale)))
                .toList();
    }

    /** The pattern of stamps with date and time that all texts fit; empties are left aside. */
    static Optional<Written> whole(List<String> texts) {
        List<String> given = given(texts);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.stream().allMatch(text -> SECONDS.matcher(text).matches())) {
            return Optional.of(new Written(StampText.EPOCH, Locale.ENGLISH));
        }
        if (given.stream().allMatch(text -> MILLISECONDS.matcher(text).matches())) {
            return Optional.of(new Written(StampText.EPOCH_MS, Locale.ENGLISH));
        }
        return find(WHOLE, given);
    }

    /** The pattern of times of the day that all texts fit. */
    static Optional<Written> time(List<String> texts) {
        List<String> given = given(texts);
        return given.isEmpty() ? Optional.empty() : find(TIME, given);
    }

    private static List<String> given(List<String> texts) {
        return texts.stream().filter(text -> !StampText.isNone(text)).toList();
    }

    private static Optional<Written> find(List<Candidate> candidates, List<String> given) {
        String first = given.get(0);
        if (first.length() < 4 || first.length() > 40 || !TIMED.matcher(first).matches()) {
            return Optional.empty();
        }
        return candidates.stream()
                .filter(candidate -> given.stream().allMatch(candidate.text()::fits))
                .map(Candidate::written)
                .findFirst();
    }
}
