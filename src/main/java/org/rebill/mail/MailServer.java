package org.rebill.mail;

import jakarta.activation.DataHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Hands mails to the configured SMTP server, one connection for each. */
@ApplicationScoped
class MailServer {
    private static final String UTF8 = StandardCharsets.UTF_8.name();
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "30000";
    private static final int PORT_OF_TLS = 465;
    private static final Pattern ANSWER = Pattern.compile("(?m)^\\s*([245]\\d\\d)[ -]");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * Where mail goes.
     *
     * @param host null when none is configured
     * @param user null for no log-in
     * @param startTls the connection must become encrypted; on port 465 it is from the beginning
     */
    record Account(String host, int port, String user, String password, boolean startTls) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * A mail on its way.
     *
     * @param from address of the service
     * @param fromName the firm
     * @param replyTo the firm's address; empty for none
     * @param attached or null
     */
    record Outgoing(
            String messageId,
            Instant date,
            String from,
            String fromName,
            String replyTo,
            String to,
            String toName,
            String subject,
            String text,
            String html,
            MailAttachment.Opened attached) {}

    /** It was not taken. */
    static final class NotTaken extends Exception {
        private static final long serialVersionUID = 1L;

        private final boolean forGood;
        private final boolean unreachable;

        NotTaken(String text, boolean forGood, boolean unreachable, Throwable cause) {
            super(text, cause);
            this.forGood = forGood;
            this.unreachable = unreachable;
        }

        /** Trying again would not help. */
        boolean forGood() {
            return forGood;
        }

        /** The server itself does not answer or does not let us in: other mails have no better chance now. */
        boolean unreachable() {
            return unreachable;
        }
    }

    private final Account account;

    @Inject
    MailServer(
            @ConfigProperty(name = "rebill.mail.host") Optional<String> host,
            @ConfigProperty(name = "rebill.mail.port", defaultValue = "587") int port,
            @ConfigProperty(name = "rebill.mail.user") Optional<String> user,
            @ConfigProperty(name = "rebill.mail.password") Optional<String> password,
            @ConfigProperty(name = "rebill.mail.starttls", defaultValue = "true") boolean startTls) {
        this(new Account(host.orElse(null), port, user.orElse(null), password.orElse(""), startTls));
    }

    MailServer(Account account) {
        this.account = account;
    }

    /** A server is configured. */
    boolean configured() {
        return account.host() != null;
    }

    /** Name and port of the server, for people; empty when none is configured. */
    String name() {
        return configured() ? account.toString() : "";
    }

    /** Hands a mail over; when it returns, the server has taken it. */
    void send(Outgoing mail) throws NotTaken {
        try {
            Transport.send(message(mail));
        } catch (MessagingException e) {
            throw notTaken(e);
        }
    }

    private Message message(Outgoing mail) throws MessagingException, NotTaken {
        MimeMessage message = new Numbered(session(), mail.messageId());
        message.setFrom(address(mail.from(), mail.fromName()));
        if (!mail.replyTo().isEmpty()) {
            message.setReplyTo(new InternetAddress[] {address(mail.replyTo(), mail.fromName())});
        }
        message.setRecipient(Message.RecipientType.TO, address(mail.to(), mail.toName()));
        message.setSubject(mail.subject(), UTF8);
        message.setHeader("Date", DATE.format(mail.date()));
        // Neither answering machines nor mailing lists shall answer it.
        message.setHeader("Auto-Submitted", "auto-generated");
        MimeMultipart letter = letter(mail);
        if (mail.attached() == null) {
            message.setContent(letter);
        } else {
            MimeBodyPart letterPart = new MimeBodyPart();
            letterPart.setContent(letter);
            message.setContent(new MimeMultipart("mixed", letterPart, attached(mail.attached())));
        }
        return message;
    }

    private static MimeMultipart letter(Outgoing mail) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(mail.text(), UTF8);
        MimeBodyPart html = new MimeBodyPart();
        html.setText(mail.html(), UTF8, "html");
        return new MimeMultipart("alternative", text, html);
    }

    private static MimeBodyPart attached(MailAttachment.Opened file) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.bytes(), file.type())));
        part.setFileName(file.name());
        part.setDisposition(MimeBodyPart.ATTACHMENT);
        return part;
    }

    /** Only plain addresses: one that cannot be written as such goes nowhere, however often it is tried. */
    private static InternetAddress address(String address, String name) throws NotTaken {
        try {
            int at = address.lastIndexOf('@');
            InternetAddress plain =
                    new InternetAddress(address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1)), true);
            if (!plain.getAddress().chars().allMatch(letter -> letter > ' ' && letter < 0x7f)) {
                throw new NotTaken("'" + address + "' is an address that cannot be sent to.", true, false, null);
            }
            plain.setPersonal(name, UTF8);
            return plain;
        } catch (AddressException | IllegalArgumentException e) {
            throw new NotTaken("'" + address + "' is no e-mail address.", true, false, e);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("Every Java has UTF-8", e);
        }
    }

    private Session session() {
        Properties settings = new Properties();
        settings.setProperty("mail.transport.protocol", "smtp");
        settings.setProperty("mail.smtp.host", account.host());
        settings.setProperty("mail.smtp.port", Integer.toString(account.port()));
        settings.setProperty("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        settings.setProperty("mail.smtp.timeout", ANSWER_MILLIS);
        settings.setProperty("mail.smtp.writetimeout", ANSWER_MILLIS);
        settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        boolean fromTheBeginning = account.port() == PORT_OF_TLS;
        settings.setProperty("mail.smtp.ssl.enable", Boolean.toString(fromTheBeginning));
        boolean upgraded = account.startTls() && !fromTheBeginning;
        settings.setProperty("mail.smtp.starttls.enable", Boolean.toString(upgraded));
        settings.setProperty("mail.smtp.starttls.required", Boolean.toString(upgraded));
        if (account.user() == null) {
            return Session.getInstance(settings);
        }
        settings.setProperty("mail.smtp.auth", "true");
        return Session.getInstance(settings, new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(account.user(), account.password());
            }
        });
    }

    private static NotTaken notTaken(MessagingException thrown) {
        // The innermost refusal says it best: that of the address, not that of the mail.
        String answer = null;
        for (Exception cause = thrown; cause != null; cause = next(cause)) {
            String text = String.valueOf(cause.getMessage()).strip();
            if (ANSWER.matcher(text).find()) {
                answer = text;
            }
        }
        if (answer == null) {
            String text = String.valueOf(thrown.getMessage()).strip();
            return new NotTaken(text, false, !(thrown instanceof SendFailedException), thrown);
        }
        Matcher code = ANSWER.matcher(answer);
        boolean found = code.find();
        String digits = found ? code.group(1) : "";
        // 53x: the server wants another log-in or encryption of the service; the mail itself is well.
        boolean ours = digits.startsWith("53");
        return new NotTaken(
                "The mail server answered: "
                        + answer.lines().findFirst().orElse("").strip(),
                digits.startsWith("5") && !ours,
                ours || !(thrown instanceof SendFailedException),
                thrown);
    }

    private static Exception next(Exception thrown) {
        return thrown instanceof MessagingException messaging ? messaging.getNextException() : null;
    }

    /** Keeps the number it was given. */
    private static final class Numbered extends MimeMessage {
        private final String number;

        Numbered(Session session, String number) {
            super(session);
            this.number = number;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + number + ">");
        }
    }
}
