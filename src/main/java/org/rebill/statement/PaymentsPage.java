package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Refusal;

/** What is open and for how long, reminders, the last payments, and the bank's file. */
@Named
@RequestScoped
public class PaymentsPage {
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private final Receivables receivables;
    private final Reminders reminders;
    private final Payments payments;
    private final BankImports imports;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private Receivables.Ageing ageing;
    private List<Reminders.Overdue> overdue;
    private List<Payment> latest;
    private List<BankImports.Line> lines;
    private Part file;
    private String shown;
    private String reminded;

    @Inject
    PaymentsPage(
            Receivables receivables,
            Reminders reminders,
            Payments payments,
            BankImports imports,
            Address address,
            Act act,
            Texts texts) {
        this.receivables = receivables;
        this.reminders = reminders;
        this.payments = payments;
        this.imports = imports;
        this.address = address;
        this.act = act;
        this.texts = texts;
    }

    /** What clients owe. */
    public Receivables.Ageing getAgeing() {
        if (ageing == null) {
            ageing = receivables.ageing();
        }
        return ageing;
    }

    /** Overdue statements. */
    public List<Reminders.Overdue> getOverdue() {
        if (overdue == null) {
            overdue = reminders.overdue();
        }
        return overdue;
    }

    /** Those a reminder is to be written for. */
    public List<Reminders.Overdue> getToRemind() {
        return getOverdue().stream().filter(one -> one.step() > 0).toList();
    }

    /** The last payments, newest first. */
    public List<Payment> getLatest() {
        if (latest == null) {
            latest = payments.latest();
        }
        return latest;
    }

    /** A file's lines are shown, or were shown when the form was posted. */
    public boolean isShowing() {
        return lines != null || address.posted("shown");
    }

    /** Lines of the file that is shown; none as long as the post that shows it is only being read. */
    public List<BankImports.Line> getLines() {
        if (shown == null) {
            return List.of();
        }
        if (lines == null) {
            lines = imports.preview(shownBytes());
        }
        return lines;
    }

    private byte[] shownBytes() {
        try {
            return Base64.getDecoder().decode(BankImports.given(shown.getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            throw new Refusal.Invalid("file", "bank.lost", "The file did not arrive whole: send it again.");
        }
    }

    /** Largest file that is taken, in bytes. */
    public int most() {
        return MOST_BYTES;
    }

    /** The reminder that the address names, to be read; null for none. */
    public Reminder getWritten() {
        return address.id("reminder")
                .map(id -> {
                    List<Reminder> all = reminders.of(id);
                    return all.isEmpty() ? null : all.get(all.size() - 1);
                })
                .orElse(null);
    }

    /** Shows what the chosen file would enter. */
    public void preview() {
        act.show(() -> {
            byte[] bytes = BankImports.given(bytes());
            lines = imports.preview(bytes);
            shown = Base64.getEncoder().encodeToString(bytes);
        });
    }

    private byte[] bytes() {
        if (file == null) {
            return new byte[0];
        }
        if (file.getSize() > MOST_BYTES) {
            throw new Refusal.TooLarge(
                    "file", "bank.large", "A bank's file has at most " + MOST_BYTES / 1024 / 1024 + " MiB: split it.");
        }
        try (InputStream in = file.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new Refusal.Invalid("file", "bank.lost", "The file did not arrive whole: send it again.");
        }
    }

    /** Enters the ticked lines of the file that was shown. */
    public void enter() {
        act.perform(() -> {
            Set<Long> wanted = address.tickedNumbers("take");
            if (wanted.isEmpty()) {
                throw new Refusal.Invalid("file", "bank.none", "Tick the lines to enter, at least one.");
            }
            byte[] bytes = Base64.getDecoder().decode(shown.getBytes(StandardCharsets.US_ASCII));
            return Act.Done.here(texts.of(
                    "statement.bank.entered", imports.enter(bytes, wanted).entered()));
        });
    }

    /** Writes the next reminder of the chosen statement and shows it. */
    public void remind() {
        act.perform(() -> {
            UUID statement = Address.key(reminded == null ? "" : reminded, "statement");
            int step = getOverdue().stream()
                    .filter(one -> one.open().statement().id().equals(statement))
                    .mapToInt(Reminders.Overdue::step)
                    .findFirst()
                    .orElse(0);
            reminders.write(statement, step);
            return Act.Done.at("/app/payments.xhtml?reminder=" + statement, texts.of("statement.reminder.done", step));
        });
    }

    public Part getFile() {
        return file;
    }

    public void setFile(Part file) {
        this.file = file;
    }

    /** The file that is shown, in Base64, to be entered by the next post. */
    public String getShown() {
        return shown;
    }

    public void setShown(String shown) {
        this.shown = shown;
    }

    public String getReminded() {
        return reminded;
    }

    public void setReminded(String reminded) {
        this.reminded = reminded;
    }
}
