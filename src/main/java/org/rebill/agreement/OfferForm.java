package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.rebill.agreement.OfferDraft.PersonRate;
import org.rebill.firm.Person;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;
import org.rebill.rating.RateRule;
import org.rebill.rating.RateRules;
import org.rebill.rating.Terms;
import org.rebill.rating.TermsDraft;

/** What is typed into the form of an offer: text, as it was typed. Times with their unit, such as "6 min". */
public class OfferForm {
    /** A person's own rate; empty for the general one. */
    public static class PersonField {
        private final Person person;
        private String rate = "";

        PersonField(Person person) {
            this.person = person;
        }

        public Person person() {
            return person;
        }

        public String getRate() {
            return rate;
        }

        public void setRate(String rate) {
            this.rate = rate;
        }
    }

    /** Lines for rules. */
    private static final int RULES = 6;

    private final List<PersonField> people;
    private final List<RuleField> rules = new ArrayList<>();
    private String scope = "PER_CALL";
    private String holidays = "";
    private String matter = "";
    private String hourlyRate = "";
    private String increment = "";
    private String minimum = "";
    private String rounding = "UP";
    private String grace = "";
    private String initial = "";
    private String maximum = "";
    private String quantity = "HOURS_2";
    private String money = "HALF_UP";
    private String validFrom = "";
    private String lastDay = "";
    private String note = "";
    private boolean mail = true;

    OfferForm(List<Person> people) {
        this.people = people.stream().map(PersonField::new).toList();
        for (int i = 0; i < RULES; i++) {
            rules.add(RuleField.empty());
        }
    }

    /** The usual steps of a trade, to begin with. */
    void preset(int stepSeconds, LocalDate from) {
        increment = Typed.seconds(stepSeconds);
        minimum = Typed.seconds(stepSeconds);
        validFrom = from.toString();
    }

    /** Shows terms that were offered before. */
    void show(Terms terms, RateRules earlierRules, Map<UUID, BigDecimal> rates, String earlierNote) {
        scope = terms.scope().name();
        holidays = earlierRules.holidays().stream().map(LocalDate::toString).collect(Collectors.joining(" "));
        for (int i = 0; i < earlierRules.rules().size(); i++) {
            RuleField field = RuleField.of(earlierRules.rules().get(i));
            if (i < rules.size()) {
                rules.set(i, field);
            } else {
                rules.add(field);
            }
        }
        hourlyRate = terms.hourlyRate().toPlainString();
        increment = Typed.seconds(terms.incrementSeconds());
        minimum = Typed.seconds(terms.minimumSeconds());
        rounding = terms.rounding().name();
        grace = terms.graceSeconds() == 0 ? "" : Typed.seconds(terms.graceSeconds());
        initial = terms.initialThen() ? Typed.seconds(terms.initialSeconds()) : "";
        maximum = terms.maximumSeconds() == null ? "" : Typed.seconds(terms.maximumSeconds());
        quantity = terms.quantity().name();
        money = terms.money().name();
        note = earlierNote == null ? "" : earlierNote;
        people.stream()
                .filter(field -> rates.containsKey(field.person().id()))
                .forEach(field -> field.setRate(rates.get(field.person().id()).toPlainString()));
    }

    /** Takes what stands in a query, by the fields' names. */
    void read(UnaryOperator<String> query) {
        hourlyRate = query.apply("hourlyRate");
        increment = query.apply("increment");
        minimum = query.apply("minimum");
        rounding = query.apply("rounding");
        grace = query.apply("grace");
        initial = query.apply("initial");
        maximum = query.apply("maximum");
        quantity = query.apply("quantity");
        money = query.apply("money");
        scope = query.apply("scope");
    }

    OfferDraft draft(Typed typed, Problems problems) {
        List<RateRule> kept = new ArrayList<>();
        rules.stream()
                .filter(field -> !field.blank())
                .forEach(field -> kept.add(field.rule(kept.size(), typed, problems)));
        List<LocalDate> days = new ArrayList<>();
        for (String day : holidays.strip().split("[\\s,;]+", -1)) {
            LocalDate date = typed.date("holidays", day);
            if (date != null) {
                days.add(date);
            }
        }
        List<PersonRate> rates = new ArrayList<>();
        for (PersonField field : people) {
            BigDecimal rate = typed.decimal("rates[" + rates.size() + "].hourlyRate", field.getRate());
            if (rate != null) {
                rates.add(new PersonRate(field.person().id(), rate));
            }
        }
        LocalDate last = typed.date("validTo", lastDay);
        Integer initialSeconds = typed.seconds("terms.initialSeconds", initial);
        return new OfferDraft(
                new TermsDraft(
                        null,
                        typed.decimal("terms.hourlyRate", hourlyRate),
                        initialSeconds != null && initialSeconds > 0,
                        increment.isBlank() ? Integer.valueOf(0) : typed.seconds("terms.incrementSeconds", increment),
                        initialSeconds,
                        typed.seconds("terms.minimumSeconds", minimum),
                        rounding,
                        typed.seconds("terms.graceSeconds", grace),
                        typed.seconds("terms.maximumSeconds", maximum),
                        quantity,
                        money,
                        scope),
                typed.date("validFrom", validFrom),
                last == null ? null : last.plusDays(1),
                note,
                rates,
                kept,
                days);
    }

    public List<RuleField> rules() {
        return rules;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public String getHolidays() {
        return holidays;
    }

    public void setHolidays(String holidays) {
        this.holidays = holidays == null ? "" : holidays;
    }

    /** The matter's key, or empty for all calls. */
    UUID matterId() {
        return matter.isBlank() ? null : UUID.fromString(matter);
    }

    public List<PersonField> people() {
        return people;
    }

    public String getMatter() {
        return matter;
    }

    public void setMatter(String matter) {
        this.matter = matter == null ? "" : matter;
    }

    public String getHourlyRate() {
        return hourlyRate;
    }

    public void setHourlyRate(String hourlyRate) {
        this.hourlyRate = hourlyRate;
    }

    public String getIncrement() {
        return increment;
    }

    public void setIncrement(String increment) {
        this.increment = increment;
    }

    public String getMinimum() {
        return minimum;
    }

    public void setMinimum(String minimum) {
        this.minimum = minimum;
    }

    public String getRounding() {
        return rounding;
    }

    public void setRounding(String rounding) {
        this.rounding = rounding;
    }

    public String getGrace() {
        return grace;
    }

    public void setGrace(String grace) {
        this.grace = grace;
    }

    public String getInitial() {
        return initial;
    }

    public void setInitial(String initial) {
        this.initial = initial;
    }

    public String getMaximum() {
        return maximum;
    }

    public void setMaximum(String maximum) {
        this.maximum = maximum;
    }

    public String getQuantity() {
        return quantity;
    }

    public void setQuantity(String quantity) {
        this.quantity = quantity;
    }

    public String getMoney() {
        return money;
    }

    public void setMoney(String money) {
        this.money = money;
    }

    public String getValidFrom() {
        return validFrom;
    }

    public void setValidFrom(String validFrom) {
        this.validFrom = validFrom;
    }

    public String getLastDay() {
        return lastDay;
    }

    public void setLastDay(String lastDay) {
        this.lastDay = lastDay;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }

    /** The client is told by mail. */
    public boolean isMail() {
        return mail;
    }

    public void setMail(boolean mail) {
        this.mail = mail;
    }
}
