package org.rebill.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.page.Act;
import org.rebill.page.Texts;
import org.rebill.platform.Problems;

/** How the firm's mail goes (an owner changes it, a clerk reads it), and what each user wants to be told. */
@Named
@RequestScoped
public class MailSettingsPage {
    private final Mailing mailing;
    private final CallMails callMails;
    private final MailWishes wishes;
    private final Act act;
    private final Texts texts;
    private final MailSettingsForm form = new MailSettingsForm();
    private int version = -1;
    private boolean sources;
    private boolean quarantine;
    private boolean calls;

    @Inject
    MailSettingsPage(Mailing mailing, CallMails callMails, MailWishes wishes, Act act, Texts texts) {
        this.mailing = mailing;
        this.callMails = callMails;
        this.wishes = wishes;
        this.act = act;
        this.texts = texts;
    }

    /** Fills the forms; not in posts, which bring what was typed. */
    public void load() {
        loadFirm();
        MailWishes.Wishes own = wishes.own();
        sources = own.sources();
        quarantine = own.quarantine();
        calls = own.calls();
    }

    private void loadFirm() {
        if (isOffice()) {
            Mailing.Chosen chosen = mailing.get();
            form.show(chosen.choices());
            version = chosen.version();
        }
    }

    /** Sees the firm's settings. */
    public boolean isOffice() {
        return Caller.current().hasAny(Role.OWNER, Role.CLERK);
    }

    /** Has calls of their own. */
    public boolean isProfessional() {
        return Caller.current().personId() != null;
    }

    /** Keeps the firm's settings. */
    public void save() {
        act.perform(() -> {
            Problems problems = new Problems();
            MailChoices choices = form.choices(problems);
            choices.checked(problems);
            problems.refuse();
            mailing.change(version, choices);
            return Act.Done.here(texts.get("mail.settings.saved"));
        });
    }

    /** Sends today's mails of calls to code at once. */
    public void sendCalls() {
        act.perform(() -> Act.Done.here(texts.of("mail.settings.calls.sent", callMails.now())));
        loadFirm();
    }

    /** Keeps what the user wants. */
    public void wish() {
        act.perform(() -> {
            wishes.change(new MailWishes.Wishes(
                    isOffice() ? sources : null, isOffice() ? quarantine : null, isProfessional() ? calls : null));
            return Act.Done.here(texts.get("mail.wishes.saved"));
        });
        loadFirm();
    }

    public MailSettingsForm getForm() {
        return form;
    }

    /** The state that the form was opened with. */
    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public boolean isSources() {
        return sources;
    }

    public void setSources(boolean sources) {
        this.sources = sources;
    }

    public boolean isQuarantine() {
        return quarantine;
    }

    public void setQuarantine(boolean quarantine) {
        this.quarantine = quarantine;
    }

    public boolean isCalls() {
        return calls;
    }

    public void setCalls(boolean calls) {
        this.calls = calls;
    }
}
