package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/**
 * Counts the statements of a firm, anew each year, without gaps (DOMAIN.md D14): a number belongs to whoever holds the
 * counter's row, and is free again when that transaction is rolled back.
 */
@ApplicationScoped
class Series {
    /** Of statements, and of credit notes where the firm counts them together. */
    static final String STATEMENTS = "STATEMENT";
    /** Of credit notes. */
    static final String CREDITS = "CREDIT_NOTE";

    private final EntityManager entities;

    @Inject
    Series(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * The number that would be given now. Promised to nobody: others may take it first.
     *
     * @param kind {@link #STATEMENTS} or {@link #CREDITS}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    int next(String kind, int year) {
        return entities.createQuery(
                                "select lastNumber from SeriesCounter where series = :series and year = :year",
                                Integer.class)
                        .setParameter("series", kind)
                        .setParameter("year", year)
                        .getResultStream()
                        .findFirst()
                        .orElse(0)
                + 1;
    }

    /**
     * Takes the next number and keeps others waiting until the transaction ends: let it be the last thing done.
     *
     * @param kind {@link #STATEMENTS} or {@link #CREDITS}
     * @param day printed on the document
     * @throws Refusal.Conflict when an earlier number bears a later day
     */
    @Transactional(Transactional.TxType.MANDATORY)
    int take(String kind, LocalDate day) {
        entities.createNativeQuery("insert into statement_series (firm_id, series, year, last_number, last_day) "
                        + "values (:firm, :series, :year, 0, :day) on conflict do nothing")
                .setParameter("firm", Tenant.current())
                .setParameter("series", kind)
                .setParameter("year", day.getYear())
                .setParameter("day", day)
                .executeUpdate();
        SeriesCounter counter = entities.createQuery(
                        "from SeriesCounter where series = :series and year = :year", SeriesCounter.class)
                .setParameter("series", kind)
                .setParameter("year", day.getYear())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResult();
        if (day.isBefore(counter.lastDay())) {
            throw new Refusal.Conflict(
                    "",
                    "statement.date",
                    "The number before is dated " + counter.lastDay() + ", and this server's clock says " + day
                            + ". Numbers follow the dates: set the clock right, then issue.");
        }
        int number = counter.count(day);
        entities.flush();
        return number;
    }
}
