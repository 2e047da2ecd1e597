package org.rebill.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rebill.firm.Firms;
import org.rebill.identity.Allow;
import org.rebill.identity.Role;
import org.rebill.platform.Refusal;
import org.rebill.rating.InvalidTerms;
import org.rebill.rating.Problem;
import org.rebill.rating.Rated;
import org.rebill.rating.Rating;
import org.rebill.rating.Terms;
import org.rebill.rating.TermsDraft;
import org.rebill.rating.Wording;

/** Tries terms out on calls, and lets anybody check our rating from outside. Stores nothing. */
@ApplicationScoped
@Path("/firms/{firm}/ratings")
@Tag(name = "Ratings")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class RatingsResource {
    /** Calls of one request. */
    static final int MOST_CALLS = 10_000;

    /** A year: longer talk is a mistake of units. */
    private static final BigDecimal LONGEST_TALK = BigDecimal.valueOf(366L * 86_400);

    private final Firms firms;

    @Inject
    RatingsResource(Firms firms) {
        this.firms = firms;
    }

    /**
     * What is to be rated.
     *
     * @param calls at most 10,000
     * @param locale of the words, BCP 47; left out: the firm's
     */
    public record Wanted(
            @Schema(
                    description = "Needed: currency and hourlyRate. Left out: increment 1 s, minimum 0, rounding UP, "
                            + "no grace, no maximum, quantity HOURS_2, money HALF_UP.")
            TermsDraft terms,

            List<WantedCall> calls,

            @Schema(
                    description = "Of the words, such as en-US, de-DE or es-MX. Left out: the firm's.",
                    example = "en-US")
            String locale) {}

    /**
     * A call.
     *
     * @param id of the sender's choosing, given back; may be left out
     * @param talkSeconds 0 or more; fractions are cut off
     * @param answered false is free whatever the seconds; left out: true
     */
    public record WantedCall(String id, BigDecimal talkSeconds, Boolean answered) {}

    /**
     * The calls with their prices, in the order they came.
     *
     * @param ruleVersion the same version gives the same result for ever
     * @param cautions what may be agreed on but deserves a second look
     */
    public record Ratings(
            String currency, int ruleVersion, List<RatedCall> calls, Totals totals, List<Problem> cautions) {}

    /**
     * A call with its price.
     *
     * @param quantity as printed: hours, minutes or blocks, as {@code unit} tells; quantity x unitRate = amount
     * @param explanation the steps from talk to amount
     * @param words the same steps as sentences
     */
    public record RatedCall(
            String id,
            int talkSeconds,
            int billedSeconds,
            BigDecimal quantity,
            Rated.Unit unit,
            BigDecimal unitRate,
            BigDecimal amount,
            List<Rated.Step> explanation,
            List<String> words) {}

    /** Sums of the calls' own figures; nothing is rounded again. */
    public record Totals(int count, long talkSeconds, long billedSeconds, BigDecimal quantity, BigDecimal amount) {}

    /** Rates calls. */
    @POST
    @Allow({Role.OWNER, Role.CLERK, Role.PROFESSIONAL})
    @Operation(
            summary = "Rate given calls under given terms",
            description = "Billed time, quantity, amount and explanation of each call, and totals. Stores nothing. At "
                    + "most 10,000 calls at once.")
    public Ratings rate(Wanted wanted) {
        return rate(wanted, () -> firms.current().profile().javaLocale());
    }

    static Ratings rate(Wanted wanted, Supplier<Locale> firmsLocale) {
        if (wanted == null) {
            throw new Refusal.Invalid("", "body.missing", "Send a document with terms and calls.");
        }
        if (wanted.calls() != null && wanted.calls().size() > MOST_CALLS) {
            throw new Refusal.TooLarge(
                    "calls",
                    "calls.many",
                    "These are " + wanted.calls().size() + " calls; one request rates up to " + MOST_CALLS
                            + ". Send them in pieces and add the totals.");
        }
        List<Refusal.Problem> problems = new ArrayList<>();
        Terms terms = terms(wanted.terms(), problems);
        List<Talked> talks = talks(wanted.calls(), problems);
        Locale locale = locale(wanted.locale(), firmsLocale, problems);
        if (!problems.isEmpty()) {
            throw new Refusal.Invalid(problems);
        }
        return rate(terms, talks, Wording.of(locale));
    }

    private record Talked(String id, int seconds, boolean answered) {}

    private static Terms terms(TermsDraft draft, List<Refusal.Problem> problems) {
        if (draft == null) {
            problems.add(new Refusal.Problem(
                    "terms", "terms.missing", "Give the terms: at least a currency and an hourlyRate."));
            return null;
        }
        try {
            return draft.terms();
        } catch (InvalidTerms e) {
            for (Problem problem : e.problems()) {
                problems.add(new Refusal.Problem("terms." + problem.field(), problem.code(), problem.text()));
            }
            return null;
        }
    }

    private static List<Talked> talks(List<WantedCall> calls, List<Refusal.Problem> problems) {
        if (calls == null) {
            problems.add(new Refusal.Problem("calls", "calls.missing", "Give the calls, each with its talkSeconds."));
            return List.of();
        }
        List<Talked> talks = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            WantedCall call = calls.get(i);
            String field = "calls[" + i + "].talkSeconds";
            if (call == null || call.talkSeconds() == null) {
                problems.add(new Refusal.Problem(field, "talk.missing", "Give the talkSeconds; 0 for no talk."));
            } else if (call.talkSeconds().signum() < 0) {
                problems.add(new Refusal.Problem(field, "talk.negative", "Talk seconds are 0 or more."));
            } else if (call.talkSeconds().compareTo(LONGEST_TALK) > 0) {
                problems.add(new Refusal.Problem(
                        field, "talk.long", "Talk of more than a year is a mistake; the unit is seconds."));
            } else {
                int seconds = call.talkSeconds().setScale(0, RoundingMode.DOWN).intValueExact();
                talks.add(new Talked(call.id(), seconds, call.answered() == null || call.answered()));
            }
        }
        return talks;
    }

    private static Locale locale(String tag, Supplier<Locale> firmsLocale, List<Refusal.Problem> problems) {
        if (tag == null || tag.isBlank()) {
            return firmsLocale.get();
        }
        try {
            return new Locale.Builder().setLanguageTag(tag.strip()).build();
        } catch (IllformedLocaleException e) {
            problems.add(new Refusal.Problem(
                    "locale", "locale.unreadable", "'" + tag + "' is no language tag such as en-US or de-DE."));
            return Locale.ROOT;
        }
    }

    private static Ratings rate(Terms terms, List<Talked> talks, Wording wording) {
        List<RatedCall> calls = new ArrayList<>(talks.size());
        long talkSeconds = 0;
        long billedSeconds = 0;
        BigDecimal quantity = BigDecimal.ZERO;
        BigDecimal amount = BigDecimal.ZERO.setScale(terms.currency().getDefaultFractionDigits());
        for (Talked talk : talks) {
            Rated rated = Rating.rate(talk.answered(), talk.seconds(), terms);
            talkSeconds += talk.seconds();
            billedSeconds += rated.billedSeconds();
            quantity = quantity.add(rated.quantity());
            amount = amount.add(rated.amount());
            calls.add(new RatedCall(
                    talk.id(),
                    talk.seconds(),
                    rated.billedSeconds(),
                    rated.quantity(),
                    rated.unit(),
                    rated.unitRate(),
                    rated.amount(),
                    rated.explanation(),
                    wording.tell(rated, terms.currency())));
        }
        return new Ratings(
                terms.currency().getCurrencyCode(),
                Rating.RULE_VERSION,
                calls,
                new Totals(calls.size(), talkSeconds, billedSeconds, quantity, amount),
                terms.cautions());
    }
}
