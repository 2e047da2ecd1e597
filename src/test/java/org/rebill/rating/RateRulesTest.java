package org.rebill.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rate holds for a talk: the first rule that fits. */
class RateRulesTest {
    private static final UUID KARIN = UUID.randomUUID();

    private static final RateRules RULES = new RateRules(
            "America/Chicago",
            List.of(LocalDate.parse("2026-12-25")),
            List.of(
                    rule("Holidays", null, null, null, Set.of(), null, null, true, "500"),
                    rule(
                            "Weekends",
                            null,
                            null,
                            null,
                            Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY),
                            null,
                            null,
                            null,
                            "450"),
                    rule("Nights", null, null, null, Set.of(), "20:00", "07:00", null, "400"),
                    rule("Visits", null, null, "visit", Set.of(), null, null, null, "90"),
                    rule("Karin", KARIN, null, null, Set.of(), null, null, null, "300"),
                    rule("Partners", null, "Partner", null, Set.of(), null, null, null, "420")));

    private static RateRule rule(
            String name,
            UUID person,
            String grade,
            String activity,
            Set<DayOfWeek> days,
            String from,
            String to,
            Boolean holidays,
            String rate) {
        return new RateRule(
                name,
                person,
                grade,
                activity,
                days,
                from == null ? null : LocalTime.parse(from),
                to == null ? null : LocalTime.parse(to),
                holidays,
                new BigDecimal(rate));
    }

    private static String first(UUID person, String grade, String activity, String at) {
        return RULES.first(person, grade, activity, Instant.parse(at))
                .map(RateRule::name)
                .orElse("general");
    }

    @ParameterizedTest
    @CsvSource({
        // Chicago is 6 hours behind in winter; 2026-12-25 is a Friday.
        "2026-12-25T18:00:00Z, Holidays",
        "2026-12-26T05:59:59Z, Holidays",
        "2026-12-26T06:00:00Z, Weekends",
        "2026-12-21T12:59:59Z, Nights",
        "2026-12-21T13:00:00Z, general",
        "2026-12-22T01:59:59Z, general",
        "2026-12-22T02:00:00Z, Nights"
    })
    void timesAreOfTheZoneAndHalfOpen(String at, String name) {
        assertThat(first(null, null, RateRule.CALL, at)).isEqualTo(name);
    }

    @Test
    void theOrderDecidesNotTheKind() {
        String noon = "2026-12-21T18:00:00Z";
        assertThat(first(KARIN, "partner", RateRule.CALL, noon)).isEqualTo("Karin");
        assertThat(first(UUID.randomUUID(), "PARTNER", RateRule.CALL, noon)).isEqualTo("Partners");
        assertThat(first(UUID.randomUUID(), "Associate", RateRule.CALL, noon)).isEqualTo("general");
        assertThat(first(KARIN, "Partner", "Visit", noon)).isEqualTo("Visits");
        assertThat(first(KARIN, "Partner", "Visit", "2026-12-25T18:00:00Z")).isEqualTo("Holidays");
    }
}
