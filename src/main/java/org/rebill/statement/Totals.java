package org.rebill.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.rebill.statement.StatementDocument.Discount;
import org.rebill.statement.StatementDocument.Sums;
import org.rebill.statement.StatementDocument.Tax;

/**
 * From rounded lines to the total, in the order discount, tax (DOMAIN.md D15, D16). Pure. Halves are rounded up; a cut
 * is spread over lines by the largest remainder.
 */
final class Totals {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** Decimals of shares before they are rounded. */
    private static final int FINE = 12;

    private Totals() {}

    /**
     * What is agreed to be taken off.
     *
     * @param percent 0 to 100, or null
     * @param amount for the whole of {@code of}, or null
     * @param of the sum of lines that the amount was meant for: of fewer lines, as much less
     */
    record DiscountTerms(BigDecimal percent, BigDecimal amount, BigDecimal of) {}

    /**
     * How tax is taken.
     *
     * @param category {@code STANDARD}, {@code ZERO}, {@code EXEMPT} or {@code REVERSE_CHARGE}
     * @param reason why there is none, or null
     * @param perLine rounded on each line instead of once
     * @param included the lines hold the tax
     */
    record TaxTerms(
            String name, String category, BigDecimal percent, String reason, boolean perLine, boolean included) {}

    /**
     * The sums of lines.
     *
     * @param lines amounts in the currency's minor digits
     * @param discount or null
     * @param tax or null
     */
    static Sums of(List<BigDecimal> lines, DiscountTerms discount, TaxTerms tax, int minorDigits) {
        BigDecimal fees =
                lines.stream().reduce(BigDecimal.ZERO, BigDecimal::add).setScale(minorDigits, RoundingMode.UNNECESSARY);
        BigDecimal cut = discount == null ? BigDecimal.ZERO : cut(fees, discount, minorDigits);
        Discount taken = discount == null ? null : new Discount(discount.percent(), cut);
        if (tax == null) {
            return new Sums(fees, taken, List.of(), false, false);
        }
        BigDecimal amount = tax.perLine()
                ? spread(cut, lines, minorDigits).stream()
                        .map(line -> tax(line, tax, minorDigits))
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                : tax(fees.subtract(cut), tax, minorDigits);
        BigDecimal base = fees.subtract(cut).subtract(tax.included() ? amount : BigDecimal.ZERO);
        return new Sums(
                fees,
                taken,
                List.of(new Tax(tax.name(), tax.category(), tax.percent(), base, amount, tax.reason())),
                tax.included(),
                tax.perLine());
    }

    /** What is to be paid. */
    static BigDecimal total(Sums sums) {
        BigDecimal net = sums.discount() == null
                ? sums.fees()
                : sums.fees().subtract(sums.discount().amount());
        return sums.taxIncluded() ? net : sums.taxes().stream().map(Tax::amount).reduce(net, BigDecimal::add);
    }

    private static BigDecimal cut(BigDecimal fees, DiscountTerms discount, int minorDigits) {
        if (discount.percent() != null) {
            return fees.multiply(discount.percent()).divide(HUNDRED, minorDigits, RoundingMode.HALF_UP);
        }
        if (discount.of().signum() == 0) {
            return BigDecimal.ZERO.setScale(minorDigits);
        }
        // Never more than there is.
        BigDecimal whole = discount.amount().min(discount.of());
        return whole.multiply(fees).divide(discount.of(), minorDigits, RoundingMode.HALF_UP);
    }

    private static BigDecimal tax(BigDecimal of, TaxTerms tax, int minorDigits) {
        return tax.included()
                ? of.multiply(tax.percent()).divide(HUNDRED.add(tax.percent()), minorDigits, RoundingMode.HALF_UP)
                : of.multiply(tax.percent()).divide(HUNDRED, minorDigits, RoundingMode.HALF_UP);
    }

    /**
     * The lines less their shares of a cut, to the minor digit: the shares are cut off, and what is left over goes to
     * the lines with the largest remainders, the first of equals first.
     */
    static List<BigDecimal> spread(BigDecimal cut, List<BigDecimal> lines, int minorDigits) {
        BigDecimal sum = lines.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (cut.signum() == 0 || sum.signum() == 0) {
            return lines;
        }
        List<BigDecimal> exact = lines.stream()
                .map(line -> cut.multiply(line).divide(sum, FINE, RoundingMode.HALF_UP))
                .toList();
        List<BigDecimal> shares = new ArrayList<>(exact.stream()
                .map(share -> share.setScale(minorDigits, RoundingMode.FLOOR))
                .toList());
        BigDecimal unit = BigDecimal.ONE.movePointLeft(minorDigits);
        BigDecimal left = cut.subtract(shares.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        List<Integer> order = IntStream.range(0, lines.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> exact.get(i).subtract(shares.get(i)))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        int given = 0;
        while (left.signum() > 0) {
            int line = order.get(given++ % order.size());
            shares.set(line, shares.get(line).add(unit));
            left = left.subtract(unit);
        }
        return IntStream.range(0, lines.size())
                .mapToObj(i -> lines.get(i).subtract(shares.get(i)))
                .toList();
    }
}
