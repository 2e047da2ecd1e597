package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;

/** What clients still owe, and for how long. */
@ApplicationScoped
public class Receivables {
    private static final int FIRST = 30;
    private static final int SECOND = 60;
    private static final int THIRD = 90;

    private final EntityManager entities;
    private final Firms firms;
    private final Clock clock;

    @Inject
    Receivables(EntityManager entities, Firms firms, Clock clock) {
        this.entities = entities;
        this.firms = firms;
        this.clock = clock;
    }

    /**
     * What one client owes in one currency, by the days since it was due. What was paid too much is taken off
     * {@code total} only.
     *
     * @param clientId null for all clients together
     * @param notDue due today or later
     * @param to30 due for 1 to 30 days
     * @param over90 due for more than 90 days
     * @param credit what was overpaid or credited after payment, above zero
     */
    public record Age(
            UUID clientId,
            String client,
            String currency,
            BigDecimal notDue,
            BigDecimal to30,
            BigDecimal to60,
            BigDecimal to90,
            BigDecimal over90,
            BigDecimal credit,
            long statements) {
        /** What is due and not paid. */
        public BigDecimal overdue() {
            return to30.add(to60).add(to90).add(over90);
        }

        /** All that is open, less the credit. */
        public BigDecimal total() {
            return notDue.add(overdue()).subtract(credit);
        }

        private static Age none(UUID clientId, String client, String currency) {
            BigDecimal zero = BigDecimal.ZERO;
            return new Age(clientId, client, currency, zero, zero, zero, zero, zero, zero, 0);
        }

        private Age with(BigDecimal open, long days) {
            BigDecimal zero = BigDecimal.ZERO;
            boolean owed = open.signum() > 0;
            return new Age(
                    clientId,
                    client,
                    currency,
                    notDue.add(owed && days <= 0 ? open : zero),
                    to30.add(owed && days > 0 && days <= FIRST ? open : zero),
                    to60.add(owed && days > FIRST && days <= SECOND ? open : zero),
                    to90.add(owed && days > SECOND && days <= THIRD ? open : zero),
                    over90.add(owed && days > THIRD ? open : zero),
                    credit.add(owed ? zero : open.negate()),
                    statements + 1);
        }

        private Age plus(Age other) {
            return new Age(
                    null,
                    null,
                    currency,
                    notDue.add(other.notDue),
                    to30.add(other.to30),
                    to60.add(other.to60),
                    to90.add(other.to90),
                    over90.add(other.over90),
                    credit.add(other.credit),
                    statements + other.statements);
        }
    }

    /**
     * All ages.
     *
     * @param clients by name, then currency
     * @param totals by currency
     */
    public record Ageing(LocalDate day, List<Age> clients, List<Age> totals) {
        public Ageing {
            clients = List.copyOf(clients);
            totals = List.copyOf(totals);
        }
    }

    /** As of today. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Ageing ageing() {
        LocalDate today = today();
        Map<String, Age> ages = new TreeMap<>();
        try (Stream<Object[]> rows = entities.createQuery(
                        "select c.id, c.name, l.currency, l.dueOn, l.openNow from StatementLife l "
                                + "join Client c on c.id = l.clientId where l.openNow <> 0",
                        Object[].class)
                .getResultStream()) {
            rows.forEach(row -> ages.merge(
                    key(row),
                    Age.none((UUID) row[0], (String) row[1], (String) row[2])
                            .with((BigDecimal) row[4], days(row, today)),
                    (before, one) -> before.with((BigDecimal) row[4], days(row, today))));
        }
        Map<String, Age> totals = new TreeMap<>();
        ages.values()
                .forEach(age -> totals.merge(
                        age.currency(), Age.none(null, null, age.currency()).plus(age), (sum, one) -> sum.plus(age)));
        return new Ageing(today, new ArrayList<>(ages.values()), new ArrayList<>(totals.values()));
    }

    private static String key(Object[] row) {
        return ((String) row[1]).toLowerCase(java.util.Locale.ROOT) + '\n' + row[0] + row[2];
    }

    private static long days(Object[] row, LocalDate today) {
        return ChronoUnit.DAYS.between((LocalDate) row[3], today);
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(firms.current().profile().zoneId()));
    }

    /** A statement that is open. */
    public record Open(Statement statement, String client, StatementLife life) {
        /** Days since it was due; 0 or below when it is not yet. */
        public long days(LocalDate today) {
            return ChronoUnit.DAYS.between(life.dueOn(), today);
        }
    }

    /** Statements that are open and overdue, those due longest first. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Open> overdue() {
        return open("l.openNow > 0 and l.dueOn < :day", today());
    }

    /** All statements that something is open of, oldest first. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<Open> open() {
        return open("l.openNow > 0 and l.dueOn >= :day", LocalDate.EPOCH);
    }

    private List<Open> open(String condition, LocalDate day) {
        return entities.createQuery(
                        "select s, c.name, l from StatementLife l join Statement s on s.id = l.statementId "
                                + "join Client c on c.id = l.clientId where " + condition
                                + " order by l.dueOn, s.number",
                        Object[].class)
                .setParameter("day", day)
                .getResultStream()
                .map(row -> new Open((Statement) row[0], (String) row[1], (StatementLife) row[2]))
                .toList();
    }
}
