package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.rebill.firm.FirmProfile;
import org.rebill.firm.Firms;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;
import org.rebill.page.Typed;
import org.rebill.platform.Problems;

/** A statement's payments on its page ({@code ?id=}), and the form for a new one. */
@Named
@RequestScoped
public class PaymentForm {
    private final Payments payments;
    private final Firms firms;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private List<Payments.Paid> paid;
    private String receivedOn;
    private String amount;
    private String method = Payment.Method.TRANSFER.name();
    private String reference;
    private boolean overpaid;
    private String takenBack;
    private String reason;

    @Inject
    PaymentForm(Payments payments, Firms firms, Address address, Act act, Texts texts, Formats formats) {
        this.payments = payments;
        this.firms = firms;
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
    }

    private UUID id() {
        return address.needed("id", "statement");
    }

    /** The payments for the statement, oldest first. */
    public List<Payments.Paid> getPaid() {
        if (paid == null) {
            paid = payments.of(id());
        }
        return paid;
    }

    /** Enters what was typed. */
    public void enter() {
        act.perform(() -> {
            FirmProfile firm = firms.current().profile();
            Problems problems = new Problems();
            Typed typed = new Typed(problems, Locale.forLanguageTag(firm.locale()), firm.zoneId());
            var day = typed.date("receivedOn", receivedOn);
            var money = typed.decimal("amount", amount);
            problems.refuse();
            Payment payment = payments.enter(new Payments.Draft(
                    day, Payment.Method.valueOf(method), reference, List.of(new Payments.Part(id(), money)), overpaid));
            return Act.Done.here(
                    texts.of("statement.payment.entered", formats.money(payment.amount(), payment.currency())));
        });
    }

    /** Takes the chosen payment back. */
    public void takeBack() {
        act.perform(() -> {
            payments.takeBack(Address.key(takenBack == null ? "" : takenBack, "payment"), reason);
            return Act.Done.here(texts.get("statement.payment.taken-back"));
        });
    }

    /** Today, unless another day was typed. */
    public String getReceivedOn() {
        return receivedOn == null ? formats.today().toString() : receivedOn;
    }

    public void setReceivedOn(String receivedOn) {
        this.receivedOn = receivedOn;
    }

    public String getAmount() {
        return amount;
    }

    public void setAmount(String amount) {
        this.amount = amount;
    }

    public String getMethod() {
        return method;
    }

    public void setMethod(String method) {
        this.method = method;
    }

    public String getReference() {
        return reference;
    }

    public void setReference(String reference) {
        this.reference = reference;
    }

    public boolean isOverpaid() {
        return overpaid;
    }

    public void setOverpaid(boolean overpaid) {
        this.overpaid = overpaid;
    }

    public String getTakenBack() {
        return takenBack;
    }

    public void setTakenBack(String takenBack) {
        this.takenBack = takenBack;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
