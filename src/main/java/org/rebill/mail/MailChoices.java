package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.rebill.platform.Problems;

/**
 * What a firm chose for its mail.
 *
 * @param fromName who mails come from; null for the firm's name
 * @param replyTo where answers go; null for the firm's own e-mail address
 * @param statementWay how a statement comes to its client
 * @param statementLinkDays how long a link to a statement is valid, 1 to 366
 * @param callsOn whether each professional gets a daily mail of calls to code
 * @param callsMinute minute of the day at which it goes, in the firm's zone, 0 to 1439
 * @param callsWeekdays Monday 1, Tuesday 2, Wednesday 4 … Sunday 64, added up
 * @param callsLeast it is sent when at least so many calls wait, 1 to 100,
 * @param callsAgeDays or when one of them waits for so many days, 0 to 60
 * @param quarantineLeast told when the open quarantined records grew by so many
 */
@Embeddable
public record MailChoices(
        @Column(name = "from_name") String fromName,
        @Column(name = "reply_to") String replyTo,

        @Column(name = "statement_way") @Enumerated(EnumType.STRING)
        StatementWay statementWay,

        @Column(name = "statement_link_days") int statementLinkDays,
        @Column(name = "calls_on") boolean callsOn,
        @Column(name = "calls_minute") int callsMinute,
        @Column(name = "calls_weekdays") int callsWeekdays,
        @Column(name = "calls_least") int callsLeast,
        @Column(name = "calls_age_days") int callsAgeDays,
        @Column(name = "quarantine_least") int quarantineLeast) {
    /** What a firm has that never chose: statements attached, no daily mail. */
    public static final MailChoices USUAL =
            new MailChoices(null, null, StatementWay.ATTACHED, 30, false, 17 * 60, 31, 1, 2, 10);

    private static final int LAST_MINUTE = 1439;
    private static final int ALL_DAYS = 127;

    /** How a statement comes to its client. */
    public enum StatementWay {
        /** The PDF in the mail. */
        ATTACHED,
        /** A link to the PDF that expires. */
        LINK
    }

    /** As it can be kept; what is wrong with it is noted. */
    MailChoices checked(Problems problems) {
        String name = problems.optionalLine("fromName", fromName, 100);
        String reply = problems.optionalEmail("replyTo", replyTo);
        if (statementWay == null) {
            problems.add("statementWay", "way.missing", "Choose ATTACHED or LINK.");
        }
        range(problems, "statementLinkDays", statementLinkDays, 1, 366);
        range(problems, "callsMinute", callsMinute, 0, LAST_MINUTE);
        range(problems, "callsWeekdays", callsWeekdays, 0, ALL_DAYS);
        if (callsOn && callsWeekdays == 0) {
            problems.add("callsWeekdays", "weekdays.missing", "Choose at least one day of the week.");
        }
        range(problems, "callsLeast", callsLeast, 1, 100);
        range(problems, "callsAgeDays", callsAgeDays, 0, 60);
        range(problems, "quarantineLeast", quarantineLeast, 1, 1_000_000);
        return new MailChoices(
                name,
                reply,
                statementWay,
                statementLinkDays,
                callsOn,
                callsMinute,
                callsWeekdays,
                callsLeast,
                callsAgeDays,
                quarantineLeast);
    }

    private static void range(Problems problems, String field, int value, int least, int most) {
        if ((value < least || value > most) && !problems.at(field)) {
            problems.add(field, field + ".range", "Use a whole number from " + least + " to " + most + ".");
        }
    }
}
