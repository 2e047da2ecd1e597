package org.rebill.settings;

import org.rebill.firm.FirmDetails;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.TransferBilling;
import org.rebill.platform.Refusal;

/** What is typed into the form of the firm's profile. */
public class ProfileForm {
    private String name;
    private String tagline;
    private String address;
    private String phone;
    private String email;
    private String taxId;
    private String payment;
    private String brandColour;
    private String locale;
    private String paper;
    private String paymentDays;
    private String transferBilling;

    /** Shows the profile as it stands. */
    void show(FirmProfile profile) {
        name = profile.name();
        tagline = profile.tagline();
        address = profile.address();
        phone = profile.phone();
        email = profile.email();
        taxId = profile.taxId();
        payment = profile.payment();
        brandColour = profile.brandColour();
        locale = profile.locale();
        paper = profile.paper();
        paymentDays = Integer.toString(profile.paymentDays());
        transferBilling = profile.transferBilling().name();
    }

    FirmDetails details() {
        return new FirmDetails(
                name, tagline, address, phone, email, taxId, payment, brandColour, locale, paper, days(), transfers());
    }

    private int days() {
        String typed = paymentDays == null ? "" : paymentDays.strip();
        if (!typed.matches("[0-9]{1,6}")) {
            throw new Refusal.Invalid(
                    "paymentDays", "payment.form", "'" + typed + "' is no whole number of days such as 30.");
        }
        return Integer.parseInt(typed);
    }

    private TransferBilling transfers() {
        for (TransferBilling known : TransferBilling.values()) {
            if (known.name().equals(transferBilling)) {
                return known;
            }
        }
        throw new Refusal.Invalid("transferBilling", "transfers.unknown", "Choose one of the list.");
    }

    public String getTransferBilling() {
        return transferBilling;
    }

    public void setTransferBilling(String transferBilling) {
        this.transferBilling = transferBilling;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getTagline() {
        return tagline;
    }

    public void setTagline(String tagline) {
        this.tagline = tagline;
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public String getPhone() {
        return phone;
    }

    public void setPhone(String phone) {
        this.phone = phone;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getTaxId() {
        return taxId;
    }

    public void setTaxId(String taxId) {
        this.taxId = taxId;
    }

    public String getPayment() {
        return payment;
    }

    public void setPayment(String payment) {
        this.payment = payment;
    }

    public String getBrandColour() {
        return brandColour;
    }

    public void setBrandColour(String brandColour) {
        this.brandColour = brandColour;
    }

    public String getLocale() {
        return locale;
    }

    public void setLocale(String locale) {
        this.locale = locale;
    }

    public String getPaper() {
        return paper;
    }

    public void setPaper(String paper) {
        this.paper = paper;
    }

    public String getPaymentDays() {
        return paymentDays;
    }

    public void setPaymentDays(String paymentDays) {
        this.paymentDays = paymentDays;
    }
}
