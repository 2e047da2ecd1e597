package org.rebill.agreement;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.firm.Person;
import org.rebill.rating.Problem;
import org.rebill.rating.RateRule;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.Terms;

/**
 * A version of an agreement as the API tells it.
 *
 * @param no counts the agreement's versions, from 1
 * @param rules rates for some calls, in their order of precedence, before those of single persons
 * @param holidays days on which the rules for holidays hold
 * @param validFrom first day, in the firm's zone
 * @param validTo first day on which the terms no longer hold, in the firm's zone; absent for no end
 * @param inForceFrom from then on calls are rated by it: its first day, but never before it was accepted; absent until
 *     it is accepted
 * @param inForceTo end of that, half-open; absent for no end
 * @param text what the client is shown and accepts, whole
 * @param textSha256 hexadecimal, of the text's UTF-8 bytes
 * @param acceptance absent until it is accepted
 * @param cautions what may be agreed on but deserves a second look
 * @param examples what calls of 5 and of 12 minutes cost at the general rate
 */
public record VersionDocument(
        UUID id,
        int no,
        AgreementState state,
        Terms terms,
        List<RateDocument> rates,
        List<RateRule> rules,
        List<LocalDate> holidays,
        LocalDate validFrom,
        LocalDate validTo,
        Instant inForceFrom,
        Instant inForceTo,
        String note,
        String text,
        String textSha256,
        Instant offeredAt,
        String offeredBy,
        Instant withdrawnAt,
        AcceptanceDocument acceptance,
        List<Problem> cautions,
        List<Example> examples) {
    private static final List<Integer> EXAMPLE_SECONDS = List.of(300, 720);

    /** A person's own hourly rate. */
    public record RateDocument(UUID personId, String person, BigDecimal hourlyRate) {}

    /**
     * How it was accepted.
     *
     * @param how PORTAL, SIGNED or STATED
     * @param by who, for the client
     * @param from address the click came from; only with PORTAL
     * @param reason what makes the firm say so; only with STATED
     * @param notedAt when it was entered here
     * @param notedBy who entered it here
     */
    public record AcceptanceDocument(
            Acceptance.How how, Instant at, String by, String from, String reason, Instant notedAt, String notedBy) {}

    /**
     * What a call would cost.
     *
     * @param talkSeconds whole seconds from answer to end
     * @param quantity billed time in the unit; quantity x unitRate is the amount
     */
    public record Example(
            int talkSeconds,
            int billedSeconds,
            BigDecimal quantity,
            Rated.Unit unit,
            BigDecimal unitRate,
            BigDecimal amount,
            String currency) {
        static Example of(int talkSeconds, Terms terms) {
            Rated rated = Rating.rate(talkSeconds, terms);
            return new Example(
                    talkSeconds,
                    rated.billedSeconds(),
                    rated.quantity(),
                    rated.unit(),
                    rated.unitRate(),
                    rated.amount(),
                    terms.currency().getCurrencyCode());
        }
    }

    static VersionDocument of(
            AgreementVersion version, List<AgreementRate> rates, Map<UUID, Person> people, ZoneId zone, Instant now) {
        Terms terms = version.terms();
        return new VersionDocument(
                version.id(),
                version.no(),
                version.state(now),
                terms,
                rates.stream()
                        .filter(rate -> rate.versionId().equals(version.id()))
                        .map(rate -> new RateDocument(
                                rate.personId(), people.get(rate.personId()).name(), rate.hourlyRate()))
                        .toList(),
                version.rules().rules(),
                version.rules().holidays(),
                version.validFrom().atZone(zone).toLocalDate(),
                version.validTo() == null
                        ? null
                        : version.validTo().atZone(zone).toLocalDate(),
                version.isAccepted() ? version.inForceFrom() : null,
                version.isAccepted() ? version.inForceTo() : null,
                version.note(),
                version.text(),
                HexFormat.of().formatHex(version.textSha256()),
                version.offeredAt(),
                version.offeredBy(),
                version.withdrawnAt(),
                acceptance(version),
                terms.cautions(),
                examples(terms));
    }

    /** What calls of 5 and of 12 minutes cost. */
    static List<Example> examples(Terms terms) {
        return EXAMPLE_SECONDS.stream()
                .map(seconds -> Example.of(seconds, terms))
                .toList();
    }

    private static AcceptanceDocument acceptance(AgreementVersion version) {
        Acceptance acceptance = version.acceptance();
        return acceptance == null
                ? null
                : new AcceptanceDocument(
                        acceptance.how(),
                        acceptance.at(),
                        acceptance.by(),
                        acceptance.from(),
                        acceptance.reason(),
                        version.acceptanceNotedAt(),
                        version.acceptanceNotedBy());
    }
}
