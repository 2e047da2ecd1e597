package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Ids;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Violation;

/** The firm's rates of tax. What is printed is the rate of the statement's day. */
@ApplicationScoped
public class TaxRates {
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_REASON = 200;
    private static final int MOST_DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final EntityManager entities;
    private final AuditLog audit;

    @Inject
    TaxRates(EntityManager entities, AuditLog audit) {
        this.entities = entities;
        this.audit = audit;
    }

    /** What a rate is from a day on. */
    public record Step(LocalDate from, BigDecimal percent) {}

    /**
     * A rate with its steps, oldest first.
     *
     * @param steps empty where there is no tax
     */
    public record Rate(UUID id, String name, TaxRate.Category category, String reason, List<Step> steps) {
        public Rate {
            steps = List.copyOf(steps);
        }

        /** The per cent on a day; 0 before the first step. */
        public BigDecimal on(LocalDate day) {
            return steps.stream()
                    .filter(step -> !step.from().isAfter(day))
                    .max(Comparator.comparing(Step::from))
                    .map(Step::percent)
                    .orElse(BigDecimal.ZERO);
        }
    }

    /**
     * A new rate.
     *
     * @param percent 0 to 100 from {@code from} on; for {@code STANDARD} only
     * @param from null for ever since
     * @param reason needed for {@code EXEMPT} and {@code REVERSE_CHARGE}
     */
    public record Draft(String name, TaxRate.Category category, BigDecimal percent, LocalDate from, String reason) {}

    /** All of them, by name. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public List<Rate> all() {
        return known();
    }

    /** All of them, for work in the running transaction, whoever asked for it. */
    @Transactional(Transactional.TxType.MANDATORY)
    List<Rate> known() {
        Map<UUID, List<Step>> steps = entities.createQuery(
                        "from TaxPercent order by rateId, validFrom", TaxRate.Percent.class)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        TaxRate.Percent::rateId,
                        Collectors.mapping(
                                percent -> new Step(percent.validFrom(), percent.percent()), Collectors.toList())));
        return entities.createQuery("from TaxRate order by lower(name)", TaxRate.class)
                .getResultStream()
                .map(rate -> new Rate(
                        rate.id(),
                        rate.name(),
                        rate.category(),
                        rate.reason(),
                        steps.getOrDefault(rate.id(), List.of())))
                .toList();
    }

    /** One of them, for work in the running transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    Optional<Rate> find(UUID id) {
        return id == null
                ? Optional.empty()
                : known().stream().filter(rate -> rate.id().equals(id)).findFirst();
    }

    /** Adds one. */
    @Allow(Role.OWNER)
    @Transactional
    public Rate add(Draft draft) {
        Problems problems = new Problems();
        String name = problems.line("name", draft.name(), LONGEST_NAME, "Name it as it is printed, such as VAT.");
        String reason = problems.optionalLine("reason", draft.reason(), LONGEST_REASON);
        boolean explained =
                draft.category() == TaxRate.Category.EXEMPT || draft.category() == TaxRate.Category.REVERSE_CHARGE;
        if (draft.category() == null) {
            problems.add("category", "tax.category", "Choose what it is, such as STANDARD.");
        }
        if (explained && reason == null) {
            problems.add("reason", "tax.reason", "Say why there is no tax: it is printed on statements.");
        }
        boolean standard = draft.category() == TaxRate.Category.STANDARD;
        if (standard) {
            checkPercent(draft.percent(), problems);
        }
        problems.refuse();
        audit.lock();
        TaxRate rate = new TaxRate(Ids.next(), name, draft.category(), explained ? reason : null);
        try {
            entities.persist(rate);
            entities.flush();
        } catch (PersistenceException e) {
            if (Violation.of(e).filter(Violation.UNIQUE::equals).isPresent()) {
                throw new Refusal.Conflict("name", "tax.name", "There is a rate of this name. Give it another one.");
            }
            throw e;
        }
        LocalDate from = draft.from() == null ? LocalDate.EPOCH : draft.from();
        if (standard) {
            entities.persist(new TaxRate.Percent(rate.id(), from, draft.percent()));
        }
        audit.note("tax.added", "tax", rate.id(), null, draft);
        return find(rate.id()).orElseThrow();
    }

    private static void checkPercent(BigDecimal percent, Problems problems) {
        if (percent == null
                || percent.signum() <= 0
                || percent.compareTo(HUNDRED) > 0
                || percent.stripTrailingZeros().scale() > MOST_DECIMALS) {
            problems.add("percent", "tax.percent", "Enter a per cent above 0 and up to 100, such as 8.25.");
        }
    }

    /** A standard rate changes from a day on; statements of earlier days keep what it was. */
    @Allow(Role.OWNER)
    @Transactional
    public Rate change(UUID id, LocalDate from, BigDecimal percent) {
        Problems problems = new Problems();
        checkPercent(percent, problems);
        if (from == null) {
            problems.add("from", "tax.from", "Say from which day on.");
        }
        problems.refuse();
        audit.lock();
        TaxRate rate = id == null ? null : entities.find(TaxRate.class, id);
        if (rate == null) {
            throw new Refusal.NotFound("rate of tax");
        }
        if (rate.category() != TaxRate.Category.STANDARD) {
            throw new Refusal.Conflict("percent", "tax.none", "There is no per cent in this kind of tax.");
        }
        TaxRate.Percent known = entities.find(TaxRate.Percent.class, new TaxRate.PercentKey(id, from));
        if (known == null) {
            entities.persist(new TaxRate.Percent(id, from, percent));
        } else {
            known.become(percent);
        }
        audit.note("tax.changed", "tax", id, null, Map.of("from", from, "percent", percent));
        return find(id).orElseThrow();
    }
}
