package org.rebill.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An office that telephones on working days from 9 to 17 o'clock, 12 records an hour. */
class HealthRuleTest {
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");
    /** A Monday, after summer time has ended on 1 November. */
    private static final ZonedDateTime MONDAY =
            LocalDateTime.of(2026, 11, 23, 0, 0).atZone(CHICAGO);

    private final Map<Instant, Long> records = new HashMap<>();
    private Instant last;

    /** The office's hours from some weeks ago to a moment. */
    private void office(int weeks, ZonedDateTime until) {
        for (ZonedDateTime at = MONDAY.minusWeeks(weeks); at.isBefore(until); at = at.plusHours(1)) {
            boolean weekend = at.getDayOfWeek() == DayOfWeek.SATURDAY || at.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (!weekend && at.getHour() >= 9 && at.getHour() < 17) {
                records.put(at.toInstant(), 12L);
                last = at.toInstant().plus(Duration.ofMinutes(55));
            }
        }
    }

    private Health at(ZonedDateTime now, int limit) {
        return new HealthRule(CHICAGO, records).at(now.toInstant(), last, limit);
    }

    @Test
    void nightsAndWeekendsAlarmNobody() {
        office(5, MONDAY);
        assertThat(at(MONDAY.minusHours(2), 1).state()).isEqualTo(Health.State.OK);
        assertThat(at(MONDAY.plusHours(8), 1).state()).isEqualTo(Health.State.OK);
        assertThat(at(MONDAY.plusHours(8), 1).silentHours()).isZero();
    }

    @Test
    void aSilentMorningIsQuietAndASilentDayIsSilent() {
        office(5, MONDAY);
        Health noon = at(MONDAY.plusHours(12).plusMinutes(20), 8);
        assertThat(noon.silentHours()).isEqualTo(3);
        assertThat(noon.state()).isEqualTo(Health.State.QUIET);
        assertThat(at(MONDAY.plusHours(16), 8).state()).isEqualTo(Health.State.QUIET);
        assertThat(at(MONDAY.plusHours(17), 8).state()).isEqualTo(Health.State.SILENT);
        assertThat(at(MONDAY.plusHours(12), 3).state()).isEqualTo(Health.State.SILENT);
    }

    @Test
    void nobodyIsToldWhereThatIsSet() {
        office(5, MONDAY);
        assertThat(at(MONDAY.plusDays(3), 0).state()).isEqualTo(Health.State.OK);
    }

    @Test
    void theSameHourIsTheSameOnTheOfficesClockOverTheEndOfSummerTime() {
        office(5, MONDAY);
        Health health = at(MONDAY.plusHours(10), 8);
        // Four weeks ago clocks were an hour ahead.
        assertThat(health.hours().get(HealthRule.SHOWN - 1).at())
                .isEqualTo(MONDAY.plusHours(10).toInstant());
        assertThat(health.hours().get(HealthRule.SHOWN - 1).usual()).isEqualTo(12);
        assertThat(health.hours().get(HealthRule.SHOWN - 3).usual()).isZero();
        assertThat(health.usual(HealthRule.SHOWN)).isEqualTo(5 * 8 * 12);
    }

    @Test
    void aHolidayInOneOfFourWeeksDoesNotMakeAnHourUnusual() {
        office(5, MONDAY);
        for (int hour = 9; hour < 17; hour++) {
            records.remove(MONDAY.minusWeeks(1).plusHours(hour).toInstant());
        }
        assertThat(at(MONDAY.plusHours(12), 8).silentHours()).isEqualTo(3);
    }

    @Test
    void aDayWithMuchFewerRecordsIsQuiet() {
        office(5, MONDAY);
        for (int hour = 9; hour < 17; hour++) {
            records.put(MONDAY.plusHours(hour).toInstant(), 2L);
        }
        last = MONDAY.plusHours(16).plusMinutes(50).toInstant();
        assertThat(at(MONDAY.plusHours(17), 8).state()).isEqualTo(Health.State.QUIET);
    }

    @Test
    void withoutAWeekToCompareWithOnlyALongSilenceIsOne() {
        office(0, MONDAY.plusDays(1));
        assertThat(at(MONDAY.plusDays(2), 8).state()).isEqualTo(Health.State.OK);
        assertThat(at(MONDAY.plusDays(4), 8).state()).isEqualTo(Health.State.SILENT);
    }

    @Test
    void withoutARecordItWaits() {
        assertThat(at(MONDAY, 8).state()).isEqualTo(Health.State.NEVER);
    }

    @Test
    void barsAreScaledToTheLargestHour() {
        office(5, MONDAY);
        HealthChart chart = HealthChart.of(at(MONDAY.minusHours(55), 8), 24, 21);
        assertThat(chart.width()).isEqualTo(504);
        assertThat(chart.bars()).hasSize(24).anySatisfy(bar -> assertThat(bar.height())
                .isEqualTo(100));
        assertThat(chart.bars())
                .allSatisfy(bar -> assertThat(bar.top() + bar.height()).isEqualTo(100));
    }
}
