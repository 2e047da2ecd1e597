package org.rebill.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.rebill.platform.Refusal;
import org.rebill.statement.StatementDocument.Discount;
import org.rebill.statement.StatementDocument.Line;
import org.rebill.statement.StatementDocument.Matter;
import org.rebill.statement.StatementDocument.Sums;
import org.rebill.statement.StatementDocument.Tax;
import org.rebill.statement.Totals.DiscountTerms;
import org.rebill.statement.Totals.TaxTerms;

/**
 * What a credit note says: the lines of an issued statement, or parts of them, below zero. Discount and tax are what
 * the statement's own come to less with what is left of it, so that all credit notes of a statement together make its
 * total to the cent. Pure.
 */
final class CreditComposition {
    private final StatementDocument statement;
    private final int minorDigits;
    private final Map<LineKey, Left> left = new LinkedHashMap<>();
    private final Map<LineKey, Left> taken = new LinkedHashMap<>();

    /** A line of a statement. */
    record LineKey(UUID callId, int chargeNo) {
        static LineKey of(Line line) {
            return new LineKey(line.callId(), line.chargeNo());
        }
    }

    /**
     * What is left of a line, or taken of it; above zero.
     *
     * @param quantity hours, minutes or blocks
     */
    record Left(BigDecimal quantity, BigDecimal amount) {}

    /**
     * @param statement as it was issued
     * @param before what earlier credit notes took back
     */
    CreditComposition(StatementDocument statement, Map<LineKey, Left> before) {
        this.statement = statement;
        minorDigits = Math.max(Currency.getInstance(statement.currency()).getDefaultFractionDigits(), 0);
        for (Line line : statement.lines()) {
            Left gone = before.getOrDefault(LineKey.of(line), new Left(BigDecimal.ZERO, BigDecimal.ZERO));
            left.put(
                    LineKey.of(line),
                    new Left(
                            line.quantity().subtract(gone.quantity()),
                            line.amount().subtract(gone.amount())));
        }
    }

    /** Takes back all that is left. */
    void takeAll() {
        left.forEach((key, rest) -> {
            if (rest.quantity().signum() > 0) {
                taken.put(key, rest);
            }
        });
        refuseNothing();
    }

    /**
     * Takes back a line, or a part of it.
     *
     * @param quantity how much, in the line's own unit; null for all that is left
     */
    void take(LineKey key, BigDecimal quantity) {
        Left rest = left.get(key);
        if (rest == null) {
            throw new Refusal.NotFound("line of this statement");
        }
        if (rest.quantity().signum() <= 0) {
            throw new Refusal.Conflict("lines", "credit.line-gone", "A line was taken back already by a credit note.");
        }
        if (taken.containsKey(key)) {
            throw new Refusal.Invalid("lines", "credit.twice", "A line is named twice: name each line once.");
        }
        taken.put(key, quantity == null || quantity.compareTo(rest.quantity()) == 0 ? rest : part(key, rest, quantity));
    }

    private Left part(LineKey key, Left rest, BigDecimal quantity) {
        if (quantity.signum() <= 0 || quantity.compareTo(rest.quantity()) > 0) {
            throw new Refusal.Invalid(
                    "lines",
                    "credit.quantity",
                    "Take back more than 0 and at most "
                            + rest.quantity().stripTrailingZeros().toPlainString()
                            + " of the line: that is what is left of it.");
        }
        BigDecimal rate = statement.lines().stream()
                .filter(line -> LineKey.of(line).equals(key))
                .findFirst()
                .orElseThrow()
                .unitRate();
        BigDecimal amount = rounded(quantity.multiply(rate));
        BigDecimal remains = rounded(rest.quantity().subtract(quantity).multiply(rate));
        // Both papers must multiply out on this line, and make the line's amount together (DOMAIN.md C12).
        if (amount.add(remains).compareTo(rest.amount()) != 0) {
            throw new Refusal.Invalid(
                    "lines",
                    "credit.part",
                    "This part of the line and its rest do not make the line's amount to the last digit. Take another "
                            + "part, or all of it.");
        }
        return new Left(quantity, amount);
    }

