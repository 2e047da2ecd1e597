package org.rebill.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Problems;

/** When the daily mail goes. */
class CallMailsTest {
    private static final ZoneId AUSTIN = ZoneId.of("America/Chicago");

    private static MailChoices at(boolean on, int minute, int weekdays) {
        return new MailChoices(null, null, MailChoices.StatementWay.ATTACHED, 30, on, minute, weekdays, 1, 2, 10);
    }

    private static Instant next(int minute, int weekdays, String now) {
        return CallMails.next(at(true, minute, weekdays), AUSTIN, Instant.parse(now))
                .orElseThrow();
    }

    @Test
    void itGoesTodayWhileTheTimeIsToComeAndElseOnTheNextChosenDay() {
        // Wednesday, 25 November, in Austin 6 hours behind UTC.
        assertThat(next(17 * 60, 31, "2026-11-25T22:59:00Z")).isEqualTo("2026-11-25T23:00:00Z");
        assertThat(next(17 * 60, 31, "2026-11-25T23:00:00Z")).isEqualTo("2026-11-26T23:00:00Z");
        assertThat(next(17 * 60, 31, "2026-11-27T23:00:00Z"))
                .as("over the weekend")
                .isEqualTo("2026-11-30T23:00:00Z");
        assertThat(next(17 * 60, 64, "2026-11-25T12:00:00Z")).as("Sundays only").isEqualTo("2026-11-29T23:00:00Z");
        assertThat(next(17 * 60, 4, "2026-11-25T23:30:00Z")).as("a week later").isEqualTo("2026-12-02T23:00:00Z");
    }

    @Test
    void itKeepsTheFirmsTimeOverTheChangeOfTheClock() {
        assertThat(next(9 * 60, 127, "2026-10-31T15:00:00Z"))
                .as("winter time begins")
                .isEqualTo("2026-11-01T15:00:00Z");
        assertThat(next(2 * 60 + 30, 127, "2026-03-08T07:00:00Z"))
                .as("a skipped hour")
                .isEqualTo("2026-03-08T08:30:00Z");
    }

    @Test
    void aFirmThatSendsNoneHasNoNextTime() {
        assertThat(CallMails.next(at(false, 0, 127), AUSTIN, Instant.parse("2026-11-25T12:00:00Z")))
                .isEmpty();
    }

    @Test
    void settingsOutOfRangeAreToldAtTheirFields() {
        Problems problems = new Problems();
        new MailChoices("x".repeat(101), "nobody", null, 0, true, 1440, 0, 0, 61, 0).checked(problems);
        assertThat(problems.found())
                .extracting(problem -> problem.field())
                .containsExactlyInAnyOrder(
                        "fromName",
                        "replyTo",
                        "statementWay",
                        "statementLinkDays",
                        "callsMinute",
                        "callsWeekdays",
                        "callsLeast",
                        "callsAgeDays",
                        "quarantineLeast");
        Problems none = new Problems();
        MailChoices.USUAL.checked(none);
        assertThat(none.found()).isEmpty();
    }
}
