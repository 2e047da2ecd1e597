package org.rebill.rating;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rebill.rating.RateRule.Occasion;

/**
 * Rates for some calls in their order of precedence: the first that fits a talk holds. Kept whole with the terms, zone
 * and holidays among them, so that the same talk finds the same rate for ever.
 *
 * @param zone IANA name: whose days and times are meant
 * @param holidays each a day
 */
public record RateRules(String zone, List<LocalDate> holidays, List<RateRule> rules) {
    public RateRules {
        holidays = holidays == null ? List.of() : List.copyOf(holidays);
        rules = rules == null ? List.of() : List.copyOf(rules);
    }

    /** No rule: the general rate and those of single persons hold. */
    public static RateRules none(ZoneId zone) {
        return new RateRules(zone.getId(), List.of(), List.of());
    }

    /**
     * The first that fits.
     *
     * @param personId null when nobody's telephone talked
     * @param grade what the person is at the firm, or null
     * @param activity {@link RateRule#CALL} or a manual entry's
     * @param at the answer
     */
    public Optional<RateRule> first(UUID personId, String grade, String activity, Instant at) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        ZonedDateTime local = at.atZone(where());
        Occasion occasion = new Occasion(
                personId,
                grade,
                activity,
                local.getDayOfWeek(),
                local.toLocalTime(),
                holidays.contains(local.toLocalDate()));
        return rules.stream().filter(rule -> rule.fits(occasion)).findFirst();
    }

    private ZoneId where() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalStateException("Terms without a zone that is known: " + zone, e);
        }
    }
}
