package org.rebill.statement;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.UUID;

/**
 * How a firm bills.
 *
 * @param creditShared credit notes count in the statements' own series
 * @param creditPrefix comes after the statements' prefix in numbers of credit notes that count by themselves
 * @param clerkIssues a billing clerk may issue; else owners only
 * @param approvalNeeded a draft is issued only after somebody approved it as it is
 * @param taxRateId the rate of clients that have none of their own; null for no tax
 * @param taxPerLine tax is rounded on each line instead of once for each rate (DOMAIN.md D15)
 * @param taxIncluded hourly rates hold the tax already
 * @param reminder1 days after the due date until the first reminder is proposed, 1 to 365
 * @param reminder2 the same for the second, more than the first
 * @param reminder3 the same for the third, more than the second
 * @param printBalance a statement tells what is open of earlier ones
 * @param grouping of the lines
 * @param summaryOnly the lines are left out and only their sums printed
 * @param annex the phone records of the lines are printed behind them
 */
@Embeddable
public record BillingRules(
        @Column(name = "credit_shared") boolean creditShared,
        @Column(name = "credit_prefix") String creditPrefix,
        @Column(name = "clerk_issues") boolean clerkIssues,
        @Column(name = "approval_needed") boolean approvalNeeded,
        @Column(name = "tax_rate_id") UUID taxRateId,
        @Column(name = "tax_per_line") boolean taxPerLine,
        @Column(name = "tax_inclusive") boolean taxIncluded,
        @Column(name = "reminder_1") int reminder1,
        @Column(name = "reminder_2") int reminder2,
        @Column(name = "reminder_3") int reminder3,
        @Column(name = "print_balance") boolean printBalance,
        @Enumerated(EnumType.STRING) Grouping grouping,
        @Column(name = "summary_only") boolean summaryOnly,
        boolean annex) {
    /** How a firm bills that has chosen nothing yet: no tax, for professionals' fees are often untaxed. */
    public static final BillingRules USUAL = new BillingRules(
            false, "CN", true, false, null, false, false, 7, 21, 35, false, Grouping.MATTER, false, false);

    /** What the lines of a statement are put together by. */
    public enum Grouping {
        MATTER,
        DAY,
        PERSON,
        CODE
    }
}
