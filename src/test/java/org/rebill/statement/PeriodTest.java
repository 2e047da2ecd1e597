package org.rebill.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.rebill.platform.Refusal;

class PeriodTest {
    private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

    @Test
    void aMonthIsTheFirmsOwn() {
        Period october = Period.of(YearMonth.of(2026, 10));

        assertThat(october.start(CHICAGO)).isEqualTo(Instant.parse("2026-10-01T05:00:00Z"));
        assertThat(october.end(CHICAGO)).isEqualTo(Instant.parse("2026-11-01T05:00:00Z"));
        assertThat(october.last()).isEqualTo("2026-10-31");
    }

    @Test
    void theMonthInWhichClocksGoBackIsAnHourLonger() {
        Period november = Period.of(YearMonth.of(2026, 11));

        assertThat(Duration.between(november.start(CHICAGO), november.end(CHICAGO)))
                .isEqualTo(Duration.ofDays(30).plusHours(1));
    }

    @Test
    void oneDayIsAPeriod() {
        LocalDate day = LocalDate.of(2026, 10, 2);

        assertThat(Period.days(day, day).to()).isEqualTo("2026-10-03");
    }

    @Test
    void endsAfterItBegins() {
        LocalDate day = LocalDate.of(2026, 10, 2);

        assertThatThrownBy(() -> Period.days(day, day.minusDays(1)))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("ends before it begins");
    }

    @Test
    void isAYearAtMost() {
        LocalDate day = LocalDate.of(2026, 1, 1);

        assertThat(Period.days(day, day.plusDays(365)).last()).isEqualTo("2027-01-01");
        assertThatThrownBy(() -> Period.days(day, day.plusDays(366)))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("at most a year");
    }
}
