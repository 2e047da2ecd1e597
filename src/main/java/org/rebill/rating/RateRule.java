package org.rebill.rating;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * A rate for some calls. All that is given must fit; what is left out (null or empty) fits every call.
 *
 * @param name what it is called on the agreement and in explanations, such as "Evenings"
 * @param personId who talked
 * @param grade what the person is at the firm, such as "Partner"; capitals don't matter
 * @param activity {@link #CALL} or what a manual entry is for, such as "visit"; capitals don't matter
 * @param days of the week on which the talk was answered, by the zone of the {@link RateRules}
 * @param from time of day from which it holds; goes with {@code to}
 * @param to half-open end of that; before {@code from} it is reached on the next morning
 * @param holidays true for the holidays of the {@link RateRules} only
 * @param hourlyRate in the terms' currency
 */
public record RateRule(
        String name,
        UUID personId,
        String grade,
        String activity,
        Set<DayOfWeek> days,
        LocalTime from,
        LocalTime to,
        Boolean holidays,
        BigDecimal hourlyRate) {
    /** The activity of every call. */
    public static final String CALL = "call";

    public RateRule {
        days = days == null || days.isEmpty() ? Set.of() : Set.copyOf(days);
    }

    /**
     * What a rule looks at.
     *
     * @param personId null when nobody's telephone talked
     * @param grade null for none
     * @param holiday whether that day is one
     */
    record Occasion(UUID personId, String grade, String activity, DayOfWeek day, LocalTime time, boolean holiday) {}

    boolean fits(Occasion occasion) {
        return (personId == null || personId.equals(occasion.personId()))
                && (grade == null || same(grade, occasion.grade()))
                && (activity == null || same(activity, occasion.activity()))
                && (days.isEmpty() || days.contains(occasion.day()))
                && (from == null || to == null || within(occasion.time()))
                && (!Boolean.TRUE.equals(holidays) || occasion.holiday());
    }

    private static boolean same(String one, String other) {
        return other != null && one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }

    private boolean within(LocalTime time) {
        return from.isBefore(to)
                ? !time.isBefore(from) && time.isBefore(to)
                : !time.isBefore(from) || time.isBefore(to);
    }

    /** Its days in the order of the week. */
    public Set<DayOfWeek> week() {
        EnumSet<DayOfWeek> week = EnumSet.noneOf(DayOfWeek.class);
        week.addAll(days);
        return week;
    }
}
