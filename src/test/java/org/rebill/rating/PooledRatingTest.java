package org.rebill.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Talks rounded together: they add up, each line multiplies out (DOMAIN.md D2, C3, C12). */
class PooledRatingTest {
    private static Terms terms(int increment, String rate, String quantity) {
        return new TermsDraft(
                        "USD",
                        new BigDecimal(rate),
                        null,
                        increment,
                        null,
                        null,
                        null,
                        null,
                        null,
                        quantity,
                        null,
                        "PER_CLIENT_DAY")
                .terms();
    }

    private static List<PooledRating.Talk> talks(Terms terms, int... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(talk -> new PooledRating.Talk(talk, terms))
                .toList();
    }

    private static List<Rated> rate(List<PooledRating.Talk> talks) {
        return PooledRating.rate(talks, PooledRating.Issued.NOTHING);
    }

    private static int seconds(List<Rated> rated) {
        return rated.stream().mapToInt(Rated::billedSeconds).sum();
    }

    private static BigDecimal quantity(List<Rated> rated) {
        return rated.stream().map(Rated::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The sample of D2: 301, 299, 45 and 610 seconds. */
    @ParameterizedTest
    @CsvSource({"60, 1380, 1260", "360, 1800, 1440", "600, 3000, 1800", "900, 3600, 1800"})
    void theSampleOfTheRules(int increment, int perCall, int perDay) {
        Terms terms = terms(increment, "250", null);
        int[] sample = {301, 299, 45, 610};

        assertThat(Arrays.stream(sample)
                        .map(talk -> Rating.rate(talk, terms).billedSeconds())
                        .sum())
                .isEqualTo(perCall);
        assertThat(seconds(rate(talks(terms, sample)))).isEqualTo(perDay);
    }

    @ParameterizedTest
    @CsvSource({"360, 0.40, 100.00", "60, 0.35, 87.50", "600, 0.50, 125.00"})
    void itsLinesAddUpToTheRoundedWhole(int increment, String hours, String amount) {
        List<Rated> rated = rate(talks(terms(increment, "250", null), 301, 299, 45, 610));

        assertThat(quantity(rated)).isEqualByComparingTo(hours);
        assertThat(rated.stream().map(Rated::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(amount);
    }

    /** C3: two calls of 5 minutes in one quarter are one quarter. */
    @org.junit.jupiter.api.Test
    void twoShortCallsAreChargedOnce() {
        List<Rated> rated = rate(talks(terms(900, "250", null), 300, 300));

        assertThat(seconds(rated)).isEqualTo(900);
        assertThat(rated).extracting(Rated::quantity).containsExactly(new BigDecimal("0.13"), new BigDecimal("0.12"));
    }

    @org.junit.jupiter.api.Test
    void eachPersonsPartIsAtTheOwnRate() {
        List<Rated> rated = rate(List.of(
                new PooledRating.Talk(300, terms(900, "400", null)),
                new PooledRating.Talk(600, terms(900, "100", null))));

        assertThat(rated).extracting(Rated::amount).containsExactly(new BigDecimal("32.00"), new BigDecimal("17.00"));
        assertThat(quantity(rated)).isEqualByComparingTo("0.25");
    }

    @org.junit.jupiter.api.Test
    void whatIsIssuedStaysAndTheRestIsForTheOthers() {
        Terms terms = terms(900, "250", null);

        List<Rated> late =
                PooledRating.rate(talks(terms, 300), new PooledRating.Issued(300, 900, new BigDecimal("0.25")));

        assertThat(late.get(0).billedSeconds())
                .as("the quarter is paid for already")
                .isZero();
        assertThat(late.get(0).amount()).isEqualByComparingTo("0.00");
        assertThat(seconds(PooledRating.rate(
                        talks(terms, 700), new PooledRating.Issued(300, 900, new BigDecimal("0.25")))))
                .isEqualTo(900);
    }

    @org.junit.jupiter.api.Test
    void tellsWhyInItsSteps() {
        List<Rated> rated = rate(talks(terms(360, "250", null), 301, 45));

        assertThat(Wording.of(java.util.Locale.US).tell(rated.get(0), java.util.Currency.getInstance("USD")))
                .contains(
                        "Talked 5:01.",
                        "Rounded together with other calls: 5:46 in all.",
                        "Of this 0.09 h is for this call, in proportion to its talk.");
        rated.forEach(one -> assertThat(Rating.firstBreak(one.explanation())).isEmpty());
    }

    @Provide
    Arbitrary<Terms> anyTerms() {
        return Arbitraries.of(1, 6, 60, 360, 420, 600, 900, 3600)
                .flatMap(increment -> Arbitraries.of("HOURS_2", "HOURS_4", "MINUTES", "BLOCKS")
                        .map(quantity -> terms(increment, "250", quantity)));
    }

    @Property(tries = 300)
    void linesAlwaysAddUpAndMultiplyOut(
            @ForAll("anyTerms") Terms terms,
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 20_000) Integer> seconds) {
        List<Rated> rated =
                rate(talks(terms, seconds.stream().mapToInt(Integer::intValue).toArray()));

        int pool = seconds.stream().mapToInt(Integer::intValue).sum();
        Rated whole = Rating.rate(pool, terms);
        assertThat(seconds(rated)).isEqualTo(whole.billedSeconds());
        assertThat(quantity(rated)).isEqualByComparingTo(whole.quantity());
        for (Rated line : rated) {
            assertThat(line.quantity().multiply(line.unitRate()).setScale(2, terms.money()))
                    .isEqualByComparingTo(line.amount());
            assertThat(Rating.firstBreak(line.explanation())).isEmpty();
        }
    }

    @Property(tries = 300)
    void theOrderOfCallsDoesNotMatterToTheWhole(
            @ForAll("anyTerms") Terms terms,
            @ForAll @Size(min = 2, max = 12) List<@IntRange(max = 20_000) Integer> seconds) {
        List<Integer> turned = new ArrayList<>(seconds);
        Collections.reverse(turned);

        assertThat(quantity(rate(
                        talks(terms, turned.stream().mapToInt(Integer::intValue).toArray()))))
                .isEqualByComparingTo(quantity(rate(talks(
                        terms, seconds.stream().mapToInt(Integer::intValue).toArray()))));
    }

    @Property(tries = 300)
    void moreSecondsNeverCostLess(
            @ForAll("anyTerms") Terms terms,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 20_000) Integer> seconds,
            @ForAll @IntRange(min = 1, max = 5_000) int more) {
        int[] less = seconds.stream().mapToInt(Integer::intValue).toArray();
        int[] longer = less.clone();
        longer[0] += more;

        assertThat(seconds(rate(talks(terms, longer)))).isGreaterThanOrEqualTo(seconds(rate(talks(terms, less))));
        assertThat(quantity(rate(talks(terms, longer)))).isGreaterThanOrEqualTo(quantity(rate(talks(terms, less))));
    }

    @Property(tries = 500)
    void aSpreadAddsUpAndIsFair(
            @ForAll @IntRange(max = 1_000_000) int whole,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(max = 10_000) Integer> shares) {
        long[] given = shares.stream().mapToLong(Integer::longValue).toArray();
        long sum = Arrays.stream(given).sum();

        long[] parts = PooledRating.spread(whole, given);

        assertThat(Arrays.stream(parts).sum()).isEqualTo(sum == 0 ? 0 : whole);
        for (int i = 0; i < parts.length; i++) {
            long exact = sum == 0 ? 0 : whole * given[i] / sum;
            assertThat(parts[i]).isBetween(exact, exact + 1);
        }
    }
}
