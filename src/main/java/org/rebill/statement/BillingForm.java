package org.rebill.statement;

import java.util.UUID;
import org.rebill.page.Address;
import org.rebill.platform.Refusal;

/** What is typed into the form of how the firm bills. */
public class BillingForm {
    private boolean creditShared;
    private String creditPrefix;
    private boolean clerkIssues;
    private boolean approvalNeeded;
    private String taxRate;
    private boolean taxPerLine;
    private boolean taxIncluded;
    private String reminder1;
    private String reminder2;
    private String reminder3;
    private boolean printBalance;
    private String grouping;
    private boolean summaryOnly;
    private boolean annex;

    /** Shows the rules as they stand. */
    void show(BillingRules rules) {
        creditShared = rules.creditShared();
        creditPrefix = rules.creditPrefix();
        clerkIssues = rules.clerkIssues();
        approvalNeeded = rules.approvalNeeded();
        taxRate = rules.taxRateId() == null ? "" : rules.taxRateId().toString();
        taxPerLine = rules.taxPerLine();
        taxIncluded = rules.taxIncluded();
        reminder1 = Integer.toString(rules.reminder1());
        reminder2 = Integer.toString(rules.reminder2());
        reminder3 = Integer.toString(rules.reminder3());
        printBalance = rules.printBalance();
        grouping = rules.grouping().name();
        summaryOnly = rules.summaryOnly();
        annex = rules.annex();
    }

    /** The rules with what was typed. */
    BillingRules rules() {
        UUID rate = taxRate == null || taxRate.isEmpty() ? null : Address.key(taxRate, "rate of tax");
        return new BillingRules(
                creditShared,
                creditPrefix,
                clerkIssues,
                approvalNeeded,
                rate,
                taxPerLine,
                taxIncluded,
                days("reminder1", reminder1),
                days("reminder2", reminder2),
                days("reminder3", reminder3),
                printBalance,
                BillingRules.Grouping.valueOf(grouping),
                summaryOnly,
                annex);
    }

    private static int days(String field, String typed) {
        String text = typed == null ? "" : typed.strip();
        if (!text.matches("[0-9]{1,3}")) {
            throw new Refusal.Invalid(field, "reminder.form", "'" + text + "' is no whole number of days such as 7.");
        }
        return Integer.parseInt(text);
    }

    public boolean isCreditShared() {
        return creditShared;
    }

    public void setCreditShared(boolean creditShared) {
        this.creditShared = creditShared;
    }

    public String getCreditPrefix() {
        return creditPrefix;
    }

    public void setCreditPrefix(String creditPrefix) {
        this.creditPrefix = creditPrefix;
    }

    public boolean isClerkIssues() {
        return clerkIssues;
    }

    public void setClerkIssues(boolean clerkIssues) {
        this.clerkIssues = clerkIssues;
    }

    public boolean isApprovalNeeded() {
        return approvalNeeded;
    }

    public void setApprovalNeeded(boolean approvalNeeded) {
        this.approvalNeeded = approvalNeeded;
    }

    public String getTaxRate() {
        return taxRate;
    }

    public void setTaxRate(String taxRate) {
        this.taxRate = taxRate;
    }

    public boolean isTaxPerLine() {
        return taxPerLine;
    }

    public void setTaxPerLine(boolean taxPerLine) {
        this.taxPerLine = taxPerLine;
    }

    public boolean isTaxIncluded() {
        return taxIncluded;
    }

    public void setTaxIncluded(boolean taxIncluded) {
        this.taxIncluded = taxIncluded;
    }

    public String getReminder1() {
        return reminder1;
    }

    public void setReminder1(String reminder1) {
        this.reminder1 = reminder1;
    }

    public String getReminder2() {
        return reminder2;
    }

    public void setReminder2(String reminder2) {
        this.reminder2 = reminder2;
    }

    public String getReminder3() {
        return reminder3;
    }

    public void setReminder3(String reminder3) {
        this.reminder3 = reminder3;
    }

    public boolean isPrintBalance() {
        return printBalance;
    }

    public void setPrintBalance(boolean printBalance) {
        this.printBalance = printBalance;
    }

    public String getGrouping() {
        return grouping;
    }

    public void setGrouping(String grouping) {
        this.grouping = grouping;
    }

    public boolean isSummaryOnly() {
        return summaryOnly;
    }

    public void setSummaryOnly(boolean summaryOnly) {
        this.summaryOnly = summaryOnly;
    }

    public boolean isAnnex() {
        return annex;
    }

    public void setAnnex(boolean annex) {
        this.annex = annex;
    }
}
