package org.rebill.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.rebill.rating.Rated.Rule;
import org.rebill.rating.Rated.Step;

/**
 * Rates talks whose time is rounded together (DOMAIN.md D2, C3): their seconds are added, minimum, increment and maximum
 * count once for the sum, and what it comes to is spread over the talks in proportion to their seconds, by largest
 * remainder, in the smallest step that is printed. So each line is printed quantity x printed rate (C12), each at its
 * own person's rate, and the lines add up to the rounded whole without a line of their own for the rounding.
 *
 * <p>Talks within the grace are free and take no part. What of the same pool is on an issued statement stays as it is:
 * the others get what is left of the whole.
 */
public final class PooledRating {
    private PooledRating() {}

    /**
     * One talk of a pool.
     *
     * @param talkSeconds 0 or more
     * @param terms all alike but for the rate and its name
     */
    public record Talk(int talkSeconds, Terms terms) {}

    /**
     * What of a pool is issued.
     *
     * @param talkSeconds of those that take part
     * @param billedSeconds of those
     * @param quantity of those, as printed
     */
    public record Issued(long talkSeconds, long billedSeconds, BigDecimal quantity) {
        /** Nothing is. */
        public static final Issued NOTHING = new Issued(0, 0, BigDecimal.ZERO);
    }

    /** What each talk costs, in the order given. */
    public static List<Rated> rate(List<Talk> talks, Issued issued) {
        if (talks.isEmpty()) {
            return List.of();
        }
        Terms terms = talks.get(0).terms();
        long[] shares = talks.stream().mapToLong(PooledRating::part).toArray();
        long open = LongStream.of(shares).sum();
        int pool = Math.toIntExact(open + issued.talkSeconds());
        List<Step> steps = new ArrayList<>(6);
        steps.add(new Step(Rule.POOL, null, null, BigDecimal.valueOf(pool)));
        int billed = Rating.pooledSeconds(pool, terms, steps);
        BigDecimal printed = Rating.quantity(billed, terms);
        steps.add(new Step(Rule.QUANTITY, BigDecimal.valueOf(terms.unitSeconds()), RoundingMode.HALF_UP, printed));
        int scale = scale(printed, terms);
        long units = printed.subtract(issued.quantity())
                .setScale(scale, RoundingMode.DOWN)
                .unscaledValue()
                .max(BigInteger.ZERO)
                .longValueExact();
        long[] quantities = spread(units, shares);
        long[] seconds = spread(Math.max(0, billed - issued.billedSeconds()), shares);
        List<Rated> rated = new ArrayList<>(talks.size());
        for (int i = 0; i < quantities.length; i++) {
            Talk talk = talks.get(i);
            rated.add(
                    shares[i] == 0
                            ? Rating.rate(talk.talkSeconds() > 0, talk.talkSeconds(), talk.terms())
                            : line(talk, steps, BigDecimal.valueOf(quantities[i], scale), seconds[i]));
        }
        return rated;
    }

    /** A talk that is free takes no part. */
    private static long part(Talk talk) {
        return talk.talkSeconds() <= talk.terms().graceSeconds() ? 0 : talk.talkSeconds();
    }

    /** Decimals of what is spread: finer than a tenth, so that short calls are not left with nothing. */
    private static int scale(BigDecimal printed, Terms terms) {
        int least =
                switch (terms.quantity()) {
                    case HOURS_2 -> 2;
                    case HOURS_4 -> 4;
                    case MINUTES, BLOCKS -> 1;
                };
        return Math.max(least, printed.scale());
    }

    private static Rated line(Talk talk, List<Step> pool, BigDecimal quantity, long seconds) {
        Terms terms = talk.terms();
        List<Step> steps = new ArrayList<>(pool.size() + 4);
        steps.add(new Step(Rule.TALK, null, null, BigDecimal.valueOf(talk.talkSeconds())));
        steps.addAll(pool);
        steps.add(new Step(Rule.SHARE, BigDecimal.valueOf(talk.talkSeconds()), null, quantity));
        BigDecimal unitRate = terms.unitRate();
        steps.add(Rating.rateStep(terms, unitRate));
        BigDecimal amount =
                quantity.multiply(unitRate).setScale(terms.currency().getDefaultFractionDigits(), terms.money());
        steps.add(new Step(Rule.AMOUNT, null, terms.money(), amount));
        return new Rated(
                Math.toIntExact(seconds),
                quantity,
                terms.quantity().unit(),
                unitRate,
                amount,
                Rating.RULE_VERSION,
                steps);
    }

    /**
     * Spreads a whole in proportion, by largest remainder; of equal remainders the first gets more.
     *
     * @param whole 0 or more
     * @param shares 0 or more each; nothing is spread when all are 0
     * @return as many parts, which add up to the whole
     */
    public static long[] spread(long whole, long[] shares) {
        BigInteger sum = BigInteger.valueOf(LongStream.of(shares).sum());
        long[] parts = new long[shares.length];
        if (sum.signum() == 0) {
            return parts;
        }
        BigInteger[] remainders = new BigInteger[shares.length];
        long left = whole;
        for (int i = 0; i < shares.length; i++) {
            BigInteger[] divided = BigInteger.valueOf(whole)
                    .multiply(BigInteger.valueOf(shares[i]))
                    .divideAndRemainder(sum);
            parts[i] = divided[0].longValueExact();
            remainders[i] = divided[1];
            left -= parts[i];
        }
        int[] order = IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.<Integer, BigInteger>comparing(i -> remainders[i])
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < left; i++) {
            parts[order[i]]++;
        }
        return parts;
    }
}
