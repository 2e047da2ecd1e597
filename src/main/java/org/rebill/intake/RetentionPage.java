package org.rebill.intake;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.rebill.page.Act;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** After how many years the bytes of old files are erased, and what was. */
@Named
@RequestScoped
public class RetentionPage {
    private static final int ROWS = 100;

    private final Retention retention;
    private final Act act;
    private final Texts texts;
    private String years;
    private List<EraseCertificate> certificates;

    @Inject
    RetentionPage(Retention retention, Act act, Texts texts) {
        this.retention = retention;
        this.act = act;
        this.texts = texts;
    }

    /** The firm's rule; null when all bytes are kept. */
    public Retention.Rule rule() {
        return retention.rule().orElse(null);
    }

    /** What was erased, newest first. */
    public List<EraseCertificate> certificates() {
        if (certificates == null) {
            certificates = retention.certificates(ROWS);
        }
        return certificates;
    }

    /** Years, as typed; empty to keep all. */
    public String getYears() {
        if (years == null) {
            years = retention.rule().map(rule -> String.valueOf(rule.years())).orElse("");
        }
        return years;
    }

    public void setYears(String years) {
        this.years = years == null ? "" : years.strip();
    }

    /** Sets the rule. */
    public void save() {
        act.perform(() -> {
            if (!years.matches("[0-9]{0,3}")) {
                throw new Refusal.Invalid("years", "years.number", texts.get("intake.retention.number"));
            }
            Optional<Retention.Rule> rule = retention.set(years.isEmpty() ? null : Integer.valueOf(years));
            return Act.Done.here(texts.get(rule.isPresent() ? "intake.retention.set" : "intake.retention.off"));
        });
    }
}
