package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.rebill.firm.Person;
import org.rebill.rating.RateRules;
import org.rebill.rating.Terms;

/**
 * Terms that nobody has offered yet, complete enough to price calls by.
 *
 * @param terms at the general rate
 * @param rates of single persons
 */
public record Proposal(Terms terms, RateRules rules, Map<UUID, BigDecimal> rates, Map<UUID, Person> people) {
    public Proposal {
        rates = Map.copyOf(rates);
        people = Map.copyOf(people);
    }

    /**
     * The terms at the rate that applies to a talk, in the order of precedence of an agreement.
     *
     * @param personId null when nobody's telephone talked
     */
    public Terms at(UUID personId, String activity, Instant answeredAt) {
        Person person = personId == null ? null : people.get(personId);
        return rules.first(personId, person == null ? null : person.title(), activity, answeredAt)
                .map(rule -> terms.at(rule.hourlyRate(), rule.name()))
                .orElseGet(() -> personId == null || !rates.containsKey(personId)
                        ? terms
                        : terms.at(rates.get(personId), person == null ? null : person.name()));
    }
}
