package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.platform.Tenant;

/** How the firm bills: read by the office, changed by an owner. What is issued keeps what held then. */
@ApplicationScoped
public class FirmBilling {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9]{1,10}");
    private static final int LONGEST_DAYS = 365;

    private final EntityManager entities;
    private final TaxRates taxRates;
    private final AuditLog audit;

    @Inject
    FirmBilling(EntityManager entities, TaxRates taxRates, AuditLog audit) {
        this.entities = entities;
        this.taxRates = taxRates;
        this.audit = audit;
    }

    /**
     * The rules and how often they were changed.
     *
     * @param version 0 before the first change
     */
    public record Current(BillingRules rules, int version) {}

    /** As they are now. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Current get() {
        return stored().map(FirmBilling::current).orElse(new Current(BillingRules.USUAL, 0));
    }

    /** The rules, for work in the running transaction. */
    @Transactional(Transactional.TxType.MANDATORY)
    BillingRules rules() {
        return stored().map(BillingSettings::rules).orElse(BillingRules.USUAL);
    }

    /**
     * Whether a clerk may issue and approve is the firm's choice.
     *
     * @throws Refusal.Forbidden when the caller is a clerk who may not
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void refuseClerk() {
        Caller caller = Caller.current();
        if (caller.is(Role.CLERK) && !caller.is(Role.OWNER) && !rules().clerkIssues()) {
            throw new Refusal.Forbidden(
                    "In this firm an owner approves and issues statements. Mark this one as ready to be looked at.");
        }
    }

    private Optional<BillingSettings> stored() {
        return Optional.ofNullable(entities.find(BillingSettings.class, Tenant.current()));
    }

    private static Current current(BillingSettings settings) {
        // Stored for the first time, Hibernate counts from 0.
        return new Current(settings.rules(), settings.version() + 1);
    }

    /**
     * Changes them.
     *
     * @param version that the change was made to
     * @throws Refusal.Stale when somebody changed them meanwhile
     */
    @Allow(Role.OWNER)
    @Transactional
    public Current change(int version, BillingRules rules) {
        audit.lock();
        Current before = get();
        if (before.version() != version) {
            throw new Refusal.Stale("way of billing");
        }
        check(rules);
        if (taxRates.find(rules.taxRateId()).isEmpty() && rules.taxRateId() != null) {
            throw new Refusal.Invalid(
                    "taxRateId", "tax.unknown", "There is no such rate of tax. Choose one of the list.");
        }
        BillingSettings settings =
                entities.find(BillingSettings.class, Tenant.current(), LockModeType.PESSIMISTIC_WRITE);
        if (settings == null) {
            settings = new BillingSettings(Tenant.current(), rules);
            entities.persist(settings);
        } else {
            settings.become(rules);
        }
        entities.flush();
        audit.note("billing.changed", "firm", Tenant.current(), before.rules(), rules);
        return current(settings);
    }

    private static void check(BillingRules rules) {
        Problems problems = new Problems();
        if (rules.creditPrefix() == null
                || !PREFIX.matcher(rules.creditPrefix()).matches()) {
            problems.add("creditPrefix", "prefix.form", "Use 1 to 10 letters and digits, such as CN.");
        }
        if (rules.reminder1() < 1
                || rules.reminder2() <= rules.reminder1()
                || rules.reminder3() <= rules.reminder2()
                || rules.reminder3() > LONGEST_DAYS) {
            problems.add(
                    "reminder1",
                    "reminder.order",
                    "Reminders come one after the other, 1 to 365 days after the due date, such as 7, 21 and 35.");
        }
        if (rules.grouping() == null) {
            problems.add("grouping", "grouping.missing", "Say what lines are put together by, such as MATTER.");
        }
        problems.refuse();
    }
}
