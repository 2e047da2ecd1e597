package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.page.Act;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;

/** How the firm bills: an owner changes it, a clerk reads it. */
@Named
@RequestScoped
public class BillingPage {
    private final FirmBilling billing;
    private final TaxRates rates;
    private final Firms firms;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private final BillingForm form = new BillingForm();
    private FirmBilling.Current current;
    private int version;
    private String taxName;
    private String taxCategory = TaxRate.Category.STANDARD.name();
    private String taxPercent;
    private String taxReason;

    @Inject
    BillingPage(FirmBilling billing, TaxRates rates, Firms firms, Act act, Texts texts, Formats formats) {
        this.billing = billing;
        this.rates = rates;
        this.firms = firms;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
    }

    /** Fills the form; not in posts, which bring what was typed. */
    public void load() {
        form.show(getCurrent().rules());
        version = getCurrent().version();
    }

    /** As it is kept. */
    public FirmBilling.Current getCurrent() {
        if (current == null) {
            current = billing.get();
        }
        return current;
    }

    /** The firm's rates of tax. */
    public List<TaxRates.Rate> getRates() {
        return rates.all();
    }

    /** A rate in words: name and today's per cent. */
    public String label(TaxRates.Rate rate) {
        return rate.steps().isEmpty()
                ? rate.name()
                : texts.of("statement.billing.rate", rate.name(), formats.decimal(rate.on(formats.today())));
    }

    /** Keeps what was typed. */
    public void save() {
        act.perform(() -> {
            billing.change(version, form.rules());
            return Act.Done.here(texts.get("statement.billing.saved"));
        });
    }

    /** Adds a rate of tax. */
    public void addRate() {
        act.perform(() -> {
            Problems problems = new Problems();
            BigDecimal percent = typed(problems).decimal("percent", taxPercent);
            problems.refuse();
            rates.add(new TaxRates.Draft(taxName, TaxRate.Category.valueOf(taxCategory), percent, null, taxReason));
            return Act.Done.here(texts.of("statement.billing.rate.added", taxName));
        });
    }

    private Typed typed(Problems problems) {
        FirmProfile firm = firms.current().profile();
        return new Typed(problems, Locale.forLanguageTag(firm.locale()), firm.zoneId());
    }

    public BillingForm getForm() {
        return form;
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public String getTaxName() {
        return taxName;
    }

    public void setTaxName(String taxName) {
        this.taxName = taxName;
    }

    public String getTaxCategory() {
        return taxCategory;
    }

    public void setTaxCategory(String taxCategory) {
        this.taxCategory = taxCategory;
    }

    public String getTaxPercent() {
        return taxPercent;
    }

    public void setTaxPercent(String taxPercent) {
        this.taxPercent = taxPercent;
    }

    public String getTaxReason() {
        return taxReason;
    }

    public void setTaxReason(String taxReason) {
        this.taxReason = taxReason;
    }
}