    private BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(minorDigits, RoundingMode.HALF_UP);
    }

    private void refuseNothing() {
        if (taken.isEmpty()) {
            throw new Refusal.Conflict(
                    "",
                    "credit.nothing-left",
                    "Nothing of this statement is left: credit notes took all of its lines back.");
        }
    }

    /** What is taken back, by line in the statement's order. */
    Map<LineKey, Left> taken() {
        Map<LineKey, Left> inOrder = new LinkedHashMap<>();
        for (LineKey key : left.keySet()) {
            if (taken.containsKey(key)) {
                inOrder.put(key, taken.get(key));
            }
        }
        return inOrder;
    }

    /** Nothing of the statement is left afterwards. */
    boolean whole() {
        return left.entrySet().stream().allMatch(entry -> {
            Left gone = taken.get(entry.getKey());
            BigDecimal rest = entry.getValue().quantity();
            return gone == null ? rest.signum() <= 0 : gone.quantity().compareTo(rest) == 0;
        });
    }

    /** The matters with the lines that are taken back, below zero. */
    List<Matter> matters() {
        List<Matter> matters = new ArrayList<>();
        for (Matter matter : statement.matters()) {
            List<Line> lines = matter.lines().stream()
                    .filter(line -> taken.containsKey(LineKey.of(line)))
                    .map(this::minus)
                    .toList();
            if (!lines.isEmpty()) {
                matters.add(new Matter(
                        matter.reference(),
                        matter.name(),
                        matter.codes(),
                        lines,
                        lines.stream().mapToInt(Line::talkSeconds).sum(),
                        Composition.hours(lines),
                        lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add)));
            }
        }
        return matters;
    }

    private Line minus(Line line) {
        Left gone = taken.get(LineKey.of(line));
        int billed = BigDecimal.valueOf(line.billedSeconds())
                .multiply(gone.quantity())
                .divide(line.quantity(), 0, RoundingMode.HALF_UP)
                .intValueExact();
        return new Line(
                line.callId(),
                line.chargeNo(),
                line.at(),
                line.outgoing(),
                line.number(),
                line.person(),
                line.talkSeconds(),
                -billed,
                gone.quantity().negate(),
                line.unit(),
                line.unitRate(),
                gone.amount().negate());
    }

    /** How the lines become the total, all below zero. */
    Sums sums() {
        Sums before = sumsOf(left.values().stream().map(Left::amount).toList());
        Sums after = sumsOf(left.entrySet().stream()
                .map(entry -> taken.containsKey(entry.getKey())
                        ? entry.getValue()
                                .amount()
                                .subtract(taken.get(entry.getKey()).amount())
                        : entry.getValue().amount())
                .toList());
        return difference(after, before);
    }

    private Sums sumsOf(List<BigDecimal> amounts) {
        Sums issued = statement.sums();
        if (issued == null) {
            return Totals.of(amounts, null, null, minorDigits);
        }
        Discount discount = issued.discount();
        DiscountTerms discountTerms = discount == null
                ? null
                : new DiscountTerms(
                        discount.percent(), discount.percent() == null ? discount.amount() : null, issued.fees());
        TaxTerms taxTerms =
                issued.taxes().isEmpty() ? null : terms(issued, issued.taxes().get(0));
        return Totals.of(amounts, discountTerms, taxTerms, minorDigits);
    }

    private static TaxTerms terms(Sums issued, Tax tax) {
        return new TaxTerms(
                tax.name(), tax.category(), tax.percent(), tax.reason(), issued.taxPerLine(), issued.taxIncluded());
    }

    private static Sums difference(Sums after, Sums before) {
        Discount discount = before.discount() == null
                ? null
                : new Discount(
                        before.discount().percent(),
                        after.discount().amount().subtract(before.discount().amount()));
        List<Tax> taxes = new ArrayList<>();
        for (int i = 0; i < before.taxes().size(); i++) {
            Tax was = before.taxes().get(i);
            Tax is = after.taxes().get(i);
            taxes.add(new Tax(
                    was.name(),
                    was.category(),
                    was.percent(),
                    is.base().subtract(was.base()),
                    is.amount().subtract(was.amount()),
                    was.reason()));
        }
        return new Sums(
                after.fees().subtract(before.fees()), discount, taxes, before.taxIncluded(), before.taxPerLine());
    }
}
