package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.rebill.agreement.Clients;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;
import org.rebill.statement.ClientBilling.Choice;

/** What the firm chose for single clients in how they are billed. Drafts and later statements follow. */
@ApplicationScoped
public class ClientBillings {
    private static final Set<String> LANGUAGES = Set.of("en", "es", "de");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final int MOST_DECIMALS = 4;

    private final EntityManager entities;
    private final Clients clients;
    private final TaxRates rates;
    private final AuditLog audit;

    @Inject
    ClientBillings(EntityManager entities, Clients clients, TaxRates rates, AuditLog audit) {
        this.entities = entities;
        this.clients = clients;
        this.rates = rates;
        this.audit = audit;
    }

    /**
     * What was chosen and how often it was changed.
     *
     * @param version 0 before the first change
     */
    public record Current(Choice choice, int version) {}

    /** As it is now. */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Current get(UUID client) {
        clients.get(client);
        ClientBilling stored = entities.find(ClientBilling.class, client);
        return stored == null ? new Current(Choice.USUAL, 0) : new Current(stored.choice(), stored.version() + 1);
    }

    /**
     * Changes it.
     *
     * @param version that the change was made to
     * @throws Refusal.Stale when somebody changed it meanwhile
     */
    @Allow({Role.OWNER, Role.CLERK})
    @Transactional
    public Current change(UUID client, int version, Choice choice) {
        audit.lock();
        Current before = get(client);
        if (before.version() != version) {
            throw new Refusal.Stale("way of billing");
        }
        check(client, choice);
        ClientBilling stored = entities.find(ClientBilling.class, client);
        if (stored == null) {
            stored = new ClientBilling(client, choice);
            entities.persist(stored);
        } else {
            stored.become(choice);
        }
        entities.flush();
        audit.note("client.billing-changed", "client", client, before.choice(), choice);
        return new Current(choice, stored.version() + 1);
    }

    private void check(UUID client, Choice choice) {
        Problems problems = new Problems();
        if (choice.discountPercent() != null && choice.discountAmount() != null) {
            problems.add("discountAmount", "discount.one", "A discount is a per cent or an amount, not both.");
        }
        if (choice.discountPercent() != null
                && (choice.discountPercent().signum() <= 0
                        || choice.discountPercent().compareTo(HUNDRED) > 0
                        || choice.discountPercent().stripTrailingZeros().scale() > MOST_DECIMALS)) {
            problems.add("discountPercent", "discount.percent", "Enter a per cent above 0 and up to 100, such as 10.");
        }
        int digits =
                Math.max(Currency.getInstance(clients.get(client).currency()).getDefaultFractionDigits(), 0);
        if (choice.discountAmount() != null
                && (choice.discountAmount().signum() <= 0
                        || choice.discountAmount().stripTrailingZeros().scale() > digits)) {
            problems.add("discountAmount", "discount.amount", "Enter an amount above 0, such as 25.00.");
        }
        if (choice.taxRateId() != null && rates.find(choice.taxRateId()).isEmpty()) {
            problems.add("taxRateId", "tax.unknown", "There is no such rate of tax. Choose one of the list.");
        }
        if (choice.untaxed() && choice.taxRateId() != null) {
            problems.add("untaxed", "tax.both", "Choose a rate of tax or no tax, not both.");
        }
        if (choice.locale() != null
                && !LANGUAGES.contains(Locale.forLanguageTag(choice.locale()).getLanguage())) {
            problems.add("locale", "locale.unknown", "Statements are printed in English, Spanish or German.");
        }
        problems.refuse();
    }
}
