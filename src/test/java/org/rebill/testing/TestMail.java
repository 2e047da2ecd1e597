package org.rebill.testing;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The mail server of the test run: real SMTP, in this process, for the servers that are started after it. */
public final class TestMail {
    /** The address that mails come from. */
    public static final String FROM = "mail@service.example";

    private static final int TRIES = 240;
    private static GreenMail running;

    private TestMail() {}

    /** Starts it and names it to the application's configuration. */
    static synchronized void start() {
        ServerSetup setup = ServerSetupTest.SMTP.dynamicPort();
        running = new GreenMail(setup)
                .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        running.start();
        System.setProperty("rebill.mail.host", "localhost");
        System.setProperty(
                "rebill.mail.port", Integer.toString(running.getSmtp().getPort()));
        System.setProperty("rebill.mail.starttls", "false");
        System.setProperty("rebill.mail.from", FROM);
    }

    static synchronized void stop() {
        running.stop();
    }

    /** Waits for the mail with this key. */
    public static MimeMessage await(String mail) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            Optional<MimeMessage> found = find(mail);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(Duration.ofMillis(250).toMillis());
        }
        throw new AssertionError("The mail " + mail + " did not come");
    }

    private static Optional<MimeMessage> find(String mail) {
        return Stream.of(running.getReceivedMessages())
                .filter(message -> number(message).equals("<" + mail + "@service.example>"))
                .reduce((first, second) -> second);
    }

    /** How often the mail with this key came. */
    public static long count(String mail) {
        return Stream.of(running.getReceivedMessages())
                .filter(message -> number(message).equals("<" + mail + "@service.example>"))
                .count();
    }

    private static String number(MimeMessage message) {
        try {
            return message.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
