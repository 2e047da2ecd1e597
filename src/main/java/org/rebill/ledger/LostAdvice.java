package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.platform.Sql;
import org.rebill.platform.Tenant;

/**
 * Advice by phone that nobody is asked to pay for (DOMAIN.md B1, C6): talk with the outside, by person, week and cause,
 * valued at what an hour of the person is worth where nothing is agreed. Each row is rounded once; sums add rows.
 */
@ApplicationScoped
public class LostAdvice {
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

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
        Map<UUID, Person> people = firms.peopleById();
        int digits = Currency.getInstance(profile.currency()).getDefaultFractionDigits();
        List<Row> rows = read(from, to, profile.zoneId(), only).stream()
                .map(row -> valued(row, people, digits))
                .toList();
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

    private static Row valued(Row row, Map<UUID, Person> people, int digits) {
        Person person = row.personId() == null ? null : people.get(row.personId());
        if (person == null || person.hourlyRate() == null) {
            return row;
        }
        BigDecimal value = BigDecimal.valueOf(row.talkSeconds())
                .multiply(person.hourlyRate())
                .divide(HOUR, digits, RoundingMode.HALF_UP);
        return new Row(row.personId(), row.week(), row.cause(), row.calls(), row.talkSeconds(), value);
    }

    private List<Row> read(LocalDate from, LocalDate to, ZoneId zone, UUID only) {
        return entities.unwrap(Session.class).doReturningWork(connection -> Sql.on(connection)
                .query(
                        "select person_id, cast(date_trunc('week', started_at at time zone ?) as date) as week, "
                                + "case when state = 'RATED' then 'TOO_SHORT' when reason = 'NOT_AGREED' "
                                + "then 'NOT_AGREED' else 'UNCODED' end as cause, "
                                + "count(distinct call_id) as calls, sum(talk_seconds) as talk "
                                + "from charge where firm_id = ? and started_at >= ? and started_at < ? "
                                + "and opened_at between cast(? as timestamptz) - interval '7 days' "
                                + "and cast(? as timestamptz) + interval '7 days' "
                                + "and (cast(? as uuid) is null or person_id = ?) and talk_seconds > 0 "
                                + "and ((state in ('HELD', 'UNBILLED') and reason in ('MISSING', 'UNKNOWN', "
                                + "'MALFORMED', 'RETIRED', 'NOT_AGREED')) or (state = 'RATED' "
                                + "and billed_seconds = 0 and jsonb_path_exists(explanation, "
                                + "'$[*] ? (@.rule == \"POOL\")') = false)) "
                                + "group by 1, 2, 3 order by 2, 1, 3",
                        row -> new Row(
                                Sql.uuid(row, "person_id"),
                                row.getObject("week", LocalDate.class),
                                Cause.valueOf(row.getString("cause")),
                                row.getLong("calls"),
                                row.getLong("talk"),
                                null),
                        zone.getId(),
                        Tenant.current(),
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant(),
                        from.atStartOfDay(zone).toInstant(),
                        to.plusDays(1).atStartOfDay(zone).toInstant(),
                        only,
                        only));
    }
}
