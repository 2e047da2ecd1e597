package org.rebill.statement;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Formats;
import org.rebill.page.Texts;

/** One statement of the firm: look it through, take calls off, issue it. */
@Named
@RequestScoped
public class StatementPage {
    private final Address address;
    private final Act act;
    private final Texts texts;
    private final Formats formats;
    private final StatementList list;
    private final Statements statements;
    private final Issuing issuing;
    private final CreditNotes credits;
    private final Reviews reviews;
    private final Reminders reminders;
    private final AuditLog audit;

    private StatementList.Row row;
    private PaperView paper;
    private List<Statement> creditNotes;
    private List<Reviews.Found> warnings;
    private String seen;
    private String takeBackReason;
    private String creditReason;
    private boolean redraft = true;

    @Inject
    StatementPage(
            Address address,
            Act act,
            Texts texts,
            Formats formats,
            StatementList list,
            Statements statements,
            Issuing issuing,
            CreditNotes credits,
            Reviews reviews,
            Reminders reminders,
            AuditLog audit) {
        this.address = address;
        this.act = act;
        this.texts = texts;
        this.formats = formats;
        this.list = list;
        this.statements = statements;
        this.issuing = issuing;
        this.credits = credits;
        this.reviews = reviews;
        this.reminders = reminders;
        this.audit = audit;
    }

    private UUID id() {
        return address.needed("id", "statement");
    }

    public StatementList.Row getRow() {
        if (row == null) {
            row = list.get(id());
        }
        return row;
    }

    public Statement getStatement() {
        return getRow().statement();
    }

    /** What is, or was, printed. */
    public PaperView getPaper() {
        if (paper == null) {
            paper = new PaperView(statements.document(id()), formats, texts);
        }
        return paper;
    }

    /** The number it has, or would get now. */
    public String getNumber() {
        return getStatement().isDraft()
                ? issuing.numbers(1).get(0)
                : getStatement().number();
    }

    public String getPdfHash() {
        return HexFormat.of().formatHex(getStatement().pdfSha256());
    }

    /** When the client opened it first; null when it did not yet. */
    public StatementView getView() {
        return statements.firstView(id()).orElse(null);
    }

    /** What happened to it, newest first. */
    public List<AuditEntry> getHistory() {
        List<AuditEntry> entries = new ArrayList<>(audit.of("statement", id()));
        Collections.reverse(entries);
        return entries;
    }

    /** The total that whoever issues it has seen, kept in the form. */
    public String getSeen() {
        return seen == null ? getRow().total().toPlainString() : seen;
    }

    public void setSeen(String seen) {
        this.seen = seen;
    }

    public void issue() {
        act.perform(() -> {
            Statement issued = issuing.issue(id(), new BigDecimal(seen));
            return Act.Done.here(texts.of("statement.issued", issued.number()));
        });
    }

    /** What deserves a second look on the draft. */
    public List<Reviews.Found> getWarnings() {
        if (warnings == null) {
            warnings = Caller.current().seesAllCalls() ? reviews.warnings(id()) : List.of();
        }
        return warnings;
    }

    /** Its reminders, oldest first. */
    public List<Reminder> getReminders() {
        return reminders.of(id());
    }

    /** Says that somebody looks it through. */
    public void review() {
        act.perform(() -> {
            reviews.begin(id());
            return Act.Done.here(texts.get("statement.review.begun"));
        });
    }

    /** Approves the draft as it was seen. */
    public void approve() {
        act.perform(() -> {
            reviews.approve(id(), new BigDecimal(seen));
            return Act.Done.here(texts.get("statement.review.approved"));
        });
    }

    /** Takes review and approval back. */
    public void reopen() {
        act.perform(() -> {
            reviews.reopen(id());
            return Act.Done.here(texts.get("statement.review.reopened"));
        });
    }

    /** Its credit notes, oldest first. */
    public List<Statement> getCreditNotes() {
        if (creditNotes == null) {
            creditNotes = getStatement().isDraft() || getStatement().isCreditNote() ? List.of() : credits.of(id());
        }
        return creditNotes;
    }

    /** Number of the statement that this credit note takes back. */
    public String getCredited() {
        return statements.get(getStatement().creditsId()).number();
    }

    /** Something of it is left that a credit note can take back. */
    public boolean isCreditable() {
        return !getStatement().isDraft()
                && !getStatement().isCreditNote()
                && getRow().stage() != StatementStage.CREDITED
                && Caller.current().is(Role.OWNER);
    }

    /** Takes the whole statement back; with a new draft, goes there. */
    public void takeBack() {
        act.perform(() -> {
            CreditNotes.Credited credited = credits.takeBack(id(), takeBackReason, redraft);
            UUID next = credited.draftId() == null ? credited.note().id() : credited.draftId();
            return Act.Done.at(
                    "/app/statement.xhtml?id=" + next,
                    texts.of("statement.taken-back", credited.note().number()));
        });
    }

    /** Takes the ticked calls back: the difference only. */
    public void credit() {
        act.perform(() -> {
            Set<UUID> calls = Set.copyOf(address.ticked("pick"));
            List<CreditNotes.Wanted> lines = getPaper().document().lines().stream()
                    .filter(line -> calls.contains(line.callId()))
                    .map(line -> new CreditNotes.Wanted(line.callId(), line.chargeNo(), null))
                    .toList();
            Statement note = credits.credit(id(), lines, creditReason);
            return Act.Done.at(
                    "/app/statement.xhtml?id=" + note.id(), texts.of("statement.credit.done", note.number()));
        });
    }

    public String getTakeBackReason() {
        return takeBackReason;
    }

    public void setTakeBackReason(String reason) {
        takeBackReason = reason;
    }

    public String getCreditReason() {
        return creditReason;
    }

    public void setCreditReason(String reason) {
        creditReason = reason;
    }

    public boolean isRedraft() {
        return redraft;
    }

    public void setRedraft(boolean redraft) {
        this.redraft = redraft;
    }

    /** Takes the ticked calls off the draft. */
    public void putOff() {
        act.perform(() -> {
            List<UUID> calls = address.ticked("pick");
            statements.putOff(id(), calls);
            return Act.Done.here(
                    texts.of("statement.put-off.done", calls.stream().distinct().count()));
        });
    }

    public void discard() {
        act.perform(() -> {
            YearMonth month = YearMonth.from(getStatement().period().from());
            String client = getRow().client();
            statements.discard(id());
            return Act.Done.at("/app/statements.xhtml?month=" + month, texts.of("statement.discarded", client));
        });
    }
}
