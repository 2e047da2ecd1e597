package org.rebill.statement;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rebill.firm.Firms;
import org.rebill.statement.ClientBilling.Choice;
import org.rebill.statement.Totals.DiscountTerms;
import org.rebill.statement.Totals.TaxTerms;

/** What the firm's rules and its choices for a client make of the lines of a statement. */
@ApplicationScoped
class BillingTerms {
    private final EntityManager entities;
    private final FirmBilling billing;
    private final TaxRates rates;
    private final Firms firms;
    private final Clock clock;

    @Inject
    BillingTerms(EntityManager entities, FirmBilling billing, TaxRates rates, Firms firms, Clock clock) {
        this.entities = entities;
        this.billing = billing;
        this.rates = rates;
        this.firms = firms;
        this.clock = clock;
    }

    /**
     * Rules, choices and rates of a day.
     *
     * @param day whose rates of tax count: a statement's own
     */
    record Terms(BillingRules rules, Map<UUID, Choice> choices, Map<UUID, TaxRates.Rate> rates, LocalDate day) {
        private Choice of(UUID client) {
            return choices.getOrDefault(client, Choice.USUAL);
        }

        /** How lines become the total; null where the total is their sum. */
        StatementDocument.Sums sums(UUID client, List<BigDecimal> lines, int minorDigits) {
            BigDecimal fees = lines.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            Choice choice = of(client);
            DiscountTerms discount = choice.discountPercent() == null && choice.discountAmount() == null
                    ? null
                    : new DiscountTerms(choice.discountPercent(), choice.discountAmount(), fees);
            TaxTerms tax = tax(choice);
            return discount == null && tax == null ? null : Totals.of(lines, discount, tax, minorDigits);
        }

        private TaxTerms tax(Choice choice) {
            UUID id = choice.taxRateId() == null ? rules.taxRateId() : choice.taxRateId();
            if (choice.untaxed() || id == null) {
                return null;
            }
            TaxRates.Rate rate = rates.get(id);
            return new TaxTerms(
                    rate.name(),
                    rate.category().name(),
                    rate.on(day),
                    rate.reason(),
                    rules.taxPerLine(),
                    rules.taxIncluded());
        }

        /** The total depends on each line, not on their sum alone. */
        boolean needsLines(UUID client) {
            return rules.taxPerLine() && tax(of(client)) != null;
        }

        /** Language and formats of the client's statements. */
        String locale(UUID client, String usual) {
            String own = of(client).locale();
            return own == null ? usual : own;
        }

        /** What the client's lines are put together by. */
        BillingRules.Grouping grouping(UUID client) {
            BillingRules.Grouping own = of(client).grouping();
            return own == null ? rules.grouping() : own;
        }

        /** Only sums are printed for the client. */
        boolean summaryOnly(UUID client) {
            Boolean own = of(client).summaryOnly();
            return own == null ? rules.summaryOnly() : own;
        }

        /** The phone records are printed behind the client's lines. */
        boolean annex(UUID client) {
            Boolean own = of(client).annex();
            return own == null ? rules.annex() : own;
        }
    }

    /** As of today at the firm. */
    @Transactional(Transactional.TxType.MANDATORY)
    Terms today() {
        Map<UUID, Choice> choices = entities.createQuery("from ClientBilling", ClientBilling.class)
                .getResultStream()
                .collect(Collectors.toMap(ClientBilling::clientId, ClientBilling::choice));
        return new Terms(
                billing.rules(),
                choices,
                rates.known().stream().collect(Collectors.toMap(TaxRates.Rate::id, Function.identity())),
                LocalDate.now(clock.withZone(firms.current().profile().zoneId())));
    }
}
