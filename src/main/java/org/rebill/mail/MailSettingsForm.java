package org.rebill.mail;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rebill.platform.Problems;

/** How the firm's mail goes, as somebody types it. */
public class MailSettingsForm {
    private static final int DAYS = 7;

    private String fromName = "";
    private String replyTo = "";
    private String way = MailChoices.StatementWay.ATTACHED.name();
    private String linkDays = "";
    private boolean callsOn;
    private String callsAt = "";
    private List<Boolean> days = new ArrayList<>(List.of(false, false, false, false, false, false, false));
    private String least = "";
    private String age = "";
    private String quarantine = "";

    void show(MailChoices choices) {
        fromName = choices.fromName() == null ? "" : choices.fromName();
        replyTo = choices.replyTo() == null ? "" : choices.replyTo();
        way = choices.statementWay().name();
        linkDays = Integer.toString(choices.statementLinkDays());
        callsOn = choices.callsOn();
        callsAt = String.format(Locale.ROOT, "%02d:%02d", choices.callsMinute() / 60, choices.callsMinute() % 60);
        days = new ArrayList<>(IntStream.range(0, DAYS)
                .mapToObj(day -> (choices.callsWeekdays() >> day & 1) == 1)
                .toList());
        least = Integer.toString(choices.callsLeast());
        age = Integer.toString(choices.callsAgeDays());
        quarantine = Integer.toString(choices.quarantineLeast());
    }

    /** What was typed; what can't be read is noted. */
    MailChoices choices(Problems problems) {
        int weekdays = IntStream.range(0, DAYS)
                .filter(day -> Boolean.TRUE.equals(days.get(day)))
                .map(day -> 1 << day)
                .sum();
        return new MailChoices(
                fromName,
                replyTo,
                MailChoices.StatementWay.valueOf(way),
                number(problems, "statementLinkDays", linkDays),
                callsOn,
                minute(problems),
                weekdays,
                number(problems, "callsLeast", least),
                number(problems, "callsAgeDays", age),
                number(problems, "quarantineLeast", quarantine));
    }

    private static int number(Problems problems, String field, String typed) {
        try {
            return Integer.parseInt(typed.strip());
        } catch (NumberFormatException e) {
            problems.add(field, field + ".number", "Use a whole number.");
            return 1;
        }
    }

    private int minute(Problems problems) {
        try {
            return LocalTime.parse(callsAt.strip()).toSecondOfDay() / 60;
        } catch (DateTimeParseException e) {
            problems.add("callsMinute", "time.form", "Write the time as 17:00.");
            return 0;
        }
    }

    public String getFromName() {
        return fromName;
    }

    public void setFromName(String fromName) {
        this.fromName = fromName;
    }

    public String getReplyTo() {
        return replyTo;
    }

    public void setReplyTo(String replyTo) {
        this.replyTo = replyTo;
    }

    public String getWay() {
        return way;
    }

    public void setWay(String way) {
        this.way = way;
    }

    public String getLinkDays() {
        return linkDays;
    }

    public void setLinkDays(String linkDays) {
        this.linkDays = linkDays;
    }

    public boolean isCallsOn() {
        return callsOn;
    }

    public void setCallsOn(boolean callsOn) {
        this.callsOn = callsOn;
    }

    public String getCallsAt() {
        return callsAt;
    }

    public void setCallsAt(String callsAt) {
        this.callsAt = callsAt;
    }

    /** Monday first; the page writes into it. */
    public List<Boolean> getDays() {
        return days;
    }

    public String getLeast() {
        return least;
    }

    public void setLeast(String least) {
        this.least = least;
    }

    public String getAge() {
        return age;
    }

    public void setAge(String age) {
        this.age = age;
    }

    public String getQuarantine() {
        return quarantine;
    }

    public void setQuarantine(String quarantine) {
        this.quarantine = quarantine;
    }
}
