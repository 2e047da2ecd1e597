package org.rebill.mail;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.rebill.page.Act;
import org.rebill.page.Address;
import org.rebill.page.Texts;
import org.rebill.platform.Page;
import org.rebill.platform.Refusal;

/** The firm's mail: a list by state and kind, and one of them as it was sent ({@code ?id=}). */
@Named
@RequestScoped
public class MailPage {
    private static final int ROWS = 50;
    private static final List<String> KINDS = List.of("STATEMENT", "AGREEMENT", "CALLS", "ALARM");
    private static final Pattern KIND = Pattern.compile("[A-Z_]{2,40}");
    private static final Map<String, String> PLACES = Map.of(
            "statement", "statement.xhtml?id=", "agreement", "agreement.xhtml?id=", "source", "source.xhtml?id=");

    private final Mails mails;
    private final Address address;
    private final Act act;
    private final Texts texts;
    private Page<Mail> page;
    private Map<MailState, Long> counts;
    private Mail mail;
    private String reason = "";

    @Inject
    MailPage(Mails mails, Address address, Act act, Texts texts) {
        this.mails = mails;
        this.address = address;
        this.act = act;
        this.texts = texts;
    }

    /** No mail server is configured. */
    public boolean isWithoutServer() {
        return !mails.serverConfigured();
    }

    private Page<Mail> page() {
        if (page == null) {
            String kind = address.text("kind");
            page = mails.list(
                    new Mails.Filter(
                            address.choice("state", MailState.class).orElse(null),
                            KIND.matcher(kind).matches() ? kind : null,
                            address.id("about").orElse(null)),
                    address.id("after").orElse(null),
                    ROWS);
        }
        return page;
    }

    /** The mails that are shown. */
    public List<Mail> rows() {
        return page().items();
    }

    /** Where the list goes on, or null. */
    public String next() {
        return page().next();
    }

    /** Something narrows the list. */
    public boolean isFiltered() {
        return !(address.text("state") + address.text("kind") + address.text("about") + address.text("after"))
                .isEmpty();
    }

    /** How many are in a state. */
    public long count(String state) {
        if (counts == null) {
            counts = mails.counts();
        }
        return counts.getOrDefault(MailState.valueOf(state), 0L);
    }

    /** Kinds to choose from. */
    public List<String> kinds() {
        return KINDS;
    }

    /** A kind in words. */
    public String kind(Mail of) {
        String key = "mail.kind." + of.kind();
        return texts.has(key) ? texts.get(key) : of.kind().replace('_', ' ').toLowerCase(texts.language());
    }

    /** One is open. */
    public boolean isOpen() {
        return address.id("id").isPresent();
    }

    /** The open one. */
    public Mail mail() {
        if (mail == null) {
            mail = mails.get(address.needed("id", "mail"));
        }
        return mail;
    }

    /** What the open one tells of, in words; empty for nothing that has a page. */
    public String about() {
        return mail().about()
                .filter(thing -> PLACES.containsKey(thing.kind()))
                .map(thing -> texts.get("mail.about." + thing.kind()))
                .orElse("");
    }

    /** The page of what the open one tells of. */
    public String aboutHref() {
        return mail().about()
                .map(thing -> PLACES.getOrDefault(thing.kind(), "") + thing.id())
                .orElse("");
    }

    /** What comes with the open one, in words; empty for nothing. */
    public String attached() {
        return mail().attached()
                .map(thing -> "mail.attached." + thing.kind())
                .map(key -> texts.has(key) ? texts.get(key) : key)
                .orElse("");
    }

    /** As it looked, without the secret of its link. */
    public String html() {
        return mail().html().replace(Letter.LINK_SECRET, "…");
    }

    /** As plain text, without the secret of its link. */
    public String text() {
        return mail().text().replace(Letter.LINK_SECRET, "…");
    }

    /** It can be sent again. */
    public boolean isDone() {
        return mail().state() != MailState.WAITING;
    }

    /** It can have come back. */
    public boolean isSent() {
        return mail().state() == MailState.SENT;
    }

    /** Sends the open one again. */
    public void again() {
        act.perform(() -> {
            mails.again(open());
            return Act.Done.here(texts.get("mail.again.done"));
        });
    }

    /** Marks the open one as come back. */
    public void bounced() {
        act.perform(() -> {
            mails.bounced(open(), reason);
            return Act.Done.here(texts.get("mail.bounced.done"));
        });
    }

    private UUID open() {
        return address.id("id").orElseThrow(() -> new Refusal.NotFound("mail"));
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
