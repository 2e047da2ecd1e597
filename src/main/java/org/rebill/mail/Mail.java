package org.rebill.mail;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.rebill.platform.FirmOwned;

/** A mail of the outbox, as it is or was sent. Its text never changes; its state does. */
@Entity
public class Mail extends FirmOwned {
    /** Pauses between tries; the last one is repeated. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(4));

    /** How long it is tried. */
    static final Duration PATIENCE = Duration.ofDays(3);

    private static final int LONGEST_ERROR = 500;

    @Id
    private UUID id;

    private String kind;

    @Column(name = "made_at", updatable = false)
    private Instant madeAt;

    @Column(name = "made_by", updatable = false)
    private String madeBy;

    private String recipient;

    @Column(name = "recipient_name")
    private String recipientName;

    private String subject;

    @Column(name = "body_text")
    private String text;

    @Column(name = "body_html")
    private String html;

    @Column(name = "about_kind")
    private String aboutKind;

    @Column(name = "about_id")
    private UUID aboutId;

    @Column(name = "attachment_kind")
    private String attachmentKind;

    @Column(name = "attachment_id")
    private UUID attachmentId;

    @Column(name = "message_id")
    private String messageId;

    @Enumerated(EnumType.STRING)
    private MailState state;

    private int tries;

    @Column(name = "next_try_at")
    private Instant nextTryAt;

    @Column(name = "give_up_at")
    private Instant giveUpAt;

    @Column(name = "last_error")
    private String lastError;

    @Column(name = "sent_at")
    private Instant sentAt;

    protected Mail() {}

    /**
     * One that waits.
     *
     * @param messageId without angle brackets; stays the same with each try, so that a mail that comes twice is known as
     *     one
     */
    Mail(UUID id, NewMail mail, String text, String html, String messageId, Instant at, String by) {
        this.id = id;
        kind = mail.kind();
        madeAt = at;
        madeBy = by;
        recipient = mail.to();
        recipientName = mail.toName();
        subject = mail.letter().subject();
        this.text = text;
        this.html = html;
        aboutKind = mail.about().map(NewMail.Thing::kind).orElse(null);
        aboutId = mail.about().map(NewMail.Thing::id).orElse(null);
        attachmentKind = mail.attached().map(NewMail.Thing::kind).orElse(null);
        attachmentId = mail.attached().map(NewMail.Thing::id).orElse(null);
        this.messageId = messageId;
        wait(at);
    }

    private void wait(Instant at) {
        state = MailState.WAITING;
        nextTryAt = at;
        giveUpAt = at.plus(PATIENCE);
    }

    /** Waits anew, whatever became of it. */
    void again(Instant at) {
        tries = 0;
        wait(at);
    }

    /** The server took it. */
    void sent(Instant at) {
        tries++;
        state = MailState.SENT;
        nextTryAt = null;
        lastError = null;
        sentAt = at;
    }

    /** It could not be sent now: waits for the next try, or is given up when its time is over. */
    void failed(String error, Instant at) {
        tries++;
        note(error);
        Instant next = at.plus(PAUSES.get(Math.min(tries, PAUSES.size()) - 1));
        if (next.isAfter(giveUpAt)) {
            givenUp(error);
        } else {
            nextTryAt = next;
        }
    }

    /** It was refused for good. */
    void refused(String error) {
        tries++;
        givenUp(error);
    }

    /** No more tries. */
    void givenUp(String error) {
        note(error);
        state = MailState.FAILED;
        nextTryAt = null;
    }

    /** It came back. */
    void bounced(String reason) {
        note(reason);
        state = MailState.BOUNCED;
        nextTryAt = null;
    }

    private void note(String error) {
        lastError = error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR);
    }

    public UUID id() {
        return id;
    }

    /** Such as {@code STATEMENT}. */
    public String kind() {
        return kind;
    }

    public Instant madeAt() {
        return madeAt;
    }

    /** Whose act it tells of. */
    public String madeBy() {
        return madeBy;
    }

    /** An address. */
    public String recipient() {
        return recipient;
    }

    /** May be null. */
    public String recipientName() {
        return recipientName;
    }

    public String subject() {
        return subject;
    }

    /** As plain text, with {@link Letter#LINK_SECRET} where a link's secret was. */
    public String text() {
        return text;
    }

    /** As HTML, with {@link Letter#LINK_SECRET} where a link's secret was. */
    public String html() {
        return html;
    }

    /** What it tells of. */
    public Optional<NewMail.Thing> about() {
        return aboutKind == null ? Optional.empty() : Optional.of(new NewMail.Thing(aboutKind, aboutId));
    }

    /** What comes with it. */
    public Optional<NewMail.Thing> attached() {
        return attachmentKind == null ? Optional.empty() : Optional.of(new NewMail.Thing(attachmentKind, attachmentId));
    }

    /** Without angle brackets. */
    public String messageId() {
        return messageId;
    }

    public MailState state() {
        return state;
    }

    /** How often it was handed to the server since it began to wait. */
    public int tries() {
        return tries;
    }

    /** Null unless it waits. */
    public Instant nextTryAt() {
        return nextTryAt;
    }

    /** Until then it is tried. */
    public Instant giveUpAt() {
        return giveUpAt;
    }

    /** Why it did not go or came back; may be null. */
    public String lastError() {
        return lastError;
    }

    /** Null until the server took it. */
    public Instant sentAt() {
        return sentAt;
    }
}
