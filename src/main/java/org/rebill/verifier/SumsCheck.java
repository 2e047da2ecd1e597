package org.rebill.verifier;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Follows the way from the lines to the total: less discount, with tax (DOMAIN.md D15, D16). */
final class SumsCheck {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Findings findings;
    private final Node sums;

    SumsCheck(Findings findings, Node sums) {
        this.findings = findings;
        this.sums = sums;
    }

    /**
     * Checks it.
     *
     * @param lines what the lines add up to
     * @param total as printed
     */
    void check(BigDecimal lines, Node total) {
        findings.check(
                new Node(lines).equalsNumber(sums.at("fees")),
                "The lines add up to " + lines.toPlainString() + ", not to "
                        + sums.at("fees").text() + ".");
        BigDecimal net = lines.subtract(discount(lines));
        boolean included = sums.at("taxIncluded").text().equals("true");
        BigDecimal taxes = BigDecimal.ZERO;
        for (Node tax : sums.at("taxes").items()) {
            taxes = taxes.add(tax(tax, net, included));
        }
        BigDecimal due = included ? net : net.add(taxes);
        findings.check(
                new Node(due).equalsNumber(total),
                "Lines, discount and tax come to " + due.toPlainString() + ", not to the total " + total.text() + ".");
    }

    private BigDecimal discount(BigDecimal lines) {
        Node discount = sums.at("discount");
        BigDecimal amount = discount.at("amount").number();
        if (amount == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal percent = discount.at("percent").number();
        findings.check(
                percent == null
                        || lines.multiply(percent)
                                        .divide(HUNDRED, amount.scale(), RoundingMode.HALF_UP)
                                        .compareTo(amount)
                                == 0,
                "The discount " + amount.toPlainString() + " is not "
                        + discount.at("percent").text() + " % of " + lines.toPlainString() + ".");
        return amount;
    }

    private BigDecimal tax(Node tax, BigDecimal net, boolean included) {
        BigDecimal amount = tax.at("amount").number();
        BigDecimal percent = tax.at("percent").number();
        BigDecimal base = tax.at("base").number();
        if (!findings.check(
                amount != null && percent != null && base != null,
                "A figure of the tax \"" + tax.at("name").text() + "\" is missing.")) {
            return BigDecimal.ZERO;
        }
        findings.check(
                base.add(included ? amount : BigDecimal.ZERO).compareTo(net) == 0,
                "The tax is taken of " + base.toPlainString() + ", which is not what the lines come to.");
        // Rounded on each line it may differ from the sum's by the lines' roundings.
        BigDecimal of = included
                ? net.multiply(percent).divide(HUNDRED.add(percent), amount.scale(), RoundingMode.HALF_UP)
                : net.multiply(percent).divide(HUNDRED, amount.scale(), RoundingMode.HALF_UP);
        findings.check(
                sums.at("taxPerLine").text().equals("true") || of.compareTo(amount) == 0,
                "The tax " + amount.toPlainString() + " is not " + percent.toPlainString() + " %: that is "
                        + of.toPlainString() + ".");
        return amount;
    }
}
