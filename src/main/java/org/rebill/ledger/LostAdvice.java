package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/**
 * Advice by phone that nobody is asked to pay for (DOMAIN.md B1, C6): talk with the outside, by person, week and cause,
 * valued at what an hour of the person is worth where nothing is agreed. Each charge is rounded once, as it would be on a
 * statement, so that sums are the same however they are grouped.
 */
@ApplicationScoped
public class LostAdvice {
    /** Condition of SQL on a charge {@code h}: it is lost. */
    public static final String LOST = "h.talk_seconds > 0 and ((h.state in ('HELD', 'UNBILLED') and h.reason in "
            + "('MISSING', 'UNKNOWN', 'UNMAPPED', 'MALFORMED', 'RETIRED', 'NOT_AGREED')) or (h.state = 'RATED' "
            + "and h.billed_seconds = 0 and not jsonb_path_exists(h.explanation, '$[*] ? (@.rule == \"POOL\")')))";

    /**
     * What SQL says a lost charge {@code h} of a person {@code p} is worth, in the firm's currency; null without a
     * default rate. Its parameter is the currency's digits.
     */
    public static final String VALUE = "round(h.talk_seconds * p.hourly_rate / 3600, ?)";

    /** The person {@code p} of a charge {@code h}, for {@link #VALUE}. */
    public static final String PERSON = "left join person p on p.firm_id = h.firm_id and p.id = h.person_id";

    private final EntityManager entities;
    private final Firms firms;

    @Inject
    LostAdvice(EntityManager entities, Firms firms) {
        this.entities = entities;
        this.firms = firms;
    }

    /** Why it is lost. */
    public enum Cause {
        /** No code, or none that says whose call it is. */
        UNCODED,
        /** Nothing was agreed before the call. */
        NOT_AGREED,
        /** Priced, but too short for anything to be billed: within the free time, or rounded down to nothing. */
        TOO_SHORT
    }

    /**
     * What one person lost for one cause in one week.
     *
     * @param personId null for telephones that are nobody's
     * @param week its Monday, in the firm's zone
     * @param talkSeconds exact
     * @param value in the firm's currency; null where nobody said what an hour of the person is worth
     */
    public record Row(UUID personId, LocalDate week, Cause cause, long calls, long talkSeconds, BigDecimal value) {}

    /**
     * What was lost in a period.
     *
     * @param currency the firm's
     * @param value sum of the rows that have one
     * @param unvaluedSeconds talk of persons without a default rate
     * @param rows by week, person, cause
     */
    public record Report(
            LocalDate from,
            LocalDate to,
            String currency,
            long calls,
            long talkSeconds,
            BigDecimal value,
            long unvaluedSeconds,
            List<Row> rows) {
        public Report {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Of a period; a professional sees the own part.
     *
     * @param from first day on which calls started, in the firm's zone
     * @param to last day
     */
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Transactional
    public Report of(LocalDate from, LocalDate to) {
        if (from == null || to == null || to.isBefore(from)) {
            throw new Refusal.Invalid("to", "period.order", "Give a first day and a last one that is not before it.");
        }
        Caller caller = Caller.current();
        UUID only = caller.seesAllCalls() ? null : caller.personId();
        if (!caller.seesAllCalls() && only == null) {
            throw new Refusal.Forbidden("Nobody of the firm is named for you: ask the owner to do so.");
        }
        FirmProfile profile = firms.current().profile();
        int digits = Currency.getInstance(profile.currency()).getDefaultFractionDigits();
        List<Row> rows = read(from, to, profile.zoneId(), only, digits);
        return new Report(
                from,
                to,
                profile.currency(),
                rows.stream().mapToLong(Row::calls).sum(),
                rows.stream().mapToLong(Row::talkSeconds).sum(),
                rows.stream()
                        .filter(row -> row.value() != null)
                        .map(Row::value)
                        .reduce(BigDecimal.ZERO.setScale(digits), BigDecimal::add),
                rows.stream()
                        .filter(row -> row.value() == null)
                        .mapToLong(Row::talkSeconds)
                        .sum(),
                rows);
    }

    private List<Row> read(LocalDate from, LocalDate to, ZoneId zone, UUID only, int digits) {
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select h.person_id, cast(date_trunc('week', h.started_at at time zone ?) as date) as week, "
                                + "case when h.state = 'RATED' then 'TOO_SHORT' when h.reason = 'NOT_AGREED' "
                                + "then 'NOT_AGREED' else 'UNCODED' end as cause, "
                                + "count(distinct h.call_id) as calls, sum(h.talk_seconds) as talk, "
                                + "sum(" + VALUE + ") as value from charge h " + PERSON
                                + " where h.firm_id = ? and h.started_at >= ? and h.started_at < ? "
                                + "and h.opened_at between cast(? as timestamptz) - interval '7 days' "
                                + "and cast(? as timestamptz) + interval '7 days' "
                                + "and (cast(? as uuid) is null or h.person_id = ?) and " + LOST
                                + " group by 1, 2, 3 order by 2, 1, 3",
                        row -> new Row(
                                Sql.uuid(row, "person_id"),
                                row.getObject("week", LocalDate.class),
                                Cause.valueOf(row.getString("cause")),
                                row.getLong("calls"),
                                row.getLong("talk"),
                                row.getBigDecimal("value")),
                        zone.getId(),
                        digits,
                        Tenant.current(),
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant(),
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant(),
                        only,
                        only));
    }
}
