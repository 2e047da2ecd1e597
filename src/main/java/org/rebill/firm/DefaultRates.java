package org.rebill.firm;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Problems;
import org.rebill.platform.Refusal;

/** What an hour of each person is worth where nothing is agreed: it values lost advice and bills nothing. */
@ApplicationScoped
public class DefaultRates {
    private static final BigDecimal TOO_MUCH = BigDecimal.valueOf(1_000_000_000);
    private static final int DECIMALS = 6;

    private final EntityManager entities;
    private final Event<FirmChanged> news;

    @Inject
    DefaultRates(EntityManager entities, Event<FirmChanged> news) {
        this.entities = entities;
        this.news = news;
    }

    /**
     * Says what an hour of a person is worth.
     *
     * @param hourlyRate in the firm's currency, above 0; null takes it back
     */
    @Allow(Role.OWNER)
    @Transactional
    public Person set(UUID personId, BigDecimal hourlyRate) {
        Person person = personId == null ? null : entities.find(Person.class, personId);
        if (person == null) {
            throw new Refusal.NotFound("person");
        }
        Problems problems = new Problems();
        if (hourlyRate != null && (hourlyRate.signum() <= 0 || hourlyRate.compareTo(TOO_MUCH) >= 0)) {
            problems.add("hourlyRate", "rate.range", "The rate of an hour is above 0 and below 1,000,000,000.");
        } else if (hourlyRate != null && hourlyRate.stripTrailingZeros().scale() > DECIMALS) {
            problems.add("hourlyRate", "rate.decimals", "The rate of an hour has at most 6 decimals.");
        }
        problems.refuse();
        BigDecimal before = person.hourlyRate();
        boolean same = before == null ? hourlyRate == null : hourlyRate != null && before.compareTo(hourlyRate) == 0;
        if (!same) {
            person.worth(hourlyRate);
            news.fire(new FirmChanged(
                    "person.rate-changed", "person", person.id(), told(person, before), told(person, hourlyRate)));
        }
        return person;
    }

    private static Map<String, String> told(Person person, BigDecimal rate) {
        return Map.of("name", person.name(), "hourlyRate", Objects.toString(rate, ""));
    }
}
