package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.rebill.rating.RateRules;
import org.rebill.rating.Terms;
import org.rebill.rating.TermsDraft;

/** Terms and versions for tests: 6-minute steps in dollars unless a test says otherwise. */
final class Offers {
    private Offers() {}

    static TermsDraft terms(String rate, Integer increment, Integer minimum) {
        return new TermsDraft(
                null,
                rate == null ? null : new BigDecimal(rate),
                null,
                increment,
                null,
                minimum,
                null,
                null,
                null,
                null,
                null);
    }

    static OfferDraft draft(TermsDraft terms, String from, String to, OfferDraft.PersonRate... rates) {
        return new OfferDraft(terms, day(from), day(to), null, List.of(rates));
    }

    static LocalDate day(String text) {
        return text == null ? null : LocalDate.parse(text);
    }

    static Terms sixMinutes(String rate) {
        TermsDraft draft = terms(rate, 360, 360);
        return new TermsDraft(
                        "USD",
                        draft.hourlyRate(),
                        null,
                        draft.incrementSeconds(),
                        null,
                        draft.minimumSeconds(),
                        null,
                        null,
                        null,
                        null,
                        null)
                .terms();
    }

    static AgreementVersion offer(Agreement agreement, int no, String rate, Instant from, Instant to) {
        return new AgreementVersion(
                UUID.randomUUID(),
                agreement,
                no,
                sixMinutes(rate),
                RateRules.none(ZoneOffset.UTC),
                from,
                to,
                null,
                new AgreementText("Terms no. " + no),
                Instant.parse("2026-01-01T00:00:00Z"),
                "Elena Brandt");
    }

    static AgreementVersion accepted(Agreement agreement, int no, String rate, Instant from, Instant to, Instant at) {
        AgreementVersion version = offer(agreement, no, rate, from, to);
        version.accept(new Acceptance(Acceptance.How.SIGNED, at, "Thomas Reyes", null, null), at, "Elena Brandt");
        return version;
    }
}
