package org.rebill.settings;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.firm.DefaultRates;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.firm.Person;
import org.rebill.page.Act;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** What an hour of each person is worth, on the page of settings. */
@Named
@RequestScoped
public class DefaultRatesPage {
    private final Firms firms;
    private final DefaultRates rates;
    private final Act act;
    private final Texts texts;
    private List<Field> fields;

    @Inject
    DefaultRatesPage(Firms firms, DefaultRates rates, Act act, Texts texts) {
        this.firms = firms;
        this.rates = rates;
        this.act = act;
        this.texts = texts;
    }

    /** A person and the rate as it is typed. */
    public static class Field {
        private final Person person;
        private String rate;

        Field(Person person) {
            this.person = person;
            this.rate = person.hourlyRate() == null ? "" : person.hourlyRate().toPlainString();
        }

        public Person person() {
            return person;
        }

        public String getRate() {
            return rate;
        }

        public void setRate(String rate) {
            this.rate = rate == null ? "" : rate;
        }
    }

    /** By name. */
    public List<Field> fields() {
        if (fields == null) {
            fields = firms.people().stream().map(Field::new).toList();
        }
        return fields;
    }

    /** What is wrong with a person's rate, or an empty text. */
    public String problem(Field field) {
        return act.problem(at(field.person().id()));
    }

    private static String at(UUID person) {
        return "rate." + person;
    }

    /** Saves all rates that are other than before. */
    public void save() {
        act.perform(() -> {
            FirmProfile firm = firms.current().profile();
            Problems problems = new Problems();
            Typed typed = new Typed(problems, firm.javaLocale(), firm.zoneId());
            Map<UUID, BigDecimal> wanted = new LinkedHashMap<>();
            for (Field field : fields()) {
                UUID person = field.person().id();
                BigDecimal rate = typed.decimal(at(person), field.getRate());
                if (rate != null && rate.signum() <= 0) {
                    problems.add(at(person), "rate.range", "The rate of an hour is above 0.");
                }
                wanted.put(person, rate);
            }
            problems.refuse();
            for (Map.Entry<UUID, BigDecimal> rate : wanted.entrySet()) {
                try {
                    rates.set(rate.getKey(), rate.getValue());
                } catch (Refusal.Invalid refused) {
                    throw new Refusal.Invalid(
                            at(rate.getKey()),
                            "rate.refused",
                            refused.problems().get(0).text());
                }
            }
            return Act.Done.here(texts.get("settings.rates.saved"));
        });
    }
}
