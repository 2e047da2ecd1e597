package org.rebill.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.enterprise.event.Event;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.persistence.EntityManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.rebill.audit.AuditEntry;
import org.rebill.audit.AuditLog;
import org.rebill.firm.Firms;
import org.rebill.identity.Caller;
import org.rebill.identity.Role;
import org.rebill.platform.BareDatabase;
import org.rebill.platform.BareServices;
import org.rebill.platform.Ids;
import org.rebill.platform.Refusal;

/** The outbox on the real schema, sending to a real SMTP server. */
class OutboxTest {
    private static final Caller CLERK =
            new Caller(UUID.randomUUID(), "Elena Brandt", "203.0.113.9", Set.of(Role.CLERK), null, null);
    private static final Instant NOON = Instant.parse("2026-11-25T18:00:00Z");
    private static final UUID STATEMENT = UUID.randomUUID();

    @RegisterExtension
    static final GreenMailExtension GREEN_MAIL = new GreenMailExtension(ServerSetupTest.SMTP.dynamicPort())
            .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());

    private final BareServices services = new BareServices(NOON);
    private final MailService service =
            new MailService(Optional.of("statements@service.example"), "https://service.example/");
    private byte[] pdf = new byte[0];
    private UUID firm;

    @BeforeEach
    void aFirm() throws Exception {
        firm = BareDatabase.get().newFirm().id();
        in(() -> {
            services.get(AuditLog.class).open();
            return null;
        });
    }

    private <T> T in(Callable<T> work) throws Exception {
        return services.in(firm, CLERK, work);
    }

    private Outbox outbox() {
        return new Outbox(
                services.get(EntityManager.class),
                services.get(Firms.class),
                service,
                event(),
                services.get(Clock.class));
    }

    @SuppressWarnings("unchecked") // what the services were made with
    private <T> Event<T> event() {
        return services.get(Event.class);
    }

    private Sending sending(int port) {
        return sending(new MailServer.Account("localhost", port, null, "", false));
    }

    private Sending sending(MailServer.Account account) {
        MailAttachment statements = new MailAttachment() {
            @Override
            public String kind() {
                return "statement";
            }

            @Override
            public Opened open(UUID id) {
                if (!id.equals(STATEMENT)) {
                    throw new Refusal.NotFound("statement");
                }
                return new Opened("HO-2026-0001 Ä.pdf", "application/pdf", pdf);
            }
        };
        return new Sending(
                services.get(EntityManager.class),
                services.get(Firms.class),
                service,
                new MailServer(account),
                new MailAttachments(List.of(statements)),
                services.get(AuditLog.class),
                event(),
                services.get(Clock.class));
    }

    private static int smtp() {
        return GREEN_MAIL.getSmtp().getPort();
    }

    private static NewMail letter(String to, String toName, String subject) {
        return NewMail.plain(
                "STATEMENT",
                to,
                toName,
                Letter.about(subject)
                        .add(new Letter.Heading("Statement for <Müller & Söhne>"))
                        .add(new Letter.Paragraph("First line\nSecond \"line\""))
                        .done(),
                new NewMail.Thing("statement", STATEMENT));
    }

    private UUID put(NewMail mail) throws Exception {
        return in(() -> outbox().put(mail));
    }

    private Optional<Instant> send(Sending sending, UUID id) throws Exception {
        return in(() -> sending.send(id));
    }

    private Mail mail(UUID id) throws Exception {
        return in(() -> services.get(EntityManager.class).find(Mail.class, id));
    }

    /** What the server got of this test's mails: the server is shared, message ids are not. */
    private List<MimeMessage> received(UUID id) {
        return Stream.of(GREEN_MAIL.getReceivedMessages())
                .filter(message -> header(message, "Message-ID").equals("<" + id + "@service.example>"))
                .toList();
    }

    private static String header(MimeMessage message, String name) {
        try {
            return message.getHeader(name, "|");
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aMailIsSentWithNamesInAnyScriptAndTheFirmAsItsSender() throws Exception {
        UUID id = put(letter("joerg@kunde.example", "Jörg Müßig 株式会社", "Rechnung für März – ≈ €"));

        assertThat(send(sending(smtp()), id)).isEmpty();

        MimeMessage message = received(id).get(0);
        assertThat(message.getSubject()).isEqualTo("Rechnung für März – ≈ €");
        InternetAddress to = (InternetAddress) message.getAllRecipients()[0];
        assertThat(to.getPersonal()).isEqualTo("Jörg Müßig 株式会社");
        InternetAddress from = (InternetAddress) message.getFrom()[0];
        assertThat(from.getAddress()).isEqualTo("statements@service.example");
        assertThat(from.getPersonal()).isEqualTo("Firm");
        assertThat(header(message, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(message, "Date")).isEqualTo("Wed, 25 Nov 2026 18:00:00 +0000");
        Multipart letter = (Multipart) message.getContent();
        assertThat(letter.getContentType()).startsWith("multipart/alternative");
        assertThat((String) letter.getBodyPart(0).getContent())
                .contains("Statement for <Müller & Söhne>")
                .contains("First line");
        assertThat((String) letter.getBodyPart(1).getContent())
                .contains("Statement for &lt;Müller &amp; Söhne&gt;")
                .contains("First line<br>Second &quot;line&quot;")
                .doesNotContain("<img")
                .doesNotContain("<script")
                .doesNotContain("src=");
        Mail sent = mail(id);
        assertThat(sent.state()).isEqualTo(MailState.SENT);
        assertThat(sent.sentAt()).isEqualTo(NOON);
        assertThat(services.news())
                .contains(new MailMoved(
                        id, "STATEMENT", "joerg@kunde.example", "statement", STATEMENT, MailState.SENT, NOON))
                .contains(new MailWaiting(id, NOON));
        assertThat(in(() -> services.get(AuditLog.class).of("mail", id)))
                .extracting(AuditEntry::action)
                .containsExactly("mail.sent");
    }

    @Test
    void answersGoToTheFirm() throws Exception {
        BareDatabase.get().in(firm, connection -> org.rebill.platform.Sql.on(connection)
                .update("update firm set email = 'billing@firm.example' where firm_id = ?", firm));
        UUID id = put(letter("a@client.example", null, "Statement"));

        send(sending(smtp()), id);

        assertThat(received(id).get(0).getReplyTo()[0].toString()).contains("<billing@firm.example>");
    }

    @Test
    void whatIsAttachedArrivesByteForByte() throws Exception {
        pdf = new byte[300_001];
        new Random(7).nextBytes(pdf);
        NewMail plain = letter("a@client.example", null, "Statement");
        UUID id = put(new NewMail(
                plain.kind(),
                plain.to(),
                plain.toName(),
                plain.letter(),
                plain.about(),
                Optional.of(new NewMail.Thing("statement", STATEMENT)),
                Optional.empty()));

        send(sending(smtp()), id);

        BodyPart file = ((Multipart) received(id).get(0).getContent()).getBodyPart(1);
        assertThat(file.getDisposition()).isEqualTo(Part.ATTACHMENT);
        assertThat(file.getContentType()).startsWith("application/pdf");
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(file.getFileName()))
                .isEqualTo("HO-2026-0001 Ä.pdf");
        assertThat(file.getInputStream().readAllBytes()).isEqualTo(pdf);
    }

    @Test
    void whatCannotBeAttachedAnyMoreIsToldAndNotTriedForEver() throws Exception {
        NewMail plain = letter("a@client.example", null, "Statement");
        UUID id = put(new NewMail(
                plain.kind(),
                plain.to(),
                plain.toName(),
                plain.letter(),
                plain.about(),
                Optional.of(new NewMail.Thing("statement", UUID.randomUUID())),
                Optional.empty()));

        assertThat(send(sending(smtp()), id)).isEmpty();

        assertThat(mail(id).state()).isEqualTo(MailState.FAILED);
        assertThat(mail(id).lastError()).contains("There is no such statement here.");
    }

    @Test
    void nothingTypedBecomesAHeader() throws Exception {
        UUID id = put(letter(
                "a@client.example",
                "Ada\r\nBcc: evil@else.example\r\n",
                "Statement\r\nBcc: evil@else.example\r\n\r\nBody"));

        send(sending(smtp()), id);

        MimeMessage message = received(id).get(0);
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getAllRecipients()).hasSize(1);
        assertThat(message.getSubject()).isEqualTo("Statement Bcc: evil@else.example Body");
        for (String address : List.of("a@client.example\r\nBcc: b@else.example", "a@client.example\nx", "nobody", "")) {
            assertThatThrownBy(() -> put(letter(address, null, "Statement")))
                    .as(address)
                    .isInstanceOf(Refusal.Invalid.class);
        }
    }

    @Test
    void aMailGoesOnceHoweverManyNodesSendIt() throws Exception {
        UUID id = put(letter("a@client.example", null, "Statement"));
        int nodes = 4;
        CyclicBarrier together = new CyclicBarrier(nodes);
        ExecutorService threads = Executors.newFixedThreadPool(nodes);
        try {
            List<Future<Optional<Instant>>> sent = Stream.generate(() -> sending(smtp()))
                    .limit(nodes)
                    .map(node -> threads.submit(() -> {
                        together.await();
                        return send(node, id);
                    }))
                    .toList();
            for (Future<Optional<Instant>> each : sent) {
                assertThat(each.get()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(received(id)).hasSize(1);
        assertThat(mail(id).tries()).isEqualTo(1);
    }

    @Test
    void withoutAServerMailsWaitAndAreGivenUpAfterThreeDays() throws Exception {
        UUID id = put(letter("a@client.example", null, "Statement"));
        Sending nowhere = sending(new MailServer.Account(null, 587, null, "", true));

        assertThat(send(nowhere, id)).contains(NOON.plus(Duration.ofMinutes(10)));
        assertThat(mail(id).state()).isEqualTo(MailState.WAITING);
        assertThat(mail(id).tries()).isZero();

        services.setNow(NOON.plus(Duration.ofDays(3)));
        assertThat(send(nowhere, id)).isEmpty();
        assertThat(mail(id).state()).isEqualTo(MailState.FAILED);
        assertThat(mail(id).lastError()).contains("No mail server");
    }

    @Test
    void whileTheServerIsAwayItIsTriedLessAndLessOftenThenGivenUp() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        UUID id = put(letter("a@client.example", null, "Statement"));
        Sending sending = sending(closed);
        Instant next = NOON;
        int tries = 0;
        Duration pause = Duration.ZERO;
        while (mail(id).state() == MailState.WAITING) {
            services.setNow(next);
            Optional<Instant> later = send(sending, id);
            tries++;
            if (later.isPresent()) {
                Duration wait = Duration.between(next, later.get());
                assertThat(wait).isGreaterThanOrEqualTo(pause);
                pause = wait;
                next = later.get();
            }
        }
        assertThat(pause).isEqualTo(Duration.ofHours(4));
        assertThat(next).isAfter(NOON.plus(Duration.ofDays(2)));
        assertThat(mail(id).state()).isEqualTo(MailState.FAILED);
        assertThat(mail(id).tries()).isEqualTo(tries);
        assertThat(services.news())
                .contains(new MailMoved(
                        id, "STATEMENT", "a@client.example", "statement", STATEMENT, MailState.FAILED, next));

        in(() -> mails(sending).again(id));
        assertThat(mail(id).state()).isEqualTo(MailState.WAITING);
        assertThat(send(sending(smtp()), id)).isEmpty();
        assertThat(mail(id).state()).isEqualTo(MailState.SENT);
        assertThat(mail(id).lastError()).isNull();
    }

    @Test
    void aServerThatIsAwayIsLeftAloneForAMoment() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        Sending sending = sending(closed);
        UUID first = put(letter("a@client.example", null, "Statement"));
        UUID second = put(letter("b@client.example", null, "Statement"));

        send(sending, first);

        assertThat(send(sending, second)).contains(NOON.plusSeconds(45));
        assertThat(mail(second).tries()).isZero();
    }

    @Test
    void anAddressThatTheServerRefusesIsNotTriedAgain() throws Exception {
        try (Refusing server = new Refusing("550 5.1.1 No such mailbox")) {
            UUID id = put(letter("gone@client.example", null, "Statement"));

            assertThat(send(sending(server.port()), id)).isEmpty();

            assertThat(mail(id).state()).isEqualTo(MailState.FAILED);
            assertThat(mail(id).lastError()).isEqualTo("The mail server answered: 550 5.1.1 No such mailbox");
        }
    }

    @Test
    void aServerThatIsBusyIsAskedAgain() throws Exception {
        try (Refusing server = new Refusing("451 4.7.1 Greylisted, come back later")) {
            UUID id = put(letter("a@client.example", null, "Statement"));

            assertThat(send(sending(server.port()), id)).contains(NOON.plus(Duration.ofMinutes(1)));

            assertThat(mail(id).state()).isEqualTo(MailState.WAITING);
            assertThat(mail(id).lastError()).contains("451 4.7.1 Greylisted");
        }
    }

    @Test
    void aServerThatWantsALogInOfTheServiceIsNoFaultOfTheMail() throws Exception {
        try (Refusing server = new Refusing("530 5.7.0 Authentication required")) {
            UUID id = put(letter("a@client.example", null, "Statement"));

            assertThat(send(sending(server.port()), id)).contains(NOON.plus(Duration.ofMinutes(1)));

            assertThat(mail(id).state()).isEqualTo(MailState.WAITING);
        }
    }

    @Test
    void withoutEncryptionNothingIsSentWhereItIsRequired() throws Exception {
        UUID id = put(letter("a@client.example", null, "Statement"));

        send(sending(new MailServer.Account("localhost", smtp(), null, "", true)), id);

        assertThat(received(id)).isEmpty();
        assertThat(mail(id).state()).isEqualTo(MailState.WAITING);
        assertThat(mail(id).lastError()).contains("STARTTLS");
    }

    private Mails mails(Sending sending) {
        return new Mails(
                services.get(EntityManager.class),
                services.get(AuditLog.class),
                event(),
                event(),
                sending,
                services.get(Clock.class));
    }

    @Test
    void aMailThatCameBackIsMarkedWithTheReason() throws Exception {
        Mails mails = mails(sending(smtp()));
        UUID id = put(letter("a@client.example", null, "Statement"));
        assertThatThrownBy(() -> in(() -> mails.bounced(id, "mailbox full")))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("Only a mail that was sent");
        send(sending(smtp()), id);
        assertThatThrownBy(() -> in(() -> mails.bounced(id, " "))).isInstanceOf(Refusal.Invalid.class);

        in(() -> mails.bounced(id, "mailbox full"));

        assertThat(mail(id).state()).isEqualTo(MailState.BOUNCED);
        assertThat(mail(id).lastError()).isEqualTo("mailbox full");
        assertThat(mail(id).sentAt()).isEqualTo(NOON);
        assertThat(in(() -> mails.counts())).containsEntry(MailState.BOUNCED, 1L);
        assertThat(in(() -> mails.newestAbout("STATEMENT", List.of(STATEMENT))))
                .extracting(Mail::id)
                .containsExactly(id);
    }

    @Test
    void theListIsReadInPiecesNewestFirst() throws Exception {
        Mails mails = mails(sending(smtp()));
        for (int i = 0; i < 5; i++) {
            put(letter("a@client.example", null, "Statement " + i));
            services.setNow(NOON.plusSeconds(i + 1));
        }
        var first = in(() -> mails.list(new Mails.Filter(MailState.WAITING, null, null), null, 3));
        assertThat(first.items())
                .extracting(Mail::subject)
                .containsExactly("Statement 4", "Statement 3", "Statement 2");
        var rest =
                in(() -> mails.list(new Mails.Filter(null, "STATEMENT", STATEMENT), UUID.fromString(first.next()), 3));
        assertThat(rest.items()).extracting(Mail::subject).containsExactly("Statement 1", "Statement 0");
        assertThat(rest.next()).isNull();
    }

    @Test
    void aLinksSecretIsInTheMailThatWentOutAndNowhereElse() throws Exception {
        UUID linkId = Ids.next();
        String address = outbox().linkAddress("/link/statement.xhtml");
        UUID id = put(new NewMail(
                "STATEMENT",
                "a@client.example",
                null,
                Letter.about("Statement")
                        .add(new Letter.Button("Open", address))
                        .done(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new NewMail.Link("STATEMENT", linkId, STATEMENT, 30))));

        send(sending(smtp()), id);

        String text = (String)
                ((Multipart) received(id).get(0).getContent()).getBodyPart(0).getContent();
        String secret = text.replaceAll("(?s).*https://service.example/link/statement.xhtml\\?t=(\\S+).*", "$1");
        LinkText shown = LinkText.parse(secret).orElseThrow();
        assertThat(shown.firm()).isEqualTo(firm);
        assertThat(shown.link()).isEqualTo(linkId);
        assertThat(mail(id).text()).doesNotContain(secret).contains(Letter.LINK_SECRET);
        MailLink link = in(() -> services.get(EntityManager.class).find(MailLink.class, linkId));
        assertThat(link.opensWith(shown)).isTrue();
        assertThat(link.opensWith(LinkText.random(firm, linkId, new java.security.SecureRandom())))
                .isFalse();
        assertThat(link.expiresAt()).isEqualTo(NOON.plus(Duration.ofDays(30)));

        in(() -> mails(sending(smtp())).again(id));
        send(sending(smtp()), id);
        MailLink renewed = in(() -> services.get(EntityManager.class).find(MailLink.class, linkId));
        assertThat(renewed.opensWith(shown)).as("the earlier mail's link").isFalse();
    }

    @Test
    void anotherFirmsMailIsNotThere() throws Exception {
        UUID id = put(letter("a@client.example", null, "Statement"));
        UUID other = BareDatabase.get().newFirm().id();
        Mails mails = mails(sending(smtp()));

        assertThatThrownBy(() -> services.in(other, CLERK, () -> mails.get(id))).isInstanceOf(Refusal.NotFound.class);
        assertThat(services.in(other, CLERK, () -> sending(smtp()).send(id))).isEmpty();
        assertThat(mail(id).state()).isEqualTo(MailState.WAITING);
    }

    /** An SMTP server that answers each recipient with one line. */
    private static final class Refusing implements AutoCloseable {
        private final ServerSocket socket;
        private final Thread thread;
        /** The client went away, or the test is over. */
        private volatile IOException lost;

        Refusing(String answer) throws IOException {
            socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            thread = new Thread(() -> serve(answer));
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return socket.getLocalPort();
        }

        private void serve(String answer) {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept();
                        BufferedReader lines = new BufferedReader(
                                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
                    OutputStream out = client.getOutputStream();
                    say(out, "220 refusing");
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        say(out, line.startsWith("RCPT") ? answer : line.startsWith("QUIT") ? "221 bye" : "250 ok");
                    }
                } catch (IOException e) {
                    lost = e;
                }
            }
        }

        private static void say(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
            thread.interrupt();
            if (lost != null && !(lost instanceof java.net.SocketException)) {
                throw lost;
            }
        }
    }
}
