package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;
import org.rebill.rating.RateRule;

/** One line of the form of an offer for a rule: text, as it was typed. A line without a name and a rate is no rule. */
public class RuleField {
    private String name = "";
    private String person = "";
    private String grade = "";
    private String activity = "";
    private String days = "";
    private String from = "";
    private String to = "";
    private boolean holidays;
    private String rate = "";

    /** An empty line. */
    static RuleField empty() {
        return new RuleField();
    }

    /** Shows a rule that was offered before. */
    static RuleField of(RateRule rule) {
        RuleField field = new RuleField();
        field.name = rule.name();
        field.person = rule.personId() == null ? "" : rule.personId().toString();
        field.grade = text(rule.grade());
        field.activity = text(rule.activity());
        field.days = rule.week().stream()
                .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
                .collect(Collectors.joining(" "));
        field.from = rule.from() == null ? "" : rule.from().toString();
        field.to = rule.to() == null ? "" : rule.to().toString();
        field.holidays = Boolean.TRUE.equals(rule.holidays());
        field.rate = rule.hourlyRate().toPlainString();
        return field;
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    /** Nothing was typed. */
    boolean blank() {
        return (name + grade + activity + days + from + to + rate).isBlank();
    }

    /**
     * The rule.
     *
     * @param no its position among those that are not blank, from 0
     */
    RateRule rule(int no, Typed typed, Problems problems) {
        String at = "rules[" + no + "].";
        BigDecimal hourlyRate = typed.decimal(at + "hourlyRate", rate);
        return new RateRule(
                name,
                person.isBlank() ? null : UUID.fromString(person),
                grade,
                activity,
                days(at, problems),
                time(at + "from", from, problems),
                time(at + "to", to, problems),
                holidays,
                hourlyRate);
    }

    private Set<DayOfWeek> days(String at, Problems problems) {
        EnumSet<DayOfWeek> found = EnumSet.noneOf(DayOfWeek.class);
        for (String word : days.toUpperCase(Locale.ROOT).split("[\\s,;]+", -1)) {
            if (word.length() >= 2) {
                DayOfWeek day = day(word);
                if (day == null) {
                    problems.add(at + "days", "day.form", "'" + word + "' is no day such as Sat or Sunday.");
                } else {
                    found.add(day);
                }
            }
        }
        return found;
    }

    private static DayOfWeek day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().startsWith(word)) {
                return day;
            }
        }
        return null;
    }

    private static LocalTime time(String field, String typed, Problems problems) {
        try {
            return typed.isBlank() ? null : LocalTime.parse(typed.strip());
        } catch (DateTimeException e) {
            problems.add(field, "time.form", "'" + typed.strip() + "' is no time of day such as 18:00.");
            return null;
        }
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = text(name);
    }

    public String getPerson() {
        return person;
    }

    public void setPerson(String person) {
        this.person = text(person);
    }

    public String getGrade() {
        return grade;
    }

    public void setGrade(String grade) {
        this.grade = text(grade);
    }

    public String getActivity() {
        return activity;
    }

    public void setActivity(String activity) {
        this.activity = text(activity);
    }

    public String getDays() {
        return days;
    }

    public void setDays(String days) {
        this.days = text(days);
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = text(from);
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = text(to);
    }

    public boolean isHolidays() {
        return holidays;
    }

    public void setHolidays(boolean holidays) {
        this.holidays = holidays;
    }

    public String getRate() {
        return rate;
    }

    public void setRate(String rate) {
        this.rate = text(rate);
    }
}
